"""A checklist on the phone in the village, the cell's answer, the conclusion on the desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import people

INSPECTED_CELL = "CELL-DEMO-034"


@pytest.fixture
def begun(site):
	"""An inspection that is in progress, with criteria that only the inspector can score."""
	row = site.row("Inspection", {"workflow_state": "In Progress", "lead": people.INSPECTOR}, "name cell")
	return row | site.row("Secretary Term", {"cell": row["cell"], "status": "Open"}, "user")


def test_a_cell_is_inspected(opens, site, begun):
	before = site.doc("Inspection", begun["name"])
	phone = opens(people.INSPECTOR, "phone")
	people.open_desk(phone, f"/app/inspection/{begun['name']}")
	open_rows = [row for row in before["scores"] if not row["scored"]]
	assert open_rows
	for row in open_rows[:-1]:
		phone.locator(f"[data-row='{row['name']}'] [data-full]").click()
	last = phone.locator(f"[data-row='{open_rows[-1]['name']}']")
	last.get_by_label("Điểm chấm").fill("1,5")
	last.get_by_label("Ghi chú").fill("Ghi chép còn sơ sài")
	expect(phone.locator(".pc-saved")).to_contain_text("Đã lưu lúc")
	stored = site.doc("Inspection", begun["name"])
	assert [row["score"] for row in stored["scores"] if row["name"] == open_rows[-1]["name"]] == [1.5]
	points = sum(row["score"] for row in stored["scores"])
	assert stored["points"] == pytest.approx(points)
	expect(phone.locator(".pc-standing b").first).to_have_text(f"{points:g}".replace(".", ","))

	act(phone, "Gửi chi bộ")
	assert site.doc("Inspection", begun["name"])["workflow_state"] == "With Cell"

	secretary = opens(begun["user"], "phone")
	secretary.on("dialog", lambda dialog: dialog.accept())
	secretary.goto("/my-cell")
	card = secretary.locator(".card.urgent", has_text="Kết quả kiểm tra")
	card.get_by_role("button", name="Xem và trả lời").click()
	expect(secretary.locator("main")).to_contain_text("1,5 trên")
	secretary.get_by_label("Ý kiến của chi bộ", exact=True).fill("Chi bộ tiếp thu, khắc phục trong tháng.")
	secretary.get_by_role("button", name="Chi bộ nhất trí").click()
	expect(secretary.get_by_role("status")).to_contain_text("Đã gửi")
	answered = site.doc("Inspection", begun["name"])
	assert (answered["cell_answer"], answered["answered_by"]) == ("Agrees", begun["user"])

	officer = opens(people.OFFICER, "desk")
	people.open_desk(officer, f"/app/inspection/{begun['name']}")
	act(officer, "Kết luận")
	done = site.doc("Inspection", begun["name"])
	assert (done["workflow_state"], done["docstatus"]) == ("Concluded", 1)
	assert done["points"] == pytest.approx(points) and done["rating"]
	assert len(done["digest"]) == 64 and done["minutes_number"] > 0
	assert done["cell_opinion"] == "Chi bộ tiếp thu, khắc phục trong tháng."


@pytest.fixture
def sent(site):
	"""An inspection that waits for the answer of its cell, which has a secretary."""
	row = site.row(
		"Inspection",
		{"workflow_state": "With Cell", "lead": people.INSPECTOR, "answered_on": ["is", "not set"]}
		# whose page is photographed
		| {"cell": ["!=", INSPECTED_CELL]},
		"name cell",
	)
	return row | site.row("Secretary Term", {"cell": row["cell"], "status": "Open"}, "user")


def test_a_cell_objects_and_what_becomes_of_it_goes_back_to_it(opens, site, sent):
	row = site.doc("Inspection", sent["name"])["scores"][-1]
	secretary = opens(sent["user"], "phone")
	secretary.on("dialog", lambda dialog: dialog.accept())
	secretary.goto("/my-cell#inspection")
	card = secretary.locator(".card", has=secretary.get_by_role("button", name="Chi bộ có ý kiến khác"))
	line = card.locator("li", has_text=row["title"])
	card.get_by_role("button", name="Chi bộ có ý kiến khác").click()
	expect(card.get_by_role("alert")).to_contain_text("Hãy ghi ý kiến khác")
	line.get_by_text("Có ý kiến khác về điểm này").click()
	line.locator("textarea").fill("Đã khắc phục trong tháng")
	card.get_by_role("button", name="Chi bộ có ý kiến khác").click()
	expect(secretary.get_by_role("status")).to_contain_text("Đã gửi")
	assert site.doc("Inspection", sent["name"])["cell_answer"] == "Objects"

	lead = opens(people.INSPECTOR, "desk")
	people.open_desk(lead, f"/app/inspection/{sent['name']}")
	lead.get_by_role("button", name="Trả lại đoàn kiểm tra").click()
	lead.locator(".modal.show textarea").fill("Xem lại theo ý kiến chi bộ")
	lead.locator(".modal.show .btn-modal-primary").click()
	score = lead.locator(f"[data-row='{row['name']}']")
	score.get_by_label("Điểm chấm").fill("99")
	expect(score.get_by_role("alert")).to_contain_text("Hãy chấm từ 0 đến")
	score.locator("[data-full]").click()
	# The score is not the one that the records propose, where they propose one.
	if score.get_by_label("Vì sao chấm khác gợi ý?").is_visible():
		score.get_by_label("Vì sao chấm khác gợi ý?").fill("Đã xem hồ sơ")
	expect(lead.locator(".pc-saved")).to_contain_text("Đã lưu lúc")
	act(lead, "Gửi chi bộ", refused="chi bộ có ý kiến")
	score.get_by_label("Kết quả xem xét ý kiến?").fill("Chấm đủ điểm")
	act(lead, "Gửi chi bộ")
	stored = site.doc("Inspection", sent["name"])
	assert stored["workflow_state"] == "With Cell" and not stored["cell_answer"]
	assert stored["scores"][-1]["objection_reply"] == "Chấm đủ điểm"

	secretary.reload()
	expect(line).to_contain_text("Kết quả xem xét: Chấm đủ điểm")
	card.get_by_role("button", name="Chi bộ nhất trí").click()
	expect(secretary.get_by_role("status")).to_contain_text("Đã gửi")
	assert site.doc("Inspection", sent["name"])["cell_answer"] == "Agrees"


def test_a_finding_is_saved_in_a_form_that_the_browser_had_opened_before(opens, site):
	"""The form comes from the browser's store then, and its tables were drawn before their fields were known."""
	row = site.row(
		"Inspection", {"workflow_state": "In Progress", "lead": people.INSPECTOR}, order_by="name desc"
	)
	before = len(site.doc("Inspection", row["name"])["findings"])
	phone = opens(people.INSPECTOR, "phone")
	for _again in range(2):
		people.open_desk(phone, f"/app/inspection/{row['name']}")
	phone.get_by_role("button", name="Thêm ảnh, tệp").click()
	phone.locator(".modal.show input[type=file]").first.set_input_files(people.photograph())
	expect(phone.locator(".modal.show")).to_contain_text("IMG_0001.jpg")
	expect(phone.locator(".modal.show .btn-modal-secondary:visible")).to_have_count(0)
	phone.locator(".modal.show .btn-modal-close:visible").click()
	expect(phone.locator(".modal.show")).to_have_count(0)
	phone.get_by_role("button", name="Thêm nhận xét").click()
	dialog = phone.locator(".modal.show")
	dialog.locator("[data-fieldname=kind] select").select_option("Strength")
	# The dialog draws itself anew after a choice, sooner than a hand writes.
	phone.wait_for_timeout(500)
	dialog.locator("[data-fieldname=text] textarea").fill("Tài liệu sắp xếp đúng ngăn")
	dialog.locator(".btn-modal-primary").click()
	expect(dialog).to_have_count(0)
	people.settle(phone)
	findings = site.doc("Inspection", row["name"])["findings"]
	assert len(findings) == before + 1 and findings[-1]["text"] == "Tài liệu sắp xếp đúng ngăn"


def act(page, label: str, refused: str = "") -> None:
	"""A button of the form, on the phone behind its menu, and Yes; what is ``refused`` is said and closed."""
	button = page.locator(".page-actions button:visible", has_text=re.compile(rf"^\s*{label}\s*$"))
	if not button.count():
		page.locator(".menu-btn-group:visible > button, .actions-btn-group:visible > button").first.click()
		button = page.locator(".dropdown-menu.show a:visible", has_text=label).first
	button.first.click()
	dialog = page.locator(".modal.show")
	dialog.locator(".btn-modal-primary:visible").click()
	if refused:
		expect(page.locator(".modal.show .modal-body", has_text=refused)).to_be_visible()
		page.locator(".modal.show .btn-modal-close:visible").click()
	expect(dialog).to_have_count(0)
	people.settle(page)
