// The help menu over a list or form of ours leads to its page of the docs; read when the desk begins.

frappe.provide("frappe.help.help_links");

for (const [doctype, url] of Object.entries(frappe.boot?.partycell?.help || {})) {
	for (const view of ["List", "Form", "Tree"]) {
		frappe.help.help_links[`${view}/${doctype}`] = [{ label: __("Guide: {0}", [__(doctype)]), url }];
	}
}
