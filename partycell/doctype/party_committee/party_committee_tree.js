frappe.treeview_settings["Party Committee"] = {
	title: __("Party Committee"),
	breadcrumb: "Partycell",
	get_tree_nodes: "partycell.desk.tree.children",
	// Names are given by the system; what people know is the committee's name.
	get_label(node) {
		if (node.is_root) return __("All Committees");
		const { title, level, cells, completeness } = node.data;
		const facts = [
			level && __(level),
			cells > 0 && __("{0} cells", [cells]),
			cells > 0 && Number.isFinite(completeness) && __("folders {0} % complete", [completeness]),
		]
			.filter(Boolean)
			.join(" · ");
		const escape = frappe.utils.escape_html;
		return `${escape(title || node.label)} <span class="text-muted small">${escape(facts)}</span>`;
	},
	extend_toolbar: true,
	toolbar: [
		{
			label: __("Cells"),
			condition: (node) => !node.is_root && node.data.own_cells > 0,
			click: (node) => frappe.set_route("List", "Cell", { committee: node.data.value }),
			btnClass: "hidden-xs",
		},
	],
};
