// Leads everybody to the workspace of their role; the icon on the screen of apps points here.

frappe.pages["partycell-home"].on_page_show = () => {
	const told = frappe.boot.partycell || {};
	if (told.phone && frappe.is_mobile()) {
		window.location.replace(told.phone);
		return;
	}
	frappe.route_flags.replace_route = true;
	frappe.set_route(told.set_up_first ? "partycell-setup" : told.place || "partycell");
};
