"""A secretary photographs a paper into its slot, while the connection comes and goes."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import people

YESTERDAY = (date.today() - timedelta(days=1)).isoformat()


@pytest.fixture
def slot(site):
	"""A document that is missing from the folder of a cell with a secretary in office."""
	row = site.row(
		"Folder Item",
		{"state": "Expected", "required": 1, "classified": 0, "file_count": 0, "due_on": ["<", YESTERDAY]}
		| {"cell": ["like", "CELL-DEMO-0%"], "code": ["in", ["C1", "C3", "C7"]]},
		"name code title cell period_label",
		"cell asc, due_on asc",
	)
	return row | {"user": site.row("Secretary Term", {"cell": row["cell"], "status": "Open"}, "user")["user"]}


def choose(page, slot):
	"""From the first screen to the panel that takes the pages of this document."""
	page.goto("/my-cell")
	page.get_by_role("link", name="Cặp tài liệu").click()
	line = page.locator("li", has_text=slot["title"]).filter(has_text=slot["period_label"]).first
	line.get_by_role("button").click()
	return line


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_a_paper_is_filed_once_though_the_connection_is_cut(opens, site, slot, device):
	page = opens(slot["user"], device)
	page.goto("/my-cell")
	page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
	line = choose(page, slot)
	field = page.locator("input[type=file]").last
	field.set_input_files([people.photograph(), people.photograph()])
	expect(page.get_by_alt_text("Trang 2")).to_be_visible()

	page.context.set_offline(True)
	page.get_by_role("button", name="Lưu vào cặp").click()
	expect(line).to_contain_text("đang chờ gửi")
	assert site.count("File", {"attached_to_name": slot["name"]}) == 0
	# Closed and opened again without a connection, the page and what waits are still there.
	page.reload()
	said = page.get_by_role("status")
	expect(said).to_contain_text("Mất mạng")
	expect(said).to_contain_text("1 mục đang chờ gửi")

	sent = []

	def lose_the_answer(route):
		"""The site carries it out, and the phone never hears of it."""
		sent.append(route.request.post_data_buffer)
		if len(sent) == 1:
			route.fetch()
			route.abort("connectionreset")
		else:
			route.continue_()

	page.route("**/api/method/partycell.api.my_cell.file_pages", lose_the_answer)
	page.context.set_offline(False)
	expect(said).to_contain_text("Đã gửi")

	assert len(sent) >= 2, "sent, cut off, and sent again"
	files = site.rows("File", {"attached_to_name": slot["name"]}, "file_name is_private file_size")
	assert len(files) == 1
	assert files[0]["is_private"] == 1 and files[0]["file_name"].endswith(".pdf")
	assert 10_000 < files[0]["file_size"] < 1_000_000
	stored = site.doc("Folder Item", slot["name"])
	assert (stored["state"], stored["file_count"]) == ("Present", 1)
