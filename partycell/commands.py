"""Bench commands: ``bench --site SITE partycell …``."""

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import frappe
from frappe.commands import get_site, pass_context

from partycell.setup.demo.plan import MANAGER, PASSWORD

PATIENCE = 5
"""Seconds without a word, where there is no terminal to draw on."""


@click.group("partycell")
def partycell():
	"""Party cell folders: demo data, and cells that work offline."""


@partycell.command("demo")
@click.option("--clear", is_flag=True, help="Take the demo away again; what an office made itself stays.")
@click.option("--password", default=PASSWORD, show_default=True, help="For all of the demo's logins.")
@click.option("--yes", is_flag=True, help="Do not ask, on a site that has cells of its own.")
@pass_context
def demo(context, clear: bool, password: str, yes: bool):
	"""Fill the site with Ayun Pa's figures: committees, cells, people, folders, handovers.

	Run again it adds nothing; cut short it goes on where it stopped. A site that nobody has set up
	yet is set up for Vietnam first.
	"""
	from partycell.setup.demo import build, clearing, first_use

	with _site(context):
		if clear:
			_say_cleared(clearing.clear(_shown))
			return
		own = build.own_cells()
		if own and not yes:
			click.confirm(
				f"This site has {own} cells of its own. The demo's logins have a password that everybody"
				f" knows, and {MANAGER} sees every cell. Go on?",
				abort=True,
			)
		if first_use.set_up():
			click.echo("Nobody had set this site up yet: it is Vietnamese now, in Vietnam's time.")
		added = build.make(password, _shown)
		_say_figures(build.figures())
		click.echo(f"{added} records written.\n" if added else "Nothing was missing.\n")
		_say_logins(password)


@partycell.command("demo-handover")
@click.option(
	"--output",
	required=True,
	type=click.Path(path_type=Path, file_okay=False),
	help="Folder for the minutes; a relative one lies in the bench's sites folder.",
)
@click.option("--password", default=PASSWORD, show_default=True, help="For the login of the successor.")
@pass_context
def demo_handover(context, output: Path, password: str):
	"""Hand one cell of the demo over, from draft to approval, by its people; write the minutes.

	Each run takes the next cell.
	"""
	from partycell.setup.demo import build, showcase

	with _site(context):
		done = showcase.run(output.resolve(), password)
		_say_figures(build.figures())
		_say_handover(done)
		_say_logins(password)


@partycell.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--cell", required=True, help="The cell whose folder it goes into, by its name on the site.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@pass_context
def import_dossier(context, path: Path, cell: str, dry_run: bool):
	"""Take a dossier, or a cell's folder from a disk, into a cell's folder.

	A dossier is verified first. Each document is taken in whole or not at all; what is there is left alone.
	"""
	from partycell.dossier import importing

	path = path.resolve()
	with _site(context):
		results = importing.run(path, cell, dry_run=dry_run)
		for one in results:
			files = f", {one.files} files" if one.files else ""
			click.echo(f"{one.what:<14} {one.title}{files}{': ' + one.why if one.why else ''}")
		failed = sum(one.what == importing.FAILED for one in results)
		click.echo(f"{len(results)} documents, {failed} refused.{' Nothing was written.' if dry_run else ''}")


@partycell.command("export-template")
@click.argument("cell")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Else it is printed.")
@pass_context
def export_template(context, cell: str, output: Path | None):
	"""Write the cell.toml with which a cell works offline: its template, its secretary, the office's settings."""
	from partycell.dossier import offline_template

	with _site(context):
		text = offline_template.of(cell)
	if output:
		output.write_text(text, encoding="utf-8")
	else:
		click.echo(text, nl=False)


commands = [partycell]


