"""The main pages, a line each: looked at by axe, and photographed for docs/screenshots.

To add one: its name (also the picture's), who opens it, its address. ``{name}`` in the address is filled
with the first record that ``record`` finds. Pictures of the phone's page at 1280 px are named ``…-wide``, those
of the desk at 390 px ``…-phone``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.browser.people import INSPECTOR, MANAGER, OFFICER, photograph

BOTH = (1280, 390)
SECRETARY = "bithu.003@ayunpa.example"
GIVER = "bithu.009@ayunpa.example"
RECEIVER = "kenhiem.017@ayunpa.example"
INSPECTED = "bithu.034@ayunpa.example"


@dataclass(frozen=True)
class Page:
	"""One page. ``user`` None: a guest. ``widths``: of its pictures. ``ready``: what is seen when it is drawn."""

	name: str
	user: str | None
	path: str
	record: tuple[str, dict] | None = None
	widths: tuple[int, ...] = BOTH
	ready: str = ""
	act: Callable | None = None
	"""What is done on the page first."""
	picture_only: bool = False
	"""Whether it is only opened for its picture: one page of its kind is looked at by axe in each run."""

	@property
	def on_desk(self) -> bool:
		"""Whether Frappe's desk is around it."""
		return self.path.startswith("/app")

	def picture(self, width: int) -> str:
		"""The name of its picture at a width."""
		if self.on_desk:
			return self.name + ("-phone" if width < 600 else "")
		return self.name + ("" if width < 600 else "-wide")


def of_state(doctype: str, state: str) -> tuple[str, dict]:
	"""The first record of the demo in a state of its workflow."""
	return doctype, {"workflow_state": state}


def with_a_page(page) -> None:
	"""A paper was photographed and is not filed yet."""
	page.locator("li .button").first.click()
	page.locator("input[type=file]").first.set_input_files(photograph())
	page.wait_for_selector("img[src^=blob]")


def reports(*named: tuple[str, str]) -> list[Page]:
	"""Reports as the officer opens them, each by its name and address alone, without filters."""
	return [Page(name, OFFICER, path, widths=(1280,), picture_only=True) for name, path in named]


def to_what_will_happen(page) -> None:
	"""The preview lies below the cells concerned."""
	page.get_by_text("Những gì sẽ diễn ra", exact=True).first.evaluate(
		"(heading) => { heading.style.scrollMarginTop = '110px'; heading.scrollIntoView(); }"
	)


APPROVED = ("Handover", {"workflow_state": "Approved"})
ANSWERED_NEXT = ("Inspection", {"workflow_state": "With Cell", "cell": "CELL-DEMO-034"})
PLANNED_MEETING = (
	"Cell Meeting",
	{"cell": "CELL-DEMO-003", "status": "Planned", "planned_on": ["<", str(date.today() + timedelta(45))]},
)
CELL = ("Cell", {"name": "CELL-DEMO-017"})

PAGES = (
	Page("my-cell-today", SECRETARY, "/my-cell", ready=".card"),
	Page("my-cell-folder", SECRETARY, "/my-cell#folder", ready="details"),
	Page("my-cell-photo", SECRETARY, "/my-cell#folder", ready="details", act=with_a_page),
	Page("my-cell-directives", SECRETARY, "/my-cell#directives", ready="h1"),
	Page("my-cell-question", SECRETARY, "/my-cell#questions", ready="form"),
	Page("my-cell-give", GIVER, "/my-cell#handover", ready="canvas"),
	Page("my-cell-receive", RECEIVER, "/my-cell#handover", ready="canvas"),
	Page("my-cell-inspection", INSPECTED, "/my-cell#inspection", ready="h1"),
	Page("verify", None, "/handover/verify/{digest}", APPROVED, ready="h1, h2"),
	Page("label", SECRETARY, "/folder-item/{name}", ("Folder Item", {"cell": "CELL-DEMO-003", "code": "C1"})),
	Page("workspace", OFFICER, "/app/partycell"),
	Page("officer-home", OFFICER, "/app/committee-work"),
	Page("secretary-home", SECRETARY, "/app/my-cell", widths=(1280,)),
	Page("inspector-home", INSPECTOR, "/app/my-inspections", widths=(1280,)),
	Page("cells", OFFICER, "/app/cell"),
	Page("cell", OFFICER, "/app/cell/{name}", CELL),
	Page("handover-draft", GIVER, "/app/handover/{name}", of_state("Handover", "Draft")),
	Page("handover-received", OFFICER, "/app/handover/{name}", of_state("Handover", "Received")),
	Page("handover-contested", OFFICER, "/app/handover/{name}", of_state("Handover", "Contested"), (1280,)),
	Page("handover-approved", OFFICER, "/app/handover/{name}", APPROVED),
	Page("handover-withdrawn", OFFICER, "/app/handover/{name}", of_state("Handover", "Withdrawn"), (1280,)),
	Page("handover-annulled", MANAGER, "/app/handover/{name}", of_state("Handover", "Annulled"), (1280,)),
	Page("directive", OFFICER, "/app/directive/{name}", ("Directive", {"docstatus": 1})),
	Page("question", OFFICER, "/app/handbook-note/{name}", of_state("Handbook Note", "Escalated")),
	Page("inspection-checklist", INSPECTOR, "/app/inspection/{name}", of_state("Inspection", "In Progress")),
	Page(
		"inspection-answer",
		INSPECTED,
		"/app/inspection/{name}",
		ANSWERED_NEXT,
		(1280,),
	),
	Page("note", OFFICER, "/app/handbook-note/{name}", ("Handbook Note", {"note_type": "Note"}), (1280,)),
	Page("meeting", SECRETARY, "/app/cell-meeting/{name}", PLANNED_MEETING, (1280,)),
	Page(
		"reorganisation-preview",
		OFFICER,
		"/app/reorganisation/{name}",
		("Reorganisation", {"docstatus": 0}),
		(1280,),
		act=to_what_will_happen,
	),
	Page("setup", MANAGER, "/app/partycell-setup", ready=".officer-line"),
	Page(
		"inspection-concluded",
		OFFICER,
		"/app/inspection/{name}",
		of_state("Inspection", "Concluded"),
		(1280,),
	),
	Page("report-cell-record", SECRETARY, "/app/query-report/Cell Record", widths=(1280,)),
	*reports(
		("report-inspection-coverage", "/app/query-report/Inspection Coverage"),
		("report-criterion-analysis", "/app/query-report/Criterion Analysis"),
		("report-heat-table", "/app/query-report/Criteria by Committee"),
		("report-action-ageing", "/app/query-report/Corrective Action Ageing"),
		("report-monthly-summary", "/app/query-report/Monthly Summary"),
		("report-inspections-by-rating", "/app/inspection/view/report/Inspections by Rating"),
		("report-inspections-by-committee", "/app/inspection/view/report/Inspections by Committee"),
		("report-inspections-by-period", "/app/inspection/view/report/Inspections by Period"),
		("report-open-actions", "/app/corrective-action/view/report/Open Corrective Actions"),
	),
)

PAPERS = {
	"inspection-blank-checklist": ("checklist", "Planned"),
	"inspection-minutes": ("minutes", "Concluded"),
	"inspection-notice": ("notice", "Concluded"),
}
"""Papers of an inspection: the name of the picture of its first page, the paper, and the state it is printed in."""
