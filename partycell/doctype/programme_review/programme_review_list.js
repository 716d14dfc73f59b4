frappe.listview_settings["Programme Review"] = {
	hide_name_column: true,
	hide_name_filter: true,
	has_indicator_for_draft: true,
	get_indicator: (doc) =>
		doc.docstatus === 1
			? [__("Finished"), "green", "docstatus,=,1"]
			: [__("Draft"), "orange", "docstatus,=,0"],
};
