"""Indexes that DocType JSON cannot express, and those that SQLite loses.

SQLite on Frappe 16 rebuilds a table when a field is added, and the rebuilt one has no primary key
and none of the indexes it had; index names are database-wide there. So every index of ours is named
for its table and made again after each migration where it is missing.
"""

import frappe
from frappe.utils import get_table_name

from partycell.framework import compat

# What the site must not hold twice, even when two requests come at the same instant.
UNIQUE = {
	"Folder Item": {"partycell_folder_item_slot": ("cell", "source", "period")},
	"Secretary Term": {"partycell_term_open": ("open_key",)},
	"Handover": {"partycell_handover_open": ("open_key",)},
	"Directive": {"partycell_directive_number": ("number_key",)},
	"Directive Acknowledgement": {"partycell_acknowledgement_per_term": ("directive", "cell", "term")},
	"Inspection": {"partycell_inspection_open": ("open_key",)},
	"Handbook Note": {
		"partycell_handbook_live": ("live_key",),
		"partycell_handbook_draft": ("draft_key",),
	},
	"Cell Meeting": {"partycell_meeting_plan_key": ("plan_key",)},
	"Handbook Word": {"partycell_handbook_word": ("word", "note")},
	"Cell Figures": {"partycell_figures_month_of_cell": ("cell", "month")},
	"Meeting Attendance": {"partycell_attendance_once": ("meeting", "member")},
	"Issued Folder": {
		"partycell_issued_number": ("number_key",),
		"partycell_issued_current": ("current_key",),
	},
}

# What lists, permissions and reports look up by.
PLAIN = {
	"Party Committee": {
		"partycell_committee_tree": ("lft", "rgt"),
		"partycell_committee_parent": ("parent_party_committee",),
	},
	"Party Committee User": {"partycell_committee_user": ("user", "parent")},
	"Cell": {
		"partycell_cell_committee": ("committee", "status"),
		"partycell_cell_template": ("folder_template", "status"),
		"partycell_cell_completeness": ("completeness",),
	},
	"Secretary Term": {
		"partycell_term_user": ("user", "status"),
		"partycell_term_cell": ("cell", "status"),
	},
	"Secretary Term Deputy": {"partycell_term_deputy": ("user", "parent")},
	"Folder Item": {
		"partycell_folder_item_cell": ("cell", "sort_order"),
		"partycell_folder_item_measure": ("cell", "section", "required", "state", "due_on"),
		"partycell_folder_item_state": ("state", "modified"),
		"partycell_folder_item_directive": ("directive", "cell", "state", "reached_on"),
		"partycell_folder_item_successor": ("successor", "cell"),
		"partycell_folder_item_origin": ("origin_cell",),
	},
	"Folder Item File": {
		"partycell_item_file": ("file",),
		"partycell_file_checked": ("checked_on",),
	},
	"Reorganisation": {
		"partycell_reorganisation_committee": ("committee", "takes_effect_on"),
		"partycell_reorganisation_status": ("status", "takes_effect_on"),
		"partycell_reorganisation_day": ("takes_effect_on",),
	},
	"Reorganisation Cell": {"partycell_reorganisation_cell": ("cell", "parent")},
	"Reorganisation Successor": {"partycell_reorganisation_became": ("became", "parent")},
	"Handover": {
		"partycell_handover_reorganisation": ("reorganisation",),
		"partycell_handover_to_cell": ("to_cell", "docstatus"),
		"partycell_handover_cell": ("cell", "workflow_state"),
		"partycell_handover_receiver": ("receiver", "workflow_state"),
		"partycell_handover_digest": ("digest",),
		"partycell_handover_approved": ("approved_on", "docstatus"),
	},
	"Handover Item": {"partycell_handover_item": ("folder_item", "parent")},
	"Corrective Action": {
		"partycell_action_cell": ("cell", "workflow_state"),
		"partycell_action_due": ("workflow_state", "due_on"),
		"partycell_action_handover": ("handover",),
		"partycell_action_inspection": ("inspection",),
	},
	"Directive": {
		"partycell_directive_issuer": ("issuer", "docstatus"),
		"partycell_directive_status": ("status", "in_force_from"),
		"partycell_directive_superseded": ("superseded_by",),
	},
	"Directive Target": {
		"partycell_target_committee": ("committee", "parent"),
		"partycell_target_cell": ("cell", "parent"),
	},
	"Directive Change": {"partycell_change_directive": ("directive", "parent")},
	"Directive Acknowledgement": {
		"partycell_acknowledgement_cell": ("cell", "term"),
		"partycell_acknowledgement_count": ("directive", "late", "term", "cell", "due_on"),
	},
	"Inspection": {
		"partycell_inspection_cell": ("cell", "docstatus", "concluded_on"),
		"partycell_inspection_state": ("workflow_state", "planned_on"),
		"partycell_inspection_plan": ("plan", "workflow_state"),
		"partycell_inspection_set": ("criteria_set", "docstatus", "concluded_on"),
		"partycell_inspection_number": ("committee", "congress_term", "minutes_number"),
	},
	"Inspection Score": {
		"partycell_score_code": ("code", "parent"),
		# Holds all that Criterion Analysis reads of a line.
		"partycell_score_sums": ("parent", "code", "scored", "score", "maximum"),
	},
	"Inspection Team Member": {"partycell_team_user": ("user", "parent")},
	"Inspection Plan": {"partycell_plan_committee": ("committee", "to_date")},
	"Cell Meeting": {
		"partycell_meeting_cell": ("cell", "month", "status"),
		"partycell_meeting_planned": ("planned_on", "status"),
		"partycell_meeting_number": ("cell", "congress_term", "minutes_number"),
		"partycell_meeting_set": ("criteria_set",),
		"partycell_meeting_held": ("cell", "held_on"),
	},
	"Assigned Member": {
		"partycell_assigned_cell": ("cell", "from_date"),
		"partycell_assigned_committee": ("committee", "from_date"),
	},
	"Cell Figures": {
		"partycell_figures_month": (
			"month",
			"committee",
			"members",
			"full_members",
			"required_due",
			"required_present",
			"completeness",
		),
		"partycell_figures_committee": ("committee", "month"),
	},
	"Programme Review": {
		"partycell_review_committee": ("committee", "to_date"),
		"partycell_review_number": ("committee", "congress_term", "minutes_number"),
	},
	"Folder Issue Copy": {"partycell_issue_copy": ("committee", "parent")},
	"Party Member": {
		"partycell_member_cell": ("cell", "from_date"),
		"partycell_member_order": ("order_key",),
	},
	"Meeting Attendance": {
		"partycell_attendance_cell": ("cell", "meeting"),
		"partycell_attendance_member": ("member",),
	},
	"Cell Import": {"partycell_import_state": ("state", "creation")},
	"Folder Issue": {
		"partycell_issue_committee": ("committee", "issued_on"),
		"partycell_issue_status": ("status",),
		"partycell_issue_date": ("issued_on",),
	},
	"Folder Issue Cell": {"partycell_issue_cell": ("cell", "parent")},
	"Issued Folder": {
		"partycell_issued_cell": ("cell", "issued_on"),
		"partycell_issued_issue": ("issue", "status"),
		"partycell_issued_committee": ("committee", "number_key"),
		"partycell_issued_on": ("issued_on",),
	},
	"Handbook Topic": {"partycell_handbook_topic": ("sort_order",)},
	"Handbook Note": {
		"partycell_handbook_cell": ("cell", "note_type", "workflow_state"),
		"partycell_handbook_committee": ("committee", "note_type", "workflow_state"),
		"partycell_handbook_type": ("note_type", "workflow_state", "due_on"),
		"partycell_handbook_entry": ("entry", "version"),
		"partycell_handbook_topic_of": ("topic", "note_type"),
		"partycell_handbook_modified": ("modified",),
	},
	"Handbook Word": {"partycell_handbook_word_note": ("note",), "partycell_handbook_word_cell": ("cell",)},
}


