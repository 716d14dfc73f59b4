// The form of a plan: which cells it would choose, their inspections made, and how far they are.

frappe.provide("partycell.inspection_plan");

frappe.ui.form.on("Inspection Plan", {
	setup(frm) {
		frm.set_query("criteria_set", () => ({ filters: { disabled: 0 } }));
		frm.set_query("lead", () => ({ filters: { enabled: 1 } }));
		frm.set_query("user", "members", () => ({ filters: { enabled: 1 } }));
	},

	refresh(frm) {
		partycell.inspection_plan.close_made(frm);
		const told = frm.doc.__onload?.desk || {};
		const wrapper = frm.fields_dict.progress_html.$wrapper.empty();
		if (frm.is_new()) {
			wrapper.html(`<p class="text-muted">${__("Save the plan to see which cells it chooses.")}</p>`);
			return;
		}
		if (frm.doc.status === "Made") {
			partycell.inspection_plan.show_progress(frm, told.progress);
			frm.add_custom_button(__("Inspections"), () =>
				frappe.set_route("List", "Inspection", { plan: frm.doc.name })
			);
			frm.add_custom_button(__("Calendar"), () =>
				frappe.set_route("List", "Inspection", "Calendar", "default", { plan: frm.doc.name })
			);
			return;
		}
		frm.add_custom_button(__("Show Cells"), () => partycell.inspection_plan.preview(frm));
		if (told.may_make) {
			const button = frm.add_custom_button(__("Make Inspections"), () => partycell.inspection_plan.make(frm));
			button.removeClass("btn-default").addClass("btn-primary");
		}
	},
});

/** Once its inspections are made, a plan is changed no more but for its name, its basis and its repetition. */
partycell.inspection_plan.close_made = (frm) => {
	const made = frm.doc.status === "Made" ? 1 : 0;
	const fixed = "committee criteria_set from_date to_date lead members subtree cell_types selection sample_size months seed";
	for (const field of fixed.split(" ")) frm.set_df_property(field, "read_only", made);
	// The account says nothing to people; the name beside it does.
	frm.toggle_display("lead", !made);
	frm.toggle_display("made_by", false);
};

partycell.inspection_plan.show_progress = (frm, progress) => {
	const shown = [
		["Planned", "gray"],
		["In Progress", "blue"],
		["With Cell", "orange"],
		["Returned", "red"],
		["Concluded", "green"],
		["Withdrawn", "darkgrey"],
	];
	for (const [state, color] of shown) {
		if (progress[state]) frm.dashboard.add_indicator(`${__(state)}: ${progress[state]}`, color);
	}
	if (progress.overdue) frm.dashboard.add_indicator(`${__("Overdue")}: ${progress.overdue}`, "red");
	const done = progress.total ? Math.round((100 * (progress.Concluded || 0)) / progress.total) : 0;
	frm.fields_dict.progress_html.$wrapper.html(
		`<p>${__("{0} of {1} inspections are concluded.", [progress.Concluded || 0, progress.total])}</p>
		<div class="progress" style="max-width: 420px"><div class="progress-bar" style="width: ${done}%"></div></div>`
	);
};

partycell.inspection_plan.preview = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	const { message } = await frappe.call({
		method: "partycell.api.inspections.preview_plan",
		args: { plan: frm.doc.name },
	});
	const escape = frappe.utils.escape_html;
	const rows = message.cells
		.map((cell) => `<tr><td>${escape(cell.cell_name)}</td><td class="text-right">${format_number(cell.completeness, null, 1)} %</td></tr>`)
		.join("");
	const more = message.more ? `<p class="text-muted">${__("{0} more", [message.more])}</p>` : "";
	const seed = message.seed
		? `<p>${__("Drawn with the seed {0}: whoever draws again gets the same cells.", [escape(message.seed)])}</p>`
		: "";
	frappe.msgprint({
		title: __("{0} cells", [message.count]),
		message: `${seed}<table class="table table-sm"><tbody>${rows}</tbody></table>${more}`,
		wide: true,
	});
};

partycell.inspection_plan.make = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	const { message } = await frappe.call({
		method: "partycell.api.inspections.preview_plan",
		args: { plan: frm.doc.name },
	});
	const run = async () => {
		let made;
		try {
			made = await frappe.call({
				method: "partycell.api.inspections.make_inspections",
				args: { plan: frm.doc.name },
				freeze: true,
			});
		} catch (error) {
			// Refused, and said.
			return;
		}
		if (made.message === null || made.message === undefined) {
			frappe.show_alert(__("The inspections are being made. Come back in a few minutes."));
		}
		frm.reload_doc();
	};
	// Nothing to ask about: the site says why no cell is found.
	if (!message.count) return run();
	frappe.confirm(__("Make {0} inspections? The plan cannot be changed afterwards.", [message.count]), run);
};
