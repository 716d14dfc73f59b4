frappe.query_reports["Assigned Members"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			default: `${new Date().getFullYear()}-01-01`,
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("Until"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
	],
	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		const short = column.fieldname === "attended" && data && data.attended < data.asked;
		return short ? `<span class="text-danger">${shown}</span>` : shown;
	},
};
