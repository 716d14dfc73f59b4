frappe.listview_settings["Inspection Plan"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator: (doc) => [__(doc.status), doc.status === "Made" ? "green" : "orange", `status,=,${doc.status}`],
	add_fields: ["status"],
};
