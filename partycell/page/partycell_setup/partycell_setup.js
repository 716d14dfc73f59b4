// The first hour: four questions, and beside them sample data to look around with.

frappe.provide("partycell.first_hour");

frappe.pages["partycell-setup"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("The First Hour"), single_column: true });
	partycell.first_hour.page = page;
	frappe.breadcrumbs.add("Partycell");
	page.main.addClass("frappe-card").css({ padding: "var(--padding-lg)" });
};

frappe.pages["partycell-setup"].on_page_show = () => partycell.first_hour.show();

frappe.pages["partycell-setup"].on_page_hide = () => clearTimeout(partycell.first_hour.timer);

partycell.first_hour.method = (name) => `partycell.api.first_hour.${name}`;

partycell.first_hour.show = async () => {
	const { page } = partycell.first_hour;
	const { message: told } = await frappe.call({ method: "partycell.api.first_hour.state" });
	page.main.empty();
	page.clear_primary_action();
	if (told.done) {
		const text = __("The office is set up. Officers and further committees are entered in the tree of committees.");
		page.main.append(`<p>${text}</p>`);
		page.set_primary_action(__("To the Workspace"), () => frappe.set_route("partycell"));
	} else {
		partycell.first_hour.ask(page, told);
	}
	partycell.first_hour.box = $(`<section class="mt-5 pt-4" style="border-top: 1px solid var(--border-color)"
		aria-live="polite"></section>`).appendTo(page.main);
	partycell.first_hour.show_sample(told.sample);
};

/** The four questions, one section each. */
partycell.first_hour.ask = (page, told) => {
	const body = $("<div>").appendTo(page.main);
	const form = new frappe.ui.FieldGroup({ fields: partycell.first_hour.fields(told), body: body.get(0) });
	form.make();
	partycell.first_hour.form = form;
	partycell.first_hour.offer_officers(form.get_field("officers").$wrapper);
	page.set_primary_action(__("Set Up the Office"), () => partycell.first_hour.send(form));
};

partycell.first_hour.fields = (told) => {
	const value = (text) => ({ value: text, label: __(text) });
	const levels = ["Province", "Commune", "Grassroots", "Department", "Central", "Town", "District"];
	const first = told.templates.find((row) => row.is_default) || told.templates[0] || {};
	return [
		{ fieldtype: "Section Break", label: __("1. Which Committee Is This Office?") },
		{ fieldname: "committee", fieldtype: "Data", label: __("Name of the Committee"), reqd: 1,
			description: __("As it stands on papers, for example Đảng ủy xã Ia Rbol") },
		{ fieldname: "level", fieldtype: "Select", label: __("Level"), reqd: 1, default: "Commune",
			options: levels.map(value) },
		{ fieldtype: "Column Break" },
		{ fieldname: "symbol", fieldtype: "Data", label: __("Symbol"),
			description: __("As it stands on papers, for example ĐU") },
		{ fieldname: "place", fieldtype: "Data", label: __("Place"), description: __("Stands before the date on papers") },
		{ fieldtype: "Section Break", label: __("2. What Must a Folder Hold?") },
		{ fieldname: "template", fieldtype: "Select", label: __("Folder Template"), reqd: 1, default: first.name,
			options: told.templates.map((row) => ({ value: row.name, label: row.template_name })),
			description: __("Each cell gets its folder from it. Every line of the template can be changed later.") },
		{ fieldtype: "Section Break", label: __("3. Where Do the Cells Come From?") },
		{ fieldname: "cells", fieldtype: "Select", label: __("The Cells"), reqd: 1, default: "Import",
			options: [
				{ value: "Import", label: __("From a spreadsheet, now") },
				{ value: "Enter", label: __("One by one, now") },
				{ value: "Later", label: __("Later") },
			] },
		{ fieldtype: "Section Break", label: __("4. Who Are the Officers?"),
			description: __("Whoever has no account on this site yet is sent a letter with a link to choose a password.") },
		{ fieldname: "officers", fieldtype: "HTML" },
		{ fieldtype: "Section Break", hidden: !told.dates },
		{ fieldname: "dates", fieldtype: "Check", hidden: !told.dates, default: 1,
			label: __("Show dates as 31/12/2026 on the whole site") },
	];
};

/** Lines for officers and inspectors, as wide as the screen allows: the framework's table is too narrow on a phone. */
partycell.first_hour.offer_officers = (box) => {
	const lines = $(`<div role="group" aria-label="${__("Officers and Inspectors")}"></div>`).appendTo(box);
	partycell.first_hour.officers = lines;
	partycell.first_hour.add_officer(lines);
	$(`<button type="button" class="btn btn-xs btn-default">${__("Another Officer")}</button>`)
		.appendTo(box)
		.on("click", () => partycell.first_hour.add_officer(lines).find("input").first().trigger("focus"));
};

partycell.first_hour.add_officer = (lines) => {
	const option = (value) => `<option value="${value}">${__(value)}</option>`;
	const input = (name, label, type = "text") => `<label class="mb-0"><span class="control-label">${label}</span>
		<input type="${type}" class="form-control" name="${name}" autocomplete="off"></label>`;
	const line = $(`<div class="officer-line mb-3 pb-3" style="display: grid; gap: var(--padding-sm); align-items: end;
			grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); border-bottom: 1px solid var(--border-color)">
		${input("email", __("E-Mail"), "email")}
		${input("full_name", __("Full Name"))}
		<label class="mb-0"><span class="control-label">${__("Function")}</span>
			<select class="form-control" name="function">${["Officer", "Inspector"].map(option).join("")}</select></label>
		${input("position", __("Position"))}
	</div>`).appendTo(lines);
	if (lines.children().length > 1) {
		$(`<button type="button" class="btn btn-xs btn-default" style="justify-self: start">${__("Remove This Line")}</button>`)
			.appendTo(line)
			.on("click", () => line.remove());
	}
	return line;
};

