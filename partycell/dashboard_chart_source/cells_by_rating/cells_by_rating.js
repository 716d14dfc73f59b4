frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Cells by Rating"] = {
	method: "partycell.desk.charts.ratings",
	filters: [
		{ fieldname: "criteria_set", label: __("Criteria Set"), fieldtype: "Link", options: "Criteria Set" },
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
};
