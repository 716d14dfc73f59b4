"""What stands in JSON agrees with itself and with the code: DocTypes, workflows, print formats, hooks."""

import itertools
import re

import pytest

from partycell.rules import (
	cells,
	completeness,
	directives,
	handbook,
	handover,
	inspection,
	issuing,
	meetings,
	periods,
	scoring,
	slots,
	terms,
	wording,
)
from tests import source

CORE = {"DocType", "File", "Role", "User", "Workflow State"}
CORE_ROLES = {"System Manager", "All", "Guest"}
STANDARD = {"name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"}
OF_CHILDREN = {"parent", "parenttype", "parentfield"}
LAYOUT = {"Section Break", "Column Break", "Tab Break"}
# Every office follows the same rules of access to these: DocPerm alone says who may.
FOR_EVERYBODY = {"Folder Template", "Folder Template Section", "Folder Template Item", "Directive Kind"}
FOR_EVERYBODY |= {
	"Criteria Set",
	"Criteria Block",
	"Criterion",
	"Rating Band",
	"Handbook Topic",
}

# What nobody above approves: the cell itself closes the minutes of its meetings.
CLOSED_BY_THE_CELL = {"Cell Meeting"}

DOCTYPES = source.doctypes()
ROLES = {role["name"] for role in source.fixture("role")}
WORKFLOWS = {workflow["document_type"]: workflow for workflow in source.fixture("workflow")}

each_doctype = pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=list(DOCTYPES))
each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=list(WORKFLOWS))


def columns(doctype: str) -> set[str]:
	"""What can be asked of a DocType's table."""
	child = OF_CHILDREN if DOCTYPES[doctype].get("istable") else set()
	return set(source.fields(doctype)) | STANDARD | child


def hook(name: str):
	"""A value of hooks.py."""
	scope: dict = {}
	exec((source.APP / "hooks.py").read_text(encoding="utf-8"), scope)
	return scope[name]


@pytest.mark.parametrize("path", sorted(source.APP.rglob("*.json")), ids=lambda path: path.name)
def test_json_is_json_and_ends_where_a_file_ends(path):
	source.read(path)


@each_doctype
def test_a_doctype_is_not_sorted_by_when_it_was_modified(doctype):
	"""On SQLite a migration that rebuilds two tables sorted so stops: see docs/upgrading.md."""
	assert doctype.get("issingle") or doctype["sort_field"] != "modified"


@each_doctype
def test_a_doctype_lies_where_frappe_looks_for_it(doctype):
	folder = source.APP / "doctype" / re.sub(r"\W", "_", doctype["name"].lower())
	assert (folder / f"{folder.name}.json").exists() and (folder / f"{folder.name}.py").exists()
	assert (folder / "__init__.py").exists()
	assert doctype["module"] == "Partycell"
	assert f"class {doctype['name'].replace(' ', '')}(" in (folder / f"{folder.name}.py").read_text()


# What people do not name: the list shows it by the title of a record it belongs to, its form by a script.
NAMED_BY_A_LINK = {"Directive Acknowledgement"}
# DocTypes that people open, with the page of the docs about them; a new one joins with its page.
OPENED = [name for names in source.value_of("partycell.desk.help_links", "PAGES").values() for name in names]

each_opened = pytest.mark.parametrize("doctype", [DOCTYPES[name] for name in OPENED], ids=OPENED)


@each_opened
def test_a_list_says_what_it_holds_and_a_record_what_it_is(doctype):
	"""What an experienced user of the framework expects of every list, form and link."""
	assert doctype.get("description"), "a sentence that stands over the list"
	if doctype.get("issingle"):
		return
	assert any(field.get("in_list_view") for field in doctype["fields"])
	assert doctype.get("title_field")
	if doctype["name"] not in NAMED_BY_A_LINK:
		assert doctype.get("show_title_field_in_link"), "a link shows a name that says nothing"
	for link in doctype.get("links", []):
		field = source.fields(link["link_doctype"])[link["link_fieldname"]]
		assert (field["fieldtype"], field["options"]) == ("Link", doctype["name"])
		assert link.get("group")