/** What was entered, a value for each field of each line. */
partycell.first_hour.entered_officers = () =>
	partycell.first_hour.officers
		.children()
		.toArray()
		.map((line) => Object.fromEntries([...line.querySelectorAll("[name]")].map((field) => [field.name, field.value.trim()])));

partycell.first_hour.send = async (form) => {
	const values = form.get_values();
	if (!values) return;
	const officers = partycell.first_hour.entered_officers();
	const args = { ...values, officers, dates: values.dates ? 1 : 0 };
	let done;
	try {
		({ message: done } = await frappe.call({ method: partycell.first_hour.method("set_up"), args, freeze: true }));
	} catch {
		// What was refused stands on the screen.
		return;
	}
	frappe.boot.partycell && (frappe.boot.partycell.set_up_first = false);
	const go_on = () => {
		if (done.next === "cell/new") frappe.new_doc("Cell", { committee: done.committee });
		else if (done.next === "cell-import/new") frappe.new_doc("Cell Import");
		else frappe.set_route(done.next);
	};
	if (!done.unsent.length) {
		frappe.show_alert({ message: __("The office is set up."), indicator: "green" });
		go_on();
		return;
	}
	// Another page would close the message before anybody has read it.
	const told = frappe.msgprint({
		title: __("No E-Mail Leaves This Site Yet"),
		message: __("Give each of these accounts a password in the list of users: {0}", [
			done.unsent.map(frappe.utils.escape_html).join(", "),
		]),
	});
	told.custom_onhide = () => {
		told.custom_onhide = null;
		go_on();
	};
};

/** What the sample data is, how far it is, and the one button that loads it or takes it away. */
partycell.first_hour.show_sample = (sample) => {
	const { box } = partycell.first_hour;
	clearTimeout(partycell.first_hour.timer);
	const escape = frappe.utils.escape_html;
	const work = sample.work || {};
	const busy = ["Loading", "Removing"].includes(work.what);
	box.empty().append(`<h4>${__("Sample Data")}</h4>`);
	if (busy) {
		const percent = work.of ? Math.round((100 * work.done) / work.of) : 0;
		const what = work.what === "Loading" ? __("The sample is being loaded …") : __("The sample is being removed …");
		const where = work.label ? __("{0}: {1} of {2}", [__(work.label), work.done, work.of]) : __("It will begin soon.");
		box.append(`<p>${what} ${escape(where)}</p>
			<div class="progress" role="progressbar" aria-label="${escape(what)}" aria-valuemin="0" aria-valuemax="100"
				aria-valuenow="${percent}"><div class="progress-bar" style="width: ${percent}%"></div></div>`);
		partycell.first_hour.timer = setTimeout(partycell.first_hour.look_again, 1500);
		return;
	}
	if (work.what === "Failed") {
		const text = __("It broke off. Press the button again: it goes on where it stopped.");
		box.append(`<p class="text-danger" role="alert">${text}</p>`);
	}
	if (sample.present) {
		box.append(`<p>${__("Sample data is on this site: a town with 119 cells that does not exist.")}</p>`);
		if (work.password) box.append(partycell.first_hour.logins_html(work));
		partycell.first_hour.add_button(__("Remove Sample Data"), "btn-danger", "remove_sample");
		if (!work.password) {
			partycell.first_hour.add_button(__("New Password for the Logins"), "btn-default", "renew_sample_logins");
		}
		if (work.what === "Failed") partycell.first_hour.add_button(__("Load Sample Data"), "btn-default", "load_sample");
	} else if (sample.own_cells) {
		box.append(`<p class="text-muted">${__("Sample data can be loaded only while there are no cells.")}</p>`);
	} else {
		const text = __(
			"A town with 119 cells, their folders, handovers and inspections, to look around with. It is removed by one click, and nothing of your own with it."
		);
		box.append(`<p>${text}</p>`);
		partycell.first_hour.add_button(__("Load Sample Data"), "btn-default", "load_sample");
	}
};

/** Who can log in as what; shown to whoever loaded the sample, and to nobody else. */
partycell.first_hour.logins_html = (work) => {
	const escape = frappe.utils.escape_html;
	const rows = Object.entries(work.logins).map(
		([role, login]) => `<li>${escape(__(role))}: <code>${escape(login)}</code></li>`
	);
	const word = __("Password for all of them, shown for one day: {0}", [`<code>${escape(work.password)}</code>`]);
	return `<ul>${rows.join("")}</ul><p>${word}</p>`;
};

partycell.first_hour.add_button = (label, look, name) => {
	$(`<button type="button" class="btn btn-sm ${look} mr-2 mb-2">${label}</button>`)
		.appendTo(partycell.first_hour.box)
		.on("click", async (event) => {
			event.currentTarget.disabled = true;
			const { message } = await frappe.call({ method: partycell.first_hour.method(name) });
			if (message) partycell.first_hour.show_sample(message);
			else event.currentTarget.disabled = false;
		});
};

partycell.first_hour.look_again = async () => {
	const { message: sample } = await frappe.call({ method: "partycell.api.first_hour.sample_state" });
	if (["Loading", "Removing"].includes(sample.work?.what)) partycell.first_hour.show_sample(sample);
	else partycell.first_hour.show();
};
