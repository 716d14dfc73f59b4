frappe.listview_settings["Party Member"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["kind", "to_date"],
	get_indicator: (doc) => {
		if (doc.to_date && doc.to_date < frappe.datetime.get_today()) {
			return [__("Left the Cell"), "gray", `to_date,<,${frappe.datetime.get_today()}`];
		}
		return [__(doc.kind), doc.kind === "Full" ? "green" : "blue", `kind,=,${doc.kind}`];
	},
};