@each_opened
def test_whoever_fills_in_a_field_is_told_what_is_meant(doctype):
	"""Every field that is required says more than its name."""
	bare = [
		field["fieldname"]
		for field in doctype["fields"]
		if field.get("reqd")
		and not field.get("read_only")
		and not field.get("hidden")
		and not field.get("description")
	]
	assert not bare


def test_a_list_leads_to_one_page_of_the_docs():
	assert len(OPENED) == len(set(OPENED)) and set(OPENED) <= set(DOCTYPES)
	assert not [name for name in OPENED if DOCTYPES[name].get("istable")]


@each_doctype
def test_a_form_does_not_say_the_same_twice(doctype):
	"""A section is not named like its first field, which says it right below; an HTML field says nothing itself."""
	for section, first in itertools.pairwise(doctype["fields"]):
		if (
			section["fieldtype"] == "Section Break"
			and section.get("label")
			and not section.get("collapsible")
		):
			shown = "" if first["fieldtype"] == "HTML" or first.get("hidden") else first.get("label")
			assert section["label"] != shown, section["fieldname"]


@each_doctype
def test_a_default_is_read_alike_in_every_number_format(doctype):
	"""The desk reads 0.5 as 5 where a comma stands before the fraction."""
	for field in doctype["fields"]:
		if field["fieldtype"] in ("Float", "Percent", "Currency"):
			assert "." not in (field.get("default") or ""), field["fieldname"]


@each_doctype
def test_help_under_a_moment_can_be_translated(doctype):
	"""Frappe adds the time zone to it before it looks for the translation."""
	moments = [field for field in doctype["fields"] if field["fieldtype"] == "Datetime"]
	assert not [field["fieldname"] for field in moments if field.get("description")]


LISTED = [doctype for doctype in DOCTYPES.values() if not (doctype.get("istable") or doctype.get("issingle"))]
LOGS = {"Sent Request", "Handbook Word"}


@pytest.mark.parametrize("doctype", LISTED, ids=[doctype["name"] for doctype in LISTED])
def test_a_list_shows_no_names_that_say_nothing(doctype):
	"""Names of records are codes and hashes; what people read is the title."""
	if doctype["name"] in LOGS:
		return
	folder = source.APP / "doctype" / doctype["name"].lower().replace(" ", "_")
	script = (folder / f"{folder.name}_list.js").read_text(encoding="utf-8")
	assert f'listview_settings["{doctype["name"]}"]' in script
	assert "hide_name_column: true" in script and "hide_name_filter: true" in script
	assert doctype.get("title_field")


@each_doctype
def test_fields_stand_once_and_in_the_order_that_is_shown(doctype):
	names = [field["fieldname"] for field in doctype["fields"]]
	assert names == doctype["field_order"]
	assert len(names) == len(set(names))
	for key in ("title_field", "image_field", "nsm_parent_field"):
		assert doctype.get(key) in {None, "", *names}
	asked = set(re.split(r",\s*", doctype.get("search_fields") or "")) - {""}
	assert asked <= columns(doctype["name"])


@each_doctype
def test_fields_point_at_what_exists(doctype):
	for field in doctype["fields"]:
		kind, target = field["fieldtype"], field.get("options")
		if kind in ("Link", "Table", "Table MultiSelect"):
			assert target in DOCTYPES or (kind == "Link" and target in CORE), field["fieldname"]
		if kind in ("Table", "Table MultiSelect"):
			assert DOCTYPES[target].get("istable")
		if kind == "Dynamic Link":
			assert target in source.fields(doctype["name"])
		if kind == "Select" and field.get("default"):
			assert field["default"] in source.options(doctype["name"], field["fieldname"])
		if field.get("fetch_from"):
			link, _dot, wanted = field["fetch_from"].partition(".")
			linked = source.fields(doctype["name"])[link]["options"]
			assert linked in CORE or wanted in columns(linked), field["fetch_from"]
		for key in ("depends_on", "mandatory_depends_on", "read_only_depends_on"):
			for name in re.findall(r"\bdoc\.(\w+)", field.get(key) or ""):
				assert name in columns(doctype["name"]) | {"__islocal"}, f"{field['fieldname']}: {key}"


