// A state of a workflow in the language of the reader, also for whoever may not open the state itself: Frappe
// translates only links that the reader can follow.
frappe.provide("frappe.form.link_formatters");
frappe.form.link_formatters["Workflow State"] = (value) => (value ? __(value) : value);
