// Questions on the day by which they are to be answered.
frappe.views.calendar["Handbook Note"] = {
	field_map: { start: "due_on", end: "due_on", id: "name", title: "title", allDay: "allDay", color: "color" },
	// Dark on light, in the colours of the desk.
	get_css_class: (event) => event.color,
	get_events_method: "partycell.api.handbook.events",
	filters: [{ fieldtype: "Link", fieldname: "cell", options: "Cell", label: __("Cell") }],
};