@each_doctype
def test_permissions_are_for_roles_that_exist(doctype):
	for permission in doctype.get("permissions", []):
		assert permission["role"] in ROLES | CORE_ROLES
	assert bool(doctype.get("permissions")) != bool(doctype.get("istable"))


@each_doctype
def test_only_whoever_approves_or_annuls_may_submit_or_cancel(doctype):
	for permission in doctype.get("permissions", []):
		if permission.get("submit"):
			closes = {"Cell Secretary"} if doctype["name"] in CLOSED_BY_THE_CELL else set()
			assert permission["role"] in {"Committee Officer", "Partycell Manager"} | closes
		if permission.get("cancel"):
			assert permission["role"] == "Partycell Manager"
		assert not permission.get("amend")


@each_doctype
def test_every_row_is_guarded(doctype):
	name = doctype["name"]
	guarded = not (doctype.get("issingle") or name in FOR_EVERYBODY)
	assert (name in hook("permission_query_conditions")) == guarded
	assert (name in hook("has_permission")) == (guarded and not doctype.get("istable"))
	if guarded and doctype.get("istable"):
		parents = [other["name"] for other in DOCTYPES.values() if name in tables_of(other)]
		assert [source.value_of("partycell.access.guarded", "CHILDREN")[name]] == parents
		# Asked for by its name, a row is judged by Frappe's DocPerm of its document alone.
		folder = name.lower().replace(" ", "_")
		controller = (source.APP / "doctype" / folder / f"{folder}.py").read_text(encoding="utf-8")
		assert "permissions.of_row(" in controller


def tables_of(doctype: dict) -> set[str]:
	"""The child DocTypes of a DocType."""
	return {field["options"] for field in doctype["fields"] if field["fieldtype"] == "Table"}


@pytest.mark.parametrize(
	("doctype", "field", "constants"),
	[
		("Folder Item", "state", completeness.STATES),
		("Directive", "status", directives.STATUSES),
		("Directive Change", "effect", directives.EFFECTS),
		("Handover Item", "delivered_state", completeness.STATES),
		("Handover Item", "received_state", handover.MARKS),
		("Corrective Action", "found_state", handover.MARKS),
		("Secretary Term", "status", (terms.OPEN, terms.CLOSED, terms.ANNULLED)),
		("Cell", "status", (cells.ACTIVE, cells.MERGED, cells.SPLIT, cells.DISSOLVED)),
		("Party Committee", "level", cells.LEVELS),
		("Folder Template Item", "frequency", periods.FREQUENCIES),
		("Folder Item", "frequency", periods.FREQUENCIES),
		("Handover", "reason", tuple(wording.REASONS)),
		("Inspection", "cell_answer", inspection.ANSWERS),
		("Inspection Finding", "kind", inspection.FINDINGS),
		("Criterion", "method", scoring.METHODS),
		("Issued Folder", "status", issuing.STATES),
		("Issued Folder", "end_reason", issuing.REASONS),
		("Cell Meeting", "meeting_type", meetings.TYPES),
		("Cell Meeting", "status", meetings.STATES),
		("Folder Template Item", "filled_by", {slots.HANDOVER_MINUTES, *meetings.PAPERS}),
		("Handbook Note", "note_type", handbook.TYPES),
		(
			"Handbook Step",
			"act",
			{new for _old, new in handbook.MOVES[handbook.QUESTION]},
		),
	],
)
def test_what_a_select_offers_is_what_the_rules_know(doctype, field, constants):
	assert set(source.options(doctype, field)) == set(constants)


def test_types_of_cells_and_lines_of_templates_offer_the_same():
	for field in ("provider", "retention", "frequency"):
		assert source.options("Folder Item", field) == source.options("Folder Template Item", field)
	assert source.options("Directive Target", "cell_type") == source.options("Cell", "cell_type")


