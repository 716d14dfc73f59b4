"""The main pages, a line each: looked at by axe, and photographed for docs/screenshots.

To add one: its name (also the picture's), who opens it, its address. ``{name}`` in the address is filled
with the first record that ``record`` finds.
"""

from dataclasses import dataclass

from tests.browser.people import INSPECTOR, MANAGER, OFFICER

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

	@property
	def on_desk(self) -> bool:
		"""Whether Frappe's desk is around it."""
		return self.path.startswith("/app")


def of_state(doctype: str, state: str) -> tuple[str, dict]:
	"""The first record of the demo in a state of its workflow."""
	return doctype, {"workflow_state": state}


APPROVED = ("Handover", {"workflow_state": "Approved"})
CELL = ("Cell", {"name": "CELL-DEMO-017"})

PAGES = (
	Page("my-cell-today", SECRETARY, "/my-cell", ready=".card"),
	Page("my-cell-folder", SECRETARY, "/my-cell#folder", ready="details"),
	Page("my-cell-directives", SECRETARY, "/my-cell#directives", ready="h1"),
	Page("my-cell-questions", SECRETARY, "/my-cell#questions", ready="form"),
	Page("my-cell-deliver", GIVER, "/my-cell#handover", ready="canvas"),
	Page("my-cell-receive", RECEIVER, "/my-cell#handover", ready="canvas"),
	Page("my-cell-inspection", INSPECTED, "/my-cell#inspection", ready="h1"),
	Page("verify", None, "/handover/verify/{digest}", APPROVED, ready="h1, h2"),
	Page("label", SECRETARY, "/folder-item/{name}", ("Folder Item", {"cell": "CELL-DEMO-003", "code": "C1"})),
	Page("workspace", OFFICER, "/app/partycell"),
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
	Page("inspection", INSPECTOR, "/app/inspection/{name}", of_state("Inspection", "In Progress")),
	Page(
		"inspection-concluded",
		OFFICER,
		"/app/inspection/{name}",
		of_state("Inspection", "Concluded"),
		(1280,),
	),
)
