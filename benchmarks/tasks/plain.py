"""The five tasks with plain Frappe: ToDo, files attached to it, comments, bulk edit, the print of a report.

The way is the shortest that we found and an office could be taught. What it leaves undone is said in
docs/tasks-compared.md and not made up for here, except where Frappe has a means for it.
"""

import re

from playwright.sync_api import expect

from benchmarks.tasks import plain_site as plain
from benchmarks.tasks.counting import Counted
from tests.browser import people

MINE = "/app/todo?status=Open&allocated_to={}"
SENT = "/app/todo?owner={}"
ABOUT = '?description=["like","%25{}%25"]'


def rows(page, text: str):
	"""The line of a list that shows this text."""
	return page.locator(".list-row a.ellipsis:visible, .list-row .level-item a:visible", has_text=text).first


def photograph(opens, _site, words) -> None:
	"""The secretary attaches two photographs to the ToDo of the document, and closes it."""
	phone = opens(plain.SECRETARY, "phone")
	phone.open(MINE.format(plain.SECRETARY))
	page = phone.page
	phone.click(rows(page, "C1 Sổ biên bản"))
	phone.click(page.locator(".page-head .sidebar-toggle-btn:visible").first)
	phone.click(page.locator(".add-attachment-btn:visible").first)
	dialog = page.locator(".modal.show")
	phone.upload(dialog.locator(".btn-file-upload").first, [people.photograph(), people.photograph()])
	phone.click(dialog.locator(".btn-modal-primary"))
	expect(dialog).to_have_count(0)
	close(phone)


def acknowledge(opens, _site, words) -> None:
	"""The secretary opens the ToDo that came with the directive, and closes it."""
	desk = opens(plain.SECRETARY, "desk")
	desk.open(MINE.format(plain.SECRETARY))
	desk.click(rows(desk.page, plain.DIRECTIVE[:30]))
	close(desk)


def ask(opens, _site, words) -> None:
	"""A ToDo for the officer, answered by a comment; the secretary looks into what he has sent."""
	desk = opens(plain.SECRETARY, "desk")
	new(desk, f"{words['title']}\n{words['body']}", plain.OFFICER)
	officer = opens(plain.OFFICER, "desk")
	officer.open(MINE.format(plain.OFFICER))
	officer.click(rows(officer.page, words["title"]))
	comment(officer, words["answer"])
	close(officer)
	desk.open(SENT.format(plain.SECRETARY))
	desk.click(rows(desk.page, words["title"]))
	expect(desk.page.locator(".timeline-content", has_text=words["answer"]).first).to_be_visible()


def hand_over(opens, site, words) -> None:
	"""The list printed and signed on paper, all ToDos given to the successor, who says what is wrong."""
	folder = "/app/todo/view/report" + ABOUT.format(plain.FOLDER)
	giver = opens(plain.SECRETARY, "desk")
	giver.open(folder)
	page = giver.page
	giver.click(page.locator(".list-paging-area button:visible", has_text="100"))
	giver.click(page.locator(".menu-btn-group:visible > button").first)
	giver.click(page.locator(".dropdown-menu.show a:visible", has_text=re.compile(r"^\s*In\b")).first)
	with page.context.expect_page() as printed:
		giver.click(page.locator(".modal.show .btn-modal-primary"))
	printed.value.close()
	giver.click(page.locator(".datatable thead input[type=checkbox], .dt-header input[type=checkbox]").first)
	edit(giver, plain.SUCCESSOR)
	# More than 20 are written by a worker; nobody waits for it.
	held = {"allocated_to": plain.SECRETARY, "description": ["like", f"%{plain.FOLDER}%"]}
	while site.count("ToDo", held):
		page.wait_for_timeout(500)
	new(giver, f"Nhận bàn giao {plain.FOLDER}", plain.SUCCESSOR)

	receiver = opens(plain.SUCCESSOR, "desk")
	page = receiver.page
	receiver.open("/app/todo" + ABOUT.format(plain.FOLDER))
	receiver.click(page.locator(".list-paging-area button:visible", has_text="100"))
	for number in ("20", "30"):
		line = page.locator(".list-row", has_text=f"tài liệu {number}").first
		receiver.click(line.locator("input[type=checkbox]").first)
	edit(receiver)
	receiver.open(MINE.format(plain.SUCCESSOR))
	receiver.click(rows(page, "Nhận bàn giao"))
	comment(receiver, f"Tài liệu 20: {words['missing']}. Tài liệu 30: {words['damaged']}")
	give(receiver, plain.OFFICER)

	officer = opens(plain.OFFICER, "desk")
	officer.open(MINE.format(plain.OFFICER))
	officer.click(rows(officer.page, "Nhận bàn giao"))
	close(officer)


