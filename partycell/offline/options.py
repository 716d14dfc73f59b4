"""What the command line of partycell may say."""

import argparse
import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from partycell import __version__
from partycell.offline import show, words
from partycell.offline.words import gettext as _
from partycell.rules import wording
from partycell.rules.text import normalise

REASONS = {re.sub("[^a-z]+", "-", code.lower()): code for code in wording.REASONS}


class _Help(argparse.HelpFormatter):
	def add_usage(self, usage, actions, groups, prefix=None):
		super().add_usage(usage, actions, groups, f"{_('Usage')}: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
	"""Errors on one line that says what to do."""

	def __init__(self, **how):
		super().__init__(add_help=False, formatter_class=_Help, **how)
		self._positionals.title, self._optionals.title = _("What"), _("Options")
		self.add_argument("-h", "--help", action="help", help=_("Show this help"))

	def error(self, message: str) -> NoReturn:
		# argparse speaks English only; these are its commonest words.
		for english, ours in (
			("the following arguments are required", _("Not given")),
			("unrecognized arguments", _("Not known")),
			("invalid choice", _("not one of those there are")),
			("expected one argument", _("a value is missing")),
		):
			message = message.replace(english, ours)
		sys.exit(show.stop(_("{message}. See: {command} --help").format(message=message, command=self.prog)))


def parser() -> argparse.ArgumentParser:
	"""What the command line may say, in the language that was chosen."""
	made = _Parser(
		prog="partycell",
		description=_(
			"The document folder of a party cell without a server: check it, hand it over, verify what was handed over."
		),
		epilog=_("Each command has its own --help."),
	)
	made.add_argument("--version", action="version", version=f"partycell {__version__}")
	_common(made)
	commands = made.add_subparsers(metavar=_("COMMAND"), required=True, dest="command")
	_new(commands)
	_check(commands)
	_handover(commands)
	_verify(commands)
	return made


def _common(parser: argparse.ArgumentParser) -> None:
	parser.add_argument(
		"--lang",
		choices=words.LANGUAGES,
		default=argparse.SUPPRESS,
		help=_("Language; else that of the system"),
	)


def _command(commands, name: str, text: str) -> argparse.ArgumentParser:
	made = commands.add_parser(name, help=text, description=text)
	_common(made)
	return made


def _new(commands) -> None:
	made = _command(commands, "new", _("Make the folders of a cell and its cell.toml"))
	made.add_argument("folder", type=Path, metavar="CELL_DIR", help=_("The cell's folder"))
	made.add_argument(
		"--template", default="default", help=_("default, or the path of a cell.toml from the office")
	)
	made.add_argument("--code", default="", help=_("The cell's code"))
	made.add_argument("--name", default="", help=_("The cell's name"))
	made.add_argument("--secretary", default="", help=_("The secretary in office"))
	made.add_argument("--from", dest="day", type=_day, help=_("First day of the folder, as 2026-11-23"))


def _check(commands) -> None:
	made = _command(commands, "check", _("Say what is in the folder and what is missing"))
	made.add_argument("folder", type=Path, metavar="CELL_DIR", help=_("The cell's folder"))
	made.add_argument("--on", type=_day, help=_("As on this day; else today"))
	made.add_argument("--json", action="store_true", help=_("For programs"))


def _handover(commands) -> None:
	made = _command(
		commands,
		"handover",
		_("Hand the folder over: minutes as a PDF, and the sealed dossier"),
	)
	made.add_argument("folder", type=Path, metavar="CELL_DIR", help=_("The cell's folder"))
	made.add_argument("--giver", help=_("Who gives; else the secretary in cell.toml"))
	made.add_argument("--giver-position", default="", help=_("The giver's position"))
	made.add_argument("--receiver", help=_("Who receives"))
	made.add_argument("--reason", type=_reason, help=_("Why: {reasons}").format(reasons=", ".join(REASONS)))
	made.add_argument("--reason-detail", default="", help=_("More about the reason"))
	made.add_argument("--witness", default="", help=_("Who stands for the upper level"))
	made.add_argument("--witness-position", default="", help=_("The position of the witness"))
	made.add_argument("--officer", default="", help=_("Who acts for a giver who cannot"))
	made.add_argument("--acting-reason", default="", help=_("Why the upper level acts for the giver"))
	made.add_argument("--at", type=_moment, help=_("Day and time, as 2026-11-23T09:00; else now"))
	made.add_argument("--venue", default="", help=_("Where"))
	made.add_argument("--basis", action="append", default=[], help=_("On what it is based; may be repeated"))
	made.add_argument("--dues", default="", help=_("Party dues that are handed over"))
	made.add_argument("--assets", default="", help=_("Assets that are handed over"))
	made.add_argument(
		"--open-matter", action="append", default=[], help=_("What is still to be done; may be repeated")
	)
	made.add_argument("--number", type=_number, default=1, help=_("Number of the minutes in this term"))
	made.add_argument("--marks", type=Path, help=_("What the receiver found: a CSV with item,state,remark"))
	made.add_argument(
		"--rest-present", action="store_true", help=_("What is not marked and is there counts as present")
	)
	made.add_argument("--output", type=Path, default=Path(), help=_("Where minutes and dossier go"))
	made.add_argument("--zip", action="store_true", help=_("One zip instead of a folder"))


def _verify(commands) -> None:
	made = _command(
		commands,
		"verify",
		_("Compare every file of a dossier with its manifests and its record"),
	)
	made.add_argument("bag", type=Path, metavar="BAG", help=_("The dossier: a folder or a zip"))
	made.add_argument("--digest", type=_digest, help=_("The code printed on the minutes"))
	made.add_argument("--json", action="store_true", help=_("For programs"))


def reason_code(typed: str) -> str | None:
	"""The code of a reason that was typed, in English or Vietnamese; None for none."""
	by_words = {normalise(text): code for code, text in wording.REASONS.items()}
	return REASONS.get(typed.strip().lower()) or by_words.get(normalise(typed))


def _reason(typed: str) -> str:
	if code := reason_code(typed):
		return code
	raise argparse.ArgumentTypeError(
		_("{typed} is no reason; write one of: {reasons}").format(typed=typed, reasons=", ".join(REASONS))
	)


def _day(typed: str) -> date:
	try:
		return date.fromisoformat(typed)
	except ValueError:
		raise argparse.ArgumentTypeError(
			_("{typed} is no date; write it as 2026-11-23").format(typed=typed)
		) from None


def _moment(typed: str) -> datetime:
	try:
		return datetime.fromisoformat(typed)
	except ValueError:
		raise argparse.ArgumentTypeError(
			_("{typed} is no time; write it as 2026-11-23T09:00").format(typed=typed)
		) from None


def _number(typed: str) -> int:
	if typed.isdigit() and 0 < int(typed) < 10_000:
		return int(typed)
	raise argparse.ArgumentTypeError(_("{typed} is no number from 1 up").format(typed=typed))


def _digest(typed: str) -> str:
	plain = "".join(typed.split()).lower().removeprefix("sha256:")
	if re.fullmatch("[0-9a-f]{64}", plain):
		return plain
	raise argparse.ArgumentTypeError(_("a digest has 64 digits, 0 to 9 and a to f"))
