frappe.ui.form.on("Assigned Member", {
	setup(frm) {
		frm.set_query("cell", () => ({ filters: { status: "Active" } }));
	},
});
