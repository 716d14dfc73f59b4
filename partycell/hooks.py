"""What Frappe calls in partycell, and when."""

from partycell.access.guarded import CHILDREN as _CHILDREN
from partycell.access.guarded import GUARDED as _GUARDED

app_name = "partycell"
app_title = "Partycell"
app_publisher = "partycell contributors"
app_description = "Party cell folders and handbooks that belong to the office and are handed over whole"
app_email = "hello@partycell.example"
app_license = "mit"

required_apps = []

before_install = "partycell.setup.install.before_install"
after_install = "partycell.setup.install.after_install"
after_sync = "partycell.setup.install.after_sync"
after_migrate = "partycell.setup.install.after_migrate"
before_uninstall = "partycell.setup.uninstall.before_uninstall"

fixtures = [
	{
		"dt": "Role",
		"filters": [
			["name", "in", ["Cell Secretary", "Committee Officer", "Inspector", "Partycell Manager"]]
		],
	},
	{
		"dt": "Workflow",
		"filters": [
			["document_type", "in", ["Handover", "Corrective Action", "Inspection", "Handbook Note"]]
		],
	},
	"Workflow State",
	"Workflow Action Master",
]

_rows = (*sorted(_GUARDED), *sorted(_CHILDREN))
permission_query_conditions = {
	**dict.fromkeys(_rows, "partycell.access.permissions.conditions"),
	"File": "partycell.folder.files.conditions",
}
has_permission = {
	**dict.fromkeys(sorted(_GUARDED), "partycell.access.permissions.has_permission"),
	"File": "partycell.folder.files.has_permission",
}

# A report sent by e-mail shows what its user may see; Frappe runs a script report as whoever sends it.
override_doctype_class = {"Auto Email Report": "partycell.access.mailed_reports.MailedReport"}

doc_events = {
	"File": {
		"before_insert": "partycell.folder.files.before_insert",
		"before_validate": "partycell.folder.files.before_validate",
		"validate": "partycell.folder.files.validate",
		"after_insert": "partycell.folder.files.after_insert",
		"on_trash": "partycell.folder.files.on_trash",
		"after_delete": "partycell.folder.files.after_delete",
	},
	"DocShare": {"validate": "partycell.access.sharing.refuse_share"},
	"Document Follow": {"before_insert": "partycell.access.sharing.refuse_follower"},
	# Frappe calls these for a row that comes by itself only, not for one saved with its document.
	(
		*sorted(_CHILDREN),
		"Criteria Block",
		"Criterion",
		"Folder Template Item",
		"Folder Template Section",
		"Rating Band",
	): {
		"validate": "partycell.access.sharing.refuse_row_alone",
		# What Frappe calls in its place for the row of a submitted document.
		"before_update_after_submit": "partycell.access.sharing.refuse_row_alone",
		"on_trash": "partycell.access.sharing.refuse_row_alone",
	},
}

# Frappe's own, which do not ask for permission, asked first for our records; and charts, read without a lock.
override_whitelisted_methods = {
	"frappe.client.get_count": "partycell.access.asked_first.get_count",
	"frappe.desk.search.get_link_title": "partycell.access.asked_first.get_link_title",
	"frappe.desk.like.toggle_like": "partycell.access.asked_first.toggle_like",
	"frappe.desk.form.load.getdoctype": "partycell.framework.compat.getdoctype",
	"frappe.desk.reportview.get_list": "partycell.framework.compat.get_list",
	"frappe.desk.reportview.get": "partycell.desk.report_builder.get",
	"frappe.desk.reportview.export_query": "partycell.desk.report_builder.export_query",
	"frappe.desk.notifications.get_open_count": "partycell.access.asked_first.get_open_count",
	"frappe.desk.desktop.get_workspace_sidebar_items": "partycell.desk.landing.get_workspace_sidebar_items",
	"frappe.core.api.file.unzip_file": "partycell.access.asked_first.unzip_file",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "partycell.desk.charts.get",
	"frappe.core.doctype.file.file.unzip_file": "partycell.access.asked_first.unzip_file",
}

# What each of the app's people finds when the desk opens.
extend_bootinfo = ["partycell.desk.landing.boot"]
on_session_creation = ["partycell.desk.landing.on_session_creation"]
role_home_page = {"Cell Secretary": "my-cell"}
app_home = "/app/partycell-home"
app_include_css = ["/assets/partycell/css/desk.css"]
app_include_js = [
	"/assets/partycell/js/help.js",
	"/assets/partycell/js/states.js",
	"/assets/partycell/js/people.js",
	"/assets/partycell/js/filing.js",
	"/assets/partycell/js/dates.js",
]

