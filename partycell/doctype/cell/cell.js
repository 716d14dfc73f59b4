// The form of a cell: its office, its folder by section, and what the folder lacks today.

frappe.provide("partycell.cell");

frappe.ui.form.on("Cell", {
	setup(frm) {
		frm.set_query("merged_into", () => ({ filters: { status: "Active", name: ["!=", frm.doc.name] } }));
		frm.set_query("folder_template", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		frm.toggle_display("sections", false);
		frm.toggle_display(["completeness", "required_present", "required_due", "secretary_name"], false);
		const wrapper = frm.fields_dict.folder_html.$wrapper.empty();
		if (frm.is_new()) {
			wrapper.html(`<p class="text-muted">${__("The folder is filled from the template when you save.")}</p>`);
			frm.fields_dict.cell_name.tab.set_active();
			return;
		}
		const told = frm.doc.__onload?.desk || { lacking: [] };
		partycell.cell.add_buttons(frm, told);
		wrapper.html(
			partycell.cell.office_html(told) +
				partycell.cell.sections_html(frm) +
				partycell.cell.lacking_html(frm, told) +
				partycell.cell.open_html(told) +
				partycell.cell.history_html(told)
		);
		wrapper.find("[data-deputy]").on("click", (event) => partycell.cell.end_deputy(frm, event.currentTarget.dataset.deputy));
	},
});

partycell.cell.add_buttons = (frm, told) => {
	frm.add_custom_button(__("Open Folder"), () => {
		frappe.set_route("List", "Folder Item", { cell: frm.doc.name });
	});
	const book = `/api/method/partycell.api.handbook.download?cell=${encodeURIComponent(frm.doc.name)}`;
	frm.add_custom_button(__("Handbook"), () => window.open(book), __("Print"));
	frm.add_custom_button(
		__("Directives in Force"),
		() => window.open(`${book}&only_directives=1`),
		__("Print"),
	);
	frm.add_custom_button(__("Labels with QR Codes"), () => partycell.cell.print_labels(frm), __("Print"));
	frm.add_custom_button(
		__("Cover and Dividers"),
		() => window.open(`/api/method/partycell.api.issuing.covers?cell=${encodeURIComponent(frm.doc.name)}`),
		__("Print")
	);
	for (const doctype of told.may_begin || []) {
		const values = { cell: frm.doc.name, ...(doctype === "Handbook Note" ? { note_type: "Question" } : {}) };
		const label = doctype === "Handbook Note" ? __("Question") : __(doctype);
		frm.add_custom_button(label, () => frappe.new_doc(doctype, values), __("Begin"));
	}
	if (told.may_name_deputies) {
		frm.add_custom_button(__("Name a Deputy"), () => partycell.cell.name_deputy(frm), __("Begin"));
	}
	if (told.may_open) {
		const button = frm.add_custom_button(__("New Handover"), () => {
			frappe.new_doc("Handover", { cell: frm.doc.name });
		});
		button.removeClass("btn-default").addClass("btn-primary");
	}
};

/** Somebody takes note of directives beside the secretary, as long as the term lasts or until a day. */
partycell.cell.name_deputy = (frm) => {
	frappe.prompt(
		[
			{
				fieldname: "user",
				fieldtype: "Link",
				options: "User",
				label: __("Deputy"),
				reqd: 1,
				description: __("Reads the folder and takes note of directives for the cell, no more."),
			},
			{
				fieldname: "function",
				fieldtype: "Select",
				label: __("Function"),
				reqd: 1,
				default: "Deputy Secretary",
				options: ["Deputy Secretary", "Cell Committee Member"].map((value) => ({ value, label: __(value) })),
			},
			{
				fieldname: "until",
				fieldtype: "Date",
				label: __("Until"),
				description: __("Empty: as long as the secretary's term lasts."),
			},
		],
		async (values) => {
			await frappe.call("partycell.api.deputies.name_deputy", { cell: frm.doc.name, ...values });
			frm.reload_doc();
		},
		__("Name a Deputy"),
		__("Save")
	);
};

partycell.cell.end_deputy = (frm, deputy) => {
	frappe.confirm(__("This person no longer takes note of directives for the cell?"), async () => {
		await frappe.call("partycell.api.deputies.end_deputy", { cell: frm.doc.name, deputy });
		frm.reload_doc();
	});
};

/** Asks for the sheet in the printer and where on it to begin. */
partycell.cell.print_labels = (frm) => {
	frappe.prompt(
		[
			{
				fieldname: "sheet",
				fieldtype: "Select",
				label: __("Sheet of Labels"),
				reqd: 1,
				default: "70x37",
				options: [
					{ value: "70x37", label: "70 × 37 mm, 3 × 8" },
					{ value: "63.5x38.1", label: "63,5 × 38,1 mm, 3 × 7" },
					{ value: "105x57", label: "105 × 57 mm, 2 × 5" },
				],
			},
			{
				fieldname: "start",
				fieldtype: "Int",
				label: __("First Free Label"),
				default: 1,
				description: __("Counted along the rows, from 1."),
			},
		],
		(values) => {
			const asked = new URLSearchParams({ cell: frm.doc.name, ...values });
			window.open(`/api/method/partycell.api.issuing.labels?${asked}`);
		},
		__("Labels with QR Codes"),
		__("Print")
	);
};

/** Who holds the office and since when, and the handover under way. */
partycell.cell.office_html = (told) => {
	const escape = frappe.utils.escape_html;
	const who = told.secretary
		? __("{0}, {1}, since {2}", [
				`<b>${escape(told.secretary)}</b>`,
				escape(told.position || __("Secretary")),
				frappe.datetime.str_to_user(told.since),
			])
		: `<b>${__("This cell has no secretary in office")}</b>`;
	const running = told.running
		? `<div class="pc-running">${__("Handover under way")}: <a href="${frappe.utils.get_form_link(
				"Handover",
				told.running.name
			)}">${escape(told.running.title || told.running.name)}</a> (${__(told.running.workflow_state)})</div>`
		: "";
	const deputies = (told.deputies || []).map((row) => {
		const days = row.to_date ? ` ${__("until {0}", [frappe.datetime.str_to_user(row.to_date)])}` : "";
		const end = told.may_name_deputies
			? ` <button type="button" class="btn btn-xs btn-default" data-deputy="${escape(row.name)}">${__("End")}</button>`
			: "";
		return `<div class="pc-running">${__(row.function)}: ${escape(row.full_name || "")}${days}${end}</div>`;
	});
	return `<div class="pc-office">${who}${deputies.join("")}${running}</div>`;
};

partycell.cell.sections_html = (frm) => {
	const bars = (frm.doc.sections || []).map((row) => {
		const name = [row.section, row.title].filter(Boolean).join(". ");
		const asked = new URLSearchParams({ cell: frm.doc.name, section: row.section || "" });
		const link = `/app/folder-item?${asked}`;
		return partycell.cell.bar_html(name, row.required_present, row.required_due, row.completeness, link);
	});
	const { required_present, required_due, completeness } = frm.doc;
	const whole = partycell.cell.bar_html(__("Whole Folder"), required_present, required_due, completeness);
	return `<div class="pc-bars"><div class="pc-whole">${whole}</div>${bars.join("")}</div>`;
};

partycell.cell.bar_html = (name, present, due, percent, leads_to) => {
	const share = Math.round(flt(percent));
	const colour = share >= 100 ? "full" : share >= 70 ? "most" : "low";
	const said = frappe.utils.escape_html(name);
	const shown = leads_to ? `<a href="${leads_to}">${said}</a>` : said;
	return `<div class="pc-bar-row"><div class="pc-bar-name">${shown}</div>
		<div class="pc-track" role="img" aria-label="${said}: ${share} %">
			<div class="pc-fill pc-${colour}" style="width: ${share}%"></div></div>
		<div class="pc-bar-sum">${cint(present)}/${cint(due)} · ${share} %</div></div>`;
};

/** The documents that the folder should hold by today and does not. */
partycell.cell.lacking_html = (frm, told) => {
	const escape = frappe.utils.escape_html;
	if (!told.lacking_count) {
		return `<p class="pc-complete">${__("The folder holds everything it should hold by today.")}</p>`;
	}
	const rows = told.lacking.map((row) => {
		const name = [row.code, row.title, row.period_label].filter(Boolean).join(" ");
		const late = __("since {0}", [frappe.datetime.str_to_user(row.due_on)]);
		return `<li><a href="${frappe.utils.get_form_link("Folder Item", row.name)}">${escape(name)}</a>
			<span class="text-muted">${__(row.state)}, ${late}</span></li>`;
	});
	const more = told.lacking_count - told.lacking.length;
	const rest = more > 0 ? `<li class="text-muted">${__("{0} more", [more])}</li>` : "";
	const title = __("What Is Lacking Now ({0})", [told.lacking_count]);
	return `<div class="pc-lacking"><h5>${title}</h5><ul>${rows.join("")}${rest}</ul></div>`;
};

/** What waits now: directives to be acknowledged, and records that are not finished, by date. */
partycell.cell.open_html = (told) => {
	const rows = (told.open || []).map(partycell.cell.line_html);
	if (told.unacknowledged) {
		const text = __("Directives not yet acknowledged: {0}", [told.unacknowledged]);
		rows.unshift(`<li><a href="/app/directive?status=Issued">${text}</a></li>`);
	}
	if (!rows.length) return "";
	return `<div class="pc-list"><h5>${__("Open Now")}</h5><ul>${rows.join("")}</ul></div>`;
};

/** Handovers, inspections, meetings, actions and questions that are done, the latest first. */
partycell.cell.history_html = (told) => {
	if (!told.history?.length) return "";
	const rows = told.history.map(partycell.cell.line_html);
	return `<div class="pc-list pc-history"><h5>${__("What Has Been")}</h5><ul>${rows.join("")}</ul></div>`;
};

partycell.cell.line_html = (row) => {
	const escape = frappe.utils.escape_html;
	const link = frappe.utils.get_form_link(row.doctype, row.name);
	const late = row.overdue ? ` <b class="pc-late">${__("Overdue")}</b>` : "";
	return `<li><span class="pc-date">${frappe.datetime.str_to_user(row.date)}</span>
		<span class="pc-kind">${escape(__(row.doctype))}</span>
		<a href="${link}">${escape(row.title)}</a> <span class="pc-state">${escape(__(row.state))}</span>${late}</li>`;
};
