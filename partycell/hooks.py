"""What Frappe calls in partycell, and when."""

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

# Every DocType whose rows are guarded, children too: their rows can be listed by themselves.
permission_query_conditions = {
	"Party Committee": "partycell.permissions.conditions",
	"Party Committee User": "partycell.permissions.conditions",
	"Cell": "partycell.permissions.conditions",
	"Cell Section": "partycell.permissions.conditions",
	"Secretary Term": "partycell.permissions.conditions",
	"Secretary Term Deputy": "partycell.permissions.conditions",
	"Folder Item": "partycell.permissions.conditions",
	"Folder Item File": "partycell.permissions.conditions",
	"Handover": "partycell.permissions.conditions",
	"Handover Item": "partycell.permissions.conditions",
	"Handover Open Matter": "partycell.permissions.conditions",
	"Corrective Action": "partycell.permissions.conditions",
	"Directive": "partycell.permissions.conditions",
	"Directive Acknowledgement": "partycell.permissions.conditions",
	"Directive Change": "partycell.permissions.conditions",
	"Directive Target": "partycell.permissions.conditions",
	"Inspection": "partycell.permissions.conditions",
	"Inspection Finding": "partycell.permissions.conditions",
	"Inspection Plan": "partycell.permissions.conditions",
	"Inspection Plan Member": "partycell.permissions.conditions",
	"Inspection Score": "partycell.permissions.conditions",
	"Inspection Team Member": "partycell.permissions.conditions",
	"Folder Issue": "partycell.permissions.conditions",
	"Folder Issue Cell": "partycell.permissions.conditions",
	"Issued Folder": "partycell.permissions.conditions",
	"Folder Issue Copy": "partycell.permissions.conditions",
	"Handbook Note": "partycell.permissions.conditions",
	"Handbook Basis": "partycell.permissions.conditions",
	"Handbook Step": "partycell.permissions.conditions",
	"Handbook Word": "partycell.permissions.conditions",
	"Sent Request": "partycell.permissions.conditions",
	"Cell Import": "partycell.permissions.conditions",
	"Cell Meeting": "partycell.permissions.conditions",
	"Assigned Member": "partycell.permissions.conditions",
	"Reorganisation": "partycell.permissions.conditions",
	"Reorganisation Cell": "partycell.permissions.conditions",
	"Reorganisation Successor": "partycell.permissions.conditions",
	"Party Member": "partycell.permissions.conditions",
	"Meeting Attendance": "partycell.permissions.conditions",
	"Meeting Agenda Item": "partycell.permissions.conditions",
	"Meeting Score": "partycell.permissions.conditions",
	"Meeting Task": "partycell.permissions.conditions",
	"Cell Figures": "partycell.permissions.conditions",
	"Programme Review": "partycell.permissions.conditions",
	"Review Figure": "partycell.permissions.conditions",
	"File": "partycell.files.conditions",
}
has_permission = {
	"Party Committee": "partycell.permissions.has_permission",
	"Cell": "partycell.permissions.has_permission",
	"Secretary Term": "partycell.permissions.has_permission",
	"Folder Item": "partycell.permissions.has_permission",
	"Handover": "partycell.permissions.has_permission",
	"Corrective Action": "partycell.permissions.has_permission",
	"Directive": "partycell.permissions.has_permission",
	"Directive Acknowledgement": "partycell.permissions.has_permission",
	"Inspection": "partycell.permissions.has_permission",
	"Inspection Plan": "partycell.permissions.has_permission",
	"Folder Issue": "partycell.permissions.has_permission",
	"Issued Folder": "partycell.permissions.has_permission",
	"Handbook Note": "partycell.permissions.has_permission",
	"Handbook Word": "partycell.permissions.has_permission",
	"Sent Request": "partycell.permissions.has_permission",
	"Cell Import": "partycell.permissions.has_permission",
	"Cell Meeting": "partycell.permissions.has_permission",
	"Assigned Member": "partycell.permissions.has_permission",
	"Reorganisation": "partycell.permissions.has_permission",
	"Cell Figures": "partycell.permissions.has_permission",
	"Programme Review": "partycell.permissions.has_permission",
	"Party Member": "partycell.permissions.has_permission",
	"Meeting Attendance": "partycell.permissions.has_permission",
	"File": "partycell.files.has_permission",
}

# A report sent by e-mail shows what its user may see; Frappe runs a script report as whoever sends it.
override_doctype_class = {"Auto Email Report": "partycell.mailed_reports.MailedReport"}

doc_events = {
	"File": {
		"before_insert": "partycell.files.before_insert",
		"before_validate": "partycell.files.before_validate",
		"validate": "partycell.files.validate",
		"after_insert": "partycell.files.after_insert",
		"on_trash": "partycell.files.on_trash",
		"after_delete": "partycell.files.after_delete",
	},
	"DocShare": {"validate": "partycell.sharing.refuse_share"},
	"Document Follow": {"before_insert": "partycell.sharing.refuse_follower"},
	# Frappe calls these for a row that comes by itself only, not for one saved with its document.
	(
		"Cell Section",
		"Directive Change",
		"Directive Target",
		"Criteria Block",
		"Criterion",
		"Folder Issue Cell",
		"Folder Issue Copy",
		"Folder Item File",
		"Folder Template Item",
		"Folder Template Section",
		"Handbook Basis",
		"Handbook Step",
		"Handover Item",
		"Handover Open Matter",
		"Inspection Finding",
		"Inspection Plan Member",
		"Inspection Score",
		"Inspection Team Member",
		"Meeting Agenda Item",
		"Meeting Score",
		"Meeting Task",
		"Party Committee User",
		"Rating Band",
		"Reorganisation Cell",
		"Reorganisation Successor",
		"Review Figure",
		"Secretary Term Deputy",
	): {
		"validate": "partycell.sharing.refuse_row_alone",
		# What Frappe calls in its place for the row of a submitted document.
		"before_update_after_submit": "partycell.sharing.refuse_row_alone",
		"on_trash": "partycell.sharing.refuse_row_alone",
	},
}

