"""The permission matrix: DocType: who: rights at home, beside it, and far away.

Rights are letters: read, write, create, delete, submit; "-" is none. Whoever is not named has none. A
DocType of the app that is in neither table fails ``test_permission_matrix``.
"""

_SEEN = {"inspector": "r r -", "inspector_above": "r r -"}

MATRIX = {
	# The places of a committee: that of the cell, the one above it, another one.
	"Party Committee": {
		**dict.fromkeys(
			("secretary", "beside_secretary", "predecessor", "receiver", "team", "deputy"), "r - -"
		),
		**dict.fromkeys(("officer", "inspector"), "r - -"),
		**dict.fromkeys(("officer_above", "inspector_above"), "r r -"),
		**dict.fromkeys(("far_secretary", "far_officer"), "- - r"),
		**dict.fromkeys(("manager", "administrator"), "rwcd rwcd rwcd"),
	},
	"Cell": {
		"secretary": "rw - -",
		"beside_secretary": "- rw -",
		"far_secretary": "- - rw",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		**_SEEN,
		"predecessor": "r - -",
		"receiver": "r - -",
		**dict.fromkeys(("manager", "administrator"), "rwc rwc rwc"),
		"team": "r - -",
		"deputy": "r - -",
	},
	"Secretary Term": {
		"secretary": "r - -",
		"beside_secretary": "- r -",
		"far_secretary": "- - r",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		**_SEEN,
		"predecessor": "r - -",
		"manager": "rwc rwc rwc",
		"administrator": "r r r",
		"team": "r - -",
	},
	"Folder Item": {
		"secretary": "rwc - -",
		"beside_secretary": "- rwc -",
		"far_secretary": "- - rwc",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		**_SEEN,
		"predecessor": "r - -",
		"receiver": "r - -",
		"manager": "rwc rwc rwc",
		"administrator": "r r r",
		"team": "r - -",
		"deputy": "r - -",
	},
	# At home it is received, elsewhere a draft.
	"Handover": {
		"secretary": "rwc - -",
		"beside_secretary": "- rwc -",
		"far_secretary": "- - rwc",
		**dict.fromkeys(("officer", "officer_above"), "rwcs rwcs -"),
		"far_officer": "- - rwcs",
		**_SEEN,
		"predecessor": "r - -",
		"receiver": "rw - -",
		"manager": "rwcs rwcs rwcs",
		"administrator": "r r r",
		"team": "r - -",
	},
	# At home it is in progress, by a team of one who holds no office; elsewhere it is planned.
	"Inspection": {
		"secretary": "rw - -",
		"beside_secretary": "- rw -",
		"far_secretary": "- - rw",
		**dict.fromkeys(("officer", "officer_above"), "rwcs rwcs -"),
		"far_officer": "- - rwcs",
		**_SEEN,
		"predecessor": "r - -",
		"team": "rw - -",
		"manager": "rwcs rwcs rwcs",
		"administrator": "r r r",
	},
	"Inspection Plan": {
		**dict.fromkeys(("officer", "officer_above"), "rwcd rwcd -"),
		"far_officer": "- - rwcd",
		**_SEEN,
		"team": "r - -",
		"manager": "rwcd rwcd rwcd",
		"administrator": "r r r",
	},
	"Corrective Action": {
		"secretary": "rw - -",
		"beside_secretary": "- rw -",
		"far_secretary": "- - rw",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		**_SEEN,
		"predecessor": "r - -",
		"manager": "rwc rwc rwc",
		"administrator": "r r r",
		"team": "r - -",
	},
	# At home it is for that cell alone, elsewhere likewise; issued by the cell's committee.
	"Directive": {
		"secretary": "r - -",
		"beside_secretary": "- r -",
		"far_secretary": "- - r",
		**dict.fromkeys(("officer", "officer_above"), "rwcs rwcs -"),
		"far_officer": "- - rwcs",
		**_SEEN,
		"predecessor": "r - -",
		"manager": "rwcs rwcs rwcs",
		"administrator": "r r r",
		"team": "r - -",
		"deputy": "r - -",
	},
	"Directive Acknowledgement": {
		"secretary": "rc - -",
		"beside_secretary": "- rc -",
		"far_secretary": "- - rc",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		**_SEEN,
		"predecessor": "r - -",
		"manager": "rwc rwc rwc",
		"administrator": "r r r",
		"team": "r - -",
		"deputy": "rc - -",
	},
	"Folder Issue": {
		**dict.fromkeys(("officer", "officer_above"), "rwcs rwcs -"),
		"far_officer": "- - rwcs",
		**_SEEN,
		"manager": "rwcs rwcs rwcs",
		"administrator": "r r r",
	},
	# A draft that would close the cell.
	"Reorganisation": {
		**dict.fromkeys(("officer", "officer_above"), "rwcds rwcds -"),
		"far_officer": "- - rwcds",
		**_SEEN,
		"manager": "rwcds rwcds rwcds",
		"administrator": "r r r",
	},
	# Drafts: a finished one is also read below (test_programme_review).
	"Programme Review": {
		**dict.fromkeys(("officer", "officer_above"), "rwcds rwcds -"),
		"far_officer": "- - rwcds",
		**_SEEN,
		"manager": "rwcds rwcds rwcds",
		"administrator": "r r r",
	},
	# Written by the scheduler alone.
	"Cell Figures": {
		"secretary": "r - -",
		"beside_secretary": "- r -",
		"far_secretary": "- - r",
		**dict.fromkeys(("officer", "officer_above"), "r r -"),
		"far_officer": "- - r",
		**_SEEN,
		"predecessor": "r - -",
		"team": "r - -",
		**dict.fromkeys(("manager", "administrator"), "r r r"),
	},
	# Made and changed by acts alone.
	"Issued Folder": {
		"secretary": "r - -",
		"beside_secretary": "- r -",
		"far_secretary": "- - r",
		**dict.fromkeys(("officer", "officer_above"), "r r -"),
		"far_officer": "- - r",
		**_SEEN,
		"predecessor": "r - -",
		"team": "r - -",
		**dict.fromkeys(("manager", "administrator"), "r r r"),
	},
	# A question that is asked.
	"Handbook Note": {
		"secretary": "rwc - -",
		"beside_secretary": "- rwc -",
		"far_secretary": "- - rwc",
		**dict.fromkeys(("officer", "officer_above"), "rw rw -"),
		"far_officer": "- - rw",
		**_SEEN,
		"predecessor": "r - -",
		"manager": "rwc rwc rwc",
		"administrator": "r r r",
	},
	# Planned everywhere.
	"Cell Meeting": {
		"secretary": "rwcs - -",
		"beside_secretary": "- rwcs -",
		"far_secretary": "- - rwcs",
		**dict.fromkeys(("officer", "officer_above"), "r r -"),
		"far_officer": "- - r",
		**_SEEN,
		"predecessor": "r - -",
		"team": "r - -",
		"manager": "rwcs rwcs rwcs",
		"administrator": "r r r",
	},
	"Assigned Member": {
		"secretary": "r - -",
		"beside_secretary": "- r -",
		"far_secretary": "- - r",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		**_SEEN,
		"predecessor": "r - -",
		"team": "r - -",
		"manager": "rwc rwc rwc",
		"administrator": "r r r",
	},
	# Personal data: the cell and the officers above it.
	"Party Member": {
		"secretary": "rwc - -",
		"beside_secretary": "- rwc -",
		"far_secretary": "- - rwc",
		**dict.fromkeys(("officer", "officer_above"), "rwc rwc -"),
		"far_officer": "- - rwc",
		"manager": "rwcd rwcd rwcd",
	},
	# Written by acts alone.
	"Meeting Attendance": {
		"secretary": "r - -",
		"beside_secretary": "- r -",
		"far_secretary": "- - r",
		**dict.fromkeys(("officer", "officer_above"), "r r -"),
		"far_officer": "- - r",
		"manager": "r r r",
	},
	# It goes across all committees.
	"Cell Import": {"manager": "rwcd rwcd rwcd", "administrator": "r r r"},
	# A word of that question, kept for the search.
	"Handbook Word": {"administrator": "r r r"},
	# That a phone has sent something, kept so that it is carried out once.
	"Sent Request": {"administrator": "r r r"},
}

