// The steps of a handover: what has been done by whom, whose turn it is, and what there is to do.

frappe.provide("partycell.handover");

partycell.handover.draw_steps = (frm, office) => {
	const wrapper = frm.fields_dict.progress.$wrapper.empty();
	const box = $(`<div class="pc-progress"></div>`).appendTo(wrapper);
	box.append(partycell.handover.steps_html(frm));
	box.append(partycell.handover.turn_html(frm, office));
	if (!frm.is_new()) {
		$(partycell.handover.counts_html(frm.doc)).appendTo(box);
	}
	box.on("click", "[data-act]", (event) => {
		partycell.handover.acts[$(event.currentTarget).attr("data-act")].run(frm);
	});
	box.on("click", "[data-mark]", (event) => {
		frm.partycell.inventory.filter($(event.currentTarget).attr("data-mark"));
		frm.fields_dict.inventory.tab.set_active();
	});
};

partycell.handover.steps_html = (frm) => {
	const doc = frm.doc;
	const names = (user) => partycell.handover.name_of(frm, user);
	const giver = doc.on_behalf ? names(doc.acting_officer) : doc.giver_name;
	const steps = [
		{ title: __("Inventory Is Made"), who: giver, on: !frm.is_new() && doc.creation, done: !frm.is_new() },
		{ title: __("Giver Signs"), who: doc.giver_signed_by || giver, on: doc.giver_signed_on },
		{ title: __("Receiver Signs"), who: doc.receiver_name, on: doc.receiver_signed_on },
		{ title: __("Upper Level Approves"), who: doc.approved_by_name, on: doc.approved_on },
	];
	const over = ["Withdrawn", "Annulled"].includes(doc.workflow_state);
	let next_found = over;
	const items = steps.map((step, index) => {
		const done = step.done || !!step.on;
		const next = !done && !next_found;
		next_found = next_found || next;
		const state = done ? "done" : next ? "next" : "later";
		const day = step.on ? frappe.datetime.str_to_user(String(step.on).slice(0, 10)) : "";
		return `<li class="pc-step pc-${state}" ${next ? 'aria-current="step"' : ""}>
			<span class="pc-dot">${done ? "✓" : index + 1}</span>
			<span class="pc-step-text"><b>${step.title}</b>
			<span>${frappe.utils.escape_html(step.who || "")}</span><span>${day}</span></span>
		</li>`;
	});
	return `<ol class="pc-steps ${over ? "pc-over" : ""}">${items.join("")}</ol>`;
};

/** The box under the steps: what this user can do now, or for whom everybody waits. */
partycell.handover.turn_html = (frm, office) => {
	const { title, text, colour } = frm.is_new()
		? partycell.handover.opening_words(office)
		: partycell.handover.turn_words(frm);
	const buttons = partycell.handover
		.acts_now(frm)
		.filter(({ act }) => act.in_box)
		.map(({ key, act }) => {
			const style = act.main ? "btn-primary" : "btn-default";
			return `<button class="btn ${style}" type="button" data-act="${key}">${act.label()}</button>`;
		});
	return `<div class="pc-turn pc-${colour}" role="status">
		<div><div class="pc-turn-title">${title}</div><div>${text || ""}</div></div>
		<div class="pc-turn-acts">${buttons.join("")}</div>
	</div>`;
};

partycell.handover.turn_words = (frm) => {
	const doc = frm.doc;
	const { my_turn, awaited } = partycell.handover.told(frm);
	const escape = frappe.utils.escape_html;
	const disputed = doc.contest_reason ? `${__("What Is Disputed")}: ${escape(doc.contest_reason)}` : "";
	const ended = {
		Approved: () => ({
			title: __("The handover is approved."),
			text: __("{0} holds the office since {1}. Minutes number {2}.", [
				escape(doc.receiver_name || ""),
				frappe.datetime.str_to_user(doc.handover_date),
				String(doc.minutes_number).padStart(2, "0"),
			]),
			colour: "green",
		}),
		Withdrawn: () => ({
			title: __("The handover was withdrawn."),
			text: escape(doc.withdrawn_reason || ""),
			colour: "gray",
		}),
		Annulled: () => ({
			title: __("The handover was annulled. The office and the folder are as they were before it."),
			text: [
				escape(doc.annulled_reason || ""),
				escape(partycell.handover.name_of(frm, doc.annulled_by)),
				doc.annulled_on ? frappe.datetime.str_to_user(String(doc.annulled_on).slice(0, 10)) : "",
			]
				.filter(Boolean)
				.join(" · "),
			colour: "red",
		}),
	}[doc.workflow_state];
	if (ended) return ended();
	if (!my_turn) {
		const people = awaited.map((user) => escape(partycell.handover.name_of(frm, user)));
		return {
			title: people.length
				? __("Waiting for {0}", [people.join(", ")])
				: __("Waiting for the upper level, which has nobody who acts for it"),
			text: [partycell.handover.WAITING[doc.workflow_state]?.(), disputed].filter(Boolean).join("<br>"),
			colour: doc.workflow_state === "Contested" ? "orange" : "gray",
		};
	}
	return {
		title: __("It is your turn"),
		text: [partycell.handover.TO_DO[doc.workflow_state]?.(doc), disputed].filter(Boolean).join("<br>"),
		colour: doc.workflow_state === "Contested" ? "orange" : "blue",
	};
};

