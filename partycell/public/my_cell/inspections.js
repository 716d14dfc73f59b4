// What an inspection found, and the cell's answer to it.
import { button, h } from "my-cell/dom";
import { put } from "my-cell/queue";
import { __, day, figure } from "my-cell/texts";

const KINDS = { Strength: () => __("Strengths"), Weakness: () => __("Weaknesses"), Cause: () => __("Causes") };
// What is half written stays while the screen is drawn anew.
const typed = new Map();

/** The inspections that wait for an answer. */
export function inspections({ page, queue }) {
	const waits = new Set(queue.filter((entry) => !entry.refused).map((entry) => entry.fields.inspection));
	const open = (page.inspections || []).filter((one) => !waits.has(one.name));
	if (!open.length) return [h("p", { class: "done" }, __("No inspection waits for your answer."))];
	return open.map((one) => {
		// Sent a second time, it is another question.
		const sent = `${one.name} ${one.sent_on}`;
		if (!typed.has(sent)) typed.set(sent, form(one));
		return typed.get(sent);
	});
}

function form(one) {
	const hint = h("p", { class: "hint", role: "alert" });
	const opinion = h("textarea", { id: `opinion-${one.name}`, rows: 3 });
	const objections = new Map();
	const send = (agrees) => {
		const given = [...objections].map(([row, area]) => [row, area.value.trim()]).filter(([, text]) => text);
		if (agrees && given.length) return (hint.textContent = __("You wrote objections: choose that the cell objects, or clear them."));
		if (!agrees && !given.length) return (hint.textContent = __("Write beside a criterion what the cell objects to, and why."));
		const question = agrees ? __("The cell agrees with the result?") : __("Send the cell's objections?");
		if (!confirm(question)) return;
		// An earlier objection that nobody decided on stands until it is taken back.
		const taken = [...objections].filter(([, area]) => area.dataset.earlier && !area.value.trim()).map(([row]) => [row, ""]);
		const fields = { inspection: one.name, agrees: agrees ? "1" : "0", opinion: opinion.value.trim(), objections: Object.fromEntries([...given, ...taken]) };
		return put("answer", fields, { label: one.title });
	};
	return h(
		"section",
		{ class: "card urgent" },
		h("h2", {}, one.title),
		h("p", {}, __("{0} of {1} points: {2}", [figure(one.points), figure(one.maximum), one.rating || ""])),
		h("p", {}, __("The cell answers until {0}.", [day(one.answer_due_on)])),
		Object.entries(KINDS).map(([kind, label]) => found(label(), one.findings.filter((finding) => finding.kind === kind))),
		h("ul", { class: "items" }, one.scores.map((score) => criterion(score, objections))),
		h("label", { for: opinion.id }, __("Opinion of the Cell")),
		opinion,
		hint,
		button(__("The Cell Agrees"), () => send(true), "main"),
		button(__("The Cell Objects"), () => send(false))
	);
}

function found(label, findings) {
	if (!findings.length) return [];
	const due = (finding) => finding.remedy && `${finding.remedy}${finding.due_on ? ` (${__("Due on {0}", [day(finding.due_on)])})` : ""}`;
	return [h("h3", {}, label), h("ul", {}, findings.map((finding) => h("li", {}, finding.text, finding.remedy && h("p", {}, due(finding)))))];
}

function criterion(score, objections) {
	const area = h("textarea", { rows: 2, "aria-label": `${__("What does the cell object to, and why?")} ${score.title}`, placeholder: __("What does the cell object to, and why?") });
	objections.set(score.name, area);
	const decided = score.objection && score.objection_reply;
	if (score.objection && !decided) area.value = area.dataset.earlier = score.objection;
	const earlier = decided ? [`${__("Objection")}: ${score.objection}`, `${__("What Becomes of It")}: ${score.objection_reply}`] : [];
	return h(
		"li",
		{},
		h("b", {}, score.title),
		h("p", {}, __("{0} of {1} points", [figure(score.score), figure(score.maximum)])),
		[score.change_reason, score.remark, ...earlier].filter(Boolean).map((text) => h("p", { class: "period" }, text)),
		h("details", { open: !!area.value }, h("summary", {}, __("Object to This Score")), area)
	);
}
