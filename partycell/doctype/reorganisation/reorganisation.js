// The form of a reorganisation: before the act what will happen, after it what came of it.

frappe.provide("partycell.reorganisation");

frappe.ui.form.on("Reorganisation", {
	setup(frm) {
		// Frappe asks to submit a draft; this one is carried out by its own button, after the preview.
		frm.show_submit_message = () => {};
		frm.set_query("cell", "cells", () => ({ filters: { status: "Active" } }));
		frm.set_query("cell", "successors", () => partycell.reorganisation.successor_query(frm));
		for (const field of ["secretary", "received_by"]) {
			const query = () => ({ filters: { enabled: 1, user_type: "System User" } });
			if (field === "secretary") frm.set_query(field, "successors", query);
			else frm.set_query(field, query);
		}
	},

	refresh(frm) {
		partycell.reorganisation.label_lines(frm);
		const told = frm.doc.__onload?.told || {};
		const wrapper = frm.fields_dict.preview_html.$wrapper.empty();
		frm.toggle_display("section_preview", !frm.is_new() && !frm.doc.docstatus);
		if (frm.is_new()) {
			frm.set_intro(__("Fill in and save: then you see what will happen. Nothing is changed by saving."), "blue");
			partycell.reorganisation.add_choice(frm);
			return;
		}
		if (frm.doc.docstatus === 0) {
			// No handover hangs on it yet.
			frm.dashboard.hide();
			// Carried out by the button that asks for the signature, and not by Frappe's own.
			frm.page.clear_primary_action();
			if (frm.is_dirty() || frm.doc.__unsaved) frm.page.set_primary_action(__("Save"), () => frm.save());
			partycell.reorganisation.add_choice(frm);
			if (told.preview) {
				wrapper.html(partycell.reorganisation.preview_html(told.preview));
				if (told.may_carry_out && !told.preview.problems.length && !frm.is_dirty()) {
					// As the page's own action, so that it is seen on a phone too.
					frm.page.set_primary_action(__("Carry Out"), () =>
						partycell.reorganisation.carry_out(frm, told.preview)
					);
				}
			}
			return;
		}
		frm.fields_dict.outcome_html.$wrapper.html(partycell.reorganisation.outcome_html(frm, told.outcome || {}));
		frm.page.clear_secondary_action();
		if (told.may_undo) frm.add_custom_button(__("Undo Reorganisation"), () => partycell.reorganisation.undo(frm, told.outcome));
	},

	after_save(frm) {
		// What will happen stands below what was filled in, out of sight.
		const preview = frm.fields_dict.section_preview.wrapper;
		if (!frm.doc.docstatus) setTimeout(() => $(preview)[0].scrollIntoView({ behavior: "smooth" }), 500);
	},

	kind(frm) {
		partycell.reorganisation.label_lines(frm);
	},
});

/** In a merger and a split only the cells concerned can stay; in a dissolution every other one can take over. */
partycell.reorganisation.successor_query = (frm) => {
	const names = (frm.doc.cells || []).map((row) => row.cell).filter(Boolean);
	const among = frm.doc.kind === "Dissolve" ? "not in" : "in";
	return { filters: { status: "Active", name: [among, names.length ? names : [""]] } };
};

partycell.reorganisation.label_lines = (frm) => {
	const words = {
		Merge: __("One line: the cell that stays, or a new one. A new cell needs a name, a type and a secretary."),
		Split: __("A line for each cell. The cell itself may be one of them; tick which takes the folder over."),
		Dissolve: __("The cell that takes over what is left, if one does."),
	};
	const successors = frm.get_field("successors");
	successors.set_description?.(words[frm.doc.kind] || "");
	const hidden = { takes_folder: frm.doc.kind !== "Split", new_name: frm.doc.kind === "Dissolve" };
	for (const [field, away] of Object.entries(hidden)) {
		successors.grid.update_docfield_property(field, "hidden", away ? 1 : 0);
	}
	// In a merger all members come together; a count of 0 would say that nobody does.
	successors.grid.update_docfield_property("members", "formatter", (value) => value || "");
	successors.grid.reset_grid();
};

