frappe.listview_settings["Folder Issue"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator: (doc) => {
		const color = { Draft: "orange", "Giving Out": "blue", "Given Out": "green" }[doc.status];
		return [__(doc.status), color, `status,=,${doc.status}`];
	},
	add_fields: ["status"],
	has_indicator_for_draft: true,
};
