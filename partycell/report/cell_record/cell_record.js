frappe.query_reports["Cell Record"] = {
	filters: [
		{ fieldname: "cell", label: __("Cell"), fieldtype: "Link", options: "Cell", reqd: 1 },
		{ fieldname: "years", label: __("Years"), fieldtype: "Int", default: 5 },
	],
};
