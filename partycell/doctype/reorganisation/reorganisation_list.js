frappe.listview_settings["Reorganisation"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator: (doc) => {
		const color = { Draft: "orange", "Carried Out": "green", Undone: "gray" }[doc.status];
		return [__(doc.status), color, `status,=,${doc.status}`];
	},
};
