"""The handover of a cell's folder without a site: inventory, record, minutes and sealed bag."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from partycell.dossier import bagging
from partycell.dossier.bagging import Content
from partycell.offline import folder as folders
from partycell.offline.folder import Folder
from partycell.offline.marks import Mark
from partycell.papers import pdf, qr
from partycell.refusal import Refusal
from partycell.rules import (
	bag,
	completeness,
	dossier,
	handover,
	minutes,
	names,
	reading,
	record,
	shelf,
	terms,
)
from partycell.rules.page import PageSetup
from partycell.rules.problems import _

BAG = "ban-giao-{code}-{day}"


@dataclass(frozen=True)
class Act:
	"""Who hands over to whom, why and when. ``officer``: who acts for the giver, with ``acting_reason``."""

	giver: str
	receiver: str
	reason: str
	at: datetime
	reason_detail: str = ""
	giver_position: str = ""
	giver_statement: str = ""
	receiver_statement: str = ""
	witness: str = ""
	witness_position: str = ""
	officer: str = ""
	acting_reason: str = ""
	venue: str = ""
	basis: tuple[str, ...] = ()
	dues: str = ""
	assets: str = ""
	number: int = 1
	open_matters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
	"""A handover that was written to the disk; ``counts`` are those of ``handover.count``."""

	bag: Path
	minutes: Path
	digest: str
	counts: dict[str, int] = field(default_factory=dict)


def lines(found: Folder, marks: dict[str, Mark]) -> list[handover.Line]:
	"""The inventory in the giver's and the receiver's words, unmarked where there is no mark."""
	made = []
	for one in found.belonging():
		delivered = shelf.state(one, found.copies(one))
		mark = marks.get(one.item)
		made.append(
			handover.Line(
				one.item,
				f"{one.code or ''} {one.title} {one.period_label}".strip(),
				delivered,
				mark.state if mark else handover.foreseen(delivered),
				mark.remark if mark else "",
			)
		)
	return made


def check(act: Act, inventory: list[handover.Line]) -> None:
	"""Refuses parties and marks with which nobody could sign."""
	wrong = list(
		handover.party_problems(
			giver=names.key(act.giver),
			receiver=names.key(act.receiver),
			on_behalf=bool(act.officer),
			acting_reason=act.acting_reason,
		)
	)
	wrong += handover.receive_problems(inventory)
	if not inventory:
		raise Refusal(_("There is nothing to hand over: the folder is empty and nothing is due."))
	if wrong:
		raise Refusal(wrong[0].text, **wrong[0].values)


def make(
	found: Folder,
	act: Act,
	marks: dict[str, Mark],
	output: Path,
	*,
	zipped: bool = False,
	progress: Callable[[int], None] = lambda size: None,
) -> Done:
	"""Writes the minutes and the sealed bag into ``output``; nothing of either where something fails.

	progress: told the bytes read; every file of the inventory is read twice.
	"""
	inventory = lines(found, marks)
	check(act, inventory)
	day = act.at.date().isoformat()
	name = BAG.format(code=names.safe(found.cell["cell.code"]).replace(" ", "-"), day=day)
	target = output / (f"{name}.zip" if zipped else name)
	paper = output / f"{name}.pdf"
	# Said before anything is read: hashing a large folder takes minutes.
	with bagging.beside(paper) as paper_draft, bagging.beside(target, folder=not zipped) as draft:
		wanted = [path for one in found.belonging() for path in one.files]
		prints = folders.fingerprints(found.top, wanted, progress)
		sealed = record_of(found, act, marks, prints)
		digest = record.digest(sealed)
		office = office_of(found, digest)
		printed = _minutes(found, sealed, digest, office)
		paper_draft.write_bytes(printed)
		places = bag.places(sealed, office.sections)
		index = pdf.render(
			"dossier_index.html", PageSetup(), **reading.index_of(sealed, digest, places, office)
		)
		contents = [
			_content(bag.RECORD, record.canonical(sealed)),
			_content(bag.MINUTES, printed),
			_content(bag.INDEX, index.encode()),
		]
		contents += [
			Content(place, _opener(found.top, path), *prints[path], shown=path)
			for place, path in zip(places, wanted, strict=True)
		]
		sink = bagging.ZipSink(draft, name, act.at) if zipped else bagging.FolderSink(draft)
		try:
			bagging.write(sink, contents, _info(found, sealed, digest, day), progress=progress)
		finally:
			sink.close()
	return Done(target, paper, digest, handover.count(inventory))


def record_of(found: Folder, act: Act, marks: dict[str, Mark], prints: dict[str, tuple[str, int]]) -> dict:
	"""The sealed record of the handover, by the same rules as on a site."""
	cell, moment = found.cell, act.at.replace(microsecond=0, tzinfo=None).isoformat()
	first, last = terms.congress_term(
		act.at.date(), cell["office.term_first_year"], cell["office.term_years"]
	)
	since = cell["term.since"]
	return dossier.record(
		{
			"handover": f"{cell['cell.code']}/{act.at:%Y%m%d-%H%M}",
			"cell": cell["cell.code"],
			"committee": cell["cell.committee"],
			"reason": act.reason,
			"reason_detail": act.reason_detail,
			"basis": "\n".join(act.basis),
			"venue": act.venue,
			"date": act.at.date().isoformat(),
			"number": act.number,
			"congress_term": f"{first}–{last}",
			"giver": {
				"user": None,
				"name": act.giver,
				"position": act.giver_position,
				"term": since and since.isoformat(),
				"signed_by": act.officer or act.giver,
				"signed_on": moment,
				"signature": None,
				"statement": act.giver_statement,
				"on_behalf": bool(act.officer),
				"acting_officer": act.officer,
				"acting_reason": act.acting_reason if act.officer else None,
			},
			"receiver": {
				"user": None,
				"name": act.receiver,
				"signed_on": moment,
				"signature": None,
				"statement": act.receiver_statement,
			},
			"approver": {
				"user": None,
				"name": act.witness,
				"position": act.witness_position,
				"approved_on": moment,
				"signature": None,
				"statement": None,
				"witness": act.witness,
			},
			"dues": act.dues,
			"assets": act.assets,
			"items": [_line(found, act, one, marks, prints) for one in found.belonging()],
			"open_matters": [
				{"kind": "Matter", "title": title, "responsible": None, "due_on": None, "reference": None}
				for title in act.open_matters
			],
		}
	)


def _line(found: Folder, act: Act, one: shelf.Shelved, marks: dict[str, Mark], prints: dict) -> dict:
	paper, mark = found.papers(one.item), marks.get(one.item)
	delivered = shelf.state(one, found.copies(one))
	received = mark.state if mark else handover.foreseen(delivered)
	wrong = received != completeness.PRESENT
	due = act.at.date() + timedelta(days=found.cell["office.remedy_days"])
	return {
		"item": one.item,
		"code": one.code,
		"section": one.section,
		"title": one.title,
		"period": one.period_label,
		"number_symbol": paper.number_symbol if paper else None,
		"dated": paper.dated.isoformat() if paper and paper.dated else None,
		"copies": paper.copies if paper else 0,
		"pages": paper.pages if paper else 0,
		"paper_place": paper.place if paper else None,
		"delivered": delivered,
		"received": received,
		"remark": None,
		"received_remark": mark.remark if mark else None,
		"remedy": mark.remedy if mark and wrong else None,
		"responsible": ((mark and mark.responsible) or (act.receiver if act.officer else act.giver))
		if wrong
		else None,
		"due_on": ((mark and mark.due_on) or due.isoformat()) if wrong else None,
		"files": [
			{"name": path.rpartition("/")[2], "sha256": prints[path][0], "size": prints[path][1]}
			for path in one.files
		],
	}


def office_of(found: Folder, digest: str) -> reading.Office:
	"""What the papers say beside the record."""
	cell = found.cell
	issued, since = cell["cell.folder_issued_on"], cell["term.since"]
	return reading.Office(
		cell=cell["cell.name"],
		cell_code=cell["cell.code"],
		superior=cell["cell.committee"],
		place=cell["cell.place"] or None,
		symbol=cell["cell.symbol"],
		folder_number=cell["cell.folder_number"] or None,
		folder_issued_on=issued and issued.isoformat(),
		has_seal=cell["cell.has_seal"],
		copies_made=cell["office.copies_made"],
		giver_since=since and since.isoformat(),
		term_first_year=cell["office.term_first_year"],
		term_years=cell["office.term_years"],
		sections=cell.sections,
		qr=qr.picture(qr.leads_to(cell["office.site"], digest)),
	)


def _minutes(found: Folder, sealed: dict, digest: str, office: reading.Office) -> bytes:
	page = PageSetup(**found.cell.values["page"])
	content = minutes.context(reading.minutes_of(sealed, digest, office))
	try:
		return pdf.make(pdf.render("handover_minutes.html", page, **content), page)
	except pdf.PdfError as error:
		raise Refusal(_("The minutes could not be printed: {error}"), error=error) from error


def _info(found: Folder, sealed: dict, digest: str, day: str) -> list[tuple[str, object]]:
	return [
		("Source-Organization", found.cell["cell.committee"]),
		("External-Description", found.cell["cell.name"]),
		("External-Identifier", sealed["handover"]),
		("Bagging-Date", day),
		(bag.DIGEST_LABEL, digest),
	]


def _content(path: str, data: bytes) -> Content:
	return Content(path, lambda: io.BytesIO(data))


def _opener(top: Path, path: str):
	return lambda: folders.opened(top, path)
