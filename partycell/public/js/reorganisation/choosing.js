// Choosing the cells of a reorganisation. Frappe's own dialog for this shows nothing where rows are guarded.

frappe.provide("partycell.reorganisation");

partycell.reorganisation.CHOICE = 500;

/** Adds cells ticked in a list of those below a committee, found by a word without regard to marks. */
partycell.reorganisation.choose = (frm) => {
	const chosen = new Set();
	const titles = {};
	let rows = [];
	const plain = (text) =>
		(text || "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
	const show = () => {
		const word = plain(dialog.get_value("word"));
		const list = dialog.get_field("cells");
		const above = dialog.get_value("committee");
		list.df.options = rows
			.filter((row) => plain(row.cell_name).includes(word))
			.map((row) => ({
				label: frappe.utils.escape_html(
					[
						row.cell_name,
						__("{0} members, {1} of them full members", [row.members, row.full_members]),
						row.committee === above ? "" : row.committee_name,
					]
						.filter(Boolean)
						.join(" · ")
				),
				value: row.name,
				checked: chosen.has(row.name) ? 1 : 0,
			}));
		list.set_options();
	};
	const load = async () => {
		const committee = dialog.get_value("committee");
		const there = (frm.doc.cells || []).map((row) => row.cell).filter(Boolean);
		const filters = { status: "Active", name: ["not in", there.length ? there : [""]] };
		if (committee) filters.committee = ["descendants of (inclusive)", committee];
		rows = await frappe.db.get_list("Cell", {
			filters,
			fields: ["name", "cell_name", "members", "full_members", "committee", "committee.committee_name as committee_name"],
			order_by: "cell_name asc",
			limit: partycell.reorganisation.CHOICE,
		});
		for (const row of rows) titles[row.name] = row.cell_name;
		show();
	};
	const dialog = new frappe.ui.Dialog({
		title: __("Choose Cells"),
		fields: [
			{
				fieldtype: "Link",
				fieldname: "committee",
				label: __("Committee"),
				options: "Party Committee",
				default: frm.doc.committee,
				change: () => load(),
			},
			{ fieldtype: "Column Break" },
			{ fieldtype: "Data", fieldname: "word", label: __("Cell Name") },
			{ fieldtype: "Section Break" },
			{
				fieldtype: "MultiCheck",
				fieldname: "cells",
				columns: 1,
				sort_options: false,
				options: [],
				on_change() {
					const ticked = new Set(dialog.get_field("cells").selected_options);
					for (const option of dialog.get_field("cells").options) {
						if (ticked.has(option.value)) chosen.add(option.value);
						else chosen.delete(option.value);
					}
				},
			},
		],
		primary_action_label: __("Add"),
		primary_action() {
			frm.doc.cells = (frm.doc.cells || []).filter((row) => row.cell);
			for (const name of chosen) {
				frappe.utils.add_link_title("Cell", name, titles[name]);
				frm.add_child("cells", { cell: name });
			}
			frm.refresh_field("cells");
			frm.dirty();
			dialog.hide();
		},
	});
	dialog.get_field("word").$input.on("input", show);
	dialog.$wrapper.addClass("pc-choose");
	dialog.show();
	load();
};
