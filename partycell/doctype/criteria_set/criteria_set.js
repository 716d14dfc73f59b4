// The form of a criteria set: live facts to choose from, sums as they are typed, and a new version.

frappe.ui.form.on("Criteria Set", {
	async onload(frm) {
		const { message } = await frappe.call({ method: "partycell.api.inspections.facts" });
		const facts = message || [];
		const { grid } = frm.fields_dict.criteria;
		grid.update_docfield_property("fact", "options", facts);
		// The table shows what is chosen by its name, not by its key.
		const named = Object.fromEntries(facts.map(({ value, label }) => [value, label]));
		grid.update_docfield_property("fact", "formatter", (value) => frappe.utils.escape_html(named[value] || value || ""));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.trigger("show_sum");
		if (frm.perm[0]?.write && !frm.doc.disabled) {
			frm.add_custom_button(__("New Version"), () => frm.trigger("make_version"));
		}
	},

	show_sum(frm) {
		const sum = (frm.doc.criteria || []).reduce((total, row) => total + flt(row.maximum), 0);
		const right = Math.abs(sum - flt(frm.doc.total)) < 0.005;
		frm.set_intro("");
		frm.set_intro(__("The criteria sum to {0} of {1}.", [sum, frm.doc.total]), right ? "blue" : "orange");
	},

	make_version(frm) {
		frappe.confirm(
			__("Make a new version? This one is disabled, and stays for the inspections that were made with it."),
			async () => {
				const { message } = await frappe.call({
					method: "partycell.api.inspections.new_version",
					args: { criteria_set: frm.doc.name },
					freeze: true,
				});
				frappe.set_route("Form", "Criteria Set", message);
			}
		);
	},
});

frappe.ui.form.on("Criterion", {
	maximum: (frm) => frm.trigger("show_sum"),
	criteria_remove: (frm) => frm.trigger("show_sum"),
});
