frappe.query_reports["Handbook Questions"] = {
	filters: [
		{
			fieldname: "workflow_state",
			label: __("State"),
			fieldtype: "Select",
			options: ["", "Asked", "Escalated", "Answered", "Published", "Returned", "Withdrawn"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{ fieldname: "only_overdue", label: __("Only Overdue"), fieldtype: "Check" },
		{ fieldname: "topic", label: __("Topic"), fieldtype: "Link", options: "Handbook Topic" },
		{ fieldname: "committee", label: __("Lies With"), fieldtype: "Link", options: "Party Committee" },
		{
			fieldname: "level",
			label: __("Level"),
			fieldtype: "Select",
			options: ["", "Central", "Province", "District", "Town", "Commune", "Grassroots", "Department"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{ fieldname: "cell", label: __("Cell"), fieldtype: "Link", options: "Cell" },
		{ fieldname: "from_date", label: __("Asked From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date" },
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (!data) return shown;
		if (column.fieldname === "title") {
			return `<a href="${frappe.utils.get_form_link("Handbook Note", data.name)}">${shown}</a>`;
		}
		if (column.fieldname === "overdue") return data.overdue ? `<b class="text-danger">${shown}</b>` : "";
		return shown;
	},
};
