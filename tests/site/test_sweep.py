"""What Frappe offers to everybody tells an outsider nothing of a record, and changes nothing of it.

Every whitelisted function of Frappe that takes a DocType or the name of a record is called over HTTP
with those of a victim, by somebody who has all roles and no office.
"""

import ast
import json
from pathlib import Path

import frappe
import pytest
from frappe.utils import today

from tests.site import factories as make
from tests.site.support import web

# Each record has this in it; the outsider's answers must not.
SECRET = "MAT7391"
FIELDS = {
	"Cell": "cell_name",
	"Folder Item": "title",
	"Handover": "venue",
	"Corrective Action": "subject",
	"Secretary Term": "decision",
	"Inspection": "venue",
	"File": "file_name",
}
"""DocType: the field in which the victim's record says it."""

# What a parameter of this name means; two ways in which it may be sent.
RECORD = {
	"{doctype}": "doctype dt doc_type reference_doctype ref_doctype document_type parenttype target_doctype "
	"attached_to_doctype parent_doctype share_doctype goal_doctype from_doctype",
	"{name}": "name docname dn doc_name reference_name ref_docname refname fid attached_to_name share_name "
	"reference_docname old_name old value parent document",
	"{names}": "docnames names docs",
	"{doc}": "doc",
	"{field}": "fieldname field goal_field from_fieldname searchfield goal_total_field",
	"{fields}": "fields stats attachments",
	"{filters}": "filters current_filters",
	"{user}": "user assign_to comment_email email recipients",
	"MAT": "txt text",
	"x": "content comment comment_by reply title tag subject reference reason label",
	"Approve": "action",
	"workflow_state": "workflow_state_field workflow_state_fieldname colname",
	'["Received"]': "states",
	"read": "permission_to ptype",
	"name": "date_field goal_history_field",
	"count": "aggregation",
	"Handover Minutes": "print_format format",
	'{"x": 1}': "data values",
	"frappe.desk.treeview.get_children": "tree_method",
	'{"start": "creation", "end": "modified", "title": "name", "id": "name"}': "field_map",
	"1": "following like prev new_name new is_private page_len limit",
	"0": "start",
	"2020-01-01": "from_date start_date",
}
MEANING = {name: sent for sent, names in RECORD.items() for name in names.split()}
OTHERWISE = {"{names}": "{documents}", "{doc}": None, "{name}": "{names}", "{filters}": "{conditions}"}
TAKES = {"{doctype}", "{name}", "{names}", "{doc}"}
# These ask who is asked for, not what for; and refuse whoever is no System Manager.
LEFT_OUT = ("frappe.utils.scheduler.", "frappe.core.doctype.user.user.", "frappe.sessions.")


def offered() -> dict[str, list[str]]:
	"""Frappe's whitelisted functions that take a DocType or a record: parameters by dotted name."""
	root = Path(frappe.__file__).parent
	found = {}
	for path in sorted(root.rglob("*.py")):
		text = path.read_text(encoding="utf-8")
		if "whitelist" not in text or "tests" in path.parts or path.name.startswith("test_"):
			continue
		for node in ast.parse(text).body:
			if not isinstance(node, ast.FunctionDef):
				continue
			if not any("whitelist" in ast.unparse(one) for one in node.decorator_list):
				continue
			names = [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)]
			dotted = ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
			if TAKES & {MEANING.get(name) for name in names}:
				found[f"{dotted}.{node.name}"] = names
	return {name: args for name, args in found.items() if not name.startswith(LEFT_OUT)}


@pytest.fixture(scope="module")
def victims(fresh_site):
	"""DocType: the record of another's cell, with the secret in it; and the outsider."""
	world = make.world()
	frappe.db.set_value("Cell", world.cell, "cell_name", f"Chi bộ {SECRET}")
	make.fill_folder(world.cell)
	frappe.set_user(world.secretary)
	slot = make.slots(world.cell)[0]
	slot.update({"remark": SECRET})
	slot.save()
	file = make.attach(slot.name, b"%PDF " + SECRET.encode(), name=f"{SECRET}.pdf")
	frappe.db.set_value("Folder Item", slot.name, "title", f"Nghị quyết {SECRET}")
	handover = make.received(world, {}, venue=f"Hội trường {SECRET}")
	frappe.set_user(world.officer)
	action = frappe.get_doc(
		{"doctype": "Corrective Action", "cell": world.cell, "subject": SECRET, "due_on": today()}
	).insert()
	inspection = frappe.new_doc("Inspection")
	inspection.update({"cell": world.cell, "planned_on": today(), "lead": world.inspector})
	inspection.criteria_set = frappe.db.get_value("Criteria Set", {})
	inspection.insert()
	frappe.set_user("Administrator")
	frappe.db.set_value("Inspection", inspection.name, "venue", SECRET)
	frappe.db.set_value("Secretary Term", world.term, "decision", SECRET)
	frappe.get_doc("Handover", handover).add_comment("Comment", f"nói về {SECRET}")
	frappe.db.commit()
	names = (world.cell, slot.name, handover, action.name, world.term, inspection.name, file.name)
	return world, dict(zip(FIELDS, names, strict=True))


