frappe.listview_settings["Folder Issue"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator: (doc) => {
		const color = { Draft: "orange", Issuing: "blue", Issued: "green" }[doc.status];
		return [__(doc.status), color, `status,=,${doc.status}`];
	},
	add_fields: ["status"],
	has_indicator_for_draft: true,
};
