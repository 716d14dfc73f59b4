frappe.query_reports["Directive Acknowledgement"] = {
	filters: [
		{ fieldname: "issuer", label: __("Issuer"), fieldtype: "Link", options: "Party Committee" },
		{ fieldname: "kind", label: __("Kind of Document"), fieldtype: "Link", options: "Directive Kind" },
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date" },
		{ fieldname: "ended", label: __("Also No Longer in Force"), fieldtype: "Check" },
		{ fieldname: "directive", label: __("Cells of Directive"), fieldtype: "Link", options: "Directive" },
		{
			fieldname: "standing",
			label: __("Acknowledgement"),
			fieldtype: "Select",
			depends_on: "eval:doc.directive",
			options: [
				{ value: "", label: "" },
				{ value: "In Time", label: __("In Time") },
				{ value: "Late", label: __("Late") },
				{ value: "Open", label: __("Not Yet") },
				{ value: "Overdue", label: __("Overdue") },
			],
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (!data) return shown;
		// The number of cells leads to them.
		if (["reached", "in_time", "late", "open", "overdue"].includes(column.fieldname) && data.name) {
			const standing = { in_time: "In Time", late: "Late", overdue: "Overdue" }[column.fieldname] || "";
			const asked = new URLSearchParams({ directive: data.name, ...(standing && { standing }) });
			return `<a href="/app/query-report/Directive Acknowledgement?${asked}">${shown}</a>`;
		}
		if (column.fieldname === "standing_label" && data.standing) {
			const colour = { "In Time": "green", Late: "orange", Open: "gray", Overdue: "red" }[data.standing];
			return `<span class="indicator-pill ${colour}">${shown}</span>`;
		}
		return shown;
	},
};
