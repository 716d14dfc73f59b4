frappe.query_reports["Programme Figures"] = {
	filters: [
		{
			fieldname: "committee",
			label: __("Committee"),
			fieldtype: "Link",
			options: "Party Committee",
		},
		{
			fieldname: "first_year",
			label: __("First Year"),
			fieldtype: "Int",
			default: new Date().getFullYear() - 3,
			reqd: 1,
		},
		{
			fieldname: "last_year",
			label: __("Last Year"),
			fieldtype: "Int",
			default: new Date().getFullYear(),
			reqd: 1,
		},
	],
	formatter(value, row, column, data, standard) {
		if (column.fieldname === "label" || !data) return standard(value, row, column, data);
		// What is not known is empty, and not 0.
		if (value === null || value === undefined || value === "") return "";
		const number = Number(value).toLocaleString("vi-VN", { maximumFractionDigits: 1 });
		return data.unit === "percent" ? `${number} %` : number;
	},
};
