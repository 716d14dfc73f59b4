// The page's screens; each takes what the server said and what waits to be sent, and returns elements.
import { button, h, plain } from "my-cell/dom";
import { put } from "my-cell/queue";
import { __, day } from "my-cell/texts";

const ANSWERED = ["Answered", "Returned"];
const goTo = (hash) => () => (location.hash = hash);

/** What to do today, the most urgent first. */
export function today({ page, queue }) {
	const lacking = (page.lacking || []).length;
	const late = (page.directives || []).filter((one) => one.overdue).length;
	const answered = (page.questions || []).filter((one) => ANSWERED.includes(one.workflow_state));
	const tasks = [
		...page.handovers
			.filter((one) => one.my_turn)
			.map((one) => card("urgent", __("A handover waits for you"), [h("p", {}, one.title)], __("Open It"), goTo("handover"))),
		...(page.inspections || [])
			.filter((one) => !queue.some((entry) => !entry.refused && entry.fields.inspection === one.name))
			.map((one) =>
				card("urgent", __("An inspection waits for the cell's answer"), [h("p", {}, one.title), h("p", {}, __("Due on {0}", [day(one.answer_due_on)]))], __("Read and Answer"), goTo("inspection"))
			),
		page.directives?.length &&
			card(
				late ? "urgent" : "due",
				__("{0} directives to take note of", [page.directives.length]),
				late ? [h("p", {}, __("{0} of them are overdue", [late]))] : [],
				__("Read"),
				goTo("directives")
			),
		lacking && card("due", __("{0} documents are missing from the folder", [lacking]), [], __("See What Is Missing"), goTo("folder")),
		...answered.map((one) => card("news", one.title, [h("p", {}, state(one.workflow_state))], __("Read"), goTo("questions"))),
	].filter(Boolean);
	if (queue.some((entry) => entry.refused)) return tasks;
	const told = page.former ? [former(page.former)] : [];
	return tasks.length || told.length ? [...tasks, ...told] : [h("p", { class: "done" }, __("Nothing waits for you today."))];
}

/** To whoever holds no office any more: until when he did, and what became of the cell. */
function former({ cell_name, until, into, closed_on }) {
	const gone = into
		? __("{0} was closed on {1}. Its folder went over to {2}.", [cell_name, day(closed_on), into])
		: __("{0} was closed on {1}.", [cell_name, day(closed_on)]);
	const lines = [
		h("p", {}, __("You led {0} until {1}.", [cell_name, day(until)])),
		closed_on && h("p", {}, gone),
		h("p", {}, __("What you may still read is on a computer. Questions go to the committee above.")),
	];
	return h("section", { class: "card" }, h("h2", {}, __("You lead no cell now")), lines);
}

/** What the site refused and why, on every screen until it was read. */
export function refusals({ queue, drop }) {
	return queue
		.filter((entry) => entry.refused)
		.map((entry) =>
			card("refused", __("Not accepted: {0}", [entry.label || __("An entry")]), [h("p", { role: "alert" }, entry.refused)], __("Understood"), () => drop(entry.key))
		);
}

function card(kind, title, lines, label, act) {
	return h("section", { class: `card ${kind}` }, h("h2", {}, title), lines, button(label, act, "main"));
}

// Which parts of the folder are folded and unfolded, while the screen is drawn anew.
const unfolded = new Map();

function fold(key, open, summary, ...content) {
	const keep = (event) => unfolded.set(key, event.target.open);
	return h("details", { open: unfolded.get(key) ?? open, on: { toggle: keep } }, h("summary", {}, summary), content);
}

