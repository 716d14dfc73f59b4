frappe.listview_settings["Handbook Note"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["note_type", "due_on", "needs_review", "is_template", "awaiting"],
	get_indicator(doc) {
		if (doc.note_type === "Note" && doc.workflow_state === "Draft") return [__("Note"), "blue", "note_type,=,Note"];
		if (doc.needs_review) return [__("Needs Review"), "orange", "needs_review,=,1"];
		if (["Asked", "Escalated"].includes(doc.workflow_state) && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", "note_type,=,Question"];
		}
		const colours = { Asked: "blue", Escalated: "orange", Answered: "green", Returned: "red" };
		Object.assign(colours, { Published: "green", "In Review": "orange" });
		return [__(doc.workflow_state), colours[doc.workflow_state] || "gray", `workflow_state,=,${doc.workflow_state}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Search the Handbook"), () => search());
	},
};

/** One search over guidance, notes, questions, directives and the folder. */
function search() {
	const dialog = new frappe.ui.Dialog({
		title: __("Search the Handbook"),
		size: "large",
		fields: [
			{ fieldtype: "Data", fieldname: "query", label: __("Words, with or without diacritics") },
			{ fieldtype: "HTML", fieldname: "hits" },
		],
	});
	const escape = frappe.utils.escape_html;
	const line = (hit) => `<p><a href="${frappe.utils.get_form_link(hit.doctype, hit.name)}"><b>${escape(hit.title)}</b></a>
		<span class="text-muted">${__(hit.note_type || hit.doctype)}</span>
		${hit.excerpt ? `<br>${escape(hit.excerpt)}` : ""}</p>`;
	const show = frappe.utils.debounce(async () => {
		const query = dialog.fields_dict.query.input.value;
		if (query.trim().length < 2) return;
		const { message } = await frappe.call({ method: "partycell.api.handbook.search", args: { query } });
		const hits = [...message.notes, ...message.documents];
		dialog.fields_dict.hits.$wrapper.html(
			hits.map(line).join("") || `<p class="text-muted">${__("Nothing was found.")}</p>`
		);
	}, 300);
	dialog.fields_dict.query.$input.on("input", show);
	dialog.show();
}
