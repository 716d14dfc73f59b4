frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Inspections by Quarter"] = {
	method: "partycell.desk.charts.concluded",
	filters: [
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
};
