// The visit on a phone: a finding in a dialog, photos, the acts as large buttons, and what was typed beside the
// scores kept on the device until it is saved.

frappe.provide("partycell.inspection");

// Fields of the visit whose text would be lost with the page.
partycell.inspection.TYPED = ["venue", "cell_attended", "summary"];
partycell.inspection.FINDING = ["kind", "text", "criterion", "remedy", "responsible", "due_on", "earlier_action"];

/** A number as the site writes it: 16,5 where it has commas. */
partycell.inspection.number = (value) => {
	const comma = (frappe.boot.sysdefaults.number_format || "").includes(",##");
	return comma ? String(value).replace(".", ",") : String(value);
};

partycell.inspection.add_visit = (frm) => {
	const writable = partycell.inspection.told(frm).writable;
	const box = frm.fields_dict.checklist_html.$wrapper.find(".pc-checklist");
	const bar = $('<div class="pc-visit"></div>').appendTo(box);
	if (writable.includes("findings.text")) {
		const add = $(`<button type="button" class="btn btn-default">${__("Add Finding")}</button>`).appendTo(bar);
		add.on("click", () => partycell.inspection.ask_finding(frm));
	}
	if (frm.perm[0]?.write && writable.includes("findings.text")) {
		const photo = $(`<button type="button" class="btn btn-default">${__("Add Photo or File")}</button>`).appendTo(bar);
		photo.on("click", () => partycell.inspection.add_photo(frm));
	}
	partycell.inspection.show_files(frm, box);
	partycell.inspection.show_steps(frm, box);
};

partycell.inspection.ask_finding = async (frm) => {
	// A form that came from the browser's store does not bring the meta of its tables.
	await frappe.model.with_doctype("Inspection Finding");
	const fields = partycell.inspection.FINDING.map((name) => {
		const field = frappe.get_meta("Inspection Finding").fields.find((one) => one.fieldname === name);
		const weakness = ["remedy", "responsible", "due_on", "earlier_action"].includes(name);
		const criteria = (frm.doc.scores || []).map((row) => ({ value: row.code, label: `${row.code} ${row.title}` }));
		return {
			fieldname: name,
			fieldtype: name === "criterion" ? "Select" : field.fieldtype,
			label: name === "criterion" ? __("Criterion") : __(field.label),
			options: name === "criterion" ? [{ value: "", label: "" }, ...criteria] : field.options,
			reqd: field.reqd,
			description: field.description && __(field.description),
			depends_on: weakness ? "eval:doc.kind=='Weakness'" : "",
			get_query: name === "earlier_action" ? () => ({ filters: { cell: frm.doc.cell } }) : undefined,
		};
	});
	const dialog = new frappe.ui.Dialog({
		title: __("Add Finding"),
		fields,
		primary_action_label: __("Add"),
		primary_action: async (values) => {
			frm.add_child("findings", values);
			frm.refresh_field("findings");
			frm.dirty();
			partycell.inspection.keep_typed(frm);
			dialog.hide();
			await frm.save();
		},
	});
	dialog.show();
};

partycell.inspection.add_photo = (frm) => {
	partycell.upload({
		doctype: frm.doctype,
		docname: frm.docname,
		folder: "Home/Attachments",
		on_success: (file) => {
			frm.attachments.attachment_uploaded(file);
			partycell.inspection.draw(frm);
		},
	});
};

partycell.inspection.show_files = (frm, box) => {
	const files = frm.get_docinfo()?.attachments || [];
	if (!files.length) return;
	const escape = frappe.utils.escape_html;
	const shown = files.map((file) => {
		const name = escape(file.file_name || "");
		const picture = frappe.utils.is_image_file(file.file_url || "")
			? `<img src="${encodeURI(file.file_url)}" alt="${name}" loading="lazy">`
			: name;
		return `<a href="${encodeURI(file.file_url)}" target="_blank" rel="noopener">${picture}</a>`;
	});
	box.append(`<div class="pc-files">${shown.join("")}</div>`);
};

