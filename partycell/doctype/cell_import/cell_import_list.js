frappe.listview_settings["Cell Import"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
