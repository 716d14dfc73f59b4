frappe.listview_settings["Party Committee"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
