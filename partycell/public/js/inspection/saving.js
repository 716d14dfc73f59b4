// Scores are saved as they are typed. What has not reached the server is kept on the device, and sent when
// the connection is back, also after the page was closed.

frappe.provide("partycell.inspection");

partycell.inspection.SAVE = "partycell.api.inspections.save_scores";
partycell.inspection.PAUSE = 1200; // ms after the last key
partycell.inspection.RETRY = 15000;

partycell.inspection.key = (frm) => `partycell:inspection:${frappe.session.user}:${frm.doc.name}`;

partycell.inspection.pending = (frm) => {
	try {
		return JSON.parse(localStorage.getItem(partycell.inspection.key(frm)) || "{}");
	} catch (error) {
		return {};
	}
};

partycell.inspection.keep = (frm, pending) => {
	const key = partycell.inspection.key(frm);
	try {
		if (Object.keys(pending).length) localStorage.setItem(key, JSON.stringify(pending));
		else localStorage.removeItem(key);
	} catch (error) {
		// A device without room: the values are still on the page.
		partycell.inspection.say(frm, __("This device keeps nothing; save often."), "orange");
	}
};

/** What is pending and may be written now: a score that did not reach the server in time waits for its turn. */
partycell.inspection.sendable = (frm) => {
	const { writable } = partycell.inspection.told(frm);
	const rows = Object.entries(partycell.inspection.pending(frm)).map(([name, values]) => [
		name,
		Object.fromEntries(Object.entries(values).filter(([field]) => writable.includes(`scores.${field}`))),
	]);
	return Object.fromEntries(rows.filter(([, values]) => Object.keys(values).length));
};

/** Puts what was typed and not sent back on the page, and tries to send it. */
partycell.inspection.restore = (frm) => {
	if (frm.doc.docstatus === 1) partycell.inspection.keep(frm, {});
	const pending = partycell.inspection.sendable(frm);
	for (const row of frm.doc.scores || []) {
		const kept = pending[row.name];
		if (kept) partycell.inspection.put(row, kept);
	}
	if (Object.keys(pending).length) partycell.inspection.send_soon(frm, 100);
};

partycell.inspection.put = (row, values) => {
	if ("score" in values) {
		row.scored = values.score === null || values.score === "" ? 0 : 1;
		row.score = row.scored ? flt(values.score) : 0;
	}
	for (const field of ["change_reason", "remark", "objection_reply"]) {
		if (field in values) row[field] = values[field];
	}
};

partycell.inspection.listen = (frm) => {
	const box = frm.fields_dict.checklist_html.$wrapper.find(".pc-checklist");
	const row_of = (element) => {
		const name = $(element).closest("[data-row]").attr("data-row");
		return (frm.doc.scores || []).find((row) => row.name === name);
	};
	const give = (row, score) => {
		const step = partycell.inspection.told(frm).step || 0.5;
		const value = Math.min(Math.max(Math.round(score / step) * step, 0), row.maximum);
		const line = box.find(`[data-row="${row.name}"]`);
		line.find('input[data-kind="score"]').val(partycell.inspection.number(value)).removeClass("pc-wrong");
		line.find(".pc-range").text("");
		partycell.inspection.change(frm, row, { score: value });
	};
	box.on("input", '[data-kind="score"]', (event) => {
		const text = $(event.currentTarget).val().trim().replace(",", ".");
		const row = row_of(event.currentTarget);
		const wrong = text !== "" && !(Number(text) >= 0 && Number(text) <= row.maximum);
		$(event.currentTarget).toggleClass("pc-wrong", wrong).attr("aria-invalid", wrong);
		const said = wrong ? __("Give 0 to {0} points.", [partycell.inspection.number(row.maximum)]) : "";
		$(event.currentTarget).closest("[data-row]").find(".pc-range").text(said);
		if (!wrong) partycell.inspection.change(frm, row, { score: text === "" ? null : Number(text) });
	});
	box.on("click", "[data-step]", (event) => {
		const row = row_of(event.currentTarget);
		const step = partycell.inspection.told(frm).step || 0.5;
		give(row, flt(row.score) + Number($(event.currentTarget).attr("data-step")) * step);
	});
	box.on("click", "[data-full]", (event) => {
		const row = row_of(event.currentTarget);
		give(row, row.maximum);
	});
	const words = ["change_reason", "remark", "objection_reply"].map((kind) => `[data-kind="${kind}"]`).join();
	box.on("input", words, (event) => {
		const area = $(event.currentTarget);
		partycell.inspection.change(frm, row_of(area), { [area.attr("data-kind")]: area.val() });
	});
	box.on("click", "[data-answer]", (event) => partycell.inspection.answer(frm, event));
	if (!frm.pc_online) {
		frm.pc_online = true;
		window.addEventListener("online", () => partycell.inspection.send_soon(frm, 100));
	}
};

