// The form of an import: the spreadsheet, what a check found in it, and the import itself.

frappe.provide("partycell.cell_import");

frappe.ui.form.on("Cell Import", {
	refresh(frm) {
		const done = ["Imported", "Importing"].includes(frm.doc.state);
		frm.set_df_property("file", "read_only", done ? 1 : 0);
		frm.set_df_property("make_accounts", "read_only", done ? 1 : 0);
		if (done) frm.disable_save();
		else frm.enable_save();
		partycell.cell_import.intro(frm);
		partycell.cell_import.buttons(frm, done);
		partycell.cell_import.show(frm);
	},

	file(frm) {
		if (frm.doc.file && !frm.is_new()) frm.save();
	},
});

partycell.cell_import.intro = (frm) => {
	const { state, problems } = frm.doc;
	if (state === "Failed") {
		frm.set_intro(__("Nothing was imported. {0}", [frappe.utils.escape_html(frm.doc.failure || "")]), "red");
	} else if (state === "Importing") {
		frm.set_intro(__("The import is under way. Come back in a few minutes; until it ends nothing is changed."), "blue");
	} else if (state === "Imported") {
		frm.set_intro(__("Everything below was imported."), "green");
	} else if (state === "Checked" && problems) {
		frm.set_intro(__("Correct the spreadsheet, choose it again and check it: nothing is imported while there are problems."), "orange");
	} else if (state === "Checked") {
		frm.set_intro(__("Nothing is written yet. If this is what you want, press Import."), "blue");
	} else {
		frm.set_intro(
			__("Fill in the template, or take the list that your office has: headings in Vietnamese or English are recognised. Then choose it here and check it."),
			"blue"
		);
	}
};

partycell.cell_import.buttons = (frm, done) => {
	frm.add_custom_button(__("Download Template"), () =>
		window.open("/api/method/partycell.api.cell_import.download_template")
	);
	if (frm.doc.findings_file) {
		frm.add_custom_button(__("Download Findings"), () => window.open(frm.doc.findings_file));
	}
	if (done && frm.doc.state === "Imported") return;
	const primary = (label, act) =>
		frm.add_custom_button(label, act).removeClass("btn-default").addClass("btn-primary");
	if (!done && !frm.doc.file) {
		primary(__("Choose Spreadsheet"), () => partycell.cell_import.choose(frm));
		return;
	}
	const ready = frm.doc.checked_on && !frm.doc.problems && frm.doc.to_create + frm.doc.to_change > 0;
	if (!done) {
		if (ready && !frm.is_dirty()) frm.add_custom_button(__("Check Again"), () => partycell.cell_import.check(frm));
		else primary(__("Check"), () => partycell.cell_import.check(frm));
	}
	if (ready) primary(__("Import"), () => partycell.cell_import.run(frm));
};

partycell.cell_import.choose = async (frm) => {
	if (frm.is_new() || frm.is_dirty()) await frm.save();
	new frappe.ui.FileUploader({
		doctype: frm.doctype,
		docname: frm.docname,
		fieldname: "file",
		folder: "Home/Attachments",
		allow_multiple: false,
		restrictions: { allowed_file_types: [".xlsx", ".csv"] },
		on_success: async (file) => {
			await frm.set_value("file", file.file_url);
		},
	});
};

partycell.cell_import.check = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	await frappe.call({
		method: "partycell.api.cell_import.check",
		args: { name: frm.doc.name },
		freeze: true,
		freeze_message: __("Reading the spreadsheet…"),
	});
	frm.reload_doc();
};

partycell.cell_import.run = (frm) => {
	const { to_create, to_change, new_accounts } = frm.doc;
	const accounts = new_accounts ? " " + __("{0} accounts are made, disabled.", [new_accounts]) : "";
	frappe.confirm(
		__("Make {0} records and change {1}? All of it is imported, or nothing.", [to_create, to_change]) + accounts,
		async () => {
			await frappe.call({
				method: "partycell.api.cell_import.run",
				args: { name: frm.doc.name },
				freeze: true,
				freeze_message: __("Importing…"),
			});
			frm.reload_doc();
		}
	);
};

partycell.cell_import.show = (frm) => {
	const wrapper = frm.fields_dict.findings_html.$wrapper.empty();
	if (!frm.doc.checked_on || !frm.doc.findings) return;
	const imported = frm.doc.state === "Imported";
	const counts = [
		[__("Problems"), frm.doc.problems, frm.doc.problems ? "red" : "green"],
		[__("Remarks"), frm.doc.remarks, frm.doc.remarks ? "orange" : "gray"],
		[imported ? __("Were Made") : __("To Create"), frm.doc.to_create, "blue"],
		[imported ? __("Were Changed") : __("To Change"), frm.doc.to_change, "blue"],
		[__("Unchanged"), frm.doc.to_leave, "gray"],
		[__("New Accounts"), frm.doc.new_accounts, "gray"],
	];
	const pills = counts
		.map(([label, count, color]) => `<span class="indicator-pill ${color}" style="margin: 0 8px 8px 0">${label}: ${count || 0}</span>`)
		.join("");
	wrapper.append(`<div style="display: flex; flex-wrap: wrap">${pills}</div>`);
	const found = JSON.parse(frm.doc.findings);
	const groups = [
		["Problem", __("Problems"), frm.doc.problems],
		["Remark", __("Remarks"), frm.doc.remarks],
		["Change", imported ? __("Were Changed") : __("To Change"), frm.doc.to_change],
		["Create", imported ? __("Were Made") : __("To Create"), frm.doc.to_create],
	];
	for (const [what, title, count] of groups) {
		if (found[what]?.length) wrapper.append(partycell.cell_import.group(title, found[what], count));
	}
};

// One block a row rather than many columns: it reads the same on a telephone.
partycell.cell_import.group = (title, rows, count) => {
	const escape = frappe.utils.escape_html;
	const lines = rows.map((row) => {
		const place = [row.sheet, row.row ? __("row {0}", [row.row]) : "", row.column].filter(Boolean);
		const name = row.record
			? `<a href="/app/${row.record.startsWith("PC-") ? "party-committee" : "cell"}/${encodeURIComponent(row.record)}">${escape(row.name)}</a>`
			: escape(row.name);
		return `<tr><td style="width: 32%" class="text-muted">${escape(place.join(", "))}</td>
			<td><strong>${name}</strong>${name && row.text ? "<br>" : ""}${escape(row.text)}</td></tr>`;
	});
	const more = count > rows.length ? `<p class="text-muted">${__("{0} more are in the findings to download.", [count - rows.length])}</p>` : "";
	return `<h5 style="margin-top: 16px">${title}</h5>
		<table class="table table-sm" style="table-layout: fixed; overflow-wrap: anywhere"><tbody>${lines.join("")}</tbody></table>${more}`;
};
