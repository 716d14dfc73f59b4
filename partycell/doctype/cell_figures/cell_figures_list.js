frappe.listview_settings["Cell Figures"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
