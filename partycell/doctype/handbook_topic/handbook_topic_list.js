frappe.listview_settings["Handbook Topic"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
