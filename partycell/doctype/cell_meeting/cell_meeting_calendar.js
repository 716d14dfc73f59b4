frappe.views.calendar["Cell Meeting"] = {
	field_map: {
		start: "planned_on",
		end: "planned_on",
		id: "name",
		title: "title",
		allDay: "allDay",
		color: "color",
	},
	get_events_method: "partycell.api_meetings.events",
	filters: [{ fieldtype: "Link", fieldname: "cell", options: "Cell", label: __("Cell") }],
};
