"""Where the app's people land on the desk, and what its sidebar offers them.

Nothing is stored on an account: what somebody lands on follows from the roles at each start of the desk, and
a workspace that a user has chosen as his own default stays his. Only those who have no other work on the site
than ours are led; whoever has a role of another app finds the desk as that app left it.
"""

import frappe
from frappe.desk import desktop
from frappe.desk.utils import slug
from werkzeug.exceptions import HTTPException
from werkzeug.utils import redirect

from partycell.access import scope
from partycell.access.permissions import APP_ROLES, uses_app
from partycell.desk import first_hour, help_links

MODULE = "Partycell"
GENERAL = "Partycell"
"""The workspace with all records: where a manager lands, and whoever has no other."""
OF_EVERYBODY = frozenset({"All", "Guest", "Desk User"})
HOME = "/app/partycell-home"
ON_THE_PHONE = "/my-cell"
PHONES = ("Mobile", "Android", "iPhone")


def boot(bootinfo) -> None:
	"""Hook ``extend_bootinfo``: a default workspace, a sidebar without the framework's own, what to offer.

	``bootinfo.partycell`` holds ``place``, the route of the user's own workspace or page, and ``set_up_first``,
	whether the four questions of the first hour are to be asked; ``help`` is a page of the docs for each DocType.
	"""
	if not uses_app():
		return
	key = "sidebar_pages" if bootinfo.get("sidebar_pages") else "allowed_workspaces"
	pages = bootinfo[key]["pages"] if key == "sidebar_pages" else bootinfo[key]
	own = own_workspace(pages)
	_lead_back(bootinfo, pages, own)
	_offer_what_can_be_filled_in(bootinfo.user)
	_begin_with_the_own_cell(bootinfo.user)
	bootinfo.partycell = {
		"place": slug(own.name) if own else "",
		"phone": ON_THE_PHONE if only_secretary() else "",
		"set_up_first": first_hour.is_due(),
		"help": help_links.addresses(frappe.local.lang),
	}
	if not only_ours():
		return
	kept = only_ours_shown(pages)
	if key == "sidebar_pages":
		bootinfo.sidebar_pages = {**bootinfo.sidebar_pages, "pages": kept}
	else:
		bootinfo.allowed_workspaces = kept
	if bootinfo.get("app_data"):
		shown = [app for app in bootinfo.app_data if app["app_name"] == "partycell"]
		bootinfo.app_data = shown or bootinfo.app_data
	if own and not bootinfo.user.get("default_workspace"):
		bootinfo.user["default_workspace"] = {"name": own.name, "title": own.title, "public": own.public}


def _lead_back(bootinfo, pages: list, own) -> None:
	"""The way back that stands above a list or form leads to the user's own workspace, none that is not his."""
	seen = [page["name"] for page in pages if page.get("module") == MODULE]
	if own and bootinfo.get("module_wise_workspaces"):
		bootinfo.module_wise_workspaces[MODULE] = [own.name, *(name for name in seen if name != own.name)]


def _offer_what_can_be_filled_in(user) -> None:
	"""The desk offers no new record to whoever makes it by an act alone: its form would have no open field."""
	offered = user.get("can_create") or []
	# Frappe's own list of what may be written holds all that may be created.
	by_act = [
		name
		for name in help_links.documented()
		if name in offered and not frappe.has_permission(name, "write")
	]
	user["can_create"] = [name for name in offered if name not in by_act]


def _begin_with_the_own_cell(user) -> None:
	"""Who leads one cell and reads no other writes for that one: every new record begins with it."""
	reach = scope.of(frappe.session.user)
	if len(reach.held) == 1 and not reach.everything and not reach.ranges:
		(own,) = reach.held
		user["defaults"] = {**(user.get("defaults") or {}), "cell": own}


@frappe.whitelist()
def get_workspace_sidebar_items() -> dict:
	"""In the place of Frappe's: what Frappe 15 asks for its sidebar, and 16 after one was edited."""
	answer = desktop.get_workspace_sidebar_items()
	if only_ours():
		answer["pages"] = only_ours_shown(answer["pages"])
	return answer


def on_session_creation(login_manager=None) -> None:
	"""Hook: leads to the own place after a login, a secretary on a phone to the page that is made for it.

	On Frappe 15; on 16 what is answered here is written over, and ``phone_first`` does it.
	"""
	answer = frappe.local.response
	chosen = getattr(login_manager, "info", None) and login_manager.info.get("default_workspace")
	if not answer.get("home_page") or chosen or not only_ours():
		return
	answer["home_page"] = ON_THE_PHONE if only_secretary() and on_a_phone() else HOME


def phone_first() -> None:
	"""Hook ``before_request``: who belongs on the phone's page and comes to our home is sent there by one answer.

	Frappe 16 leads every login to the app's home; the desk, whose scripts alone weigh more than a megabyte, would
	be loaded for nothing before it.
	"""
	if frappe.request.path.rstrip("/") == HOME and on_a_phone() and only_secretary():
		raise HTTPException(response=redirect(ON_THE_PHONE))


def only_ours() -> bool:
	"""Whether all the user's roles are the app's; Administrator has every role and so is none of them."""
	roles = set(frappe.get_roles()) - OF_EVERYBODY
	return bool(roles) and roles <= APP_ROLES


def only_secretary() -> bool:
	"""Whether the user leads a cell and has no other work on the site."""
	return set(frappe.get_roles()) - OF_EVERYBODY == {"Cell Secretary"}


def on_a_phone() -> bool:
	"""Whether the request at hand comes from a phone, by what its browser says of itself."""
	agent = frappe.get_request_header("User-Agent", "") if frappe.request else ""
	return any(word in agent for word in PHONES)


def only_ours_shown(pages: list) -> list:
	"""The app's workspaces among those a user may open, and the private ones; all where none is ours."""
	kept = [page for page in pages if page.get("module") == MODULE or not page.get("public")]
	return kept if any(page.get("module") == MODULE for page in kept) else pages


def own_workspace(pages: list):
	"""The workspace to land on, of those that the user may open, in the sidebar's order; None without any.

	A manager lands on the general one; the others on the first that is made for their role.
	"""
	ours = [page for page in pages if page.get("module") == MODULE and page.get("public")]
	general = next((page for page in ours if page.get("name") == GENERAL), None)
	if general and "Partycell Manager" in frappe.get_roles():
		return general
	return next((page for page in ours if page is not general), general)
