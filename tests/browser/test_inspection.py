"""A checklist on the phone in the village, the cell's answer, the conclusion on the desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import people


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


def act(page, label: str) -> None:
	"""A button of the form, on the phone behind its menu, and Yes."""
	button = page.locator(".page-actions button:visible", has_text=re.compile(rf"^\s*{label}\s*$"))
	if not button.count():
		page.locator(".menu-btn-group:visible > button, .actions-btn-group:visible > button").first.click()
		button = page.locator(".dropdown-menu.show a:visible", has_text=label).first
	button.first.click()
	dialog = page.locator(".modal.show")
	dialog.locator(".btn-modal-primary:visible").click()
	expect(dialog).to_have_count(0)
	people.settle(page)
