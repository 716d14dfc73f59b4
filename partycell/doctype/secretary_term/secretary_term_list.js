frappe.listview_settings["Secretary Term"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		const colour = { Open: "green", Closed: "gray", Annulled: "red" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
