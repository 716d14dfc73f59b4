frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Actions by State"] = {
	method: "partycell.desk.charts.actions",
	filters: [
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
};
