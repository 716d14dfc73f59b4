// What may become of an issued folder: received, replaced, returned. The server says who may.

frappe.provide("partycell.issued_folder");

frappe.ui.form.on("Issued Folder", {
	refresh(frm) {
		frm.disable_save();
		if (!["Given Out", "Received"].includes(frm.doc.status)) return;
		const told = frm.doc.__onload?.desk || {};
		if (told.may_receive) {
			frm.add_custom_button(__("Record Receipt"), () => partycell.issued_folder.receive(frm, told));
		}
		if (told.may_end) {
			frm.add_custom_button(__("Replace"), () => partycell.issued_folder.replace(frm, told));
			frm.add_custom_button(__("Take Back"), () => partycell.issued_folder.take_back(frm));
		}
	},
});

partycell.issued_folder.act = (frm, title, fields, method) => {
	frappe.prompt(
		fields,
		async (values) => {
			await frappe.call({ method, args: { folder: frm.doc.name, ...values }, freeze: true });
			frm.reload_doc();
		},
		title
	);
};

partycell.issued_folder.receive = (frm, told) =>
	partycell.issued_folder.act(
		frm,
		__("Record Receipt"),
		[
			{
				fieldname: "received_by",
				fieldtype: "Data",
				label: __("Received By"),
				reqd: 1,
				default: told.secretary,
			},
			{
				fieldname: "received_on",
				fieldtype: "Date",
				label: __("Received On"),
				reqd: 1,
				default: frappe.datetime.get_today(),
			},
		],
		"partycell.api.issuing.receive"
	);

partycell.issued_folder.replace = (frm, told) =>
	partycell.issued_folder.act(
		frm,
		__("Replace"),
		[
			{
				fieldname: "reason",
				fieldtype: "Select",
				label: __("Reason for Replacement"),
				reqd: 1,
				options: [
					{ value: "Lost", label: __("Lost") },
					{ value: "Damaged", label: __("Damaged") },
				],
			},
			{
				fieldname: "number_pattern",
				fieldtype: "Data",
				label: __("Pattern of the Numbers"),
				reqd: 1,
				default: told.number_pattern,
			},
			{ fieldname: "remark", fieldtype: "Small Text", label: __("Remark") },
		],
		"partycell.api.issuing.replace"
	);

partycell.issued_folder.take_back = (frm) =>
	partycell.issued_folder.act(
		frm,
		__("Take Back"),
		[{ fieldname: "remark", fieldtype: "Small Text", label: __("Remark"), reqd: 1 }],
		"partycell.api.issuing.take_back"
	);
