frappe.listview_settings["Corrective Action"] = {
	hide_name_column: true,
	hide_name_filter: true,
	formatters: {
		due_on(value, _df, doc) {
			const day = value ? frappe.datetime.str_to_user(value) : "";
			const late = value && doc.workflow_state === "Open" && value < frappe.datetime.get_today();
			return late ? `<span class="indicator-pill red">${day}</span>` : `<span class="ellipsis">${day}</span>`;
		},
	},
};
