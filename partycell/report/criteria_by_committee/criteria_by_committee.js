frappe.query_reports["Criteria by Committee"] = {
	filters: [
		{ fieldname: "criteria_set", label: __("Criteria Set"), fieldtype: "Link", options: "Criteria Set", reqd: 1 },
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date", reqd: 1, default: frappe.datetime.get_today() },
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
	async onload(report) {
		if (report.get_filter_value("criteria_set")) return;
		// A report that opens with figures and not with a request for a filter.
		const { message } = await frappe.db.get_value("Criteria Set", { disabled: 0 }, "name");
		if (message.name) report.set_filter_value("criteria_set", message.name);
	},
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname === "committee_name" || value === null || value === undefined) return shown;
		// From red over yellow to green; the number says the same.
		const hue = Math.round(1.2 * Math.min(Math.max(flt(value), 0), 100));
		return `<div style="background: hsl(${hue} 70% 85%); color: #1f272e; text-align: right; padding: 0 6px">${value}</div>`;
	},
};
