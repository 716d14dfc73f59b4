frappe.listview_settings["Directive Acknowledgement"] = {
	add_fields: ["late", "on_behalf"],
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		return doc.late ? [__("Late"), "orange", "late,=,1"] : [__("In Time"), "green", "late,=,0"];
	},
};
