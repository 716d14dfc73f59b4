// The form of a corrective action: a button for each step, asking first for what the step needs.

frappe.provide("partycell.corrective_action");

// Step: the field that it cannot do without, and the question that asks for it.
partycell.corrective_action.NEEDS = {
	"Report Done": ["evidence", () => __("How was it put right? Where can it be seen?")],
	"Write Off": ["written_off_reason", () => __("Why will it not be put right?")],
};

frappe.ui.form.on("Corrective Action", {
	setup(frm) {
		// Buttons named for the step stand in place of the menu of the workflow.
		frm.states.show_actions = () => {};
		frm.set_query("folder_item", () => ({ filters: { cell: frm.doc.cell } }));
		frm.set_query("responsible", () => ({ filters: { enabled: 1 } }));
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.read_only) frm.dashboard.clear_headline();
		frm.layout.wrapper.find(".pc-steps").remove();
		if (frm.is_new()) return;
		// What has ended is opened again before it is changed.
		if (["Effective", "Written Off"].includes(frm.doc.workflow_state)) frm.set_read_only();
		const today = frappe.datetime.get_today();
		if (frm.doc.workflow_state === "Open" && frm.doc.due_on < today) {
			frm.set_intro(__("This was due on {0}.", [frappe.datetime.str_to_user(frm.doc.due_on)]), "red");
		}
		// The account says nothing to people; the name beside it does.
		frm.toggle_display("responsible", !!frm.get_perm(1, "write"));
		frm.toggle_display("evidence", frm.doc.workflow_state !== "Open" || !!frm.doc.evidence);
		frm.toggle_display("written_off_reason", !!frm.doc.written_off_reason);
		partycell.corrective_action.add_steps(frm);
	},
});

partycell.corrective_action.add_steps = async (frm) => {
	const name = frm.doc.name;
	const transitions = await frappe.workflow.get_transitions(frm.doc);
	if (frm.doc.name !== name) return;
	const steps = [...new Set(transitions.map((transition) => transition.action))];
	// On a phone the buttons of the page's head are in a menu.
	frm.layout.wrapper.find(".pc-steps").remove();
	const large = $('<div class="pc-steps d-md-none" style="padding: 12px 15px 0"></div>').prependTo(frm.layout.wrapper);
	steps.forEach((step, index) => {
		const take = () => partycell.corrective_action.take(frm, step);
		const button = frm.add_custom_button(__(step), take);
		const colour = index === 0 ? "btn-primary" : "btn-default";
		button.removeClass("btn-default").addClass(colour);
		$(`<button type="button" class="btn ${colour} btn-block" style="min-height: 52px"></button>`)
			.text(__(step))
			.on("click", take)
			.appendTo(large);
	});
};

partycell.corrective_action.take = (frm, step) => {
	const [field, question] = partycell.corrective_action.NEEDS[step] || [];
	if (!field) {
		frappe.confirm(__("{0}: {1}?", [__(step), frappe.utils.escape_html(frm.doc.subject)]), () =>
			partycell.corrective_action.apply(frm, step)
		);
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __(step),
		fields: [
			{ fieldtype: "Small Text", fieldname: "text", label: question(), reqd: 1, default: frm.doc[field] },
		],
		primary_action_label: __(step),
		primary_action: async ({ text }) => {
			await frm.set_value(field, text);
			if (frm.is_dirty()) await frm.save();
			if (frm.is_dirty()) return;
			dialog.hide();
			partycell.corrective_action.apply(frm, step);
		},
	});
	dialog.show();
};

partycell.corrective_action.apply = async (frm, step) => {
	if (frm.is_dirty()) await frm.save();
	if (frm.is_dirty()) return;
	await frappe.call({
		method: "frappe.model.workflow.apply_workflow",
		args: { doc: frm.doc, action: step },
		freeze: true,
	});
	await frm.reload_doc();
};
