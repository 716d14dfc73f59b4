// How the inventory of a handover looks.

frappe.provide("partycell.handover");

partycell.handover.inventory_html = (inventory) => {
	const { frm, may_mark } = inventory;
	const doc = frm.doc;
	if (!(doc.items || []).length) {
		const text = frm.is_new() ? __("The inventory is made from the folder when you save.") : __("No documents");
		return `<div class="text-muted pc-empty">${text}</div>`;
	}
	const head = `<div class="pc-head">${partycell.handover.counts_html(doc, inventory.chosen)}</div>`;
	const keys = may_mark
		? `<p class="pc-keys text-muted">${__("Keys: 1 to 4 mark the document, ↓ and ↑ go to the next.")}</p>`
		: "";
	const sections = partycell.handover.sections_of(doc.items).map(({ section, title, rows }) => {
		const shown = rows.filter((row) => partycell.handover.is_shown(row, doc, inventory.chosen));
		if (!shown.length) return "";
		const lines = shown.map((row) => partycell.handover.line_html(row, inventory));
		const name = [section, title].filter(Boolean).map(frappe.utils.escape_html).join(". ");
		return `<section><h5>${name || __("Other")} <span class="text-muted">${rows.length}</span></h5>
			<div class="pc-lines">${lines.join("")}</div></section>`;
	});
	const body = sections.join("") || `<div class="text-muted pc-empty">${__("No documents here")}</div>`;
	return head + keys + body + (may_mark ? partycell.handover.bar_html(frm) : "");
};

/** The line at the foot of the screen, in reach of a thumb. */
partycell.handover.bar_html = (frm) => {
	const unmarked = partycell.handover.tally(frm.doc).Unmarked;
	const acts = partycell.handover.acts;
	return `<div class="pc-bar">
		<div class="pc-saving" role="status"></div>
		<div class="pc-bar-acts">
			<button type="button" class="btn btn-default pc-rest" ${unmarked ? "" : 'style="display: none"'}>
				${__("Mark All the Rest Present")}</button>
			<button type="button" class="btn btn-default" data-act="Contested">${acts.Contested.label()}</button>
			<button type="button" class="btn ${unmarked ? "btn-default" : "btn-primary"}" data-act="Received">
				${acts.Received.label()}</button>
		</div></div>`;
};

partycell.handover.sections_of = (items) => {
	const found = new Map();
	for (const row of items) {
		const key = row.section || "";
		if (!found.has(key)) found.set(key, { section: key, title: row.section_title, rows: [] });
		found.get(key).rows.push(row);
	}
	return [...found.values()];
};

partycell.handover.line_html = (row, inventory) => {
	const { frm, may_mark, may_remark } = inventory;
	const escape = frappe.utils.escape_html;
	const title = frappe.model.can_read("Folder Item")
		? `<a href="${frappe.utils.get_form_link("Folder Item", row.folder_item)}" target="_blank"
			rel="noopener">${escape(row.title)}</a>`
		: escape(row.title);
	const period = row.period_label ? ` <span class="text-muted">${escape(row.period_label)}</span>` : "";
	const disputed = row.disputed ? `<span class="indicator-pill orange">${__("Disputed")}</span>` : "";
	const open_remark =
		may_mark || may_remark
			? `<button type="button" class="pc-remark-open">${__("Add a Remark")}</button>`
			: "";
	const written = may_mark ? row.received_remark : row.remark;
	return `<div class="pc-line ${written ? "pc-remarking" : ""}" tabindex="0" data-row="${row.name}"
		data-received="${row.received_state || ""}">
		<div class="pc-code">${escape(row.code || "")}</div>
		<div class="pc-what"><div class="pc-title">${title}${period} ${disputed}</div>
			<div class="pc-facts text-muted">${partycell.handover.facts(row, frm.doc).map(escape).join(" · ")}
			${open_remark}</div>
			${partycell.handover.remarks_html(row, inventory)}</div>
		${may_mark ? partycell.handover.buttons_html(row) : partycell.handover.state_html(row, frm)}
	</div>`;
};

/** What identifies the paper: number, date, copies, pages, place, files. */
partycell.handover.facts = (row, doc) =>
	[
		row.number_symbol,
		row.dated && frappe.datetime.str_to_user(row.dated),
		row.copies > 0 && __("{0} copies", [row.copies]),
		row.pages > 0 && __("{0} pages", [row.pages]),
		row.paper_place,
		row.file_count > 0 && __("{0} files", [row.file_count]),
		doc.workflow_state !== "Draft" && row.delivered_state !== "Present" && __("As delivered: {0}", [__(row.delivered_state)]),
	].filter(Boolean);

partycell.handover.buttons_html = (row) => {
	const buttons = partycell.handover.MARKS.map(
		(mark) => `<button type="button" role="radio" class="pc-mark pc-mark-${mark}" data-state="${mark}"
			aria-checked="${row.received_state === mark}">${__(mark)}</button>`
	);
	const name = frappe.utils.escape_html(row.title);
	return `<div class="pc-marks" role="radiogroup" aria-label="${name}">${buttons.join("")}</div>`;
};

/** How a line stands for those who do not mark it. */
partycell.handover.state_html = (row, frm) => {
	const state = partycell.handover.stand_of(row, frm.doc);
	return `<div class="pc-stands"><span class="pc-stand pc-mark-${state}">${__(state)}</span></div>`;
};

partycell.handover.remarks_html = (row, inventory) => {
	const { may_mark, may_remark } = inventory;
	const escape = frappe.utils.escape_html;
	const parts = [];
	if (row.remark && !may_remark) parts.push(`${__("Giver")}: ${escape(row.remark)}`);
	if (row.received_remark && !may_mark) parts.push(`${__("Receiver")}: ${escape(row.received_remark)}`);
	const read = parts.map((part) => `<div class="pc-said">${part}</div>`).join("");
	const written = may_mark ? row.received_remark : row.remark;
	const hint = may_mark ? __("Remark: what is wrong, what is missing") : __("Remark for the receiver");
	const write =
		may_mark || may_remark
			? `<div class="pc-remark"><input type="text" class="form-control" placeholder="${hint}" aria-label="${hint}"
					value="${escape(written || "")}"></div>`
			: "";
	return read + partycell.handover.remedy_html(row, inventory) + write;
};

/** Who puts a discrepancy right, and by when; the upper level may change it before it approves. */
partycell.handover.remedy_html = (row, inventory) => {
	const wrong = row.received_state && row.received_state !== "Present";
	if (!wrong || !row.responsible) return "";
	const { frm, may_remedy } = inventory;
	const who = partycell.handover.name_of(frm, row.responsible);
	const parts = [
		__("To be put right by {0}, until {1}", [who, row.due_on ? frappe.datetime.str_to_user(row.due_on) : "…"]),
		row.remedy,
	];
	const edit = may_remedy
		? `<button type="button" class="btn btn-xs btn-default pc-remedy-edit">${__("Change")}</button>`
		: "";
	const text = frappe.utils.escape_html(parts.filter(Boolean).join(": "));
	return `<div class="pc-remedy">${text} ${edit}</div>`;
};
