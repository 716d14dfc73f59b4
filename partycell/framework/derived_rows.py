"""Many new rows by one statement: made by the database out of the rows of another table.

Sending 2,000 rows of forty values each through the query builder takes longer than everything else of an
issue together. What is the same in every row is therefore sent once.
"""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.query_builder import Criterion
from frappe.query_builder.terms import ParameterizedValueWrapper
from pypika.functions import Replace
from pypika.terms import Term

MARK = "@"


def insert_from(
	source, condition: Criterion, doctype: str, values: Mapping[str, Any], group_by: Term | None = None
) -> None:
	"""A row of ``doctype`` for each row of ``source`` that meets the condition; what is there already stays.

	values: by column, a plain value for all rows or a term on ``source``
	group_by: a row for each value of this column instead
	"""
	terms = [
		value if isinstance(value, Term) else ParameterizedValueWrapper(value) for value in values.values()
	]
	query = frappe.qb.into(frappe.qb.DocType(doctype)).columns(*values).ignore()
	query = query.from_(source).select(*terms).where(condition)
	(query.groupby(group_by) if group_by is not None else query).run()


def name_with(column: Term) -> Term:
	"""A new row's name: some letters that nobody can guess, and the name of the row it is made from."""
	# Joining texts is written differently by each database; replacing in them is not.
	return Replace(f"{frappe.generate_hash(length=10)}-{MARK}", MARK, column)
