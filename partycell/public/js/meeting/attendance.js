// Attendance by name, where the office lists members: one line a member, read as easily on a telephone.

frappe.provide("partycell.meeting");

partycell.meeting.marks = () => [
	["Attending", __("Attending")],
	["Excused", __("Excused")],
	["Absent", __("Absent")],
	["Exempt", __("Exempt")],
];

partycell.meeting.attendance = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	const { message: rows } = await frappe.call("partycell.api.meetings.roll", { meeting: frm.doc.name });
	if (!rows.length) {
		frappe.msgprint(__("The cell has no members on its list yet. Add them under Party Member."));
		return;
	}
	const may_write = frm.doc.docstatus === 0 && frm.perm[0]?.write;
	const dialog = new frappe.ui.Dialog({
		title: __("Attendance by Name"),
		size: "large",
		fields: [{ fieldname: "list", fieldtype: "HTML" }],
		primary_action_label: may_write ? __("Keep Attendance") : __("Close"),
		async primary_action() {
			if (may_write) {
				await frappe.call({
					method: "partycell.api.meetings.record_attendance",
					args: { meeting: frm.doc.name, marks: partycell.meeting.read_marks(dialog) },
					freeze: true,
				});
				frm.reload_doc();
			}
			dialog.hide();
		},
	});
	dialog.fields_dict.list.$wrapper.html(partycell.meeting.attendance_html(rows, may_write));
	dialog.show();
};

partycell.meeting.attendance_html = (rows, may_write) => {
	const escape = frappe.utils.escape_html;
	const off = may_write ? "" : "disabled";
	const options = (mark) =>
		partycell.meeting
			.marks()
			.map(([value, label]) => `<option value="${value}" ${value === mark ? "selected" : ""}>${label}</option>`)
			.join("");
	const line = (row, number) => `
		<div class="partycell-roll" data-member="${escape(row.member)}"
			style="display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 0; border-bottom: 1px solid var(--border-color)">
			<span style="flex: 1 1 220px">${number + 1}. ${escape(row.name)}</span>
			<select class="form-control" style="flex: 0 1 150px" aria-label="${escape(row.name)}" ${off}>${options(row.mark)}</select>
			<input class="form-control" style="flex: 1 1 160px" maxlength="140" value="${escape(row.reason || "")}"
				placeholder="${__("Reason")}" aria-label="${__("Reason")}: ${escape(row.name)}" ${off}>
		</div>`;
	return rows.map(line).join("");
};

partycell.meeting.read_marks = (dialog) =>
	dialog.$wrapper
		.find(".partycell-roll")
		.toArray()
		.map((row) => ({
			member: row.dataset.member,
			mark: row.querySelector("select").value,
			reason: row.querySelector("input").value,
		}));
