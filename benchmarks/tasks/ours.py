"""The five tasks with partycell, by the demo's people; the ways are those of tests/browser."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser import people
from tests.browser.site import Site

YESTERDAY = (date.today() - timedelta(days=1)).isoformat()
SECRETARY = "bithu.003@ayunpa.example"
CELL = "CELL-DEMO-003"


def photograph(opens, site: Site, words) -> None:
	"""The secretary photographs the missing paper into its place."""
	slot = site.row(
		"Folder Item",
		{"cell": CELL, "state": "Expected", "required": 1, "classified": 0, "file_count": 0}
		| {"due_on": ["<", YESTERDAY]},
		"name title period_label",
	)
	phone = opens(SECRETARY, "phone")
	phone.open("/my-cell")
	page = phone.page
	phone.click(page.get_by_role("link", name="Cặp tài liệu"))
	line = page.locator("li", has_text=slot["title"]).filter(has_text=slot["period_label"] or "").first
	if not line.is_visible():
		phone.click(page.locator("details", has=line).locator("summary").first)
	phone.click(line.get_by_role("button").first)
	phone.upload(page.locator("label:has(input[type=file])").last, [people.photograph(), people.photograph()])
	phone.click(page.get_by_role("button", name="Lưu vào cặp"))
	expect(page.get_by_role("status")).to_contain_text("Đã gửi")
	assert site.doc("Folder Item", slot["name"])["state"] == "Present"


def acknowledge(opens, site: Site, words) -> None:
	"""The secretary takes note of one of the directives that wait."""
	before = site.count("Directive Acknowledgement", {"cell": CELL})
	phone = opens(SECRETARY, "phone")
	phone.open("/my-cell")
	card = phone.page.locator(".card", has_text="văn bản cần xác nhận")
	phone.click(card.get_by_role("button"))
	phone.click(phone.page.get_by_role("button", name="Xác nhận quán triệt").first)
	assert site.count("Directive Acknowledgement", {"cell": CELL}) == before + 1


def ask(opens, site: Site, words) -> None:
	"""The secretary asks on the phone, the officer answers on the desk, the secretary reads it."""
	phone = opens(SECRETARY, "phone")
	phone.open("/my-cell")
	page = phone.page
	phone.click(page.locator("#bar a", has_text="Hỏi"))
	phone.write(page.get_by_label("Tóm tắt câu hỏi"), words["title"])
	phone.write(page.get_by_label("Nội dung câu hỏi"), words["body"])
	phone.click(page.get_by_role("button", name="Gửi hỏi"))
	expect(page.get_by_role("status")).to_contain_text("Đã gửi")

	note = site.row(
		"Handbook Note", {"cell": CELL, "title": words["title"]}, "name committee", "creation desc"
	)
	committee = site.doc("Party Committee", note["committee"])
	user = next(row["user"] for row in committee["users"] if row["function"] == "Officer")
	officer = opens(user, "desk")
	officer.open("/app/handbook-note?workflow_state=Asked")
	officer.click(officer.page.locator(f".list-row a[href*='{note['name']}']:visible").first)
	officer.click(officer.page.get_by_role("button", name="Trả lời").first)
	dialog = officer.page.locator(".modal.show")
	officer.write(dialog.locator(".ql-editor[contenteditable=true]"), words["answer"])
	officer.click(dialog.get_by_role("button", name="Trả lời"))
	expect(dialog).to_have_count(0)

	phone.open("/my-cell")
	phone.click(page.locator(".card.news", has_text=words["title"]).get_by_role("button").first)
	expect(page.locator(".card.news", has_text=words["title"]).first).to_contain_text(words["answer"])


def hand_over(opens, site: Site, words) -> None:
	"""Delivered on the desk, received with a finger on the phone, approved on the desk."""
	office = _office(site)
	giver = opens(office["user"], "desk")
	page = giver.page
	giver.open(f"/app/cell/{office['cell']}")
	giver.click(page.get_by_role("button", name="Lập bàn giao").first)
	receiver = page.locator("[data-fieldname=receiver] input:visible").first
	giver.link(
		receiver, office["receiver"].split("@")[0], page.get_by_role("option", name=office["receiver"])
	)
	giver.choose(page.locator("select[data-fieldname=reason]:visible").first, "Congress")
	giver.click(page.locator("button.primary-action:visible").first)
	page.wait_for_url("**/app/handover/HO-*")
	name = page.url.rsplit("/", 1)[1].split("#")[0]
	giver.click(page.get_by_role("button", name="Ký và bàn giao").first)
	dialog = page.locator(".modal.show")
	giver.sign(dialog.locator("canvas"), people.sign)
	giver.click(dialog.get_by_role("button", name="Ký và bàn giao"))
	expect(dialog).to_have_count(0)

	items = site.doc("Handover", name)["items"]
	gone, torn = [at for at, row in enumerate(items) if not row["received_state"]][:2]
	phone = opens(office["receiver"], "phone")
	page = phone.page
	page.on("dialog", lambda asked: asked.accept())
	phone.open("/my-cell")
	phone.click(page.locator(".card.urgent").get_by_role("button").first)
	lines = page.locator("section.card li")
	for at, state, remark in ((gone, "Thiếu", words["missing"]), (torn, "Hư hỏng", words["damaged"])):
		phone.click(lines.nth(at).get_by_role("button", name=state))
		phone.write(lines.nth(at).get_by_placeholder("Có gì không đúng?"), remark)
	phone.click(page.get_by_role("button", name="Còn lại đều có đủ"))
	phone.sign(page.get_by_role("img", name="Ký vào đây bằng ngón tay"), people.sign)
	phone.click(page.get_by_role("button", name="Ký và nhận"))
	expect(page.get_by_role("status")).to_contain_text("Đã gửi")

	officer = opens(people.OFFICER, "desk")
	page = officer.page
	officer.open("/app/handover?workflow_state=Received")
	officer.click(page.locator(f".list-row a[href*='{name}']:visible").first)
	officer.click(page.get_by_role("button", name="Phê duyệt").first)
	dialog = page.locator(".modal.show")
	officer.click(dialog.get_by_role("button", name="Phê duyệt"))
	expect(dialog).to_have_count(0)
	assert site.doc("Handover", name)["workflow_state"] == "Approved"


def _office(site: Site) -> dict:
	"""A cell that nobody hands over now, its secretary, and who comes next."""
	busy = {row["cell"] for row in site.rows("Handover", {"docstatus": ["<", 2]}, "cell")}
	mine = {"status": "Open", "cell": ["like", "CELL-DEMO-1%"]}
	terms = site.rows("Secretary Term", mine, "cell user", "cell asc")
	left = {"workflow_state": ["in", ["Annulled", "Withdrawn"]]}
	return next(row for row in terms if row["cell"] not in busy) | site.row("Handover", left, "receiver")


def inspect(opens, site: Site, words) -> None:
	"""A checklist on the phone, the cell's answer on the phone, the conclusion on the desk."""
	mine = {"workflow_state": "In Progress", "lead": people.INSPECTOR}
	begun = site.row("Inspection", mine, "name cell")
	user = site.row("Secretary Term", {"cell": begun["cell"], "status": "Open"}, "user")["user"]
	lead = opens(people.INSPECTOR, "phone")
	page = lead.page
	lead.open("/app/inspection?workflow_state=In+Progress")
	lead.click(page.locator(f".list-row a[href*='{begun['name']}']:visible").first)
	left = [row for row in site.doc("Inspection", begun["name"])["scores"] if not row["scored"]]
	for row in left[:-1]:
		lead.click(page.locator(f"[data-row='{row['name']}'] [data-full]"))
	last = page.locator(f"[data-row='{left[-1]['name']}']")
	lead.write(last.get_by_label("Điểm chấm"), "1,5")
	lead.write(last.get_by_label("Ghi chú"), words["remark"])
	expect(page.locator(".pc-saved")).to_contain_text("Đã lưu lúc")
	act(lead, "Gửi chi bộ")

	phone = opens(user, "phone")
	page = phone.page
	page.on("dialog", lambda asked: asked.accept())
	phone.open("/my-cell")
	card = page.locator(".card.urgent", has_text="Kết quả kiểm tra")
	phone.click(card.get_by_role("button", name="Xem và trả lời"))
	phone.write(page.get_by_label("Ý kiến của chi bộ", exact=True), words["opinion"])
	phone.click(page.get_by_role("button", name="Chi bộ nhất trí"))
	expect(page.get_by_role("status")).to_contain_text("Đã gửi")

	officer = opens(people.OFFICER, "desk")
	officer.open("/app/inspection?workflow_state=With+Cell")
	officer.click(officer.page.locator(f".list-row a[href*='{begun['name']}']:visible").first)
	act(officer, "Kết luận")
	assert site.doc("Inspection", begun["name"])["workflow_state"] == "Concluded"


def act(user, label: str) -> None:
	"""A button of the form, on the phone behind its menu, and Yes."""
	page = user.page
	button = page.locator(".page-actions button:visible", has_text=re.compile(rf"^\s*{label}\s*$"))
	if not button.count():
		user.click(
			page.locator(".menu-btn-group:visible > button, .actions-btn-group:visible > button").first
		)
		button = page.locator(".dropdown-menu.show a:visible", has_text=label)
	user.click(button.first)
	dialog = page.locator(".modal.show")
	user.click(dialog.locator(".btn-modal-primary:visible"))
	expect(dialog).to_have_count(0)
