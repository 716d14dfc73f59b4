// A handover on the phone: the giver signs; the receiver marks each document and signs.
import { button, h } from "my-cell/dom";
import { put } from "my-cell/queue";
import { signature } from "my-cell/signature";
import { __ } from "my-cell/texts";

const MARKS = ["Present", "Missing", "Damaged", "Outdated"];
const NEEDS_WORDS = ["Damaged"];
const WAITS = {
	Draft: () => __("The giver looks through the inventory and signs."),
	Delivered: () => __("The receiver marks every document and signs."),
	Received: () => __("The upper level approves; then the office and the folder pass to the receiver."),
	Contested: () => __("The giver puts right what is disputed and signs again."),
};
// What was chosen and drawn stays while the screen is drawn anew.
const marked = new Map();
const fields = new Map();

function field(one) {
	const key = `${one.name} ${one.state}`;
	if (!fields.has(key)) fields.set(key, signature());
	return fields.get(key);
}

/** The open handovers. */
export function handovers({ page, queue }) {
	const waits = new Set(queue.filter((entry) => !entry.refused).map((entry) => entry.fields.handover));
	if (!page.handovers.length) return [h("p", { class: "done" }, __("No handover is under way."))];
	return page.handovers.map((one) =>
		h(
			"section",
			{ class: `card ${one.my_turn ? "urgent" : ""}` },
			h("h2", {}, one.title),
			h("p", {}, __("{0} hands over to {1}: {2} documents", [one.giver_name, one.receiver_name || "…", one.total])),
			waits.has(one.name) ? h("p", {}, __("Your signature waits to be sent.")) : turn(one)
		)
	);
}

function sign_off(one, act, given) {
	// Signed anew, should the site refuse it.
	fields.delete(`${one.name} ${one.state}`);
	return put(act, { handover: one.name, ...given }, { label: one.title });
}

function turn(one) {
	if (one.my_turn && one.acts.includes("Received")) return receiving(one);
	if (one.my_turn && one.acts.includes("Delivered")) return delivering(one);
	return h("p", {}, (WAITS[one.state] || (() => __(one.state)))());
}

function delivering(one) {
	const { element, value } = field(one);
	const hint = h("p", { class: "hint", role: "alert" });
	const sign = () => {
		if (!value()) return (hint.textContent = __("Sign in the field first."));
		return sign_off(one, "deliver", { signature: value() });
	};
	return [element, hint, button(__("Sign and Deliver"), sign, "main")];
}

function receiving(one) {
	const before = marked.get(one.name);
	const chosen = new Map(one.items.map((row) => [row.name, before?.get(row.name) || { state: row.received_state || "", remark: row.received_remark || "" }]));
	marked.set(one.name, chosen);
	const { element, value } = field(one);
	const hint = h("p", { class: "hint", role: "alert" });
	const list = h("ul", { class: "items" });
	const show = () => list.replaceChildren(...one.items.map((row) => mark(row, chosen.get(row.name))));
	const rest = () => {
		const open = [...chosen.values()].filter((given) => !given.state).length;
		if (!open || !confirm(__("Mark {0} documents as present? Only if you have seen each of them.", [open]))) return;
		for (const given of chosen.values()) given.state ||= "Present";
		show();
	};
	show();
	const sign = () => {
		const open = [...chosen.values()].filter((given) => !given.state).length;
		if (open) return (hint.textContent = __("{0} documents are not marked yet.", [open]));
		const wordless = one.items.find((row) => NEEDS_WORDS.includes(chosen.get(row.name).state) && !chosen.get(row.name).remark.trim());
		if (wordless) return (hint.textContent = __("Say in the remark what is wrong with {0}.", [wordless.title]));
		if (!value()) return (hint.textContent = __("Sign in the field first."));
		const marks = Object.fromEntries(chosen);
		return sign_off(one, "receive", { marks, signature: value() });
	};
	return [list, button(__("The Rest Is Present"), rest), element, hint, button(__("Sign and Receive"), sign, "main")];
}

function mark(row, given) {
	const remark = h("input", { "aria-label": __("Remark"), placeholder: __("What is wrong?"), value: given.remark, hidden: ["", "Present"].includes(given.state), on: { input: () => (given.remark = remark.value) } });
	const choices = MARKS.map((name) =>
		h("button", { type: "button", class: "choice", "aria-pressed": String(given.state === name), on: { click: () => choose(name) } }, __(name))
	);
	const choose = (name) => {
		given.state = name;
		remark.hidden = name === "Present";
		choices.forEach((choice, at) => choice.setAttribute("aria-pressed", String(MARKS[at] === name)));
	};
	return h(
		"li",
		{},
		h("b", {}, `${row.code || ""} ${row.title}`.trim()),
		row.period_label && h("span", { class: "period" }, ` · ${row.period_label}`),
		h("div", { class: "choices", role: "group", "aria-label": row.title }, choices),
		remark
	);
}