partycell.reorganisation.add_choice = (frm) => {
	if (frm.doc.docstatus > 0 || frm.doc.kind === "Move Committee") return;
	frm.add_custom_button(__("Choose Cells"), () => partycell.reorganisation.choose(frm));
};

partycell.reorganisation.preview_html = (told) => {
	const escape = frappe.utils.escape_html;
	const list = (tag, rows) => `<${tag}>${rows.map((row) => `<li>${escape(row)}</li>`).join("")}</${tag}>`;
	let top;
	if (told.problems.length) {
		const title = __("It cannot be carried out yet: {0}", [told.problems.length]);
		top = `<div class="pc-reo-box pc-reo-stops"><h5>${title}</h5>${list("ul", told.problems)}</div>`;
	} else {
		const title = __("Ready. When it is carried out:");
		top = `<div class="pc-reo-box pc-reo-ready"><h5>${title}</h5>${list("ol", told.steps)}</div>`;
	}
	return top + partycell.reorganisation.cells_html(told) + partycell.reorganisation.successors_html(told);
};

/** What is in each cell, and in all together; a column in which there is nothing is left out. */
partycell.reorganisation.cells_html = (told) => {
	if (!told.cells.length) return "";
	const escape = frappe.utils.escape_html;
	const always = ["members", "documents", "missing"];
	const columns = told.columns.filter((one) => always.includes(one.name) || told.totals[one.name]);
	const head = columns.map((one) => `<th class="pc-n">${one.label}</th>`).join("");
	const figures = (row, name) => {
		const states = Object.entries(row.states || {}).filter(([state, count]) => count && state !== "Expected");
		const sub = states.map(([state, count]) => `${__(state)} ${count}`).join(", ");
		return columns
			.map(
				(one) => `<td class="pc-n ${row[one.name] ? "" : "pc-none"}"><span class="pc-words">${one.label}</span>
				<span>${row[one.name] || 0}${
					one.name === "documents" && sub ? `<span class="pc-sub">${sub}</span>` : ""
				}</span></td>`
			)
			.join("");
	};
	const rows = told.cells.map((row) => {
		const becomes = row.closes ? `<span class="indicator-pill red">${__("is closed")}</span>` : "";
		return `<tr><td class="pc-first"><a href="${frappe.utils.get_form_link("Cell", row.cell)}">${escape(
			row.title
		)}</a> ${becomes}<span class="pc-sub">${escape(row.secretary || __("No secretary in office"))}</span></td>
			${figures(row)}</tr>`;
	});
	const sum =
		told.cells.length > 1
			? `<tr class="pc-sum"><td class="pc-first">${__("Together")}</td>${figures(told.totals)}</tr>`
			: "";
	return `<table class="pc-reo-table"><thead><tr><th>${__("Cell")}</th>${head}</tr></thead>
		<tbody>${rows.join("")}${sum}</tbody></table>`;
};

partycell.reorganisation.successors_html = (told) => {
	if (!told.successors.length) return "";
	const escape = frappe.utils.escape_html;
	const rows = told.successors.map((one) => {
		const pill = one.new ? `<span class="indicator-pill green">${__("New Cell")}</span>` : "";
		const members =
			one.members === null
				? ""
				: `<br>${__("{0} members, {1} of them full members", [one.members, one.full_members])}`;
		return `<li><b>${escape(one.title)}</b> ${pill}<br>${__("Secretary")}: ${escape(one.secretary || "–")}${members}</li>`;
	});
	return `<div class="pc-reo-box pc-reo-plain"><h5>${__("What They Become")}</h5><ul>${rows.join("")}</ul></div>`;
};

