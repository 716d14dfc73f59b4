"""A handover as its people carry it out: each act by the desk's own function, as its own user."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, format_date, getdate, today

from partycell.api import handovers
from partycell.rules import handover as rules
from partycell.setup.demo import drawing, people, plan
from partycell.setup.demo.people import acting


@dataclass
class Acts:
	"""The handover of one cell, and who takes part in it, by login.

	officer: who approves; where the upper level acts for the giver, the giver's part is the officer's too
	"""

	cell: plan.Cell
	giver: str
	receiver: str
	officer: str
	story: dict
	name: str = ""

	def begin(self) -> None:
		"""The giver, or the officer who acts for the giver, opens it."""
		words, day = plan.read("handovers")["words"], getdate(today())
		committee = frappe.db.get_value("Party Committee", self.cell.committee, "committee_name")
		with acting(self._gives()):
			doc = frappe.new_doc("Handover")
			doc.update(
				{
					"cell": self.cell.docname,
					"reason": self.story["reason"],
					"reason_detail": self.story["reason_detail"],
					"venue": self.story["venue"],
					"receiver": self.receiver,
					"basis": words["basis"].format(
						number=20 + self.cell.number,
						day=format_date(add_days(day, -7), "dd/MM/yyyy"),
						committee=committee,
					),
					"witness": full_name(self.officer),
					"dues": words["dues"].format(month=format_date(day, "MM/yyyy")),
					"assets": words["assets"].format(folder=self.cell.folder_number),
					"giver_commitment": words["giver"],
				}
			)
			if self.story.get("on_behalf"):
				doc.on_behalf, doc.acting_reason = 1, self.story["on_behalf"]
			self.name = doc.insert().name

	def deliver(self) -> None:
		"""The giver signs."""
		user = self._gives()
		self._as(user, handovers.deliver, signature(user))

	def mark(self) -> None:
		"""The receiver marks what the story names, and says of what came damaged that it did."""
		words = plan.read("handovers")["words"]
		with acting(self.receiver):
			lines = frappe.get_doc("Handover", self.name).items
		marks = {
			row.name: {"state": row.delivered_state, "remark": row.remark or words["damaged"]}
			for row in lines
			if row.delivered_state == "Damaged"
		}
		for row, mark in self._rows():
			marks[row.name] = {"state": mark["state"], "remark": mark["remark"]}
		self._as(self.receiver, handovers.mark, marks)

	def receive(self) -> None:
		"""The receiver marks the rest present, writes his commitment and signs."""
		self._as(self.receiver, handovers.mark_rest_present)
		self._write(self.receiver, receiver_commitment=plan.read("handovers")["words"]["receiver"])
		self._as(self.receiver, handovers.receive, signature(self.receiver))

	def contest(self) -> None:
		"""The receiver sends it back, naming what is disputed."""
		codes = self.story["disputed"]
		rows = [row.name for row, _mark in self._rows([{"code": code} for code in codes])]
		self._as(self.receiver, handovers.contest, self.story["contest"], rows)

	def withdraw(self) -> None:
		"""The giver takes it back."""
		self._as(self._gives(), handovers.withdraw, self.story["withdraw"])

	def approve(self) -> None:
		"""The officer says how to put right what is wrong, signs and approves."""
		with acting(self.officer):
			doc, words = frappe.get_doc("Handover", self.name), plan.read("handovers")["words"]
			doc.witness_commitment = words["witness"]
			told = {mark["remark"]: mark.get("remedy") for mark in self.story.get("marks", ())}
			for row in doc.items:
				row.remedy = told.get(row.received_remark) or words["remedies"].get(row.received_state)
			doc.save()
		self._as(self.officer, handovers.approve, signature(self.officer))

	def annul(self) -> None:
		"""The manager takes it back."""
		self._as(plan.MANAGER, handovers.annul, self.story["annul"])

	def carry_to(self, state: str) -> None:
		"""From the beginning to a state, by every act on the way."""
		for act in WAY[state]:
			getattr(self, act)()

	def _gives(self) -> str:
		return self.officer if self.story.get("on_behalf") else self.giver

	def _as(self, user: str, act, *arguments) -> None:
		with acting(user):
			act(self.name, *arguments)

	def _write(self, user: str, **values) -> None:
		with acting(user):
			doc = frappe.get_doc("Handover", self.name)
			doc.update(values)
			doc.save()

	def _rows(self, marks: list[dict] | None = None) -> list[tuple]:
		"""The story's marks, each with the line that it is about.

		That is the last line of its code delivered as present, or else the last such line of the folder.
		"""
		with acting(self.receiver):
			lines = frappe.get_doc("Handover", self.name).items
		free = [row for row in lines if row.delivered_state == "Present"]
		found = []
		for mark in self.story.get("marks", ()) if marks is None else marks:
			of_code = [row for row in free if row.code == mark["code"]]
			if row := next(reversed(of_code or free), None):
				found.append((row, mark))
				free.remove(row)
		return found


_RECEIVED = ("begin", "deliver", "mark", "receive")
WAY = {
	rules.DRAFT: ("begin",),
	rules.DELIVERED: ("begin", "deliver", "mark"),
	rules.RECEIVED: _RECEIVED,
	rules.CONTESTED: ("begin", "deliver", "contest"),
	rules.WITHDRAWN: ("begin", "deliver", "withdraw"),
	rules.APPROVED: (*_RECEIVED, "approve"),
	rules.ANNULLED: (*_RECEIVED, "approve", "annul"),
}


def of(demo: plan.Plan, cell: plan.Cell, story: dict, password: str) -> Acts:
	"""The acts of a cell's next handover. The successor's account is made; it has no role yet."""
	ordinal = 1 + frappe.db.count("Handover", {"cell": cell.docname})
	receiver = plan.successor(cell, ordinal)
	if not frappe.db.exists("User", receiver.login):
		people.add(receiver, password)
	giver = frappe.db.get_value("Secretary Term", {"cell": cell.docname, "status": "Open"}, "user")
	return Acts(cell, giver, receiver.login, demo.officer_of(cell).login, story)


def signature(user: str) -> str:
	"""How a user signs."""
	return drawing.signature(full_name(user))


def full_name(user: str) -> str:
	"""The name of an account."""
	return frappe.db.get_value("User", user, "full_name")
