frappe.ui.form.on("Cell Figures", {
	refresh(frm) {
		const cell = frappe.utils.get_link_title("Cell", frm.doc.cell) || frm.doc.cell;
		frm.page.set_title(`${cell} – ${frm.doc.month.slice(5, 7)}/${frm.doc.month.slice(0, 4)}`);
	},
});