@pytest.fixture(scope="module")
def outsider(victims, server):
	world, _records = victims
	client = web.Client(server, world.nobody)
	yield client
	client.close()


def arguments(names: list[str], world, doctype: str, record: str) -> list[dict]:
	"""What a function is called with, in turn: the victim, wherever a parameter may mean it."""
	modified = str(frappe.db.get_value(doctype, record, "modified"))
	# As a browser would send it, without the words that are looked for.
	document = {"doctype": doctype, "name": record, "docname": record, "modified": modified}
	given = {
		"{doctype}": doctype,
		"{name}": record,
		"{names}": json.dumps([record]),
		"{documents}": json.dumps([document]),
		"{doc}": json.dumps(document),
		"{field}": FIELDS[doctype],
		"{fields}": json.dumps([FIELDS[doctype]]),
		"{filters}": json.dumps({"name": record}),
		"{conditions}": json.dumps([[doctype, "name", "=", record]]),
		"{user}": world.nobody,
	}
	meant = [{name: MEANING[name] for name in names if name in MEANING}]
	meant.append({name: OTHERWISE.get(sent, sent) for name, sent in meant[0].items()})
	if meant[0] == meant[1]:
		meant.pop()
	return [{name: given.get(sent, sent) for name, sent in one.items() if sent} for one in meant]


def as_stored(records: dict[str, str]) -> dict:
	"""The victims as the database has them, with what hangs on them."""
	frappe.db.rollback()
	about = {"reference_doctype": ("in", list(records)), "reference_name": ("in", list(records.values()))}
	return {
		**{doctype: frappe.get_doc(doctype, name).as_dict() for doctype, name in records.items()},
		"marks": {
			doctype: frappe.db.get_value(doctype, name, ["_user_tags", "_liked_by", "_assign", "_comments"])
			for doctype, name in records.items()
			if doctype != "File"
		},
		"comments": frappe.get_all("Comment", filters=about, pluck="name"),
		"shares": frappe.get_all("DocShare", filters={"share_doctype": ("in", list(records))}),
		"followers": frappe.get_all("Document Follow", filters={"ref_doctype": ("in", list(records))}),
	}


@pytest.mark.parametrize("doctype", ["Cell", "Folder Item", "Handover", "Inspection", "File"])
def test_nothing_tells_an_outsider_anything(victims, outsider, doctype):
	world, records = victims
	before = as_stored(records)
	told = []
	for method, names in offered().items():
		for given in arguments(names, world, doctype, records[doctype]):
			answer = outsider.post(f"/api/method/{method}", data=given)
			if SECRET in answer.text:
				told.append(f"{method}: {answer.text[:300]}")
	assert not told, "\n".join(told)
	now = as_stored(records)
	assert {key: now[key] for key in now if now[key] != before[key]} == {}


def test_nobody_counts_what_he_does_not_see(victims, outsider):
	"""A count with a filter would tell letter by letter what a record says."""
	world, records = victims
	for doctype, field in FIELDS.items():
		if doctype != "File":
			like = json.dumps([[doctype, field, "like", f"%{SECRET}%"]])
			assert outsider.message("frappe.client.get_count", doctype=doctype, filters=like) == 0
			assert outsider.message("frappe.desk.reportview.get_count", doctype=doctype, filters=like) == 0
	answer = outsider.call("frappe.client.get_count", doctype="Handover Item", parent="Handover")
	assert answer.status_code == 403 or answer.json()["message"] == 0
	frappe.set_user(world.secretary)
	like = [["Cell", "cell_name", "like", f"%{SECRET}%"]]
	assert frappe.call("partycell.access.asked_first.get_count", doctype="Cell", filters=like) == 1
	assert frappe.call(
		"partycell.access.asked_first.get_link_title", doctype="Cell", docname=records["Cell"]
	) == (f"Chi bộ {SECRET}")


def test_what_was_swept_is_not_little():
	"""The search for Frappe's methods finds them; a change of its layout must not empty it."""
	assert len(offered()) > 120
	assert {"frappe.client.get_count", "frappe.desk.form.load.getdoc"} <= set(offered())
