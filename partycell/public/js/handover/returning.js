// Sending a handover back, and who puts right what is wrong: the two dialogs about single documents.

frappe.provide("partycell.handover");

/** The receiver, or the upper level, sends the handover back with a reason and what is disputed. */
partycell.handover.contest = (frm) => {
	const by_receiver = frm.doc.workflow_state === "Delivered";
	const is_wrong = (row) => row.received_state && row.received_state !== "Present";
	const rows = [...frm.doc.items].sort((one, other) => (is_wrong(other) ? 1 : 0) - (is_wrong(one) ? 1 : 0));
	const dialog = new frappe.ui.Dialog({
		title: partycell.handover.acts.Contested.label(frm),
		fields: [
			{
				fieldtype: "HTML",
				fieldname: "words",
				options: `<p class="pc-words">${__(
					"The handover goes back to the giver, who puts it right and signs again. What is marked stays marked, except for the documents ticked here."
				)}</p>`,
			},
			{ fieldtype: "Small Text", fieldname: "reason", label: __("What Is Disputed"), reqd: 1 },
			{
				fieldtype: "MultiCheck",
				fieldname: "rows",
				label: by_receiver ? __("Disputed Documents") : __("Disputed Documents, if it is about some"),
				columns: 1,
				sort_options: false,
				options: rows.map((row) => ({
					label: partycell.handover.option_label(row),
					value: row.name,
					checked: is_wrong(row) ? 1 : 0,
				})),
			},
		],
		primary_action_label: partycell.handover.acts.Contested.label(frm),
		primary_action: async ({ reason, rows }) => {
			if (by_receiver && !rows?.length) {
				frappe.msgprint({ message: __("Tick the documents that are disputed."), indicator: "orange" });
				return;
			}
			const given = { reason, rows: rows || [] };
			if (await partycell.handover.carry_out(frm, "contest", given, __("Sent back. The giver is told."))) {
				dialog.hide();
			}
		},
	});
	dialog.$wrapper.addClass("pc-contest");
	dialog.show();
};

partycell.handover.option_label = (row) => {
	const name = [row.code, row.title, row.period_label].filter(Boolean).join(" ");
	return frappe.utils.escape_html(row.received_state ? `${name} (${__(row.received_state)})` : name);
};

/** Who puts a discrepancy right and by when, before the upper level approves. */
partycell.handover.edit_remedy = (frm, row) => {
	const dialog = new frappe.ui.Dialog({
		title: frappe.utils.escape_html([row.code, row.title].filter(Boolean).join(" ")),
		fields: [
			{ fieldtype: "Link", fieldname: "responsible", label: __("Responsible"), options: "User", reqd: 1 },
			{ fieldtype: "Date", fieldname: "due_on", label: __("To Be Put Right By"), reqd: 1 },
			{ fieldtype: "Small Text", fieldname: "remedy", label: __("Remedy") },
		],
		primary_action_label: __("Save"),
		primary_action: async (values) => {
			for (const field of ["responsible", "due_on", "remedy"]) {
				await frappe.model.set_value(row.doctype, row.name, field, values[field] || "");
			}
			if (frm.is_dirty()) await frm.save();
			if (!frm.is_dirty()) {
				dialog.hide();
				// The names of people come with the record.
				await frm.reload_doc();
			}
		},
	});
	dialog.set_values({ responsible: row.responsible, due_on: row.due_on, remedy: row.remedy });
	dialog.show();
};
