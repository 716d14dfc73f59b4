frappe.listview_settings["Inspection"] = {
	add_fields: ["workflow_state", "planned_on", "rating", "percent"],
	hide_name_column: true,
	hide_name_filter: true,
	formatters: {
		planned_on(value, _df, doc) {
			const day = value ? frappe.datetime.str_to_user(value) : "";
			const late = value && doc.workflow_state === "Planned" && value < frappe.datetime.get_today();
			return late ? `<span class="indicator-pill red">${day}</span>` : `<span class="ellipsis">${day}</span>`;
		},
	},
};
