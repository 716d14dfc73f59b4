// The form of an inspection: whose turn it is, the checklist, and a button for each act.

frappe.provide("partycell.inspection");

frappe.ui.form.on("Inspection", {
	setup(frm) {
		// Buttons named for the act stand in place of the menu of the workflow.
		frm.states.show_actions = () => {};
		frm.set_query("criteria_set", () => ({ filters: { disabled: 0 } }));
		frm.set_query("cell", () => ({ filters: { status: "Active" } }));
		frm.set_query("earlier_action", "findings", () => ({ filters: { cell: frm.doc.cell } }));
		for (const [field, table] of [["lead"], ["user", "team"], ["responsible", "findings"]]) {
			const query = () => ({ filters: { enabled: 1 } });
			table ? frm.set_query(field, table, query) : frm.set_query(field, query);
		}
	},

	refresh(frm) {
		const shown = !frm.is_new();
		frm.toggle_display("scores", false);
		frm.toggle_display("section_the_cell_s_answer", shown && !!frm.doc.sent_on);
		frm.toggle_display(["section_result", "section_conclusion"], frm.doc.docstatus === 1);
		frm.toggle_display("section_findings", shown && frm.doc.workflow_state !== "Planned");
		frm.toggle_display("section_the_visit", shown && frm.doc.workflow_state !== "Planned");
		frm.toggle_display("returned_reason", !!frm.doc.returned_reason);
		frm.toggle_display("withdrawn_reason", !!frm.doc.withdrawn_reason);
		if (!shown) {
			frm.fields_dict.checklist_html.$wrapper.html(
				`<p class="text-muted">${__("The checklist is filled when you save.")}</p>`
			);
			return;
		}
		partycell.inspection.open_fields(frm);
		partycell.inspection.say_turn(frm);
		partycell.inspection.add_acts(frm);
		partycell.inspection.add_papers(frm);
		partycell.inspection.restore(frm);
		partycell.inspection.draw(frm);
		partycell.inspection.restore_typed(frm);
	},
});

partycell.inspection.told = (frm) => frm.doc.__onload?.desk || { parts: [], acts: [], writable: [], bands: [], facts: {} };

/** Fields are open where the record may be written now; the server decides again at every save. */
partycell.inspection.open_fields = (frm) => {
	const { writable } = partycell.inspection.told(frm);
	const own = new Set(writable);
	const tables = new Set(writable.map((name) => name.split(".")[0]));
	for (const field of frm.meta.fields) {
		const mine = field.fieldtype === "Table" ? tables.has(field.fieldname) : own.has(field.fieldname);
		const layout = ["Section Break", "Column Break", "HTML"].includes(field.fieldtype);
		if (!layout) frm.set_df_property(field.fieldname, "read_only", mine ? 0 : 1);
	}
	// The answer is given by its buttons, which ask for what belongs to it.
	frm.set_df_property("cell_answer", "read_only", 1);
	frm.set_df_property("cell_opinion", "read_only", 1);
	// The account says nothing to people; the name beside it does.
	frm.toggle_display("lead", own.has("lead"));
	frm.toggle_display(["answered_by", "concluded_by"], false);
};

partycell.inspection.say_turn = (frm) => {
	const doc = frm.doc;
	const day = (value) => frappe.datetime.str_to_user(String(value).slice(0, 10));
	const words = {
		Planned: () => [__("{0} begins the inspection, planned on {1}.", [doc.lead_name, day(doc.planned_on)]), "blue"],
		"In Progress": () => [__("The team scores and writes its findings."), "blue"],
		Returned: () => [__("Back with the team: {0}", [doc.returned_reason]), "orange"],
		"With Cell": () =>
			doc.answered_on
				? [__("The cell has answered; the upper level concludes."), "green"]
				: [__("The cell answers until {0}.", [day(doc.answer_due_on)]), "orange"],
		Withdrawn: () => [__("Withdrawn: {0}", [doc.withdrawn_reason]), "gray"],
		Concluded: () => [__("Concluded on {0}: {1}.", [day(doc.concluded_on), doc.rating]), "green"],
	}[doc.workflow_state];
	frm.set_intro("");
	if (!words) return;
	const [text, colour] = words();
	frm.set_intro(frappe.utils.escape_html(text), colour);
};

// The state an act leads to: its label, what it asks first, and the function it calls.
partycell.inspection.acts = {
	"In Progress": { label: () => __("Begin Inspection"), method: "partycell.api.inspections.start" },
	"With Cell": {
		label: () => __("Send to Cell"),
		method: "partycell.api.inspections.send",
		confirm: () => __("Send the scores to the cell for its answer?"),
	},
	Returned: {
		label: () => __("Send Back to Team"),
		method: "partycell.api.inspections.send_back",
		reason: () => __("Why does it go back to the team?"),
	},
	Concluded: {
		label: () => __("Conclude"),
		method: "partycell.api.inspections.conclude",
		confirm: () => __("Conclude the inspection? The record is numbered and closed."),
		args: (frm) => ({ replies: partycell.inspection.typed(frm, "objection_reply") }),
	},
	Withdrawn: {
		label: () => __("Withdraw"),
		method: "partycell.api.inspections.withdraw",
		reason: () => __("Why is the inspection withdrawn?"),
	},
};

partycell.inspection.add_acts = (frm) => {
	partycell.inspection.told(frm).acts.forEach((state, index) => {
		const act = partycell.inspection.acts[state];
		const button = frm.add_custom_button(act.label(), () => partycell.inspection.act(frm, act));
		const main = index === 0 && !["Returned", "Withdrawn"].includes(state);
		if (main || state === "Concluded") button.removeClass("btn-default").addClass("btn-primary");
	});
};

partycell.inspection.act = async (frm, act) => {
	if (!(await partycell.inspection.flush(frm))) return;
	if (frm.is_dirty()) {
		await frm.save();
		if (frm.is_dirty()) return;
	}
	const run = (more) =>
		frappe
			.call({
				method: act.method,
				args: { inspection: frm.doc.name, ...(act.args ? act.args(frm) : {}), ...more },
				freeze: true,
			})
			.then(() => frm.reload_doc());
	if (act.reason) {
		frappe.prompt(
			[{ fieldtype: "Small Text", fieldname: "reason", label: act.reason(), reqd: 1 }],
			({ reason }) => run({ reason }),
			act.label(),
			act.label()
		);
	} else if (act.confirm) {
		frappe.confirm(act.confirm(), () => run({}));
	} else {
		run({});
	}
};

partycell.inspection.add_papers = (frm) => {
	const papers = { checklist: __("Blank Checklist"), minutes: __("Inspection Minutes") };
	if (frm.doc.docstatus === 1) papers.notice = __("Conclusion Notice");
	for (const [paper, label] of Object.entries(papers)) {
		frm.add_custom_button(
			label,
			() => {
				const query = new URLSearchParams({ inspection: frm.doc.name, paper });
				window.open(`/api/method/partycell.api.inspections.download?${query}`);
			},
			__("Papers")
		);
	}
};
