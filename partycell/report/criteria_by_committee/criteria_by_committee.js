frappe.query_reports["Criteria by Committee"] = {
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
		if (column.fieldname === "committee_name" || value === null || value === undefined || value === "") {
			return default_formatter(value, row, column, data);
		}
		const shown = format_number(flt(value), null, 1);
		// From red over yellow to green; the number says the same.
		const hue = Math.round(1.2 * Math.min(Math.max(flt(value), 0), 100));
		return `<div style="background: hsl(${hue} 70% 85%); color: #1f272e; text-align: right; padding: 0 6px">${shown}</div>`;
	},
};
