// Frappe's uploader for files of ours. They are private, whatever is chosen, so it does not offer the choice.
frappe.provide("partycell");

partycell.upload = (options) => {
	const uploader = new frappe.ui.FileUploader({
		make_attachments_public: false,
		allow_toggle_private: false,
		...options,
	});
	uploader.dialog?.get_secondary_btn().addClass("hide");
	return uploader;
};
