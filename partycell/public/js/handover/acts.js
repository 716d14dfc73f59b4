// The acts of a handover: a button named for each, the dialog it needs, and the call that carries it out.

frappe.provide("partycell.handover");

/** State that an act brings about: its label, its dialog, the method of partycell.api. */
partycell.handover.acts = {
	Delivered: {
		label: () => __("Deliver"),
		main: true,
		in_box: true,
		run: (frm) =>
			partycell.handover.sign(frm, {
				act: "Delivered",
				method: "deliver",
				statement: "giver_commitment",
				may_begin: () => partycell.handover.has_receiver(frm),
				words: __("{0} documents go to {1}. Once signed, the inventory is frozen.", [
					frm.doc.count_total,
					frappe.utils.escape_html(frm.doc.receiver_name || ""),
				]),
				done: __("Delivered. {0} is told.", [frappe.utils.escape_html(frm.doc.receiver_name || "")]),
			}),
	},
	Received: {
		label: () => __("Receive"),
		main: true,
		in_box: true,
		run: (frm) =>
			partycell.handover.sign(frm, {
				act: "Received",
				method: "receive",
				statement: "receiver_commitment",
				may_begin: () => partycell.handover.is_marked(frm),
				words: partycell.handover.summary(frm),
				done: __("Received. The upper level is told."),
			}),
	},
	Approved: {
		label: () => __("Approve"),
		main: true,
		in_box: true,
		run: (frm) =>
			partycell.handover.sign(frm, {
				act: "Approved",
				method: "approve",
				statement: "witness_commitment",
				optional: true,
				words:
					partycell.handover.summary(frm) +
					"<br>" +
					__("From then on {0} holds the office, and {1} only reads.", [
						frappe.utils.escape_html(frm.doc.receiver_name || ""),
						frappe.utils.escape_html(frm.doc.giver_name || ""),
					]),
				done: __("Approved. The office has passed to {0}.", [
					frappe.utils.escape_html(frm.doc.receiver_name || ""),
				]),
			}),
	},
	Contested: {
		label: (frm) => (frm?.doc.workflow_state === "Received" ? __("Send Back") : __("Contest")),
		in_box: true,
		run: (frm) => partycell.handover.contest(frm),
	},
	Withdrawn: {
		label: () => __("Withdraw"),
		run: (frm) =>
			partycell.handover.give_reason(frm, {
				act: "Withdrawn",
				method: "withdraw",
				label: __("Why It Is Withdrawn"),
				words: __("The handover ends here; the office stays as it is. A new one can be opened later."),
			}),
	},
	Annulled: {
		label: () => __("Annul"),
		run: (frm) =>
			partycell.handover.give_reason(frm, {
				act: "Annulled",
				method: "annul",
				label: __("Why It Is Annulled"),
				words: __("The office goes back to {0}. The minutes stay on record as annulled.", [
					frappe.utils.escape_html(frm.doc.giver_name || ""),
				]),
			}),
	},
};

/** The acts that this user may carry out now, the main one first. */
partycell.handover.acts_now = (frm) =>
	partycell.handover
		.told(frm)
		.acts.map((key) => ({ key, act: partycell.handover.acts[key] }))
		.map(({ key, act }) => ({ key, act: { ...act, label: () => act.label(frm) } }))
		.sort((one, other) => (other.act.main ? 1 : 0) - (one.act.main ? 1 : 0));

partycell.handover.add_buttons = (frm) => {
	if (frm.is_new()) return;
	for (const { key, act } of partycell.handover.acts_now(frm)) {
		const button = frm.add_custom_button(act.label(), () => partycell.handover.acts[key].run(frm));
		const early = key === "Received" && partycell.handover.tally(frm.doc).Unmarked;
		if (act.main && !early) button.removeClass("btn-default").addClass("btn-primary");
	}
	if (frm.doc.workflow_state !== "Draft") {
		frm.add_custom_button(__("View Minutes (PDF)"), () => {
			const handover = encodeURIComponent(frm.doc.name);
			window.open(`/api/method/partycell.api.handovers.download_minutes?handover=${handover}`, "_blank", "noopener");
		});
	}
	if (frm.doc.docstatus > 0) {
		frm.add_custom_button(__("Download Dossier"), async () => {
			const args = { handover: frm.doc.name };
			const { message } = await frappe.call({ method: "partycell.api.handovers.prepare_dossier", args, freeze: true });
			if (!message) {
				frappe.msgprint(__("The dossier is being made. Try again in a few minutes."));
				return;
			}
			const handover = encodeURIComponent(frm.doc.name);
			window.open(`/api/method/partycell.api.handovers.download_dossier?handover=${handover}`, "_blank", "noopener");
		});
	}
};

