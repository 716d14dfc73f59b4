// The form of one document of a folder: the paper, and the files filed with it.

frappe.provide("partycell.folder_item");

frappe.ui.form.on("Folder Item", {
	setup(frm) {
		frm.set_query("cell", () => ({ filters: { status: "Active" } }));
	},

	refresh(frm) {
		frm.set_intro("");
		if (!frm.is_new() && frm.doc.required && frm.doc.state === "Expected") {
			const day = frappe.datetime.str_to_user(frm.doc.due_on);
			const late = frm.doc.due_on && frm.doc.due_on <= frappe.datetime.get_today();
			frm.set_intro(
				late ? __("The folder should hold this since {0}.", [day]) : __("The folder will need this by {0}.", [day]),
				late ? "orange" : "blue"
			);
		}
		// A slot has what the template gives it; only a cell's own document is described by hand.
		const own = frm.is_new() || (frm.doc.source || "").startsWith("own:");
		frm.toggle_enable("title", own);
		frm.toggle_display("due_on", !!frm.doc.due_on);
		partycell.folder_item.draw_files(frm);
	},

	classified(frm) {
		partycell.folder_item.draw_files(frm);
	},
});

partycell.folder_item.draw_files = (frm) => {
	const wrapper = frm.fields_dict.files_html.$wrapper.empty();
	if (frm.is_new()) {
		wrapper.html(`<p class="text-muted">${__("Save first, then file the document here.")}</p>`);
		return;
	}
	wrapper.html(partycell.folder_item.files_html(frm.doc.files || []));
	if (frm.doc.classified) {
		wrapper.append(`<p class="text-muted">${__("Classified: the paper stays where it lies, no file is kept.")}</p>`);
		return;
	}
	if (!frm.perm[0]?.write) return;
	$(`<button type="button" class="btn btn-primary pc-file-here">${__("File Here")}</button>`)
		.appendTo(wrapper)
		.on("click", () => partycell.folder_item.file_here(frm));
};

partycell.folder_item.files_html = (files) => {
	const escape = frappe.utils.escape_html;
	if (!files.length) return `<p class="text-muted">${__("Nothing is filed here yet.")}</p>`;
	const rows = files.map(
		(file) => `<tr>
			<td><a href="${encodeURI(file.file_url)}" target="_blank" rel="noopener">${escape(file.file_name)}</a></td>
			<td class="text-right">${frappe.form.formatters.FileSize(file.file_size)}</td>
			<td><code title="${escape(file.sha256)}">${escape((file.sha256 || "").slice(0, 12))}</code></td>
			<td>${frappe.datetime.str_to_user(String(file.filed_on).slice(0, 10))}</td></tr>`
	);
	return `<div class="table-responsive"><table class="table table-bordered pc-files">
		<thead><tr><th>${__("File Name")}</th><th class="text-right">${__("Size")}</th>
		<th>${__("SHA-256")}</th><th>${__("Filed On")}</th></tr></thead>
		<tbody>${rows.join("")}</tbody></table></div>`;
};

/** Frappe's own uploader; what is filed is private, whatever is chosen there. */
partycell.folder_item.file_here = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	if (frm.is_dirty()) return;
	partycell.upload({
		doctype: frm.doctype,
		docname: frm.docname,
		frm,
		folder: "Home/Attachments",
		dialog_title: __("File Here"),
		allow_web_link: false,
		allow_google_drive: false,
		disable_file_browser: true,
		on_success: () => frm.reload_doc(),
	});
};
