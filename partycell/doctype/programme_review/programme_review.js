// The form of a programme review: its figures as a table, taken afresh by a button, and the report.

frappe.provide("partycell.programme_review");

frappe.ui.form.on("Programme Review", {
	setup(frm) {
		partycell.submitting.name_it(frm);
		frm.set_df_property("figures", "cannot_add_rows", true);
	},

	onload(frm) {
		if (!frm.is_new() || frm.doc.from_date) return;
		const year = new Date().getFullYear();
		frm.set_value("from_date", `${year}-01-01`);
		frm.set_value("to_date", `${year}-12-31`);
	},

	refresh(frm) {
		partycell.programme_review.show_figures(frm);
		if (frm.is_new()) return;
		const open_report = () =>
			window.open(
				frappe.urllib.get_full_url(
					`/api/method/partycell.api.reviews.download?review_name=${encodeURIComponent(frm.doc.name)}`
				)
			);
		frm.add_custom_button(__("Report as PDF"), open_report);
		if (frm.doc.docstatus === 0 && frm.perm[0].write) {
			frm.add_custom_button(__("Take Figures Again"), () => partycell.programme_review.take(frm));
			frm.set_intro(
				__("Fill in the assessment, look at the report, then finish: figures and text are frozen with a number.")
			);
			partycell.submitting.offer(
				frm,
				__("Finish"),
				__("Finish the review? Its figures and its text get a number and stay as they are.")
			);
		}
		if (frm.doc.docstatus === 1 && frm.doc.__onload?.review && !frm.doc.__onload.review.stands) {
			frm.set_intro(__("The record no longer fits the digest it was finished with."), "red");
		}
	},
});

partycell.programme_review.take = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	await frappe.call({
		method: "partycell.api.reviews.take_figures",
		args: { review_name: frm.doc.name },
		freeze: true,
	});
	await frm.reload_doc();
	frappe.show_alert({ message: __("The figures were taken from the records."), indicator: "green" });
};

partycell.programme_review.show_figures = (frm) => {
	const wrapper = frm.fields_dict.figures_html.$wrapper.empty();
	const told = frm.doc.__onload?.review;
	if (frm.is_new() || !told) {
		wrapper.html(`<p class="text-muted">${__("Choose a committee and a period, and save: the figures are taken then.")}</p>`);
		return;
	}
	const written = (value, unit) => {
		if (value === null || value === undefined) return "";
		const number = value.toLocaleString("vi-VN", { maximumFractionDigits: 1 });
		return unit === "percent" ? `${number} %` : number;
	};
	const change = (row) => {
		if (row.change === null || row.change === undefined) return "";
		return `${row.change > 0 ? "+" : ""}${written(row.change, "count")}`;
	};
	const escape = frappe.utils.escape_html;
	const line = (row, at) => {
		const name = escape(row.label);
		const label = row.doctype ? `<a href="#" style="text-decoration: underline" data-figure="${at}">${name}</a>` : name;
		const before = row.of_day ? __("beginning") : __("before");
		return `<tr><td>${label}</td>
			<td class="text-right text-muted" title="${before}">${written(row.before, row.unit)}</td>
			<td class="text-right"><b>${written(row.value, row.unit)}</b></td>
			<td class="text-right">${change(row)}</td></tr>`;
	};
	const rows = [];
	const others = told.others.length ? [{ title: __("Others"), rows: told.others }] : [];
	const parts = [...told.groups, ...others]
		.filter((group) => group.rows.length)
		.map((group) => {
			const lines = group.rows.map((row) => line(row, rows.push(row) - 1)).join("");
			return `<tr class="active"><th colspan="4">${escape(group.title)}</th></tr>${lines}`;
		});
	wrapper.html(
		`<p class="text-muted small">${__("Counted things are compared with the period before, members and completeness with the beginning of this one. A name leads to the records behind it.")}</p>
		<div class="pc-figures" style="overflow-x: auto"><table class="table table-sm" style="max-width: 760px">
		<thead><tr><th>${__("Figure")}</th><th class="text-right">${__("Before")}</th>
		<th class="text-right">${__("Now")}</th><th class="text-right">${__("More or Less")}</th></tr></thead>
		<tbody>${parts.join("")}</tbody></table></div>`
	);
	wrapper.find("a[data-figure]").on("click", (event) => {
		event.preventDefault();
		const row = rows[event.currentTarget.dataset.figure];
		frappe.set_route("List", row.doctype, row.filters);
	});
};
