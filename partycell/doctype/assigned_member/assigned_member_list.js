frappe.listview_settings["Assigned Member"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