partycell.handover.TO_DO = {
	Draft: () => __("Look through the inventory, name the receiver, then sign and deliver."),
	Contested: () => __("Put right in the folder what is disputed, then sign and deliver again."),
	Delivered: (doc) =>
		doc.count_unmarked
			? __("Mark each document as you find it, then sign. Not marked yet: {0}.", [doc.count_unmarked])
			: __("Every document is marked. Sign to receive them, or send the handover back."),
	Received: () =>
		__("See what is missing or damaged, who puts it right and by when, then approve or send back."),
};

partycell.handover.WAITING = {
	Draft: () => __("The giver looks through the inventory and signs."),
	Contested: () => __("The giver puts right what is disputed and signs again."),
	Delivered: () => __("The receiver marks every document and signs."),
	Received: () => __("The upper level approves; then the office and the folder pass to the receiver."),
};

/** What a handover that is not saved yet says about the cell that was chosen. */
partycell.handover.opening_words = (office) => {
	const words = (title, text, colour) => ({ title, text, colour });
	if (!office) {
		return words(__("Choose the cell"), __("The inventory is made from its folder when you save."), "gray");
	}
	if (office.running) {
		const link = frappe.utils.get_form_link("Handover", office.running.name, true);
		return words(__("This cell has a handover under way already"), link, "orange");
	}
	if (!office.giver) {
		return words(
			__("This cell has no secretary in office"),
			__("There is nothing to hand over. Open a secretary's term instead."),
			"orange"
		);
	}
	if (office.as_giver) {
		return words(
			__("You hand over the folder of this cell"),
			__("Choose the receiver and save: the inventory is made from the folder."),
			"blue"
		);
	}
	if (office.as_upper_level) {
		return words(
			__("You act for {0}, who cannot hand over", [frappe.utils.escape_html(office.giver_name)]),
			__("Say why under Parties. Where the secretary can act, let the secretary open the handover."),
			"blue"
		);
	}
	return words(
		__("Only {0} or an officer of a committee above can open this handover", [
			frappe.utils.escape_html(office.giver_name),
		]),
		"",
		"orange"
	);
};

partycell.handover.MARKS = ["Present", "Missing", "Damaged", "Outdated"];

/** How a line stands: as received, and before anybody could receive it, as the giver has it. */
partycell.handover.stand_of = (row, doc) => {
	if (row.received_state) return row.received_state;
	if (doc.workflow_state !== "Draft") return "Unmarked";
	return partycell.handover.MARKS.includes(row.delivered_state) ? row.delivered_state : "Missing";
};

partycell.handover.is_shown = (row, doc, chosen) =>
	chosen === "all" || (chosen === "Disputed" ? row.disputed : partycell.handover.stand_of(row, doc) === chosen);

/** How many lines stand how, by the rows as they are on this screen. */
partycell.handover.tally = (doc) => {
	const tally = { total: (doc.items || []).length, Unmarked: 0 };
	for (const mark of partycell.handover.MARKS) tally[mark] = 0;
	for (const row of doc.items || []) tally[partycell.handover.stand_of(row, doc)] += 1;
	return tally;
};

partycell.handover.counts_html = (doc, chosen) => {
	const tally = partycell.handover.tally(doc);
	const chip = (mark, label, count) =>
		`<button type="button" class="pc-count pc-mark-${mark}" data-mark="${mark}"
			aria-pressed="${chosen === mark}"><b>${count}</b> <span>${label}</span></button>`;
	const marks = [...partycell.handover.MARKS];
	if (doc.workflow_state !== "Draft") marks.push("Unmarked");
	const chips = [chip("all", __("Documents"), tally.total)];
	for (const mark of marks) chips.push(chip(mark, __(mark), tally[mark]));
	const disputed = (doc.items || []).filter((row) => row.disputed).length;
	if (disputed) chips.push(chip("Disputed", __("Disputed"), disputed));
	return `<div class="pc-counts" role="group" aria-label="${__("Show")}">${chips.join("")}</div>`;
};
