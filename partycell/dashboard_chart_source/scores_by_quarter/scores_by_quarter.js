frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Scores by Quarter"] = {
	method: "partycell.desk.charts.quarters",
	filters: [
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
};
