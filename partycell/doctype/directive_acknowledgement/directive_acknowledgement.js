// The form of an acknowledgement: named for what was acknowledged and where, for its own name says nothing.

frappe.ui.form.on("Directive Acknowledgement", {
	setup(frm) {
		frm.set_query("directive", () => ({ filters: { docstatus: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) {
			// Who leads no cell records for one, from its paper.
			if (!frappe.user.has_role("Cell Secretary")) frm.set_value("on_behalf", 1);
			return;
		}
		const named = ["directive", "cell"].map((field) =>
			frappe.utils.get_link_title(frm.fields_dict[field].df.options, frm.doc[field])
		);
		frm.page.set_title(named.filter(Boolean).join(" – "));
	},
});
