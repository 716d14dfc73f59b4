frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Folders by Completeness"] = {
	method: "partycell.desk.charts.folders",
	filters: [
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
};