/** The folder by section; what is missing stands open, the rest behind it. */
export function folder({ page, queue, open }) {
	const lacking = new Set(page.lacking);
	const waits = new Set(queue.filter((entry) => !entry.refused).map((entry) => entry.item));
	const sections = new Map();
	for (const item of page.items || []) {
		const key = item.section || "";
		if (!sections.has(key)) sections.set(key, { title: item.section_title || item.section || __("Others"), items: [] });
		sections.get(key).items.push(item);
	}
	return [...sections].map(([code, section]) => {
		const missing = section.items.filter((item) => lacking.has(item.name));
		const rest = section.items.filter((item) => !lacking.has(item.name));
		const list = (items) => h("ul", { class: "items" }, items.map((item) => line(item, lacking, waits, open)));
		const mark = missing.length ? badge(__("{0} missing", [missing.length]), "bad") : badge(__("complete"), "good");
		return fold(
			code,
			missing.length > 0,
			[h("span", {}, `${code}. ${section.title}`), mark],
			missing.length ? [list(missing), rest.length && fold(`${code} rest`, false, __("{0} others", [rest.length]), list(rest))] : list(rest)
		);
	});
}

function line(item, lacking, waits, open) {
	const kind = lacking.has(item.name) ? "bad" : item.state === "Present" ? "good" : "";
	const mark = waits.has(item.name)
		? badge(__("waits to be sent"), "wait")
		: badge(kind === "bad" ? __("missing") : state(item.state), kind);
	return h(
		"li",
		{},
		h("div", {}, h("b", {}, `${item.code || ""} ${item.title}`.trim()), item.period_label && h("span", { class: "period" }, ` · ${item.period_label}`), mark),
		item.classified
			? h("small", {}, __("Kept on paper only"))
			: button(item.file_count ? __("Add a Page") : __("Photograph It"), () => open(item), kind === "bad" ? "main" : "")
	);
}

/** Directives to take note of, each with its text. */
export function directives({ page, queue }) {
	const waits = new Set(queue.filter((entry) => !entry.refused && entry.act === "acknowledge").flatMap((entry) => entry.fields.directives));
	const open = (page.directives || []).filter((one) => !waits.has(one.name));
	if (!open.length) return [h("p", { class: "done" }, __("Every directive has been taken note of."))];
	return open.map((one) =>
		h(
			"section",
			{ class: `card ${one.overdue ? "urgent" : "due"}` },
			h("h2", {}, `${one.number_symbol || ""} ${one.subject}`.trim()),
			h("p", {}, one.overdue ? __("Was due on {0}", [day(one.due_on)]) : __("Due on {0}", [day(one.due_on)])),
			one.files.map((file) => h("p", {}, h("a", { href: file.file_url, target: "_blank", rel: "noopener" }, file.file_name))),
			button(__("I Have Taken Note"), () => put("acknowledge", { directives: [one.name] }, { label: one.subject }), "main")
		)
	);
}

/** One's questions, those with an answer first, and a form for the next. */
export function questions({ page }) {
	const news = (one) => (ANSWERED.includes(one.workflow_state) ? 0 : 1);
	const asked = (page.questions || [])
		.slice()
		.sort((one, other) => news(one) - news(other))
		.map((one) =>
			h(
				"section",
				{ class: `card ${news(one) ? "" : "news"}` },
				h("h2", {}, one.title),
				h("p", {}, badge(state(one.workflow_state), news(one) ? "wait" : "good")),
				plain(one.answer)
			)
		);
	return [question(page.cell.name), ...asked];
}

// What is half written stays while the screen is drawn anew: a form for each cell.
const forms = new Map();

function question(cell) {
	if (forms.has(cell)) return forms.get(cell);
	const title = h("input", { id: "question-title", maxlength: 140, required: true, autocomplete: "off" });
	const body = h("textarea", { id: "question-body", rows: 5, required: true });
	const ask = async (event) => {
		event.preventDefault();
		const fields = { cell, title: title.value.trim(), body: body.value.trim() };
		event.target.reset();
		await put("ask", fields, { label: fields.title });
	};
	const form = h(
		"form",
		{ class: "card", on: { submit: ask } },
		h("h2", {}, __("Ask the upper level")),
		h("label", { for: "question-title" }, __("In short")),
		title,
		h("label", { for: "question-body" }, __("The question")),
		body,
		h("button", { class: "button main" }, __("Ask"))
	);
	forms.set(cell, form);
	return form;
}

/** What a state is called. */
export function state(name) {
	return __(name);
}

function badge(text, kind) {
	return h("span", { class: `badge ${kind}` }, text);
}
