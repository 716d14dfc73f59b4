"""Every list, new form and first record that a secretary may open on the phone, one after the other: nothing goes
wrong or is refused, nothing is wider than the screen, and no code stands where a title belongs.

One page goes from one to the next, as people do; the main pages are looked at by themselves in test_pages.py.
"""

from tests import source
from tests.browser import people

PAGES = source.value_of("partycell.desk.help_links", "PAGES")
DOCTYPES = [name for names in PAGES.values() for name in names if name != "Partycell Settings"]
SECRETARY = "bithu.034@ayunpa.example"
OPENED = """async ([go, doctype]) => {
	const settled = () => new Promise((done) => {
		let still = 0;
		const look = () => {
			still = frappe.request.ajax_count || document.querySelector(".freeze-message-container") ? 0 : still + 1;
			still > 4 ? done() : setTimeout(look, 50);
		};
		setTimeout(look, 100);
	});
	if (go === "list") await frappe.set_route("List", doctype, "List");
	if (go === "new") await frappe.new_doc(doctype);
	if (go === "first") {
		const [row] = await frappe.db.get_list(doctype, { limit: 1 });
		if (row) await frappe.set_route("Form", doctype, row.name);
	}
	await settled();
	const title = document.querySelector(".page-container:not([style*='none']) .title-text");
	return {
		wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
		told: [...document.querySelectorAll(".modal.show .msgprint")].map((one) => one.textContent),
		code: /^[0-9a-f]{10,}$|^[A-Z]+-(DEMO|20\\d\\d)-/.test(title?.textContent.trim()),
	};
}"""


def test_what_a_secretary_may_open_opens(opens):
	page = opens(SECRETARY, "phone")
	people.open_desk(page, "/app/cell")
	may_read, may_create = page.evaluate("[frappe.boot.user.can_read, frappe.boot.user.can_create]")
	opened = [doctype for doctype in DOCTYPES if doctype in may_read]
	assert len(opened) > 15 and "Directive Acknowledgement" not in may_create
	for doctype in opened:
		for go in ("list", "new", "first"):
			if go != "new" or doctype in may_create:
				shown = page.evaluate(OPENED, [go, doctype])
				assert shown == {"wide": 0, "told": [], "code": False}, f"{doctype}: {go}"
