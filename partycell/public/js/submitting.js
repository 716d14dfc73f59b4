// What Frappe calls "submit" has a name of its own in an office: a directive is issued, folders are given out.

frappe.provide("partycell.submitting");

/** In ``setup``: Frappe's own line, which asks to submit, stays away. */
partycell.submitting.name_it = (frm) => {
	frm.show_submit_message = () => {};
};

/** In ``refresh``: the button under its own name, and what it asks before it does it. */
partycell.submitting.offer = (frm, label, question) => {
	if (frm.doc.docstatus !== 0 || frm.is_new() || frm.is_dirty() || !frm.perm[0]?.submit) return;
	frm.page.set_primary_action(label, () => frappe.confirm(question, () => frm.save("Submit")));
};
