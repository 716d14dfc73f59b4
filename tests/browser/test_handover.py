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
	assert site.doc("Handover", name)["workflow_state"] == "Delivered"

	phone = opens(office["receiver"], "phone")
	phone.on("dialog", lambda dialog: dialog.accept())
	phone.goto("/my-cell")
	phone.locator(".card.urgent").get_by_role("button").first.click()
	lines = phone.locator(".card", has_text=office["receiver_name"]).locator("li")
	expect(lines).to_have_count(held)
	lines.nth(0).get_by_role("button", name="Thiếu").click()
	lines.nth(0).get_by_placeholder("Có gì không đúng?").fill("Không thấy trong cặp")
	lines.nth(1).get_by_role("button", name="Hư hỏng").click()
	phone.get_by_role("button", name="Ký và nhận").click()
	expect(phone.get_by_role("alert").last).to_have_text(f"Còn {held - 2} tài liệu chưa đánh dấu.")
	phone.get_by_role("button", name="Còn lại đều có đủ").click()
	people.sign(phone.get_by_role("img", name="Ký vào đây bằng ngón tay"))
	phone.get_by_role("button", name="Ký và nhận").click()
	expect(phone.get_by_role("status")).to_contain_text("Đã gửi")
	received = site.doc("Handover", name)
	assert received["workflow_state"] == "Received"
	assert received["receiver_signature"].startswith("data:image/png")
	assert [row["received_state"] for row in received["items"][:3]] == ["Missing", "Damaged", "Present"]
	assert received["items"][0]["received_remark"] == "Không thấy trong cặp"

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
	assert [action["workflow_state"] for action in actions] == ["Open", "Open"]
	missing = site.doc("Folder Item", received["items"][0]["folder_item"])
	assert missing["state"] == "Missing"