# What an office works with, and nobody's in particular: seen by everybody who has a role of the app.
_READERS = (
	"secretary beside_secretary far_secretary officer inspector officer_above inspector_above far_officer "
	"officer_before officer_to_be predecessor late former receiver beside_receiver nobody team deputy "
	"deputy_before deputy_of_late"
).split()
SHARED = {
	"Folder Template": dict.fromkeys(_READERS, "r") | {"manager": "rwcd", "administrator": "rwc"},
	"Directive Kind": dict.fromkeys(_READERS, "r") | {"manager": "rwc", "administrator": "rwc"},
	"Criteria Set": dict.fromkeys(_READERS, "r") | {"manager": "rwcd", "administrator": "rwc"},
	"Handbook Topic": dict.fromkeys(_READERS, "r") | {"manager": "rwcd", "administrator": "rwc"},
	"Partycell Settings": dict.fromkeys(_READERS, "r") | {"manager": "rw", "administrator": "rw"},
}
MATRIX |= {
	doctype: {who: " ".join([rights] * 3) for who, rights in rows.items()} for doctype, rows in SHARED.items()
}

# Tables: seen with the document that they are part of, and never written without it.
TABLES = {
	"Cell Section": "Cell",
	"Directive Change": "Directive",
	"Directive Target": "Directive",
	"Folder Issue Cell": "Folder Issue",
	"Folder Issue Copy": "Folder Issue",
	"Folder Item File": "Folder Item",
	"Folder Template Item": "Folder Template",
	"Folder Template Section": "Folder Template",
	"Handbook Basis": "Handbook Note",
	"Handbook Step": "Handbook Note",
	"Handover Item": "Handover",
	"Handover Open Matter": "Handover",
	"Party Committee User": "Party Committee",
	"Reorganisation Cell": "Reorganisation",
	"Reorganisation Successor": "Reorganisation",
	"Secretary Term Deputy": "Secretary Term",
	"Criteria Block": "Criteria Set",
	"Criterion": "Criteria Set",
	"Rating Band": "Criteria Set",
	"Review Figure": "Programme Review",
	"Inspection Finding": "Inspection",
	"Inspection Plan Member": "Inspection Plan",
	"Inspection Score": "Inspection",
	"Inspection Team Member": "Inspection",
	"Meeting Agenda Item": "Cell Meeting",
	"Meeting Score": "Cell Meeting",
	"Meeting Task": "Cell Meeting",
}

RIGHTS = {"r": "read", "w": "write", "c": "create", "d": "delete", "s": "submit"}


def rights(doctype: str, who: str, number: int) -> set[str]:
	"""What somebody may do with a DocType's record in the place of this number."""
	return set(MATRIX[doctype].get(who, "- - -").split()[number].replace("-", ""))
