// The form of a directive: whom it will reach, then whom it has reached and who has taken note of it.

frappe.provide("partycell.directive");

frappe.ui.form.on("Directive", {
	setup(frm) {
		partycell.submitting.name_it(frm);
		frm.set_query("kind", () => ({ filters: { disabled: 0 } }));
		frm.set_query("cell", "targets", () => ({ filters: { status: "Active" } }));
		frm.set_query("directive", "changes", () => ({ filters: { name: ["!=", frm.doc.name], status: ["in", ["Draft", "Issuing", "Issued"]] } }));
	},

	refresh(frm) {
		const { docstatus } = frm.doc;
		// Said by the pill beside the title, with more: in force, not yet, called back.
		frm.toggle_display("status", false);
		frm.toggle_display("reach_html", docstatus === 1);
		frm.toggle_display("preview_html", docstatus === 0);
		frm.set_intro("");
		partycell.directive.draw_files(frm);
		if (docstatus === 0) {
			partycell.directive.preview(frm);
			partycell.submitting.offer(
				frm,
				__("Issue", null, "Directive"),
				__("Issue {0}? It goes into the folders of all cells it is for, and its text stays as it is.", [
					frappe.utils.escape_html(frm.doc.number_symbol || ""),
				])
			);
			return;
		}
		const told = frm.doc.__onload?.desk || {};
		partycell.directive.say_standing(frm, told);
		partycell.directive.draw_reach(frm);
		partycell.directive.add_buttons(frm, told);
	},

	issuer: (frm) => partycell.directive.preview(frm),
});

frappe.ui.form.on("Directive Target", {
	committee: (frm) => partycell.directive.preview(frm),
	cell_type: (frm) => partycell.directive.preview(frm),
	cell: (frm) => partycell.directive.preview(frm),
	targets_remove: (frm) => partycell.directive.preview(frm),
});

/** Whom it would reach, counted while one chooses. */
partycell.directive.preview = frappe.utils.debounce(async (frm) => {
	const wrapper = frm.fields_dict.preview_html.$wrapper.empty();
	const targets = (frm.doc.targets || []).filter((row) => row.committee || row.cell);
	if (frm.doc.docstatus !== 0 || !frm.doc.issuer || !targets.length) return;
	const lines = targets.map(({ committee, cell_type, cell }) => ({ committee, cell_type, cell }));
	const { message } = await frappe.call("partycell.api.directives.preview", {
		issuer: frm.doc.issuer,
		targets: JSON.stringify(lines),
	});
	const escape = frappe.utils.escape_html;
	const kinds = message.by_type.map(([kind, count]) => `${__(kind)}: ${count}`).join(" · ");
	const more = message.count - message.sample.length;
	const names = message.sample.map(escape).join(", ") + (more > 0 ? ` ${__("and {0} more", [more])}` : "");
	wrapper.html(
		`<p><b>${__("It will come into {0} folders", [message.count])}</b></p>
		<p class="text-muted">${escape(kinds)}</p><p class="text-muted">${names}</p>`
	);
}, 300);

partycell.directive.say_standing = (frm, told) => {
	const link = (name) => `<a href="${frappe.utils.get_form_link("Directive", name)}">${frappe.utils.escape_html((told.names || {})[name] || name)}</a>`;
	if (frm.doc.superseded_by) {
		frm.set_intro(__("Superseded by {0}; the text stays readable.", [link(frm.doc.superseded_by)]), "orange");
	} else if (frm.doc.status === "Withdrawn") {
		frm.set_intro(__("Withdrawn: {0}", [frappe.utils.escape_html(frm.doc.withdrawn_reason || "")]), "red");
	} else if (told.standing === "Not Yet in Force") {
		frm.set_intro(__("In force from {0}", [frappe.datetime.str_to_user(frm.doc.in_force_from)]), "blue");
	}
	for (const row of told.changed_by || []) {
		if (row.effect === "Amends") frm.set_intro(__("Amended by {0}", [link(row.parent)]), "blue");
	}
};

/** How many folders hold it, and in how many cells it is acknowledged; of what the user sees. */
partycell.directive.draw_reach = async (frm) => {
	const wrapper = frm.fields_dict.reach_html.$wrapper;
	const { name } = frm.doc;
	if (frm.reach_of !== name) wrapper.empty();
	frm.reach_of = name;
	const { message } = await frappe.call("partycell.api.directives.progress", { directives: JSON.stringify([name]) });
	const found = message[name];
	// Drawn over what stood there, so that nothing jumps; not when another one was opened meanwhile.
	if (!found || frm.doc.name !== name) return;
	const bar = partycell.directive.bar_html;
	let html = "";
	if (frm.doc.cells_reached < frm.doc.cells_total) {
		html += bar(__("Reached {0} of {1}", [frm.doc.cells_reached, frm.doc.cells_total]), [
			["#2490ef", frm.doc.cells_reached, __("Reached")],
		], frm.doc.cells_total);
	}
	if (frm.doc.acknowledgement_asked && found.reached) {
		const done = found.in_time + found.late;
		html += bar(__("Acknowledged by {0} of {1} cells", [done, found.reached]), [
			["#16794c", found.in_time, __("In Time")],
			["#e8a33d", found.late, __("Late")],
			["#b52a2a", found.overdue, __("Overdue")],
		], found.reached);
	} else if (!frm.doc.acknowledgement_asked) {
		html += `<p class="text-muted">${__("It lies in {0} folders; no acknowledgement is asked for.", [found.reached])}</p>`;
	}
	wrapper.html(html);
};

