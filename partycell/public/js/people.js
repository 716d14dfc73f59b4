// Who did something is said by name on our forms, in the timeline and in read-only fields: Frappe sends to a form the
// names of those who wrote comments alone, and shows the accounts of all others.

frappe.provide("frappe.form.link_formatters");

(() => {
	const before = frappe.form.link_formatters.User;
	frappe.form.link_formatters.User = (value, doc, ...more) =>
		(value && frappe.boot.user_info?.[value]?.fullname) || (before ? before(value, doc, ...more) : value);
})();

$(document).on("form-refresh", async (_event, frm) => {
	if (frm?.meta?.module !== "Partycell" || frm.is_new()) return;
	const { doc } = frm;
	const accounts = frm.meta.fields.filter((df) => df.fieldtype === "Link" && df.options === "User");
	const versions = frm.get_docinfo()?.versions || [];
	const seen = [doc.owner, doc.modified_by, ...versions.map(({ owner }) => owner), ...accounts.map((df) => doc[df.fieldname])];
	const unknown = [...new Set(seen)].filter((user) => user && !frappe.boot.user_info[user]);
	if (!unknown.length) return;
	const { message } = await frappe.call("frappe.desk.form.load.get_user_info_for_viewers", {
		users: JSON.stringify(unknown),
	});
	Object.assign(frappe.boot.user_info, message);
	if (frm.doc !== doc) return;
	frm.timeline?.refresh();
	accounts.forEach((df) => frm.refresh_field(df.fieldname));
});
