frappe.listview_settings["Cell Meeting"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status", "planned_on"],
	has_indicator_for_draft: true,
	get_indicator: (doc) => {
		const late = doc.status === "Planned" && doc.planned_on < frappe.datetime.get_today();
		const color = { Planned: "blue", Held: "orange", Concluded: "green", Cancelled: "gray" }[doc.status];
		return [__(doc.status), late ? "red" : color, `status,=,${doc.status}`];
	},
	// Those of later months are on the calendar.
	filters: [["planned_on", "<=", frappe.datetime.add_days(frappe.datetime.get_today(), 31)]],
	onload(list) {
		// A cell's secretary plans its year, officers that of the cells below them.
		const plans = ["Cell Secretary", "Committee Officer", "Partycell Manager"];
		if (!plans.some((role) => frappe.user.has_role(role))) return;
		list.page.add_inner_button(__("Plan the Year"), async () => {
			const cells = await frappe.db.get_list("Cell", { filters: { status: "Active" }, limit: 2 });
			const own = cells.length === 1 ? cells[0].name : null;
			const dialog = new frappe.ui.Dialog({
				title: __("Plan the Year"),
				fields: [
					{ fieldname: "year", fieldtype: "Int", label: __("Year"), reqd: 1, default: new Date().getFullYear() },
					{ fieldname: "cell", fieldtype: "Link", label: __("Cell"), options: "Cell", default: own },
					{
						fieldname: "committee",
						fieldtype: "Link",
						label: __("Party Committee"),
						options: "Party Committee",
						depends_on: "eval:!doc.cell",
						description: __("For an officer: every active cell below it"),
					},
				],
				primary_action_label: __("Plan"),
				async primary_action({ year, cell, committee }) {
					const { message } = await frappe.call({
						method: "partycell.api.meetings.plan_year",
						args: { year, cell, committee: cell ? null : committee },
						freeze: true,
					});
					dialog.hide();
					frappe.show_alert({ message: __("{0} meetings planned", [message]), indicator: "green" });
					list.refresh();
				},
			});
			dialog.show();
		});
	},
};