def inspect(opens, _site, words) -> None:
	"""The points are typed into the text of the checklist and added up in the head."""
	lead = opens(plain.INSPECTOR, "desk")
	lead.open(MINE.format(plain.INSPECTOR))
	page = lead.page
	lead.click(rows(page, plain.CHECKLIST))
	lines = page.locator("[data-fieldname=description] .ql-editor p")
	last = len(plain.CRITERIA)
	for at in range(1, last + 2):
		lead.click(lines.nth(at))
		page.keyboard.press("End")
		points = " 1,5 " + words["remark"] if at == last else " 10"
		lead.type(points)
		page.keyboard.type(points)
	give(lead, plain.SECRETARY)

	secretary = opens(plain.SECRETARY, "desk")
	secretary.open(MINE.format(plain.SECRETARY))
	secretary.click(rows(secretary.page, plain.CHECKLIST))
	comment(secretary, words["opinion"])
	give(secretary, plain.OFFICER)

	officer = opens(plain.OFFICER, "desk")
	officer.open(MINE.format(plain.OFFICER))
	officer.click(rows(officer.page, plain.CHECKLIST))
	comment(officer, words["conclusion"])
	close(officer)


def close(user: Counted) -> None:
	"""The form's own button, on the phone behind its menu."""
	button = user.page.locator(".page-actions button:visible", has_text=re.compile(r"^\s*Đóng\s*$"))
	if not button.count():
		user.click(user.page.locator(".menu-btn-group:visible > button").first)
		button = user.page.locator(".dropdown-menu.show a:visible", has_text=re.compile(r"^\s*Đóng\s*$"))
	user.click(button.first)


def new(user: Counted, text: str, whom: str) -> None:
	"""A ToDo for somebody else, from a bookmark that has filled in for whom."""
	page = user.page
	user.open(f"/app/todo/new?allocated_to={whom}")
	expect(page.locator("[data-fieldname=allocated_to] input:visible").first).to_have_value(whom)
	user.write(page.locator("[data-fieldname=description] .ql-editor:visible").first, text)
	user.click(page.locator("button.primary-action:visible").first)


def give(user: Counted, whom: str) -> None:
	"""The ToDo that is open goes to somebody else."""
	page = user.page
	box = page.locator("[data-fieldname=allocated_to] input:visible").first
	box.fill("")
	user.link(box, whom[:14], page.get_by_role("option", name=whom).first)
	user.click(page.locator("button.primary-action:visible").first)


def comment(user: Counted, text: str) -> None:
	"""A comment below the form."""
	user.write(user.page.locator(".comment-box .ql-editor").first, text)
	user.click(user.page.locator(".comment-box .btn-comment").first)


def edit(user: Counted, whom: str = "") -> None:
	"""All lines that are ticked: given to somebody, or opened again, which the dialog offers first."""
	page = user.page
	user.click(page.locator(".actions-btn-group:visible > button").first)
	user.click(page.locator(".dropdown-menu.show a:visible", has_text="Chỉnh sửa").first)
	dialog = page.locator(".modal.show")
	if whom:
		user.choose(dialog.locator("select[data-fieldname=field]"), "Allocated To")
		box = dialog.locator("[data-fieldname=value] input:visible").first
		user.link(box, whom[:14], page.get_by_role("option", name=whom).first)
	user.click(dialog.locator(".btn-modal-primary"))
	expect(dialog).to_have_count(0)
