frappe.query_reports["Corrective Action Ageing"] = {
	filters: [
		{ fieldname: "committee", label: __("Committee"), fieldtype: "Link", options: "Party Committee" },
		{
			fieldname: "origin",
			label: __("Where It Comes From"),
			fieldtype: "Select",
			options: ["", { value: "Inspection", label: __("Inspection") }, { value: "Handover", label: __("Handover") }],
		},
	],
};
