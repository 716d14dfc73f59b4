frappe.query_reports["Cell Record"] = {
	// Not marked as required: Frappe's page ends in an error then, and the report asks by itself.
	filters: [
		{ fieldname: "cell", label: __("Cell"), fieldtype: "Link", options: "Cell" },
		{ fieldname: "years", label: __("Years"), fieldtype: "Int", default: 5 },
	],
	async onload(report) {
		if (report.get_filter_value("cell")) return;
		// A secretary has one cell, and need not choose it.
		const cells = await frappe.db.get_list("Cell", { filters: { status: "Active" }, limit: 2 });
		if (cells.length !== 1) return;
		// Set before the report is asked for, and without asking for it a second time. A link is set when its title
		// has come, which nothing waits for.
		report._no_refresh = true;
		const filter = report.get_filter("cell");
		await filter.set_value(cells[0].name);
		for (let tries = 0; tries < 60 && !filter.get_value(); tries++) await frappe.timeout(0.05);
		report._no_refresh = false;
	},
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		// Rows of a year lead to a record whose name is a code.
		if (column.fieldname !== "name" || !["Cell Figures", "Directive Acknowledgement"].includes(data?.doctype)) return shown;
		return `<a href="${frappe.utils.get_form_link(data.doctype, data.name)}">${__("Open Link")}</a>`;
	},
};
