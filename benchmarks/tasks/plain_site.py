"""What an office would have entered before it could do the five tasks with plain Frappe; none of it is counted.

A document of a folder is a ToDo of the secretary's with the paper attached: Frappe itself has no record that says
what a folder must hold, and a ToDo can be listed, printed, given to somebody else and closed.
"""

from tests.browser.site import DEMO_PASSWORD, Site

SECRETARY = "bithu@khong-partycell.example"
SUCCESSOR = "kenhiem@khong-partycell.example"
OFFICER = "canbo@khong-partycell.example"
INSPECTOR = "kiemtra@khong-partycell.example"
NAMES = {
	SECRETARY: ("Rahlan", "Hyuh"),
	SUCCESSOR: ("Kpă", "Djuel"),
	OFFICER: ("Siu", "Brơm"),
	INSPECTOR: ("Nay", "Phăn"),
}
FOLDER = "Cặp tài liệu CB-PT"
DIRECTIVE = "Quán triệt: Chỉ thị 12-CT/ĐU về nâng cao chất lượng sinh hoạt chi bộ"
ROLE = "Without Partycell"
"""Opens the desk, and may write every ToDo: Frappe lets nobody pass on one that is not his afterwards."""
PERMISSIONS = "frappe.core.page.permission_manager.permission_manager"
CHECKLIST = "Biên bản kiểm tra CB-PT"


CRITERIA = {
	"Đủ tài liệu theo danh mục": 25,
	"Không còn văn bản hết hiệu lực trong cặp": 10,
	"Văn bản cấp trên được cập nhật, xác nhận đúng hạn": 10,
	"Sổ tay được ghi chép thường xuyên": 10,
	"Kiến nghị, vướng mắc được gửi lên cấp trên": 5,
	"Sắp xếp, bảo quản tài liệu": 15,
	"Bàn giao đúng quy định khi thay bí thư": 15,
	"Khắc phục kết luận kiểm tra lần trước": 10,
}
"""The criteria set on the use of the folder, with the points that each has."""
MISSING = 7
"""So many documents are not there yet: their ToDos are open."""


def prepare(site: Site, documents: int) -> None:
	"""Four accounts without a role of ours; a folder of so many documents, a directive, a checklist."""
	if not site.rows("Role", {"name": ROLE}):
		site.call("frappe.client.insert", doc={"doctype": "Role", "role_name": ROLE, "desk_access": 1})
		site.call(f"{PERMISSIONS}.add", parent="ToDo", role=ROLE, permlevel=0)
		for right in ("write", "create", "print", "report"):
			how = {"doctype": "ToDo", "role": ROLE, "permlevel": 0, "ptype": right, "value": 1}
			site.call(f"{PERMISSIONS}.update", **how)
	for user, (last, first) in NAMES.items():
		if not site.rows("User", {"name": user}):
			account = {"doctype": "User", "email": user, "first_name": first, "last_name": last}
			account |= {"language": "vi", "send_welcome_email": 0, "new_password": DEMO_PASSWORD}
			account["roles"] = [{"role": ROLE}]
			site.call("frappe.client.insert", doc=account)
	for row in site.rows("ToDo", {"allocated_to": ["in", list(NAMES)]}):
		site.call("frappe.client.delete", doctype="ToDo", name=row["name"])
	papers = [f"{FOLDER}: tài liệu {number:02d}" for number in range(1, documents)]
	papers.insert(0, f"{FOLDER}: C1 Sổ biên bản tháng 10/2026")
	todos = [_todo(text, SECRETARY, "Open" if at < MISSING else "Closed") for at, text in enumerate(papers)]
	todos += [_todo(DIRECTIVE, SECRETARY), _todo(as_text(), INSPECTOR)]
	for at in range(0, len(todos), 100):
		site.call("frappe.client.insert_many", docs=todos[at : at + 100])


def as_text() -> str:
	"""The checklist as the office's model text has it, with a place behind each line for the points."""
	lines = "".join(f"<p>{title} (tối đa {points}): </p>" for title, points in CRITERIA.items())
	return f"<p>{CHECKLIST}</p>{lines}<p>Tổng điểm: </p>"


def _todo(text: str, user: str, status: str = "Open") -> dict:
	todo = {"doctype": "ToDo", "description": text, "allocated_to": user, "assigned_by": OFFICER}
	return todo | {"status": status}
