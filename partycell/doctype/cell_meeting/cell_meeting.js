frappe.provide("partycell.meeting");

frappe.ui.form.on("Cell Meeting", {
	setup(frm) {
		frm.set_query("cell", () => ({ filters: { status: "Active" } }));
		frm.set_query("criteria_set", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		partycell.meeting.show_frame(frm);
		partycell.meeting.add_buttons(frm);
	},

});

partycell.meeting.show_frame = (frm) => {
	const desk = frm.doc.__onload?.desk;
	if (!desk?.frame || frm.doc.status === "Cancelled") return;
	frm.dashboard.clear_headline();
	const asked = frm.doc.status === "Planned" ? [] : desk.frame;
	const pills = asked.map((one) => {
		const color = one.met === null ? "gray" : one.met ? "green" : "orange";
		return `<span class="indicator-pill ${color} mr-2 mb-1">${frappe.utils.escape_html(one.label)}</span>`;
	});
	const often = (desk.excused_often || []).map((one) => frappe.utils.escape_html(one)).join(", ");
	if (often) pills.push(`<div class="mt-1">${__("Excused more than three times running: {0}", [often])}</div>`);
	const lacking = desk.wanting.map((one) => frappe.utils.escape_html(one)).join(", ");
	if (lacking) pills.push(`<div class="mt-1">${__("Not held in the last twelve months: {0}", [lacking])}</div>`);
	if (pills.length) frm.dashboard.set_headline(pills.join(" "));
};

partycell.meeting.add_buttons = (frm) => {
	if (frm.doc.__onload?.desk?.listed && frm.doc.status !== "Cancelled") {
		frm.add_custom_button(__("Attendance by Name"), () => partycell.meeting.attendance(frm));
	}
	if (!frm.perm[0]?.write || frm.doc.docstatus !== 0) return;
	// Frappe's Submit would be the conclusion under another name; what has been changed is saved first.
	if (!frm.is_dirty()) frm.page.clear_primary_action();
	const main = (label, run) => {
		if (!frm.is_dirty()) frm.page.set_primary_action(label, run);
	};
	const act = async (name, args = {}) => {
		if (frm.is_dirty()) await frm.save();
		await frappe.call({
			method: `partycell.api.meetings.${name}`,
			args: { meeting: frm.doc.name, ...args },
			freeze: true,
		});
		frm.reload_doc();
	};
	if (frm.doc.status === "Planned") {
		main(__("Record as Held"), () => act("hold"));
		frm.add_custom_button(__("Call Off"), () =>
			frappe.prompt(
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason for Cancelling"), reqd: 1 },
				({ reason }) => act("call_off", { reason }),
				__("Call Off"),
				__("Call Off")
			)
		);
	}
	if (frm.doc.status === "Held") {
		main(__("Conclude the Meeting"), () =>
			frappe.confirm(__("The minutes are numbered and stay as they are. Conclude the meeting?"), () =>
				act("conclude")
			)
		);
	}
};