# Frappe's own, which do not ask for permission, asked first for our records; and charts, read without a lock.
override_whitelisted_methods = {
	"frappe.client.get_count": "partycell.asked_first.get_count",
	"frappe.desk.search.get_link_title": "partycell.asked_first.get_link_title",
	"frappe.desk.like.toggle_like": "partycell.asked_first.toggle_like",
	"frappe.desk.form.load.getdoctype": "partycell.compat.getdoctype",
	"frappe.desk.notifications.get_open_count": "partycell.asked_first.get_open_count",
	"frappe.desk.desktop.get_workspace_sidebar_items": "partycell.landing.get_workspace_sidebar_items",
	"frappe.core.api.file.unzip_file": "partycell.asked_first.unzip_file",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "partycell.charts.get",
	"frappe.core.doctype.file.file.unzip_file": "partycell.asked_first.unzip_file",
}

# What each of the app's people finds when the desk opens.
extend_bootinfo = ["partycell.landing.boot"]
on_session_creation = ["partycell.landing.on_session_creation"]
role_home_page = {"Cell Secretary": "my-cell"}
app_home = "/app/partycell-home"
app_include_js = ["/assets/partycell/js/help.js", "/assets/partycell/js/states.js"]

before_request = ["partycell.locking.open_transaction"]
before_job = ["partycell.locking.begin_job"]

scheduler_events = {
	"hourly": [
		"partycell.sharing.forget_followers",
		"partycell.distribution.go_on",
		"partycell.issuing.go_on",
		"partycell.onboarding.mark",
	],
	"weekly_long": ["partycell.fixity.check_weekly"],
	"daily_long": [
		"partycell.reminders.remind",
		"partycell.supersession.expire",
		"partycell.distribution.catch_up_all",
		"partycell.provisioning.begin_periods",
		"partycell.overdue.tell",
		"partycell.planning.draft_next_plans",
		"partycell.questions.remind_due",
		"partycell.minutes_filing.file_missing",
		"partycell.meeting_filing.file_missing",
		"partycell.assigned.follow_days",
		"partycell.cell_figures.keep_month",
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
	"Inspection": [
		"public/js/inspection/checklist.js",
		"public/js/inspection/saving.js",
		"public/js/inspection/visit.js",
	],
	"Reorganisation": ["public/js/reorganisation/choosing.js"],
}

# Every DocType whose rows are guarded, children too: Frappe's own link search shows all rows to whoever
# sends it ignore_user_permissions.
standard_queries = {
	doctype: "partycell.search.link_query" for doctype in permission_query_conditions if doctype != "File"
}

add_to_apps_screen = [
	{
		"name": "partycell",
		"logo": "/assets/partycell/images/partycell.svg",
		"title": "Partycell",
		"route": "/app/partycell-home",
		"has_permission": "partycell.permissions.uses_app",
	}
]

# Where the QR codes on the minutes and on labels lead.
website_route_rules = [
	{"from_route": "/handover/verify/<digest>", "to_route": "handover_verify"},
	{"from_route": "/folder-item/<item>", "to_route": "folder_item_label"},
]

jinja = {
	"methods": [
		"partycell.minutes.context_for_print",
		"partycell.inspection_papers.inspection_for_print",
		"partycell.meeting_papers.meeting_for_print",
		"partycell.review_paper.review_for_print",
	]
}

# Where the docs lie; a folder for each language. The last app that names a place wins.
partycell_docs = ["https://github.com/your-organisation/partycell/blob/main/docs"]

# Each names a function that takes a cell and returns partycell.open_matters.Matter values.
partycell_open_matters = [
	"partycell.corrective.open_matters",
	"partycell.acknowledgement.open_matters",
	"partycell.questions.open_matters",
]

# Each names a function that is called with a directive that is no longer in force, and its successor or None.
partycell_directive_outdated = ["partycell.handbook_versions.directive_outdated"]

# Each names a function that returns partycell.live_facts.Fact values.
partycell_live_facts = [
	"partycell.live_facts.own",
	"partycell.acknowledgement_facts.facts",
	"partycell.handbook_facts.facts",
	"partycell.meeting_facts.facts",
]

# Each names a function that is given partycell.review_figures.Asked and returns rules.review.Figure values.
partycell_review_figures = [
	"partycell.review_figures.standing",
	"partycell.review_figures.folders",
	"partycell.review_work.directives",
	"partycell.review_work.meetings",
	"partycell.review_figures.handovers",
	"partycell.review_work.inspections",
	"partycell.review_work.questions",
	"partycell.review_figures.actions",
]

# Days that a phone's requests are remembered, so that what it sends again is carried out once.
default_log_clearing_doctypes = {"Sent Request": 30}
