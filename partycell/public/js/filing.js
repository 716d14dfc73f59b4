// Frappe's uploader for files of ours. They are private, whatever is chosen, so it does not offer the choice.
frappe.provide("partycell");

partycell.upload = (options) => {
	const uploader = new frappe.ui.FileUploader({
		make_attachments_public: false,
		allow_toggle_private: false,
		...options,
	});
	if (uploader.dialog) {
		uploader.dialog.get_secondary_btn().addClass("hide");
		// Frappe names the button anew for every file, and shows it by that.
		uploader.dialog.set_secondary_action_label = () => {};
	}
	return uploader;
};
