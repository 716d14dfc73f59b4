// The form of an entry of the handbook: buttons named for its acts, the way of a question, what is similar.

frappe.provide("partycell.handbook");

/** State that an act brings about: its label, what it asks for, whether it is the main one. */
partycell.handbook.ACTS = {
	Asked: { label: () => __("Ask"), main: true, words: () => __("The question goes to the level above.") },
	Escalated: { label: () => __("Escalate"), remark: () => __("Your opinion for the level above") },
	Answered: { label: () => __("Answer"), main: true, answer: true },
	Returned: { label: () => __("Return to the Cell"), remark: () => __("What is missing?") },
	"In Review": { label: () => __("Send for Review"), main: true, words: () => __("A second person publishes it.") },
	Draft: { label: () => __("Send Back"), remark: () => __("What must be changed?") },
	Published: { label: () => __("Publish"), main: true },
	Withdrawn: { label: () => __("Withdraw"), remark: () => __("Why?") },
};

frappe.ui.form.on("Handbook Note", {
	setup(frm) {
		// Buttons named for the act stand in place of the menu of the workflow.
		frm.states.show_actions = () => {};
		frm.set_query("cell", () => ({ filters: { status: "Active" } }));
		frm.set_query("topic", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		frm.set_intro("");
		const desk = frm.doc.__onload?.desk || { acts: [], writable: [], versions: [] };
		partycell.handbook.say(frm);
		frm.toggle_display("similar_html", frm.is_new());
		if (frm.is_new()) {
			partycell.handbook.choose_cell(frm);
			partycell.handbook.offer(frm);
			return;
		}
		for (const field of ["title", "topic", "committee", "body", "common_mistakes", "basis", "cell_types"]) {
			frm.set_df_property(field, "read_only", desk.writable.includes(field) ? 0 : 1);
		}
		for (const field of ["effective_from", "effective_until"]) {
			frm.set_df_property(field, "read_only", desk.writable.includes(field) ? 0 : 1);
		}
		frm.fields_dict.path_html.$wrapper.html(partycell.handbook.path_html(frm.doc.path || []));
		partycell.handbook.add_acts(frm, desk);
		partycell.handbook.add_versions(frm, desk);
	},

	note_type: (frm) => frm.is_new() && partycell.handbook.choose_cell(frm),
	title: (frm) => partycell.handbook.offer_soon(frm),
	body: (frm) => partycell.handbook.offer_soon(frm),
});

/** Whoever sees one cell only writes for that one. */
partycell.handbook.choose_cell = async (frm) => {
	if (frm.doc.cell || frm.doc.note_type === "Guidance") return;
	const cells = await frappe.db.get_list("Cell", { filters: { status: "Active" }, limit: 2 });
	if (cells.length === 1 && frm.is_new() && !frm.doc.cell) frm.set_value("cell", cells[0].name);
};

partycell.handbook.say = (frm) => {
	const doc = frm.doc;
	if (doc.needs_review) {
		frm.set_intro(__("Needs Review") + ": " + frappe.utils.escape_html(doc.review_reason || ""), "orange");
	} else if (doc.is_template) {
		frm.set_intro(__("Shipped with the app; the office has not confirmed it yet"), "yellow");
	} else if (doc.workflow_state === "Superseded") {
		frm.set_intro(__("A newer version is in force."), "orange");
	} else if (doc.review_reason && doc.workflow_state === "Draft") {
		frm.set_intro(__("Sent back: {0}", [frappe.utils.escape_html(doc.review_reason)]), "orange");
	} else if (doc.due_on && doc.due_on < frappe.datetime.get_today()) {
		frm.set_intro(__("This was due on {0}.", [frappe.datetime.str_to_user(doc.due_on)]), "red");
	}
};

partycell.handbook.add_acts = (frm, desk) => {
	const question = frm.doc.note_type === "Question";
	desk.acts.forEach((state) => {
		const act = partycell.handbook.ACTS[state];
		if (!act) return;
		const publishes = question && state === "Published";
		const label = publishes ? __("Publish as Guidance") : act.label();
		const button = frm.add_custom_button(label, () =>
			publishes ? partycell.handbook.publish_answer(frm) : partycell.handbook.take(frm, state, act)
		);
		if (act.main) button.removeClass("btn-default").addClass("btn-primary");
	});
	if (desk.officer && frm.doc.note_type === "Guidance" && frm.doc.workflow_state === "Published") {
		frm.add_custom_button(__("New Version"), async () => {
			const { message } = await frappe.call({
				method: "partycell.api.handbook.new_version",
				args: { note: frm.doc.name },
				freeze: true,
			});
			frappe.set_route("Form", "Handbook Note", message);
		});
		if (frm.doc.needs_review || frm.doc.is_template) {
			frm.add_custom_button(__("Confirm as It Is"), async () => {
				await frappe.call({
					method: "partycell.api.handbook.confirm_review",
					args: { note: frm.doc.name },
					freeze: true,
				});
				frm.reload_doc();
			});
		}
	}
};

partycell.handbook.take = async (frm, state, act) => {
	if (frm.is_dirty()) await frm.save();
	if (frm.is_dirty()) return;
	const needs_word = act.remark && !(frm.doc.note_type === "Note");
	const fields = [];
	if (act.answer) fields.push({ fieldtype: "Text Editor", fieldname: "answer", label: __("Answer"), reqd: 1 });
	if (needs_word) fields.push({ fieldtype: "Small Text", fieldname: "remark", label: act.remark(), reqd: 1 });
	const run = async (values) => {
		await frappe.call({
			method: "partycell.api.handbook.act",
			args: { note: frm.doc.name, state, ...values },
			freeze: true,
		});
		await frm.reload_doc();
	};
	if (!fields.length) {
		frappe.confirm(act.words ? act.words() : `${act.label()}?`, () => run({}));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: act.label(),
		fields,
		size: act.answer ? "large" : "small",
		primary_action_label: act.label(),
		primary_action: async (values) => {
			await run(values);
			dialog.hide();
		},
	});
	dialog.show();
};

