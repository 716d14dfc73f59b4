frappe.listview_settings["Meeting Attendance"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