partycell.directive.bar_html = (label, parts, total) => {
	const shares = parts.map(([colour, count, name]) => {
		const percent = total ? (100 * count) / total : 0;
		return `<span title="${name}: ${count}" style="display: inline-block; height: 12px; width: ${percent}%; background: ${colour}"></span>`;
	});
	const legend = parts
		.filter(([, count]) => count)
		.map(([colour, count, name]) => `<span style="margin-right: 14px"><span style="color: ${colour}">■</span> ${name}: ${count}</span>`);
	return `<div style="margin-bottom: 14px"><b>${label}</b>
		<div role="img" aria-label="${label}" style="display: flex; margin: 6px 0; border-radius: 6px; overflow: hidden; background: var(--gray-200, #ededed)">${shares.join("")}</div>
		<div class="text-muted">${legend.join("")}</div></div>`;
};

partycell.directive.add_buttons = (frm, told) => {
	const { doc } = frm;
	const open = doc.acknowledgement_asked && told.standing === "In Force";
	if (open && frappe.user.has_role("Cell Secretary")) {
		const button = frm.add_custom_button(__("Acknowledge"), () =>
			partycell.directive.acknowledge([doc.name], () => frm.reload_doc())
		);
		button.removeClass("btn-default").addClass("btn-primary");
	}
	frm.add_custom_button(__("Cells"), () => {
		frappe.set_route("query-report", "Directive Acknowledgement", { directive: doc.name });
	});
	if (!frm.perm[0]?.write) return;
	if (open) {
		frm.add_custom_button(__("Record on Behalf"), () => {
			frappe.new_doc("Directive Acknowledgement", { directive: doc.name, on_behalf: 1 });
		});
	}
	if (doc.status === "Issuing") {
		frm.add_custom_button(__("Go On with Issuing"), async () => {
			await frappe.call("partycell.api.directives.go_on", { directive: doc.name });
			frappe.show_alert(__("It will come into {0} folders", [doc.cells_total]));
		});
	}
	if (["Issued", "Issuing"].includes(doc.status)) {
		frm.add_custom_button(__("Withdraw", null, "Directive"), () => {
			frappe.prompt(
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Why It Is Withdrawn", null, "Directive"), reqd: 1 },
				async ({ reason }) => {
					await frappe.call("partycell.api.directives.withdraw", { directive: doc.name, reason });
					frm.reload_doc();
				},
				__("Withdraw {0}", [doc.number_symbol]),
				__("Withdraw", null, "Directive")
			);
		});
	}
};

/** Takes note of directives, one or many, for the cells whose office the user holds. */
partycell.directive.acknowledge = (names, then) => {
	frappe.prompt(
		[
			{ fieldname: "remark", fieldtype: "Small Text", label: __("Remark") },
			{ fieldname: "filed", fieldtype: "Check", label: __("The text lies in the folder"), default: 1, description: __("Only the secretary says so; a deputy takes note.") },
		],
		async ({ remark, filed }) => {
			const { message } = await frappe.call("partycell.api.directives.acknowledge", {
				directives: JSON.stringify(names),
				remark,
				filed: filed ? "true" : "false",
			});
			const text = message.left
				? __("{0} acknowledged; of {1} nothing was open.", [message.recorded, message.left])
				: __("{0} acknowledged", [message.recorded]);
			frappe.show_alert({ message: text, indicator: message.recorded ? "green" : "orange" });
			then();
		},
		__("Acknowledge"),
		__("Acknowledge")
	);
};

partycell.directive.draw_files = (frm) => {
	const wrapper = frm.fields_dict.files_html.$wrapper.empty();
	if (frm.is_new()) {
		wrapper.html(`<p class="text-muted">${__("Save first, then file the document here.")}</p>`);
		return;
	}
	const escape = frappe.utils.escape_html;
	const files = (frm.get_docinfo().attachments || []).map(
		(file) => `<li><a href="${encodeURI(file.file_url)}" target="_blank" rel="noopener">${escape(file.file_name)}</a></li>`
	);
	wrapper.html(files.length ? `<ul>${files.join("")}</ul>` : `<p class="text-muted">${__("Nothing is filed here yet.")}</p>`);
	if (frm.doc.classified) {
		wrapper.append(`<p class="text-muted">${__("Classified: the paper stays where it lies, no file is kept.")}</p>`);
		return;
	}
	if (!frm.perm[0]?.write) return;
	$(`<button type="button" class="btn btn-default">${__("File Here")}</button>`)
		.appendTo(wrapper)
		.on("click", () => partycell.upload({
			doctype: frm.doctype,
			docname: frm.docname,
			frm,
			folder: "Home/Attachments",
			allow_web_link: false,
			disable_file_browser: true,
			on_success: () => frm.reload_doc(),
		}));
};
