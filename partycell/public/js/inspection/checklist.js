// The checklist as it is used in the village: by block, with running totals, large targets, and where each
// proposal comes from.

frappe.provide("partycell.inspection");

partycell.inspection.draw = (frm) => {
	const told = partycell.inspection.told(frm);
	const may = {
		score: told.writable.includes("scores.score"),
		objection: told.writable.includes("scores.objection"),
		reply: told.writable.includes("scores.objection_reply"),
	};
	const blocks = partycell.inspection.blocks(frm);
	const body = [...blocks.entries()].map(([code, rows]) => partycell.inspection.block_html(frm, code, rows, may));
	const answer = may.objection ? partycell.inspection.answer_html(frm) : "";
	frm.fields_dict.checklist_html.$wrapper.html(
		`<div class="pc-checklist"><div class="pc-standing" role="status"></div>${body.join("")}${answer}</div>`
	);
	partycell.inspection.show_totals(frm);
	partycell.inspection.listen(frm);
	partycell.inspection.add_visit(frm);
};

partycell.inspection.blocks = (frm) => {
	const blocks = new Map();
	for (const row of frm.doc.scores || []) {
		if (!blocks.has(row.block)) blocks.set(row.block, []);
		blocks.get(row.block).push(row);
	}
	return blocks;
};

partycell.inspection.block_html = (frm, code, rows, may) => {
	const escape = frappe.utils.escape_html;
	return `<section class="pc-block" data-block-code="${escape(code)}">
		<h5><span>${escape(code)}. ${escape(rows[0].block_title || "")}</span><span class="pc-sum"></span></h5>
		${rows.map((row) => partycell.inspection.row_html(frm, row, may)).join("")}
	</section>`;
};

partycell.inspection.row_html = (frm, row, may) => {
	const escape = frappe.utils.escape_html;
	const guidance = row.guidance
		? `<details><summary>${__("Guidance for the Inspector")}</summary>${escape(row.guidance)}</details>`
		: "";
	const area = (kind, label, value) =>
		`<textarea class="form-control" rows="1" data-kind="${kind}" placeholder="${label}" aria-label="${label}">${escape(
			value || ""
		)}</textarea>`;
	const said = (label, value) => (value ? `<div class="pc-said"><b>${label}:</b> ${escape(value)}</div>` : "");
	const reason = may.score
		? `<div class="pc-reason">${area("change_reason", __("Why not as proposed?"), row.change_reason)}</div>
			<div class="pc-remark">${area("remark", __("Remark"), row.remark)}</div>`
		: said(__("Why Not as Proposed"), row.change_reason) + said(__("Remark"), row.remark);
	const objection = may.objection
		? area("objection", __("What does the cell object to, and why?"), row.objection)
		: said(__("Objection"), row.objection);
	const reply =
		may.reply && row.objection
			? area("objection_reply", __("What becomes of the objection?"), row.objection_reply)
			: said(__("What Becomes of It"), row.objection_reply);
	return `<div class="pc-criterion" data-row="${row.name}">
		<div class="pc-criterion-text"><div class="pc-title">${escape(row.title)}</div>
			${partycell.inspection.fact_html(frm, row)}${guidance}</div>
		${partycell.inspection.score_html(row, may.score)}
		<div class="pc-words"><div class="pc-range text-danger" role="alert"></div>${reason}${objection}${reply}</div>
	</div>`;
};

/** The live fact behind a proposal, with a way to the records it was read from. */
partycell.inspection.fact_html = (frm, row) => {
	const fact = partycell.inspection.told(frm).facts[row.fact];
	if (!row.fact_known || !fact) return "";
	const number = partycell.inspection.number;
	const value = { percent: `${number(row.fact_value)} %`, "yes or no": row.fact_value ? __("Yes") : __("No") };
	const query = new URLSearchParams(
		Object.entries(fact.filters).map(([key, wanted]) => [
			key,
			Array.isArray(wanted) ? JSON.stringify(wanted) : String(wanted),
		])
	);
	const list = `/app/${frappe.router.slug(fact.doctype)}?${query}`;
	return `<div class="pc-fact">${frappe.utils.escape_html(fact.label)}:
		<a href="${list}" target="_blank" rel="noopener">${value[fact.unit] ?? number(row.fact_value)}</a>,
		${__("proposed {0}", [number(row.proposed)])}</div>`;
};