before_request = [
	"partycell.framework.locking.open_transaction",
	"partycell.desk.landing.phone_first",
]
before_job = ["partycell.framework.locking.begin_job"]

scheduler_events = {
	"hourly": [
		"partycell.access.sharing.forget_followers",
		"partycell.directives.distribution.go_on",
		"partycell.folder.issuing.go_on",
		"partycell.desk.onboarding.mark",
	],
	"weekly_long": ["partycell.folder.fixity.check_weekly"],
	"daily_long": [
		"partycell.directives.reminders.remind",
		"partycell.directives.supersession.expire",
		"partycell.directives.distribution.catch_up_all",
		"partycell.folder.provisioning.begin_periods",
		"partycell.corrective.overdue.tell",
		"partycell.inspections.planning.draft_next_plans",
		"partycell.handbook.questions.remind_due",
		"partycell.handover.minutes_filing.file_missing",
		"partycell.meetings.filing.file_missing",
		"partycell.organisation.assigned.follow_days",
		"partycell.organisation.figures.keep_month",
	],
}

# Beside the scripts that lie with their DocType; read with them, so they need no build.
doctype_js = {
	"Handover": [
		"public/js/handover/steps.js",
		"public/js/handover/marks.js",
		"public/js/handover/inventory.js",
		"public/js/handover/inventory_html.js",
		"public/js/handover/acts.js",
		"public/js/handover/returning.js",
	],
	"Cell Meeting": ["public/js/meeting/attendance.js"],
	"Directive": ["public/js/submitting.js"],
	"Folder Issue": ["public/js/submitting.js"],
	"Programme Review": ["public/js/submitting.js"],
	"Inspection": [
		"public/js/inspection/checklist.js",
		"public/js/inspection/saving.js",
		"public/js/inspection/visit.js",
	],
	"Reorganisation": ["public/js/reorganisation/choosing.js"],
}

# Frappe's own link search shows all rows to whoever sends it ignore_user_permissions.
standard_queries = dict.fromkeys(_rows, "partycell.access.search.link_query")

add_to_apps_screen = [
	{
		"name": "partycell",
		"logo": "/assets/partycell/images/partycell.svg",
		"title": "Partycell",
		"route": "/app/partycell-home",
		"has_permission": "partycell.access.permissions.uses_app",
	}
]

# Where the QR codes on the minutes and on labels lead.
website_route_rules = [
	{"from_route": "/handover/verify/<digest>", "to_route": "handover_verify"},
	{"from_route": "/folder-item/<item>", "to_route": "folder_item_label"},
]

jinja = {
	"methods": [
		"partycell.handover.minutes.context_for_print",
		"partycell.inspections.papers.inspection_for_print",
		"partycell.meetings.papers.meeting_for_print",
		"partycell.reviews.paper.review_for_print",
	]
}

# Where the docs lie; a folder for each language. The last app that names a place wins.
partycell_docs = ["https://github.com/your-organisation/partycell/blob/main/docs"]

# Each names a function that takes a cell and returns partycell.handover.open_matters.Matter values.
partycell_open_matters = [
	"partycell.corrective.actions.open_matters",
	"partycell.directives.acknowledgement.open_matters",
	"partycell.handbook.questions.open_matters",
]

# Each names a function that is called with a directive that is no longer in force, and its successor or None.
partycell_directive_outdated = ["partycell.handbook.versions.directive_outdated"]

# Each names a function that returns partycell.inspections.live_facts.Fact values.
partycell_live_facts = [
	"partycell.inspections.live_facts.own",
	"partycell.directives.facts.facts",
	"partycell.handbook.facts.facts",
	"partycell.meetings.facts.facts",
]

# Each names a function that is given partycell.reviews.figures.Asked and returns rules.review.Figure values.
partycell_review_figures = [
	"partycell.reviews.figures.standing",
	"partycell.reviews.figures.folders",
	"partycell.reviews.work.directives",
	"partycell.reviews.work.meetings",
	"partycell.reviews.figures.handovers",
	"partycell.reviews.work.inspections",
	"partycell.reviews.work.questions",
	"partycell.reviews.figures.actions",
]

# Days that a phone's requests are remembered, so that what it sends again is carried out once.
default_log_clearing_doctypes = {"Sent Request": 30}
