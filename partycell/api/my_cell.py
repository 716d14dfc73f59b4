"""What the secretary's page on the phone calls. Each act has a key of the phone's, and is carried out once.

The acts are the desk's own; what may be done is decided there.
"""

import json

import frappe
from frappe import _
from frappe.utils import escape_html

from partycell.api import handbook as handbook_api
from partycell.api import handovers, inspections
from partycell.directives import acknowledgement
from partycell.errors import PhotographError, say
from partycell.my_cell import contents, photographs, sent_once
from partycell.refusal import Refusal
from partycell.rules import handbook, names


@frappe.whitelist()
def everything(cell: str | None = None) -> dict:
	"""What the page shows (see ``contents.of``), with the token that its acts are sent with."""
	# A new session's token is written: on SQLite that fails if another wrote since this request's first reading.
	token = frappe.sessions.get_csrf_token()
	return {**contents.of(frappe.session.user, cell), "csrf_token": token}


@frappe.whitelist(methods=["POST"])
def file_pages(key: str, item: str) -> dict:
	"""Files photographs under a document of the folder, as one PDF; a PDF that was chosen is filed as it is.

	The pages come as files named ``page``, in their order. Returns ``{file_name, pages}``.
	"""
	return sent_once.once(key, f"file {item}", lambda: _file(item))


@frappe.whitelist(methods=["POST"])
def acknowledge(key: str, directives: str | list, remark: str | None = None) -> dict:
	"""The secretary takes note of these directives. Returns ``{recorded, left}``."""
	given = json.loads(directives) if isinstance(directives, str) else directives
	return sent_once.once(key, "acknowledge", lambda: acknowledgement.acknowledge(given, remark))


@frappe.whitelist(methods=["POST"])
def ask(key: str, cell: str, title: str, body: str) -> dict:
	"""Asks the upper level. ``body`` is plain text. Returns ``{name}`` of the question."""
	return sent_once.once(key, "ask", lambda: _ask(cell, title, body))


@frappe.whitelist(methods=["POST"])
def answer(key: str, inspection: str, agrees: str, opinion: str = "", objections: str | dict = "{}") -> dict:
	"""The cell answers an inspection: ``agrees`` is "1", or "0" with ``objections`` as ``{score row: reason}``."""
	return sent_once.once(
		key,
		f"answer {inspection}",
		lambda: inspections.answer(inspection, agrees == "1", opinion, objections),
	)


@frappe.whitelist(methods=["POST"])
def deliver(key: str, handover: str, signature: str) -> dict:
	"""The giver signs and delivers."""
	return sent_once.once(key, f"deliver {handover}", lambda: handovers.deliver(handover, signature))


@frappe.whitelist(methods=["POST"])
def receive(key: str, handover: str, marks: str | dict, signature: str) -> dict:
	"""The receiver marks every document and signs, in one act; ``marks`` as ``api.handovers.mark`` takes them."""

	def mark_and_sign() -> dict:
		handovers.mark(handover, marks)
		return handovers.receive(handover, signature)

	return sent_once.once(key, f"receive {handover}", mark_and_sign)


def _file(item: str) -> dict:
	doc = frappe.get_doc("Folder Item", item)
	doc.check_permission("write")
	pages = [page.stream.read() for page in frappe.request.files.getlist("page")]
	whole = len(pages) == 1 and pages[0].startswith(b"%PDF-")
	try:
		content = pages[0] if whole else photographs.joined(pages)
	except Refusal as refusal:
		frappe.throw(say(refusal.problem), PhotographError)
	title = " ".join(filter(None, (doc.code, doc.title, doc.period_label)))
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": names.safe(f"{title}.pdf"),
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"is_private": 1,
			"content": content,
		}
	).insert()
	return {"file_name": file.file_name, "pages": len(pages)}


def _ask(cell: str, title: str, body: str) -> dict:
	paragraphs = [line.strip() for line in (body or "").splitlines() if line.strip()]
	if not paragraphs:
		frappe.throw(_("Write the question first."), frappe.MandatoryError)
	note = frappe.new_doc("Handbook Note").update(
		{
			"note_type": handbook.QUESTION,
			"cell": cell,
			"title": title,
			"body": "".join(f"<p>{escape_html(line)}</p>" for line in paragraphs),
		}
	)
	name = note.insert().name
	handbook_api.act(name, handbook.ASKED)
	return {"name": name}
