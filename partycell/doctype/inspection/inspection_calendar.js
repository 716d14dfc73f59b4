frappe.views.calendar["Inspection"] = {
	field_map: {
		start: "planned_on",
		end: "planned_on",
		id: "name",
		title: "title",
		allDay: "allDay",
		color: "color",
	},
	// Dark on light, in the colours of the desk.
	get_css_class: (event) => event.color,
	get_events_method: "partycell.api.inspections.events",
	filters: [
		{ fieldtype: "Link", fieldname: "plan", options: "Inspection Plan", label: __("Inspection Plan") },
	],
};