def ensure() -> list[str]:
	"""Makes every index that is missing and returns the names of those it made.

	Runs after install and after each migration; doing it again does nothing.
	"""
	made = []
	for doctype in _doctypes():
		table = get_table_name(doctype)
		if compat.is_sqlite() and not _has_unique_name(table):
			name = f"{frappe.scrub(doctype)}_name_unique"
			frappe.db.add_unique(doctype, ["name"], name)
			made.append(name)
	for doctype, indexes in UNIQUE.items():
		for name, columns in indexes.items():
			if not frappe.db.has_index(get_table_name(doctype), name):
				frappe.db.add_unique(doctype, list(columns), name)
				made.append(name)
	for doctype, indexes in PLAIN.items():
		for name, columns in indexes.items():
			if not frappe.db.has_index(get_table_name(doctype), name):
				frappe.db.add_index(doctype, list(columns), name)
				made.append(name)
	# Frappe 16 has an index on the address of files; without one each upload reads all of them.
	name = "partycell_file_url"
	if not (frappe.db.get_column_index("tabFile", "file_url") or frappe.db.has_index("tabFile", name)):
		frappe.db.add_index("File", ["file_url(100)", "attached_to_doctype"], name)
		made.append(name)
	return made


def _doctypes() -> list[str]:
	return frappe.get_all("DocType", filters={"module": "Partycell", "issingle": 0}, pluck="name")


def _has_unique_name(table: str) -> bool:
	"""Whether SQLite refuses a second row of the same name: by its primary key or by an index."""
	# SQLite's own way to ask; Frappe has none. A primary key counts as an index of its own.
	found = frappe.db.sql(
		"""select list.name from pragma_index_list(%s) as list, pragma_index_info(list.name) as info
		where list."unique" = 1 group by list.name having count(*) = 1 and max(info.name) = 'name' limit 1""",
		(table,),
	)
	return bool(found)
