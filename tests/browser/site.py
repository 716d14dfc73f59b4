"""What the site has stored, asked as its administrator: a screen may say anything, the rows do not."""

import json
import time
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

DEMO_PASSWORD = "ChiBo-AyunPa-2016"
# SQLite takes one writer at a time, and a job in the background may be one.
LOCKED, ATTEMPTS = "database is locked", 15
ADMINISTRATOR = ("Administrator", "admin")


class Site:
	"""A session of one user's over HTTP, the administrator's unless another is named."""

	def __init__(self, address: str, user: str = ADMINISTRATOR[0], password: str = ADMINISTRATOR[1]):
		self.address = address
		self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
		self.call("login", usr=user, pwd=password)

	def call(self, method: str, **arguments):
		"""What a whitelisted method answers; AssertionError with the site's words where it refuses."""
		data = {
			key: value if isinstance(value, str) else json.dumps(value) for key, value in arguments.items()
		}
		request = Request(f"{self.address}/api/method/{method}", urlencode(data).encode())
		request.add_header("Accept", "application/json")
		for attempt in range(ATTEMPTS):
			try:
				with self.opener.open(request, timeout=60) as answer:
					return json.loads(answer.read()).get("message")
			except HTTPError as error:
				said = error.read().decode()
				if LOCKED not in said or attempt == ATTEMPTS - 1:
					raise AssertionError(f"{method}: {error.code} {said[:2000]}") from None
				time.sleep(2)

	def rows(
		self, doctype: str, filters: dict, fields: str = "name", order_by: str = "name asc"
	) -> list[dict]:
		"""The rows that match, each with these fields."""
		return self.call(
			"frappe.client.get_list",
			doctype=doctype,
			filters=filters,
			fields=fields.split(),
			order_by=order_by,
			limit_page_length=0,
		)

	def row(self, doctype: str, filters: dict, fields: str = "name", order_by: str = "name asc") -> dict:
		"""The first row that matches; AssertionError where there is none."""
		found = self.rows(doctype, filters, fields, order_by)
		assert found, f"no {doctype} with {filters}"
		return found[0]

	def doc(self, doctype: str, name: str) -> dict:
		"""A whole document with its child rows."""
		return self.call("frappe.client.get", doctype=doctype, name=name)

	def count(self, doctype: str, filters: dict) -> int:
		"""How many rows match."""
		return len(self.rows(doctype, filters))
