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
after_migrate = "partycell.setup.install.after_migrate"
before_uninstall = "partycell.setup.uninstall.before_uninstall"

fixtures = [
	{
		"dt": "Role",
		"filters": [
			["name", "in", ["Cell Secretary", "Committee Officer", "Inspector", "Partycell Manager"]]
		],
	},
	{"dt": "Workflow", "filters": [["document_type", "in", ["Handover", "Corrective Action"]]]},
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
	"Folder Item": "partycell.permissions.conditions",
	"Folder Item File": "partycell.permissions.conditions",
	"Handover": "partycell.permissions.conditions",
	"Handover Item": "partycell.permissions.conditions",
	"Handover Open Matter": "partycell.permissions.conditions",
	"Corrective Action": "partycell.permissions.conditions",
}
has_permission = {
	"Party Committee": "partycell.permissions.has_permission",
	"Cell": "partycell.permissions.has_permission",
	"Secretary Term": "partycell.permissions.has_permission",
	"Folder Item": "partycell.permissions.has_permission",
	"Handover": "partycell.permissions.has_permission",
	"Corrective Action": "partycell.permissions.has_permission",
}

doc_events = {
	"File": {
		"before_insert": "partycell.filing.before_file",
		"after_insert": "partycell.filing.after_file",
		"on_trash": "partycell.filing.before_file_goes",
		"after_delete": "partycell.filing.after_file_went",
	},
}

before_request = ["partycell.locking.open_transaction"]
before_job = ["partycell.locking.open_transaction"]

scheduler_events = {"daily_long": ["partycell.provisioning.begin_periods"]}

standard_queries = {
	"Cell": "partycell.search.link_query",
	"Party Committee": "partycell.search.link_query",
	"Folder Item": "partycell.search.link_query",
}

add_to_apps_screen = [
	{
		"name": "partycell",
		"logo": "/assets/partycell/images/partycell.svg",
		"title": "Partycell",
		"route": "/app/partycell",
		"has_permission": "partycell.permissions.uses_app",
	}
]

jinja = {"methods": ["partycell.minutes.context_for_print"]}

# Each names a function that takes a cell and returns partycell.open_matters.Matter values.
partycell_open_matters = ["partycell.corrective.open_matters"]
