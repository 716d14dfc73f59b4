frappe.listview_settings["Directive Kind"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