/** On a phone the buttons of the page's head are in a menu; these stand where the work ends. */
partycell.inspection.show_steps = (frm, box) => {
	const steps = $('<div class="pc-steps d-md-none"></div>');
	partycell.inspection.told(frm).acts.forEach((state, index) => {
		const act = partycell.inspection.acts[state];
		const colour = index === 0 && state !== "Returned" ? "btn-primary" : "btn-default";
		const button = $(`<button type="button" class="btn ${colour} btn-block">${act.label()}</button>`).appendTo(steps);
		button.on("click", () => partycell.inspection.act(frm, act));
	});
	if (steps.children().length) box.append(steps);
};

partycell.inspection.typed_key = (frm) => `${partycell.inspection.key(frm)}:typed`;

/** Keeps on the device what was typed and is not saved yet. */
partycell.inspection.keep_typed = (frm) => {
	if (!partycell.inspection.told(frm).writable.includes("summary")) return;
	const pick = (row) => Object.fromEntries(partycell.inspection.FINDING.map((name) => [name, row[name] ?? null]));
	const findings = (frm.doc.findings || []).map((row) => ({ name: row.__islocal ? null : row.name, ...pick(row) }));
	const fields = Object.fromEntries(partycell.inspection.TYPED.map((name) => [name, frm.doc[name] ?? null]));
	try {
		localStorage.setItem(partycell.inspection.typed_key(frm), JSON.stringify({ fields, findings }));
	} catch (error) {
		// A device without room: the text is still on the page.
	}
};

partycell.inspection.typed_before = (frm) => {
	try {
		return JSON.parse(localStorage.getItem(partycell.inspection.typed_key(frm)) || "null");
	} catch (error) {
		return null;
	}
};

/** Puts back what was typed before the page was closed, for the inspector to save. */
partycell.inspection.restore_typed = (frm) => {
	const kept = partycell.inspection.typed_before(frm);
	if (!kept || frm.is_dirty()) return;
	localStorage.removeItem(partycell.inspection.typed_key(frm));
	if (!partycell.inspection.told(frm).writable.includes("summary")) return;
	let changed = false;
	const put = (target, name, value) => {
		if ((target[name] ?? null) === (value ?? null) || (!target[name] && !value)) return;
		target[name] = value;
		changed = true;
	};
	for (const [name, value] of Object.entries(kept.fields)) put(frm.doc, name, value);
	for (const { name, ...values } of kept.findings) {
		const there = (frm.doc.findings || []).find((row) => (name ? row.name === name : row.text === values.text));
		// A line that somebody else has taken away meanwhile stays away.
		if (!there && name) continue;
		const row = there || frm.add_child("findings");
		for (const [field, value] of Object.entries(values)) put(row, field, value);
	}
	if (!changed) return;
	frm.refresh_fields();
	frm.dirty();
	partycell.inspection.keep_typed(frm);
	frappe.show_alert({ message: __("What you had typed and not saved is back. Save it."), indicator: "orange" });
};

/** A form from the browser's store draws its tables before their fields are known; its rows would not be saved. */
partycell.inspection.know_fields = (frm) => {
	for (const { options } of frm.meta.fields.filter((field) => field.fieldtype === "Table")) {
		const known = frappe.meta.docfield_list[options] || [];
		for (const [name, copy] of Object.entries(frappe.meta.docfield_copy[options] || {})) {
			if (known.some((df) => df.fieldname && !copy[df.fieldname])) frappe.meta.make_docfield_copy_for(options, name);
		}
	}
};

frappe.ui.form.on("Inspection", {
	validate: (frm) => partycell.inspection.know_fields(frm),
	after_save: (frm) => localStorage.removeItem(partycell.inspection.typed_key(frm)),
	...Object.fromEntries(partycell.inspection.TYPED.map((name) => [name, (frm) => partycell.inspection.keep_typed(frm)])),
});

frappe.ui.form.on("Inspection Finding", {
	findings_add: (frm) => partycell.inspection.keep_typed(frm),
	findings_remove: (frm) => partycell.inspection.keep_typed(frm),
	...Object.fromEntries(partycell.inspection.FINDING.map((name) => [name, (frm) => partycell.inspection.keep_typed(frm)])),
});
