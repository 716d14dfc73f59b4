frappe.views.calendar["Cell Meeting"] = {
	field_map: {
		start: "planned_on",
		end: "planned_on",
		id: "name",
		title: "title",
		allDay: "allDay",
		color: "color",
	},
	// The days of a commune with 100 cells stay readable. Frappe 16 and 15 name it differently.
	options: { dayMaxEvents: 5, eventLimit: 5 },
	// Dark on light, in the colours of the desk.
	get_css_class: (event) => event.color,
	get_events_method: "partycell.api.meetings.events",
	filters: [{ fieldtype: "Link", fieldname: "cell", options: "Cell", label: __("Cell") }],
};