@each_workflow
def test_a_workflow_knows_its_states_actions_roles_and_doctype(workflow):
	states = {row["name"] for row in source.fixture("workflow_state")}
	actions = {row["name"] for row in source.fixture("workflow_action_master")}
	own = {row["state"] for row in workflow["states"]}
	assert own <= states
	assert (
		source.fields(workflow["document_type"])[workflow["workflow_state_field"]]["options"]
		== "Workflow State"
	)
	assert {row["allow_edit"] for row in workflow["states"]} <= ROLES
	for row in workflow["transitions"]:
		assert {row["state"], row["next_state"]} <= own
		assert row["action"] in actions and row["allowed"] in ROLES
		for name in re.findall(r"\bdoc\.(\w+)", row.get("condition") or ""):
			assert name in columns(workflow["document_type"])
	reached = {workflow["states"][0]["state"]} | {row["next_state"] for row in workflow["transitions"]}
	assert reached == own


def test_no_state_or_action_is_shipped_for_nothing():
	states = {row["state"] for workflow in WORKFLOWS.values() for row in workflow["states"]}
	actions = {row["action"] for workflow in WORKFLOWS.values() for row in workflow["transitions"]}
	assert states == {row["name"] for row in source.fixture("workflow_state")}
	assert actions == {row["name"] for row in source.fixture("workflow_action_master")}


def test_the_workflow_of_the_handover_has_the_moves_of_the_rules_and_no_other():
	allowed: dict[tuple[str, str], set[str]] = {}
	for row in WORKFLOWS["Handover"]["transitions"]:
		allowed.setdefault((row["state"], row["next_state"]), set()).add(row["allowed"])
	above = {"Committee Officer", "Partycell Manager"}
	roles = {
		handover.GIVER: {"Cell Secretary", *above},  # above: where it acts for the giver
		handover.RECEIVER: {"Cell Secretary"},
		handover.UPPER_LEVEL: above,
		handover.MANAGER: {"Partycell Manager"},
	}
	assert allowed.pop(handover.AT_ONCE) == above
	assert allowed == {
		move: set().union(*(roles[part] for part in parts)) for move, parts in handover.MOVES.items()
	}


def test_the_workflow_of_the_handbook_has_the_moves_of_the_rules_and_no_other():
	roles = {
		handbook.CELL: "Cell Secretary",
		handbook.OFFICER: "Committee Officer",
		handbook.APPROVER: "Committee Officer",
	}
	allowed: dict[tuple[str, str, str], set[str]] = {}
	for row in WORKFLOWS["Handbook Note"]["transitions"]:
		found = re.match(r'doc\.note_type == "(\w+)"', row["condition"])
		allowed.setdefault((found[1], row["state"], row["next_state"]), set()).add(row["allowed"])
	assert allowed == {
		(note_type, *move): {roles[part] for part in parts} | {"Partycell Manager"}
		for note_type, moves in handbook.MOVES.items()
		for move, parts in moves.items()
	}


def test_the_form_of_the_handbook_is_open_to_whoever_may_write_on_it():
	roles = {handbook.CELL: "Cell Secretary", handbook.OFFICER: "Committee Officer"}
	for by_state in handbook.WRITES.values():
		for state, by_part in by_state.items():
			rows = WORKFLOWS["Handbook Note"]["states"]
			may_edit = {row["allow_edit"] for row in rows if row["state"] == state}
			assert {roles[part] for part in by_part} <= may_edit, state
			for written in by_part.values():
				assert written <= columns("Handbook Note")


def test_no_type_of_cell_is_part_of_the_name_of_another():
	"""Guidance for some types of cell is found by a search in the field that lists them."""
	types = source.options("Cell", "cell_type")
	assert not [(one, other) for one in types for other in types if one != other and one in other]


def test_the_states_of_the_handover_and_when_it_counts_as_submitted():
	status = {row["state"]: row["doc_status"] for row in WORKFLOWS["Handover"]["states"]}
	open_or_withdrawn = dict.fromkeys((*handover.OPEN_STATES, handover.WITHDRAWN), "0")
	assert status == {**open_or_withdrawn, handover.APPROVED: "1", handover.ANNULLED: "2"}


