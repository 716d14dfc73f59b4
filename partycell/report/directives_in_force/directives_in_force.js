frappe.query_reports["Directives in Force"] = {
	filters: [
		{ fieldname: "cell", label: __("Cell"), fieldtype: "Link", options: "Cell" },
		{ fieldname: "day", label: __("On the Day"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{ fieldname: "issuer", label: __("Issuer"), fieldtype: "Link", options: "Party Committee" },
		{ fieldname: "kind", label: __("Kind of Document"), fieldtype: "Link", options: "Directive Kind" },
	],
};
