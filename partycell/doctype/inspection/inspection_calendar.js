frappe.views.calendar["Inspection"] = {
	field_map: {
		start: "planned_on",
		end: "planned_on",
		id: "name",
		title: "title",
		allDay: "allDay",
		color: "color",
	},
	get_events_method: "partycell.inspection_api.events",
	filters: [
		{ fieldtype: "Link", fieldname: "plan", options: "Inspection Plan", label: __("Inspection Plan") },
	],
};