def test_the_workflow_of_the_inspection_has_the_moves_of_the_rules_and_no_other():
	allowed: dict[tuple[str, str], set[str]] = {}
	for row in WORKFLOWS["Inspection"]["transitions"]:
		allowed.setdefault((row["state"], row["next_state"]), set()).add(row["allowed"])
	inspects = {"Inspector", "Committee Officer"}
	roles = {
		inspection.LEAD: inspects,
		inspection.TEAM: inspects,
		inspection.UPPER_LEVEL: {"Committee Officer", "Partycell Manager"},
	}
	assert allowed == {
		move: set().union(*(roles[part] for part in parts)) for move, parts in inspection.MOVES.items()
	}
	status = {row["state"]: row["doc_status"] for row in WORKFLOWS["Inspection"]["states"]}
	assert status == {
		**dict.fromkeys((*inspection.OPEN_STATES, inspection.WITHDRAWN), "0"),
		inspection.CONCLUDED: "1",
	}


def test_whoever_may_write_something_in_an_inspection_finds_it_on_the_form():
	rows = {"scores": "Inspection Score", "findings": "Inspection Finding", "team": "Inspection Team Member"}
	for by_part in inspection.WRITES.values():
		for name in frozenset().union(*by_part.values()):
			table, _dot, column = name.rpartition(".")
			assert column in source.fields(rows[table] if table else "Inspection"), name


def test_whoever_may_write_something_finds_it_on_the_form():
	for by_part in handover.WRITES.values():
		for name in frozenset().union(*by_part.values()):
			table, _dot, column = name.rpartition(".")
			assert column in source.fields("Handover Item" if table == "items" else "Handover"), name


@pytest.mark.parametrize("name", ["PLAIN", "UNIQUE"])
def test_indexed_columns_exist(name):
	for doctype, indexes in source.value_of("partycell.framework.indexes", name).items():
		for index, indexed in indexes.items():
			assert set(indexed) <= columns(doctype), index


def test_index_names_are_used_once():
	"""They are database-wide on SQLite."""
	names = [
		index
		for constant in ("PLAIN", "UNIQUE")
		for indexes in source.value_of("partycell.framework.indexes", constant).values()
		for index in indexes
	]
	assert len(names) == len(set(names)) and all(name.startswith("partycell_") for name in names)


@pytest.mark.parametrize(
	("module", "constant", "doctype"),
	[
		("folder.provisioning", "COLUMNS", "Folder Item"),
		("folder.provisioning", "MENDED", "Folder Item"),
		("directives.acknowledgement", "COLUMNS", "Directive Acknowledgement"),
		("directives.records", "BY_ACT", "Directive"),
		("directives.records", "COURSE", "Directive"),
		("handover.inventory", "COPIED", "Folder Item"),
		("handover.inventory", "COPIED", "Handover Item"),
		("folder.templating", "COPIED", "Folder Template Item"),
		("folder.templating", "COPIED", "Folder Item"),
		("organisation.cells", "DECIDES_SLOTS", "Cell"),
		("inspections.prefilling", "COLUMNS", "Inspection Score"),
		("inspections.planning", "COLUMNS", "Inspection"),
		("inspections.planning", "MEMBER_COLUMNS", "Inspection Team Member"),
		("inspections.planning", "FIXED", "Inspection Plan"),
		("cell_import.importing", "BY_ACT", "Cell Import"),
		("cell_import.writing", "TERM_COLUMNS", "Secretary Term"),
		("folder.issuing", "COLUMNS", "Issued Folder"),
		("meetings.holding", "BY_ACT", "Cell Meeting"),
		("meetings.holding", "COPIED_LINE", "Meeting Score"),
		("meetings.planning", "COLUMNS", "Cell Meeting"),
		("organisation.figures", "COLUMNS", "Cell Figures"),
		("organisation.figures", "TAKEN", "Cell"),
		("reviews.reviewing", "BY_ACT", "Programme Review"),
		("reviews.reviewing", "DECIDES", "Programme Review"),
	],
)
def test_columns_named_in_code_exist(module, constant, doctype):
	assert set(source.value_of(f"partycell.{module}", constant)) <= columns(doctype)


def test_what_is_searched_has_a_search_column():
	normalised = source.value_of("partycell.access.search", "NORMALISED")
	assert set(normalised) == {name for name in DOCTYPES if "search_text" in columns(name)}
	for doctype, shown in source.value_of("partycell.access.search", "SHOWN").items():
		assert set(shown) <= columns(doctype)
		# Link searches are guarded for the same DocTypes, by one line that takes these.
		assert doctype in hook("permission_query_conditions")