partycell.handbook.publish_answer = (frm) => {
	const dialog = new frappe.ui.Dialog({
		title: __("Publish as Guidance"),
		size: "large",
		fields: [
			{ fieldtype: "Data", fieldname: "title", label: __("Title"), reqd: 1, default: frm.doc.title },
			{ fieldtype: "Text Editor", fieldname: "body", label: __("Text"), reqd: 1, default: frm.doc.answer },
		],
		primary_action_label: __("Publish"),
		primary_action: async (values) => {
			await frappe.call({
				method: "partycell.api.handbook.publish_answer",
				args: { question: frm.doc.name, ...values },
				freeze: true,
			});
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
};

partycell.handbook.path_html = (steps) => {
	const escape = frappe.utils.escape_html;
	if (!steps.length) return `<p class="text-muted">${__("Not asked yet.")}</p>`;
	const rows = steps.map(
		(step) => `<li><b>${__(step.act)}</b> · ${escape(step.committee_name || "")}<br>
			<span class="text-muted">${escape(step.acted_by_name || "")}, ${frappe.datetime.str_to_user(step.acted_on.slice(0, 10))} ${step.acted_on.slice(11, 16)}
			${step.due_on ? ` · ${__("Due On")} ${frappe.datetime.str_to_user(step.due_on)}` : ""}</span>
			${step.remark ? `<br>${escape(step.remark)}` : ""}</li>`
	);
	return `<ol class="pc-path">${rows.join("")}</ol>`;
};

partycell.handbook.add_versions = (frm, desk) => {
	if (frm.doc.replaces) {
		frm.add_custom_button(__("What Changed"), async () => {
			const { message } = await frappe.call("partycell.api.handbook.changes", { note: frm.doc.name });
			frappe.msgprint({ title: __("What Changed"), message: partycell.handbook.changes_html(message), wide: true });
		});
	}
	(desk.versions || [])
		.filter((version) => version.name !== frm.doc.name)
		.forEach((version) => {
			frm.add_custom_button(
				`${__("Version")} ${version.version} · ${__(version.workflow_state)}`,
				() => frappe.set_route("Form", "Handbook Note", version.name),
				__("Versions")
			);
		});
};

partycell.handbook.changes_html = (changes) => {
	const escape = frappe.utils.escape_html;
	if (!changes.length) return `<p class="text-muted">${__("Nothing was changed.")}</p>`;
	const tag = { same: ["<span>", "</span>"], gone: ["<del class='text-danger'>", "</del>"] };
	tag.new = ["<ins class='text-success'>", "</ins>"];
	return changes
		.map((change) => {
			const lines = change.lines.map((line) => `<p>${tag[line.how][0]}${escape(line.text)}${tag[line.how][1]}</p>`);
			return `<h5>${__(change.field)}</h5>${lines.join("")}`;
		})
		.join("");
};

partycell.handbook.offer_soon = frappe.utils.debounce((frm) => partycell.handbook.offer(frm), 500);

/** Entries like what is being written, so that nobody asks what is answered. */
partycell.handbook.offer = async (frm) => {
	if (!frm.is_new()) return;
	const wrapper = frm.fields_dict.similar_html.$wrapper;
	const text = [frm.doc.title, $("<div>").html(frm.doc.body || "").text()].filter(Boolean).join(" ");
	if (text.trim().length < 4) {
		wrapper.html(`<p class="text-muted">${__("Write a title; entries like it appear here.")}</p>`);
		return;
	}
	const { message } = await frappe.call({ method: "partycell.api.handbook.similar", args: { text } });
	wrapper.html(partycell.handbook.hits_html(message || []) || `<p class="text-muted">${__("Nothing like it yet.")}</p>`);
};

partycell.handbook.hits_html = (hits) => {
	const escape = frappe.utils.escape_html;
	const lines = hits
		.map(
			(hit) => `<p><a href="${frappe.utils.get_form_link(hit.doctype, hit.name)}"><b>${escape(hit.title)}</b></a>
				<span class="text-muted">${__(hit.note_type || hit.doctype)}${hit.state ? ` · ${__(hit.state)}` : ""}</span>
				${hit.excerpt ? `<br>${escape(hit.excerpt)}` : ""}</p>`
		)
		.join("");
	return lines && `<div class="pc-hits">${lines}</div>`;
};