@contextmanager
def _site(context) -> Iterator[None]:
	"""Within: connected to the site as Administrator; kept at the end, undone on an error."""
	with suppress(ImportError):
		import cssutils

		# Frappe reads our style sheets with a library that does not know all of CSS, and says so each time.
		cssutils.log.setLevel(logging.CRITICAL)
	frappe.init(get_site(context))
	try:
		frappe.connect()
		# On SQLite writes before the first commit would stand outside any transaction.
		frappe.db.rollback()
		try:
			yield
		except frappe.ValidationError as error:
			# What a person can put right is said, without a traceback.
			raise click.ClickException(frappe.utils.strip_html(str(error))) from error
		# A bench command is its own caller: nobody commits after it.
		frappe.db.commit()
	finally:
		frappe.destroy()


def _shown(label: str, items: list) -> Iterable:
	"""The items, with how far they are: a bar on a terminal, a line every few seconds elsewhere."""
	if not items:
		return
	if sys.stdout.isatty():
		with click.progressbar(items, label=f"{label:<12}", show_eta=False) as bar:
			yield from bar
		return
	said = time.monotonic()
	for number, item in enumerate(items):
		if time.monotonic() - said > PATIENCE:
			said = time.monotonic()
			click.echo(f"{label:<12} {number} of {len(items)}")
		yield item
	click.echo(f"{label:<12} {len(items)}")


def _say_figures(figures) -> None:
	states, questions = (
		", ".join(f"{count} {state}" for state, count in sorted(found.items()))
		for found in (figures.handovers, figures.questions)
	)
	click.echo(
		f"\nCommittees   {figures.committees}, of which one is the town's\n"
		f"Cells        {figures.cells}: {figures.organisations} grassroots organisations,"
		f" {figures.subordinate_cells} cells under grassroots committees\n"
		f"Members      {figures.members}\n"
		f"Documents    {figures.documents} slots, {figures.present} present, {figures.files} files\n"
		f"Handovers    {states}\n"
		f"Questions    {questions}\n"
		f"Accounts     {figures.accounts}"
	)


def _say_handover(done) -> None:
	doc = frappe.get_doc("Handover", done.handover)
	cell = frappe.get_doc("Cell", doc.cell)
	committee = frappe.db.get_value("Party Committee", doc.committee, "committee_name")
	actions = frappe.db.count("Corrective Action", {"handover": doc.name})
	click.echo(
		f"\nHandover     {doc.name}, {cell.cell_name}, {committee}: {doc.workflow_state}\n"
		f"Delivered    {_moment(doc.giver_signed_on)}  {doc.giver_signed_by}, {doc.giver}\n"
		f"Received     {_moment(doc.receiver_signed_on)}  {doc.receiver_name}, {doc.receiver}\n"
		f"Approved     {_moment(doc.approved_on)}  {doc.approved_by_name}, {doc.approved_by}\n"
		f"Inventory    {doc.count_total} documents: {doc.count_present} present, {doc.count_missing} missing,"
		f" {doc.count_damaged} damaged, {doc.count_outdated} outdated; {actions} to be put right\n"
		f"Secretary    {cell.secretary_name}\n"
		f"Record       SHA-256 {doc.digest}\n"
		f"Minutes      {done.minutes}\n"
		f"             SHA-256 {done.sha256}"
	)


def _say_logins(password: str) -> None:
	click.echo(
		f"\nLogins, password {password}:\n"
		f"  {MANAGER:<32} manager: sees everything, annuls\n"
		f"  {'canbo.00.1@ayunpa.example':<32} officer of the town; canbo.01.1 … canbo.14.1 of a grassroots committee\n"
		f"  {'kiemtra.00.1@ayunpa.example':<32} inspector of the town\n"
		f"  {'bithu.001@ayunpa.example':<32} secretary of cell 1; bithu.002 … bithu.119\n"
		f"  {'kenhiem.001@ayunpa.example':<32} who took cell 1 over, where it changed hands"
	)


def _say_cleared(done) -> None:
	for doctype, count in sorted(done.gone.items()):
		if count:
			click.echo(f"{count:>6}  {doctype}")
	click.echo("The demo is gone." if not done.kept else "")
	for name, referrer in sorted(done.kept.items()):
		click.echo(f"Kept: {name}, because {referrer} refers to it.")


def _moment(value) -> str:
	return frappe.utils.get_datetime(value).strftime("%Y-%m-%d %H:%M:%S")