partycell.reorganisation.outcome_html = (frm, told) => {
	const escape = frappe.utils.escape_html;
	const link = (doctype, name, title) =>
		`<a href="${frappe.utils.get_form_link(doctype, name)}">${escape(title || name)}</a>`;
	const cells = (told.cells || []).map((row) => {
		const colour = row.status === "Active" ? "green" : "gray";
		const closed = row.closed_on ? ` · ${__("since {0}", [frappe.datetime.str_to_user(row.closed_on)])}` : "";
		return `<li>${link("Cell", row.name, row.cell_name)}
			<span class="indicator-pill ${colour}">${__(row.status)}</span>${closed}</li>`;
	});
	const handovers = (told.handovers || []).map(
		(row) => `<li>${link("Handover", row.name, row.title)}
			<span class="indicator-pill ${row.workflow_state === "Approved" ? "green" : "red"}">${__(row.workflow_state)}</span>
			<br><span class="text-muted">${__("{0} documents, {1} missing", [row.count_total, row.count_missing])}</span>
			· <a target="_blank" rel="noopener" href="/api/method/partycell.api.handovers.download_minutes?handover=${encodeURIComponent(
				row.name
			)}">${__("View Minutes (PDF)")}</a></li>`
	);
	let html = "";
	if (cells.length) {
		html += `<div class="pc-reo-box pc-reo-plain"><h5>${__("Cells")}</h5><ul>${cells.join("")}</ul></div>`;
	}
	if (handovers.length) {
		html += `<div class="pc-reo-box pc-reo-plain"><h5>${__("Handovers")}</h5><ul>${handovers.join("")}</ul></div>`;
	}
	if (frm.doc.docstatus === 1) {
		const hanging = (told.hanging || []).map(
			(row) => `<li>${__(row.doctype)}: ${link(row.doctype, row.name, row.title)}</li>`
		);
		html += hanging.length
			? `<div class="pc-reo-box pc-reo-plain"><h5>${__("It can no longer be undone, for this hangs on it:")}</h5>
				<ul>${hanging.join("")}</ul></div>`
			: `<p class="text-muted">${__("Nothing new hangs on it yet: a manager can still undo it.")}</p>`;
	}
	return html;
};

/** Asks once more, for the signature where folders are handed over, and carries the act out. */
partycell.reorganisation.carry_out = (frm, told) => {
	const steps = told.steps.map((step) => `<li>${frappe.utils.escape_html(step)}</li>`).join("");
	const fields = [{ fieldtype: "HTML", fieldname: "words", options: `<ol class="pc-words">${steps}</ol>` }];
	if (told.signs) {
		const words = __("You sign in the place of the secretaries, on the ground of the decision.");
		fields.push({ fieldtype: "HTML", fieldname: "sign", options: `<p class="text-muted">${words}</p>` });
		fields.push({ fieldtype: "Signature", fieldname: "signature", label: __("Sign here"), reqd: 1 });
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Carry Out"),
		fields,
		primary_action_label: __("Carry Out"),
		primary_action: async (values) => {
			dialog.disable_primary_action();
			try {
				await frappe.call({
					method: "partycell.api.reorganisation.carry_out",
					args: { name: frm.doc.name, signature: values.signature },
					freeze: true,
					freeze_message: __("Being carried out"),
				});
			} catch {
				// Frappe has shown why it was refused.
				dialog.enable_primary_action();
				return;
			}
			dialog.hide();
			frappe.show_alert({ message: __("Carried out."), indicator: "green" }, 7);
			await frm.reload_doc();
		},
	});
	dialog.$wrapper.addClass("pc-sign");
	dialog.show();
};

partycell.reorganisation.undo = (frm, told) => {
	if (told.hanging?.length) {
		frappe.msgprint({
			title: __("It can no longer be undone, for this hangs on it:"),
			message: told.hanging
				.map((row) => `${__(row.doctype)}: ${frappe.utils.escape_html(row.title)}`)
				.join("<br>"),
			indicator: "orange",
		});
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Undo Reorganisation"),
		fields: [
			{
				fieldtype: "HTML",
				fieldname: "words",
				options: `<p>${__("Everything goes back as it was; the handovers stay on record as annulled.")}</p>`,
			},
			{ fieldtype: "Small Text", fieldname: "reason", label: __("Why It Is Undone"), reqd: 1 },
		],
		primary_action_label: __("Undo Reorganisation"),
		primary_action: async ({ reason }) => {
			try {
				await frappe.call({
					method: "partycell.api.reorganisation.undo",
					args: { name: frm.doc.name, reason },
					freeze: true,
				});
			} catch {
				return;
			}
			dialog.hide();
			frappe.show_alert({ message: __("Undone."), indicator: "green" }, 7);
			await frm.reload_doc();
		},
	});
	dialog.show();
};
