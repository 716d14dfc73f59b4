"""The commands and their options: new, check, handover, verify."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime

from partycell.offline import options as options_of
from partycell.offline import show, words
from partycell.offline.options import REASONS, reason_code
from partycell.offline.words import gettext as _
from partycell.refusal import Refusal

WRONG = 1
"""Exit status where a dossier is not whole; ``show.STOPPED`` where nothing was done."""


def main(arguments: Sequence[str] | None = None) -> int:
	"""Runs one command; returns the exit status. Refusals are one line on the error output."""
	arguments = list(sys.argv[1:] if arguments is None else arguments)
	words.choose(_language(arguments))
	options = options_of.parser().parse_args(arguments)
	try:
		return _RUNS[options.command](options)
	except Refusal as refusal:
		return show.stop(words.say(refusal.problem))
	except UnicodeEncodeError as error:
		return show.stop(_("A name cannot be written in UTF-8: {name}").format(name=ascii(error.object)))
	except OSError as error:
		# A full disk, a folder that may not be read: the system's own words, and what it was about.
		where = f" ({error.filename})" if error.filename else ""
		return show.stop(_("{error}. Nothing was written.").format(error=f"{error.strerror or error}{where}"))
	except KeyboardInterrupt:
		return show.stop(_("Stopped. Nothing was written."))


def _language(arguments: list[str]) -> str | None:
	"""--lang, before anything can be said in the wrong language."""
	for place, one in enumerate(arguments):
		if one.startswith("--lang="):
			return one.removeprefix("--lang=") if one.removeprefix("--lang=") in words.LANGUAGES else None
		if one == "--lang" and arguments[place + 1 : place + 2] in [[name] for name in words.LANGUAGES]:
			return arguments[place + 1]
	return None


def _run_new(options) -> int:
	from partycell.offline import cellfile, new

	code, name = options.code, options.name
	if options.template == new.DEFAULT and not (options.folder / cellfile.NAME).exists():
		code = code or _asked(_("The cell's code"), "--code")
		name = name or _asked(_("The cell's name"), "--name")
	made = new.make(
		options.folder,
		template=options.template,
		code=code,
		name=name,
		day=options.day or date.today(),
		secretary=options.secretary,
	)
	show.line(
		(_("{path} was written.") if made.wrote else _("{path} was there and is kept.")).format(
			path=options.folder / cellfile.NAME
		)
	)
	for folder in made.folders:
		show.line(f"  {folder}/")
	show.line(_("Begin each file's name with its document's code, as in: C1 2026-11 Biên bản.pdf"))
	return 0


def _run_check(options) -> int:
	from partycell.offline import check, folder

	made = check.report(folder.read(options.folder, options.on or date.today()))
	if options.json:
		print(json.dumps(made, ensure_ascii=False, indent=1))
		return 0
	show.line(f"{made['name']} ({made['cell']}), {made['day']}\n")
	headings = [_("Item"), _("Document"), _("Period"), _("State"), _("Files"), _("Papers")]
	show.table(headings, check.item_rows(made), right=(4, 5))
	show.line()
	show.table(
		[_("Section"), _("Due"), _("There"), _("Completeness")], check.section_rows(made), right=(1, 2, 3)
	)
	for note in made["notes"]:
		show.line(f"! {note}")
	return 0


def _run_handover(options) -> int:
	from partycell.offline import folder, handover, marks
	from partycell.rules.completeness import PRESENT

	at = options.at or datetime.now()
	found = folder.read(options.folder, at.date())
	act = handover.Act(
		giver=options.giver or found.cell["term.secretary"] or _asked(_("Who gives"), "--giver"),
		receiver=options.receiver or _asked(_("Who receives"), "--receiver"),
		reason=options.reason or _asked_reason(),
		at=at,
		basis=tuple(options.basis),
		open_matters=tuple(options.open_matter),
		**{
			name: getattr(options, name)
			for name in "reason_detail giver_position witness witness_position officer acting_reason venue dues"
			" assets number".split()
		},
	)
	items = [one.item for one in found.belonging()]
	marked = marks.read(options.marks, items) if options.marks else {}
	for line in handover.lines(found, marked):
		if line.received is None and options.rest_present:
			marked[line.item] = marks.Mark(PRESENT)
		elif line.received is None and sys.stdin.isatty():
			marked[line.item] = marks.ask(line.title, None, input)
		elif line.received is None:
			raise Refusal(_UNMARKED, title=line.title)
	total = 2 * sum(found.files[path] for one in found.belonging() for path in one.files)
	with show.progress(_("Sealing"), total) as told:
		done = handover.make(found, act, marked, options.output, zipped=options.zip, progress=told)
	_say_done(done)
	return 0


def _say_done(done) -> None:
	from partycell.rules import minutes

	counts = done.counts
	show.line(
		_(
			"{total} documents: {present} present, {missing} missing, {damaged} damaged, {outdated} outdated."
		).format(**counts)
	)
	show.line(_("Minutes: {path}").format(path=done.minutes))
	show.line(_("Dossier: {path}").format(path=done.bag))
	show.line(_("Digest: {digest}").format(digest=" ".join(minutes.in_fours(done.digest))))
	show.line(_("Print the minutes, sign them, and keep the digest apart from the dossier."))


def _run_verify(options) -> int:
	from partycell.offline import verify

	report = verify.run(options.bag, options.digest)
	if options.json:
		print(verify.as_json(report))
	else:
		verify.tell(options.bag, report)
	return 0 if report.whole else WRONG


def _asked(question: str, option: str) -> str:
	"""What is typed; where nobody can type, a refusal that names the option."""
	if not sys.stdin.isatty():
		raise Refusal(_NOT_GIVEN, what=question, option=option)
	while not (typed := input(f"{question}: ").strip()):
		pass
	return typed


def _asked_reason() -> str:
	while True:
		typed = _asked(_("Why: {reasons}").format(reasons=", ".join(REASONS)), "--reason")
		if code := reason_code(typed):
			return code


_UNMARKED = _("{title} is not marked. Give a marks file (--marks), or --rest-present.")
_NOT_GIVEN = _("{what} is not given. Use {option}.")


_RUNS = {"new": _run_new, "check": _run_check, "handover": _run_handover, "verify": _run_verify}
