frappe.listview_settings["Handover"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["awaiting"],
	formatters: {
		awaiting_party(value, _df, doc) {
			if (!value) return "";
			const mine = (doc.awaiting || "").split(",").includes(frappe.session.user);
			const text = mine ? __("It is your turn") : __(frappe.utils.to_title_case(value));
			return `<span class="${mine ? "indicator-pill blue" : "ellipsis"}">${text}</span>`;
		},
	},
};
