frappe.listview_settings["Folder Template"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
