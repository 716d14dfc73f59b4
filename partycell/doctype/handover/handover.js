// The form of a handover. What a user may do comes with the record (`__onload.desk`, see partycell/desk.py);
// the parts of the form are drawn by public/js/handover/*.js.

frappe.provide("partycell.handover");

// Written by an act's own dialog, never typed into the form.
partycell.handover.BY_ACT = [
	"giver_signature",
	"receiver_signature",
	"witness_signature",
	"contest_reason",
	"withdrawn_reason",
	"annulled_reason",
];
// Account names say nothing to people: the full name stands beside each of them.
partycell.handover.ACCOUNTS = ["giver", "giver_term", "receiver_term", "acting_officer", "approved_by", "annulled_by"];

frappe.ui.form.on("Handover", {
	setup(frm) {
		// The acts have buttons of their own, with the dialogs they need.
		frm.states.show_actions = () => {};
		// Who comes next holds no office yet, so Frappe counts the account among the website's.
		const others = () => ({ enabled: 1, ignore_user_type: 1, name: ["!=", frm.doc.giver || ""] });
		frm.set_query("receiver", () => ({ filters: others() }));
		frm.set_df_property("receiver", "filter_description", __("Everybody with an account here"));
	},

	refresh(frm) {
		if (frm.read_only) {
			// The steps say whose turn it is; Frappe's own line speaks of a workflow.
			frm.dashboard.clear_headline();
		}
		frm.partycell = frm.partycell || { inventory: new partycell.handover.Inventory(frm) };
		partycell.handover.set_fields(frm);
		partycell.handover.add_buttons(frm);
		partycell.handover.draw_steps(frm);
		frm.partycell.inventory.refresh();
		partycell.handover.show_the_work(frm);
	},

	cell(frm) {
		partycell.handover.look_up_cell(frm);
	},

	receiver(frm) {
		if (!frm.doc.receiver) {
			frm.set_value("receiver_name", "");
			return;
		}
		frappe.db.get_value("User", frm.doc.receiver, "full_name").then(({ message }) => {
			frm.set_value("receiver_name", message?.full_name || "");
		});
	},
});

/** What the server says of this user and this handover; of a new one, what a giver may do. */
partycell.handover.told = (frm) =>
	frm.doc.__onload?.desk || { parts: [], acts: [], writable: null, my_turn: false, awaited: [], names: {} };

partycell.handover.name_of = (frm, user) => partycell.handover.told(frm).names[user] || user || "";

partycell.handover.set_fields = (frm) => {
	const { writable } = partycell.handover.told(frm);
	const by_act = new Set(partycell.handover.BY_ACT);
	const given_read_only = (df) => frappe.meta.docfield_map.Handover[df.fieldname]?.read_only;
	for (const df of frm.meta.fields) {
		if (frappe.model.no_value_type.includes(df.fieldtype) || given_read_only(df)) continue;
		const open = frm.is_new() ? true : writable.includes(df.fieldname);
		frm.set_df_property(df.fieldname, "read_only", open && !by_act.has(df.fieldname) ? 0 : 1);
	}
	for (const fieldname of partycell.handover.BY_ACT) {
		frm.toggle_display(fieldname, !!frm.doc[fieldname]);
	}
	for (const fieldname of partycell.handover.ACCOUNTS) {
		frm.toggle_display(fieldname, false);
	}
	const names_receiver = frm.is_new() || writable.includes("receiver");
	frm.toggle_display("receiver", names_receiver);
	frm.toggle_display("receiver_name", !names_receiver || !!frm.doc.receiver_name);
	frm.toggle_display("items", false);
	if (frm.is_new()) {
		partycell.handover.look_up_cell(frm);
	} else {
		frm.toggle_display("on_behalf", !!frm.doc.on_behalf || writable.includes("on_behalf"));
	}
};

/** Before the first save: who gives, and whether this user may open the handover and as what. */
partycell.handover.look_up_cell = (frm) => {
	if (!frm.is_new()) return;
	frm.toggle_display("on_behalf", false);
	if (!frm.doc.cell) {
		partycell.handover.draw_steps(frm);
		partycell.handover.choose_own_cell(frm);
		return;
	}
	frappe.xcall("partycell.api.handovers.opening", { cell: frm.doc.cell }).then((office) => {
		const doc = frm.doc;
		if (!frm.is_new()) return;
		for (const field of ["committee", "giver", "giver_name", "giver_position", "giver_term"]) {
			doc[field] = office[field];
			frm.refresh_field(field);
		}
		frm.toggle_display("on_behalf", office.as_upper_level);
		if (office.as_upper_level && !office.as_giver && !doc.on_behalf) {
			frm.set_value("on_behalf", 1);
		}
		partycell.handover.draw_steps(frm, office);
	});
};

/** Who holds the office of one cell can mean only that one. */
partycell.handover.choose_own_cell = async (frm) => {
	if (frm.partycell.looked_for_own_cell === frm.doc.name) return;
	frm.partycell.looked_for_own_cell = frm.doc.name;
	const held = await frappe.db.get_list("Secretary Term", {
		filters: { user: frappe.session.user, status: "Open" },
		fields: ["cell"],
		limit: 2,
	});
	if (held.length === 1 && frm.is_new() && !frm.doc.cell) frm.set_value("cell", held[0].cell);
};

/** The receiver's work is the inventory: the form opens there while documents are unmarked. */
partycell.handover.show_the_work = (frm) => {
	const { my_turn } = partycell.handover.told(frm);
	const key = `${frm.doc.name} ${frm.doc.workflow_state}`;
	if (my_turn && frm.doc.workflow_state === "Delivered" && frm.partycell.shown !== key) {
		frm.fields_dict.inventory.tab.set_active();
	}
	frm.partycell.shown = key;
};
