frappe.query_reports["Criterion Analysis"] = {
	// Not marked as required: Frappe's page ends in an error then, and the report asks by itself.
	filters: [
		{ fieldname: "criteria_set", label: __("Criteria Set"), fieldtype: "Link", options: "Criteria Set" },
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
	async onload(report) {
		if (report.get_filter_value("criteria_set")) return;
		// A report that opens with figures and not with a request for a filter.
		const { message } = await frappe.db.get_value("Criteria Set", { disabled: 0 }, "name");
		if (!message.name) return;
		// Set before the report is asked for, and without asking for it a second time. A link is set when its title
		// has come, which nothing waits for.
		report._no_refresh = true;
		const filter = report.get_filter("criteria_set");
		await filter.set_value(message.name);
		for (let tries = 0; tries < 60 && !filter.get_value(); tries++) await frappe.timeout(0.05);
		report._no_refresh = false;
	},
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname !== "change" || !data || !data.change) return shown;
		return `<span style="color: ${data.change > 0 ? "#16794c" : "#b52a2a"}">${data.change > 0 ? "+" : ""}${shown}</span>`;
	},
};
