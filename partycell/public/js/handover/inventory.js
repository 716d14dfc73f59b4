// The inventory of a handover by section: to be marked by the receiver, to be remarked on by the giver,
// with what is done about it by the upper level, and to be read by everybody else.

frappe.provide("partycell.handover");

partycell.handover.Inventory = class Inventory {
	constructor(frm) {
		this.frm = frm;
		this.chosen = "all";
		this.wrapper = frm.fields_dict.inventory.$wrapper;
		this.wrapper
			.addClass("pc-inventory")
			.on("click", "[data-state]", (e) => this.mark(this.row_at(e), $(e.currentTarget).attr("data-state")))
			.on("click", ".pc-remark-open", (e) => this.open_remark(this.row_at(e)))
			.on("input", ".pc-remark input", (e) => this.remark(this.row_at(e), e.currentTarget.value))
			.on("click", ".pc-remedy-edit", (e) => partycell.handover.edit_remedy(this.frm, this.row_at(e)))
			.on("click", "[data-mark]", (e) => this.filter($(e.currentTarget).attr("data-mark")))
			.on("click", "[data-act]", (e) => partycell.handover.acts[$(e.currentTarget).attr("data-act")].run(frm))
			.on("click", ".pc-rest", () => this.mark_rest())
			.on("click", ".pc-retry", () => this.marks?.send())
			.on("keydown", ".pc-line", (e) => this.key(e));
	}

	refresh() {
		const { frm } = this;
		const { writable } = partycell.handover.told(frm);
		this.may_mark = !frm.is_new() && writable.includes("items.received_state");
		this.may_remark = !frm.is_new() && writable.includes("items.remark");
		this.may_remedy = !frm.is_new() && writable.includes("items.responsible");
		if (this.handover !== frm.doc.name) {
			this.marks?.stop();
			this.marks = null;
			this.handover = frm.doc.name;
			this.chosen = "all";
		}
		this.follow_marks();
		this.draw();
	}

	/** Marks that an earlier visit could not save are taken up again, or given up when it is too late. */
	follow_marks() {
		const { frm } = this;
		if (!this.marks && !frm.is_new()) {
			this.marks = new partycell.handover.Marks(frm.doc.name, {
				on_change: () => this.show_saving(),
				on_saved: (answer) => {
					frm.doc.modified = answer.modified;
					for (const [key, value] of Object.entries(answer.counts)) frm.doc[`count_${key}`] = value;
				},
				on_refused: (message) => {
					frappe.msgprint({ title: __("Not saved"), message, indicator: "orange" });
					frm.reload_doc();
				},
			});
		}
		if (!this.marks?.count) return;
		if (!this.may_mark) {
			this.marks.forget();
			return;
		}
		for (const row of frm.doc.items) {
			const { state, remark } = this.marks.of(row.name);
			if (state !== undefined) row.received_state = state;
			if (remark !== undefined) row.received_remark = remark;
		}
	}

	row_at(event) {
		const name = $(event.currentTarget).closest(".pc-line").attr("data-row");
		return this.frm.doc.items.find((row) => row.name === name);
	}

	mark(row, state) {
		row.received_state = state;
		this.marks.add(row.name, { state });
		this.redraw_line(row);
		this.show_counts();
	}

	remark(row, text) {
		if (this.may_mark) {
			row.received_remark = text;
			this.marks.add(row.name, { remark: text }, 1000);
		} else {
			frappe.model.set_value(row.doctype, row.name, "remark", text);
		}
	}

	async mark_rest() {
		const unmarked = this.frm.doc.items.filter((row) => !row.received_state);
		if (!unmarked.length) return;
		const question = __("Mark {0} documents as present? Only if you have seen each of them.", [unmarked.length]);
		frappe.confirm(question, async () => {
			for (const row of unmarked) {
				row.received_state = "Present";
				this.marks.add(row.name, { state: "Present" });
			}
			this.draw();
			this.show_counts();
		});
	}

	filter(mark) {
		this.chosen = mark === this.chosen ? "all" : mark;
		this.draw();
	}

	/** Digits mark the line that has the focus, arrows go on to the next. */
	key(event) {
		if ($(event.target).is("input")) return;
		const digit = Number(event.key);
		const line = $(event.currentTarget);
		if (this.may_mark && digit >= 1 && digit <= partycell.handover.MARKS.length) {
			event.preventDefault();
			this.mark(this.row_at(event), partycell.handover.MARKS[digit - 1]);
		} else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
			event.preventDefault();
			const lines = this.wrapper.find(".pc-line");
			const next = lines.get(lines.index(line) + (event.key === "ArrowDown" ? 1 : -1));
			next?.focus();
		}
	}

	open_remark(row) {
		const line = this.wrapper.find(`.pc-line[data-row="${row.name}"]`);
		line.addClass("pc-remarking").find(".pc-remark input").trigger("focus");
	}

	draw() {
		const { frm } = this;
		const held = document.activeElement?.closest?.(".pc-line")?.getAttribute("data-row");
		const input = held && $(document.activeElement).is("input");
		this.wrapper.html(partycell.handover.inventory_html(this));
		this.show_saving();
		if (held) {
			this.wrapper.find(`.pc-line[data-row="${held}"]${input ? " input" : ""}`).trigger("focus");
		}
		frm.fields_dict.inventory.$wrapper.toggleClass("pc-marking", this.may_mark);
	}

	redraw_line(row) {
		const line = this.wrapper.find(`.pc-line[data-row="${row.name}"]`);
		line.attr("data-received", row.received_state || "");
		line.find("[data-state]").each((_index, button) => {
			$(button).attr("aria-checked", String($(button).attr("data-state") === row.received_state));
		});
	}

	show_counts() {
		const { frm } = this;
		const tally = partycell.handover.tally(frm.doc);
		frm.doc.count_unmarked = tally.Unmarked;
		this.wrapper.find(".pc-counts").replaceWith(partycell.handover.counts_html(frm.doc, this.chosen));
		partycell.handover.draw_steps(frm);
		this.wrapper.find(".pc-rest").toggle(tally.Unmarked > 0);
		this.wrapper.find(".pc-bar [data-act=Received]").toggleClass("btn-primary", !tally.Unmarked);
	}

	/** The line that says whether everything is saved. */
	show_saving() {
		if (!this.may_mark || !this.marks) return;
		const { state, count } = this.marks;
		const words = {
			saved: ["green", __("Everything is saved")],
			waiting: ["gray", __("Saving…")],
			sending: ["gray", __("Saving…")],
			offline: ["orange", __("No connection. {0} marks are kept on this device and sent again.", [count])],
			refused: ["red", __("{0} marks are not saved.", [count])],
		};
		const [colour, text] = words[state];
		const again = ["offline", "refused"].includes(state)
			? `<button type="button" class="btn btn-xs btn-default pc-retry">${__("Try Again")}</button>`
			: "";
		this.wrapper
			.find(".pc-saving")
			.html(`<span class="indicator ${colour}">${frappe.utils.escape_html(text)}</span> ${again}`);
	}
};