partycell.inspection.change = (frm, row, values) => {
	partycell.inspection.put(row, values);
	const pending = partycell.inspection.pending(frm);
	pending[row.name] = { ...pending[row.name], ...values };
	partycell.inspection.keep(frm, pending);
	partycell.inspection.show_totals(frm);
	partycell.inspection.send_soon(frm);
};

partycell.inspection.send_soon = (frm, wait) => {
	clearTimeout(frm.pc_timer);
	frm.pc_timer = setTimeout(() => partycell.inspection.flush(frm), wait ?? partycell.inspection.PAUSE);
};

/** Sends what is pending; whether nothing is left. One request at a time. */
partycell.inspection.flush = async (frm) => {
	clearTimeout(frm.pc_timer);
	while (frm.pc_sending) await frm.pc_sending;
	const pending = partycell.inspection.sendable(frm);
	if (!Object.keys(pending).length) return true;
	frm.pc_sending = partycell.inspection.post(frm, pending);
	const done = await frm.pc_sending;
	frm.pc_sending = null;
	return done;
};

partycell.inspection.post = async (frm, sent) => {
	let answer;
	try {
		answer = await fetch(`/api/method/${partycell.inspection.SAVE}`, {
			method: "POST",
			headers: {
				"Content-Type": "application/json",
				Accept: "application/json",
				"X-Frappe-CSRF-Token": frappe.csrf_token,
			},
			body: JSON.stringify({ inspection: frm.doc.name, scores: sent }),
		});
	} catch (error) {
		partycell.inspection.say(frm, __("No connection. What you typed is kept on this device."), "orange");
		partycell.inspection.send_soon(frm, partycell.inspection.RETRY);
		return false;
	}
	const body = await answer.json().catch(() => ({}));
	if (!answer.ok) {
		partycell.inspection.say(frm, partycell.inspection.why(body), "red");
		return false;
	}
	const { modified, points, percent, rating } = body.message;
	Object.assign(frm.doc, { modified, points, percent, rating });
	// What was typed while it was being sent is still to be sent.
	const left = partycell.inspection.pending(frm);
	for (const [name, values] of Object.entries(sent)) {
		for (const [field, value] of Object.entries(values)) if (left[name]?.[field] === value) delete left[name][field];
		if (left[name] && !Object.keys(left[name]).length) delete left[name];
	}
	partycell.inspection.keep(frm, left);
	partycell.inspection.say(frm, __("Saved at {0}", [frappe.datetime.now_time().slice(0, 5)]), "green");
	const more = Object.keys(partycell.inspection.sendable(frm)).length;
	if (more) partycell.inspection.send_soon(frm);
	return !more;
};

partycell.inspection.why = (body) => {
	try {
		return JSON.parse(body._server_messages).map((one) => JSON.parse(one).message).join(" ");
	} catch (error) {
		return __("The scores could not be saved. Load the page again; they are kept on this device.");
	}
};

partycell.inspection.say = (frm, text, colour) => {
	frm.fields_dict.checklist_html.$wrapper
		.find(".pc-saved")
		.attr("data-colour", colour)
		.text($("<i>").html(text).text());
};

partycell.inspection.answer = (frm, event) => {
	const agrees = $(event.currentTarget).attr("data-answer") === "1";
	const objections = partycell.inspection.typed(frm, "objection");
	const opinion = frm.fields_dict.checklist_html.$wrapper.find('[data-kind="opinion"]').val();
	const question = agrees ? __("The cell agrees with the result?") : __("Send the cell's objections?");
	frappe.confirm(question, async () => {
		await frappe.call({
			method: "partycell.api.inspections.answer",
			args: { inspection: frm.doc.name, agrees, opinion, objections },
			freeze: true,
		});
		frm.reload_doc();
	});
};
