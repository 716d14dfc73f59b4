frappe.listview_settings["Directive"] = {
	add_fields: ["status", "in_force_from", "in_force_until", "cells_reached", "cells_total", "number_symbol"],
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.status === "Issued" && doc.in_force_from > today) {
			return [__("Not Yet in Force"), "blue", `status,=,Issued|in_force_from,>,${today}`];
		}
		if (doc.status === "Issued") return [__("In Force"), "green", `status,=,Issued|in_force_from,<=,${today}`];
		const colour = { Draft: "red", Issuing: "yellow", Superseded: "purple", Withdrawn: "orange", Expired: "gray" }[doc.status];
		// An office calls a directive back, "thu hồi"; what a person takes back himself is another word.
		const word = doc.status === "Withdrawn" ? __("Withdrawn", null, "Directive") : __(doc.status);
		return [word, colour || "gray", `status,=,${doc.status}`];
	},
	formatters: {
		subject(value, _df, doc) {
			// The number before the subject: on a phone only the beginning is seen. The list writes it as text.
			return [doc.number_symbol, value].filter(Boolean).join(" · ");
		},
		cells_reached(value, _df, doc) {
			return doc.cells_total ? __("{0} of {1}", [value, doc.cells_total]) : "";
		},
	},
	onload(list) {
		if (!frappe.user.has_role("Cell Secretary")) return;
		list.page.add_actions_menu_item(__("Acknowledge"), () => {
			const names = list.get_checked_items(true);
			const fields = [
				{ fieldname: "remark", fieldtype: "Small Text", label: __("Remark") },
				{ fieldname: "filed", fieldtype: "Check", label: __("The text lies in the folder"), default: 1, description: __("Only the secretary says so; a deputy takes note.") },
			];
			const carry_out = async ({ remark, filed }) => {
				const { message } = await frappe.call("partycell.api.directives.acknowledge", {
					directives: JSON.stringify(names),
					remark,
					filed: filed ? "true" : "false",
				});
				frappe.show_alert({
					message: message.left
						? __("{0} acknowledged; of {1} nothing was open.", [message.recorded, message.left])
						: __("{0} acknowledged", [message.recorded]),
					indicator: message.recorded ? "green" : "orange",
				});
				list.clear_checked_items();
				list.refresh();
			};
			frappe.prompt(fields, carry_out, __("Acknowledge"), __("Acknowledge"));
		});
	},
};