partycell.inspection.score_html = (row, open) => {
	const number = partycell.inspection.number;
	const shown = row.scored ? number(row.score) : "";
	if (!open) return `<div class="pc-score"><b>${shown === "" ? "–" : shown}</b> / ${number(row.maximum)}</div>`;
	return `<div class="pc-score">
		<button type="button" class="btn btn-default" data-step="-1" aria-label="${__("Less")}">−</button>
		<input class="form-control" inputmode="decimal" data-kind="score" value="${shown}"
			aria-label="${__("Score")}" autocomplete="off">
		<button type="button" class="btn btn-default" data-step="1" aria-label="${__("More")}">+</button>
		<button type="button" class="btn btn-default pc-full" data-full="1">${number(row.maximum)}</button>
	</div>`;
};

partycell.inspection.answer_html = () => `<section class="pc-block pc-answer">
	<h5>${__("The Cell's Answer")}</h5>
	<textarea class="form-control" rows="3" data-kind="opinion" placeholder="${__("Opinion of the Cell")}"></textarea>
	<div class="pc-answer-acts">
		<button type="button" class="btn btn-primary" data-answer="1">${__("The Cell Agrees")}</button>
		<button type="button" class="btn btn-default" data-answer="0">${__("The Cell Objects")}</button>
	</div>
</section>`;

/** What was typed beside the lines, by row: objections or replies. */
partycell.inspection.typed = (frm, kind) => {
	const found = {};
	frm.fields_dict.checklist_html.$wrapper.find(`textarea[data-kind="${kind}"]`).each((_index, area) => {
		const name = $(area).closest("[data-row]").attr("data-row");
		if (name) found[name] = $(area).val();
	});
	return found;
};

/** Sums of the blocks and of all, and the rating: as it would stand, while somebody scores. */
partycell.inspection.show_totals = (frm) => {
	const wrapper = frm.fields_dict.checklist_html.$wrapper;
	const sum = (rows, field) => rows.reduce((total, row) => total + (field === "score" && !row.scored ? 0 : flt(row[field])), 0);
	const round = (value) => partycell.inspection.number(Math.round(100 * value) / 100);
	const blocks = partycell.inspection.blocks(frm);
	for (const [code, rows] of blocks.entries()) {
		const missing = rows.filter((row) => !row.scored).length;
		wrapper
			.find(`[data-block-code="${CSS.escape(code)}"] .pc-sum`)
			.text(`${round(sum(rows, "score"))} / ${round(sum(rows, "maximum"))}${missing ? ` (${__("{0} open", [missing])})` : ""}`);
	}
	const all = frm.doc.scores || [];
	const missing = all.filter((row) => !row.scored).length;
	// What is planned is not rated yet; whoever scores sees how it would stand.
	const scoring = partycell.inspection.told(frm).writable.includes("scores.score");
	const band = missing && !scoring ? null : partycell.inspection.standing(frm, all, blocks, sum);
	const open = missing ? `<span>${__("{0} criteria have no score yet", [missing])}</span>` : "";
	wrapper.find(".pc-standing").html(
		`<span><b>${round(sum(all, "score"))}</b> / ${round(sum(all, "maximum"))}</span>
		<span>${missing && scoring ? __("Rating as It Stands") : __("Rating")}: <b>${frappe.utils.escape_html(band ? band.label : "–")}</b></span>${open}
		<span class="pc-saved text-muted"></span>`
	);
	for (const row of all) {
		const changed = row.fact_known && row.scored && flt(row.score) !== flt(row.proposed);
		wrapper.find(`[data-row="${row.name}"] .pc-reason`).toggle(!!changed);
	}
};

partycell.inspection.standing = (frm, all, blocks, sum) => {
	const reaches = (rows, percent) => 100 * sum(rows, "score") >= percent * sum(rows, "maximum") - 1e-6;
	const full = new Set(all.filter((row) => row.scored && flt(row.score) >= flt(row.maximum)).map((row) => row.code));
	return partycell.inspection
		.told(frm)
		.bands.find(
			(band) =>
				reaches(all, band.threshold) &&
				band.full_marks.every((code) => full.has(code)) &&
				[...blocks.values()].every((rows) => reaches(rows, band.block_share))
		);
};
