"""A secretary asks on the phone, an officer of the committee above answers on the desk."""

from playwright.sync_api import expect

from tests.browser import people

TITLE = "Đảng viên đi học xa nộp đảng phí ở đâu"
BODY = "Chi bộ có một đảng viên đi học sáu tháng.\nĐảng phí nộp ở chi bộ nào?"
ANSWER = "Nộp tại chi bộ nơi sinh hoạt tạm thời."


def test_a_question_is_asked_answered_and_read(opens, site):
	term = site.row("Secretary Term", {"status": "Open", "cell": ["like", "CELL-DEMO-02%"]}, "user cell")
	mine = {"cell": term["cell"], "title": TITLE}
	before = site.count("Handbook Note", mine)
	phone = opens(term["user"], "phone")
	phone.goto("/my-cell#questions")
	phone.get_by_label("Tóm tắt câu hỏi").fill(TITLE)
	phone.get_by_label("Nội dung câu hỏi").fill(BODY)
	phone.get_by_role("button", name="Gửi hỏi").click()
	expect(phone.get_by_role("status")).to_contain_text(f"Đã gửi: {TITLE}")

	assert site.count("Handbook Note", mine) == before + 1
	asked = site.row("Handbook Note", mine, "name", "creation desc")
	note = site.doc("Handbook Note", asked["name"])
	assert (note["note_type"], note["workflow_state"], note["owner"]) == ("Question", "Asked", term["user"])
	assert "<p>Đảng phí nộp ở chi bộ nào?</p>" in note["body"]

	committee = site.doc("Party Committee", note["committee"])
	officer = next(row["user"] for row in committee["users"] if row["function"] == "Officer")
	desk = opens(officer, "desk")
	people.open_desk(desk, f"/app/handbook-note/{note['name']}")
	desk.get_by_role("button", name="Trả lời").click()
	dialog = desk.locator(".modal.show")
	dialog.locator(".ql-editor[contenteditable=true]").fill(ANSWER)
	dialog.get_by_role("button", name="Trả lời").click()
	expect(dialog).to_have_count(0)
	people.settle(desk)
	note = site.doc("Handbook Note", note["name"])
	assert note["workflow_state"] == "Answered"
	assert ANSWER in note["answer"]

	phone.goto("/my-cell#today")
	phone.reload()
	phone.locator(".card.news", has_text=TITLE).get_by_role("button").first.click()
	expect(phone.locator(".card.news", has_text=TITLE).first).to_contain_text(ANSWER)
