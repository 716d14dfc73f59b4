frappe.listview_settings["Issued Folder"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator: (doc) => {
		const color = { "Given Out": "orange", Received: "green", Replaced: "gray", Returned: "gray" }[doc.status];
		return [__(doc.status), color, `status,=,${doc.status}`];
	},
	add_fields: ["status"],
};
