// The form of an issue of folders: how many cells are meant, and the papers.

frappe.ui.form.on("Folder Issue", {
	setup: (frm) => partycell.submitting.name_it(frm),

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0) {
			frm.add_custom_button(__("Show Number of Cells"), async () => {
				const { message } = await frappe.call({
					method: "partycell.api.issuing.preview",
					args: {
						committee: frm.doc.committee,
						cells: frm.doc.cells || [],
						number_pattern: frm.doc.number_pattern,
						first_number: frm.doc.first_number,
					},
				});
				frappe.msgprint(__("{0} cells would get a folder.", [message.count]));
			});
			partycell.submitting.offer(
				frm,
				__("Issue the Folders"),
				__("Issue the folders? Each cell gets a number, and the list stays as it is.")
			);
			return;
		}
		if (frm.doc.status === "Giving Out") {
			frm.dashboard.set_headline(__("The folders are being issued. Come back in a few minutes."));
			return;
		}
		frm.add_custom_button(__("Show Folders"), () =>
			frappe.set_route("List", "Issued Folder", { issue: frm.doc.name })
		);
		frm.add_custom_button(__("Receipt List"), () =>
			window.open(
				frappe.urllib.get_full_url(
					`/api/method/partycell.api.issuing.receipt_list?issue=${encodeURIComponent(frm.doc.name)}`
				)
			)
		);
	},
});
