frappe.listview_settings["Criteria Set"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
