frappe.listview_settings["Folder Item"] = {
	add_fields: ["state", "due_on", "required", "code", "period_label"],
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		if (doc.state === "Expected") {
			const late = doc.required && doc.due_on && doc.due_on <= frappe.datetime.get_today();
			return [late ? __("Lacking") : __("Expected"), late ? "red" : "gray", "state,=,Expected"];
		}
		const colour = { Present: "green", Missing: "red", Damaged: "orange", Outdated: "purple" }[doc.state];
		return [__(doc.state), colour || "gray", `state,=,${doc.state}`];
	},
	formatters: {
		title(value, _df, doc) {
			// The period before the title: on a phone only the beginning is seen. The list writes it as text.
			return [doc.code, doc.period_label, value].filter(Boolean).join(" · ");
		},
	},
};
