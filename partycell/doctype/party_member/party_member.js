frappe.ui.form.on("Party Member", {
	setup(frm) {
		frm.set_query("cell", () => ({ filters: { status: "Active" } }));
	},
});
