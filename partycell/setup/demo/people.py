"""The demo's accounts: one known password, addresses that lead nowhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import frappe

from partycell.setup.demo import plan

# How a long list is worked through with its progress shown: ``work(label, items)`` gives the items.
Work = Callable[[str, list], Iterable]
AT_ONCE = 10


def make(people: list[plan.Person], password: str, work: Work) -> int:
	"""Makes the accounts that are missing; returns how many. Each few are kept as they are done."""
	there = set(frappe.get_all("User", filters={"name": ("like", f"%@{plan.DOMAIN}")}, pluck="name"))
	missing = [one for one in people if one.login not in there]
	for number, one in enumerate(work("Accounts", missing), 1):
		add(one, password)
		if number % AT_ONCE == 0:
			# A demo that is cut short goes on where it stopped.
			frappe.db.commit()
	frappe.db.commit()  # the last few, likewise
	return len(missing)


def add(one: plan.Person, password: str) -> None:
	"""One account, with its role, a Vietnamese desk and the demo's password; nothing is sent."""
	account = frappe.new_doc("User")
	account.update(
		{
			"email": one.login,
			"first_name": one.family,
			"last_name": one.given,
			"language": "vi",
			"send_welcome_email": 0,
			"new_password": password,
			"user_type": "System User",
		}
	)
	if one.role:
		account.append("roles", {"role": one.role})
	account.flags.no_welcome_mail = True
	# The office's policy is for passwords that are secret; this one is printed.
	account.flags.ignore_password_policy = True
	with _as_at_install():
		account.insert()


@contextmanager
def _as_at_install() -> Iterator[None]:
	"""Within: Frappe makes an account at once, as while an app is installed.

	Otherwise it refuses the 61st account of an hour, queues two jobs for each, and asks a server on the
	internet for the person's picture.
	"""
	before, limit = frappe.flags.in_install, frappe.local.conf.get("throttle_user_limit")
	frappe.flags.in_install = "partycell"
	frappe.local.conf.throttle_user_limit = 10**6
	try:
		yield
	finally:
		frappe.flags.in_install = before
		if limit is None:
			frappe.local.conf.pop("throttle_user_limit")
		else:
			frappe.local.conf.throttle_user_limit = limit


@contextmanager
def acting(user: str) -> Iterator[None]:
	"""Within: everything is done as this user, with this user's permissions."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)
