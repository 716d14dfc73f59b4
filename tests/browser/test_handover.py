"""A folder changes hands: delivered on the desk, received by finger on the phone, approved on the desk."""

import pytest
from playwright.sync_api import expect

from tests.browser import people


@pytest.fixture
def office(site):
	"""A cell nobody hands over just now, its secretary, and who comes next."""
	busy = {row["cell"] for row in site.rows("Handover", {"docstatus": ["<", 2]}, "cell")}
	for term in site.rows(
		"Secretary Term", {"status": "Open", "cell": ["like", "CELL-DEMO-1%"]}, "name cell user", "cell asc"
	):
		if term["cell"] not in busy:
			break
	else:
		pytest.fail("no cell of the demo is free for a handover: use a fresh one")
	receiver = site.row(
		"Handover", {"workflow_state": ["in", ["Annulled", "Withdrawn"]]}, "receiver receiver_name"
	)
	return term | receiver


def test_the_folder_changes_hands(opens, site, office):
	giver = opens(office["user"], "desk")
	people.open_desk(giver, "/app/handover/new")
	receiver = giver.locator("[data-fieldname=receiver] input:visible").first
	receiver.click()
	receiver.press_sequentially(office["receiver"].split("@")[0], delay=20)
	giver.get_by_role("option", name=office["receiver"]).click()
	reason = giver.locator("select[data-fieldname=reason]:visible")
	if reason.count():
		reason.select_option("Congress")
	people.settle(giver)
	giver.locator("button.primary-action:visible").click()
	giver.wait_for_url("**/app/handover/HO-*")
	people.settle(giver)
	name = giver.url.rsplit("/", 1)[1].split("#")[0]
	draft = site.doc("Handover", name)
	assert (draft["workflow_state"], draft["giver"], draft["receiver"]) == (
		"Draft",
		office["user"],
		office["receiver"],
	)
	held = draft["count_total"]
	assert held == len(draft["items"]) > 10

	giver.get_by_role("button", name="Ký và bàn giao").first.click()
	dialog = giver.locator(".modal.show")
	people.sign(dialog.locator("canvas"))
	dialog.get_by_role("button", name="Ký và bàn giao").click()
	expect(dialog).to_have_count(0)
	people.settle(giver)
	delivered = site.doc("Handover", name)
	assert delivered["workflow_state"] == "Delivered"
	# What the folder itself calls missing or damaged is marked so already.
	unmarked = [at for at, row in enumerate(delivered["items"]) if not row["received_state"]]
	gone, torn = unmarked[:2]
	known = [row["received_state"] for row in delivered["items"]]

	phone = opens(office["receiver"], "phone")
	phone.on("dialog", lambda dialog: dialog.accept())
	phone.goto("/my-cell")
	phone.locator(".card.urgent").get_by_role("button").first.click()
	card = phone.locator("section.card", has_text=draft["title"])
	lines = card.locator("li")
	expect(lines).to_have_count(held)
	lines.nth(gone).get_by_role("button", name="Thiếu").click()
	lines.nth(gone).get_by_placeholder("Có gì không đúng?").fill("Không thấy trong cặp")
	lines.nth(torn).get_by_role("button", name="Hư hỏng").click()
	card.get_by_role("button", name="Ký và nhận").click()
	expect(card.get_by_role("alert")).to_have_text(f"Còn {len(unmarked) - 2} tài liệu chưa đánh dấu.")
	card.get_by_role("button", name="Còn lại đều có đủ").click()
	card.get_by_role("button", name="Ký và nhận").click()
	expect(card.get_by_role("alert")).to_contain_text("Hãy ghi chú tình trạng cụ thể")
	lines.nth(torn).get_by_placeholder("Có gì không đúng?").fill("Rách trang đầu")
	people.sign(card.get_by_role("img", name="Ký vào đây bằng ngón tay"))
	card.get_by_role("button", name="Ký và nhận").click()
	expect(phone.get_by_role("status")).to_contain_text("Đã gửi")
	received = site.doc("Handover", name)
	assert received["workflow_state"] == "Received"
	assert received["receiver_signature"].startswith("data:image/png")
	expected = [state or "Present" for state in known]
	expected[gone], expected[torn] = "Missing", "Damaged"
	assert [row["received_state"] for row in received["items"]] == expected
	assert received["items"][gone]["received_remark"] == "Không thấy trong cặp"

	officer = opens(people.OFFICER, "desk")
	people.open_desk(officer, f"/app/handover/{name}")
	officer.get_by_role("button", name="Phê duyệt").first.click()
	dialog = officer.locator(".modal.show")
	dialog.get_by_role("button", name="Phê duyệt").click()
	expect(dialog).to_have_count(0)
	people.settle(officer)

	approved = site.doc("Handover", name)
	assert (approved["workflow_state"], approved["docstatus"]) == ("Approved", 1)
	assert len(approved["digest"]) == 64 and approved["minutes_number"] > 0
	terms = site.rows(
		"Secretary Term", {"cell": office["cell"]}, "name user status", "from_date asc, creation asc"
	)
	assert [(term["user"], term["status"]) for term in terms[-2:]] == [
		(office["user"], "Closed"),
		(office["receiver"], "Open"),
	]
	actions = site.rows("Corrective Action", {"handover": name}, "workflow_state")
	wrong = sum(state != "Present" for state in expected)
	assert [action["workflow_state"] for action in actions] == ["Open"] * wrong
	assert site.doc("Folder Item", received["items"][gone]["folder_item"])["state"] == "Missing"