/** Saves what is typed and marked first, then carries the act out and shows the handover anew. */
partycell.handover.carry_out = async (frm, method, values, done) => {
	if (!(await partycell.handover.save_all(frm))) return false;
	try {
		await frappe.call({
			method: `partycell.api.handovers.${method}`,
			args: { handover: frm.doc.name, ...values },
			freeze: true,
		});
	} catch {
		// Frappe has shown why it was refused.
		return false;
	}
	frappe.show_alert({ message: done, indicator: "green" }, 7);
	await frm.reload_doc();
	return true;
};

partycell.handover.save_all = async (frm) => {
	try {
		await frm.partycell.inventory.marks?.flush();
	} catch {
		frappe.msgprint({
			title: __("Not saved yet"),
			message: __("There is no connection. Your marks are kept; try again when it is back."),
			indicator: "orange",
		});
		return false;
	}
	if (frm.is_dirty()) await frm.save();
	return !frm.is_dirty();
};

/** Whether a receiver is named; says so where none is. */
partycell.handover.has_receiver = (frm) => {
	if (frm.doc.receiver) return true;
	frappe.msgprint({ message: __("Name the receiver first."), indicator: "orange" });
	return false;
};

/** Whether every document is marked; shows those that are not. */
partycell.handover.is_marked = (frm) => {
	const unmarked = partycell.handover.tally(frm.doc).Unmarked;
	if (!unmarked) return true;
	frm.partycell.inventory.chosen = "Unmarked";
	frm.partycell.inventory.draw();
	frm.fields_dict.inventory.tab.set_active();
	frappe.msgprint({
		title: __("Not everything is marked"),
		message: __("Still unmarked: {0}. They are shown now; mark each one before you sign.", [unmarked]),
		indicator: "orange",
	});
	return false;
};

partycell.handover.summary = (frm) => {
	const tally = partycell.handover.tally(frm.doc);
	const marks = partycell.handover.MARKS.map((mark) => `${__(mark)}: <b>${tally[mark]}</b>`);
	return `${__("Documents")}: <b>${tally.total}</b> (${marks.join(", ")})`;
};

/** A dialog with a signature field and the party's statement; both are optional for the upper level. */
partycell.handover.sign = (frm, { act, method, statement, optional, may_begin, words, done }) => {
	if (may_begin && !may_begin()) return;
	const label = frappe.meta.get_label("Handover", statement);
	const dialog = new frappe.ui.Dialog({
		title: partycell.handover.acts[act].label(frm),
		fields: [
			{ fieldtype: "HTML", fieldname: "words", options: `<p class="pc-words">${words}</p>` },
			{ fieldtype: "Small Text", fieldname: "statement", label: __(label), default: frm.doc[statement] },
			{
				fieldtype: "Signature",
				fieldname: "signature",
				label: optional ? __("Sign here, if you sign on the screen") : __("Sign here"),
				reqd: optional ? 0 : 1,
			},
		],
		primary_action_label: partycell.handover.acts[act].label(frm),
		primary_action: async (values) => {
			if ((values.statement || "") !== (frm.doc[statement] || "")) {
				await frm.set_value(statement, values.statement || "");
			}
			dialog.disable_primary_action();
			const given = values.signature ? { signature: values.signature } : {};
			if (await partycell.handover.carry_out(frm, method, given, done)) dialog.hide();
			else dialog.enable_primary_action();
		},
	});
	dialog.$wrapper.addClass("pc-sign");
	dialog.show();
};

partycell.handover.give_reason = (frm, { act, method, label, words }) => {
	const title = partycell.handover.acts[act].label(frm);
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [
			{ fieldtype: "HTML", fieldname: "words", options: `<p class="pc-words">${words}</p>` },
			{ fieldtype: "Small Text", fieldname: "reason", label, reqd: 1 },
		],
		primary_action_label: title,
		primary_action: async ({ reason }) => {
			if (await partycell.handover.carry_out(frm, method, { reason }, __("Done"))) dialog.hide();
		},
	});
	dialog.show();
};
