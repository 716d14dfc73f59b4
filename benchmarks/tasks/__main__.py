"""The five main tasks with partycell and with plain Frappe, counted on one site: see docs/tasks-compared.md.

``make browser ARGS=benchmarks/tasks/test_compared.py`` makes the site. On a scratch site of your own with the
demo's data, which this changes:

  PARTYCELL_BROWSER_URL=http://127.0.0.1:8000 .cache/browser/bin/python -m benchmarks.tasks [photograph ask ...]

Frappe makes 60 accounts an hour and the demo has made more: `bench set-config -p throttle_user_limit 1000`.
CHROMIUM names the browser where it is not /usr/bin/chromium.
"""

import os
import sys
from datetime import date

from playwright.sync_api import expect, sync_playwright

from benchmarks.tasks import ours, plain, plain_site
from benchmarks.tasks.counting import Counted, Tally
from tests.browser import people
from tests.browser.site import DEMO_PASSWORD, Site

ADDRESS = os.environ.get("PARTYCELL_BROWSER_URL", "http://127.0.0.1:8000")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TASKS = {
	"photograph": "photograph and file a paper of two pages",
	"acknowledge": "acknowledge a directive",
	"ask": "ask a question, answer it, read the answer",
	"hand_over": "hand a folder over: give, receive, approve",
	"inspect": "inspect a cell: checklist, answer, conclusion",
}
WAYS = {"partycell": ours, "plain Frappe": plain}
WORDS = {
	"title": "Đảng viên đi học xa nộp đảng phí ở đâu",
	"body": "Chi bộ có một đảng viên đi học sáu tháng. Đảng phí nộp ở chi bộ nào?",
	"answer": "Nộp tại chi bộ nơi sinh hoạt tạm thời.",
	"missing": "không thấy trong cặp",
	"damaged": "rách trang đầu",
	"remark": "ghi chép còn sơ sài",
	"opinion": "Chi bộ tiếp thu, khắc phục trong tháng.",
	"conclusion": "Kết luận: đạt loại Khá.",
}
HEAD = "| task | with | people | clicks | fields | keys | pages | hands, s | site, s | together, s |"


def main() -> int:
	"""Do every task both ways and print the table."""
	chosen = [name for name in TASKS if name in sys.argv[1:]] or list(TASKS)
	site = Site(ADDRESS)
	plain_site.prepare(
		site, site.row("Handover", {"workflow_state": "Approved"}, "count_total")["count_total"]
	)
	versions = site.call("frappe.utils.change_log.get_versions")
	print(
		f"Frappe {versions['frappe']['version']}, partycell {versions['partycell']['version']}, {date.today():%d/%m/%Y}"
	)
	print(HEAD + "\n|---|---|" + "--:|" * 8)
	expect.set_options(timeout=60_000)
	sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", *sandbox])
		for task in chosen:
			for way, module in WAYS.items():
				print(line(TASKS[task], way, measure(browser, site, getattr(module, task))), flush=True)
		browser.close()
	print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
	return 0


def measure(browser, site: Site, task) -> Tally:
	"""One task with a browser that has seen each page once: people do it day by day."""
	tally, contexts, users = Tally(), [], {}

	def opens(user: str, device: str) -> Counted:
		if user not in users:
			context = browser.new_context(base_url=ADDRESS, **people.DEVICES[device], **people.WHERE)
			contexts.append(context)
			context.set_default_timeout(60_000)
			page = context.new_page()
			people.log_in(page, ADDRESS, user, DEMO_PASSWORD)
			page.goto("/my-cell" if device == "phone" and user.startswith(("bithu.", "kenhiem.")) else "/app")
			page.wait_for_load_state("networkidle")
			users[user] = Counted(page, tally, user)
		return users[user]

	try:
		task(opens, site, WORDS)
	finally:
		for context in contexts:
			context.close()
	return tally


def line(task: str, way: str, tally: Tally) -> str:
	"""A row of the table."""
	counts = (len(tally.people), tally.clicks, tally.fields, tally.keys, tally.pages)
	seconds = (f"{value:.0f}" for value in (tally.hands, tally.site, tally.seconds))
	return f"| {task} | {way} | " + " | ".join([*map(str, counts), *seconds]) + " |"


if __name__ == "__main__":
	sys.exit(main())
