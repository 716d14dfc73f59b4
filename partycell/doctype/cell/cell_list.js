frappe.listview_settings["Cell"] = {
	add_fields: ["status", "completeness", "required_due", "required_present"],
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		if (doc.status !== "Active") {
			return [__(doc.status), "gray", `status,=,${doc.status}`];
		}
		if (doc.required_present >= doc.required_due) {
			return [__("Complete"), "green", "status,=,Active|completeness,=,100"];
		}
		return [
			__("Lacks {0}", [doc.required_due - doc.required_present]),
			doc.completeness >= 70 ? "orange" : "red",
			"status,=,Active|completeness,<,100",
		];
	},
	formatters: {
		completeness(value) {
			const percent = Math.round(flt(value));
			const colour = percent >= 100 ? "#16794c" : percent >= 70 ? "#c45a00" : "#b52a2a";
			return `<span class="filterable ellipsis" style="display: inline-flex; align-items: center; gap: 6px">
				<span style="width: 56px; height: 8px; border-radius: 4px; background: var(--gray-300, #e2e2e2)">
				<span style="display: block; height: 8px; border-radius: 4px; width: ${percent}%; background: ${colour}">
				</span></span>${percent} %</span>`;
		},
	},
};
