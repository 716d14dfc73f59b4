frappe.query_reports["Inspection Coverage"] = {
	filters: [
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
		{ fieldname: "criteria_set", label: __("Criteria Set"), fieldtype: "Link", options: "Criteria Set" },
		{ fieldname: "months", label: __("Not Inspected for (Months)"), fieldtype: "Int", default: 12 },
		{ fieldname: "only_due", label: __("Only Those Due"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname !== "inspected_on" || !data) return shown;
		if (!data.inspected_on) return `<span class="indicator-pill red">${__("Never")}</span>`;
		return data.due ? `<span class="indicator-pill orange">${shown}</span>` : shown;
	},
};
