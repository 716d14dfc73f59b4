// What the receiver has marked and the server has not confirmed yet. Nothing of it is lost: it is kept
// in this browser until it is saved, and sent again when the connection is back or the page is.

frappe.provide("partycell.handover");

partycell.handover.Marks = class Marks {
	/** on_change() is called whenever `state` or `count` may have changed, on_saved(answer) after each save. */
	constructor(handover, { on_change, on_saved, on_refused }) {
		Object.assign(this, { handover, on_change, on_saved, on_refused });
		this.key = `partycell:marks:${frappe.session.user}:${handover}`;
		this.waiting = this.read();
		this.sending = null;
		this.state = "saved";
		this.wait = this.FIRST_WAIT = 2000;
		this.LONGEST_WAIT = 30000;
		this.online = () => this.send();
		window.addEventListener("online", this.online);
		if (this.count) this.later(0);
	}

	get count() {
		return Object.keys({ ...this.sending, ...this.waiting }).length;
	}

	/** What is not confirmed for a line: {state, remark, disputed}, of each only what was changed. */
	of(row) {
		return { ...this.sending?.[row], ...this.waiting[row] };
	}

	add(row, values, delay = 400) {
		this.waiting[row] = { ...this.waiting[row], ...values };
		this.write();
		this.state = "waiting";
		this.on_change();
		this.later(delay);
	}

	/** Resolves once everything is saved; rejects when it could not be. */
	async flush() {
		while (this.count) {
			await this.send();
			if (this.state === "offline" || this.state === "refused") throw new Error(this.state);
		}
	}

	later(delay) {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.send(), delay);
	}

	send() {
		clearTimeout(this.timer);
		if (this.flight) return this.flight;
		if (!Object.keys(this.waiting).length) return Promise.resolve();
		this.sending = this.waiting;
		this.waiting = {};
		this.state = "sending";
		this.on_change();
		this.flight = this.post(this.sending).then((outcome) => {
			this.flight = null;
			this[outcome.kind](outcome);
			this.on_change();
		});
		return this.flight;
	}

	saved({ answer }) {
		this.sending = null;
		this.wait = this.FIRST_WAIT;
		this.write();
		this.state = this.count ? "waiting" : "saved";
		this.on_saved(answer);
		if (this.count) this.later(0);
	}

	offline() {
		this.keep();
		this.state = "offline";
		this.later(this.wait);
		this.wait = Math.min(this.wait * 2, this.LONGEST_WAIT);
	}

	refused({ message }) {
		this.keep();
		this.state = "refused";
		this.on_refused(message);
	}

	/** What was on its way waits again, under whatever was marked since. */
	keep() {
		const waiting = { ...this.sending };
		for (const [row, values] of Object.entries(this.waiting)) {
			waiting[row] = { ...waiting[row], ...values };
		}
		this.waiting = waiting;
		this.sending = null;
		this.write();
	}

	/** Gives up what is not saved: the handover has moved on and takes no marks any more. */
	forget() {
		this.waiting = {};
		this.sending = null;
		this.state = "saved";
		this.write();
		this.stop();
	}

	stop() {
		clearTimeout(this.timer);
		window.removeEventListener("online", this.online);
	}

	// By fetch, not frappe.call: a lost connection is expected here and must not open a dialog each time.
	async post(marks) {
		let response;
		// A form that is being saved is not reloaded because of its own change.
		frappe.ui.form.is_saving = true;
		try {
			response = await fetch("/api/method/partycell.api.handovers.mark", {
				method: "POST",
				headers: {
					"Content-Type": "application/json",
					Accept: "application/json",
					"X-Frappe-CSRF-Token": frappe.csrf_token,
				},
				body: JSON.stringify({ handover: this.handover, marks: JSON.stringify(marks) }),
			});
			const body = await response.json();
			if (response.ok) return { kind: "saved", answer: body.message };
			// Busy is not refused: locks and deadlocks pass, and so does a server that restarts.
			const passing = response.status >= 500 || response.status === 429 || response.status === 408;
			if (passing || /Deadlock|Timeout|TimestampMismatch/.test(body.exc_type || "")) return { kind: "offline" };
			return { kind: "refused", message: this.message_in(body) };
		} catch {
			return { kind: "offline" };
		} finally {
			frappe.ui.form.is_saving = false;
		}
	}

	message_in(body) {
		try {
			return JSON.parse(body._server_messages)
				.map((one) => JSON.parse(one).message)
				.join("<br>");
		} catch {
			return "";
		}
	}

	read() {
		try {
			return JSON.parse(localStorage.getItem(this.key)) || {};
		} catch {
			return {};
		}
	}

	write() {
		const all = { ...this.sending, ...this.waiting };
		for (const row in this.sending) all[row] = { ...this.sending[row], ...this.waiting[row] };
		try {
			if (Object.keys(all).length) localStorage.setItem(this.key, JSON.stringify(all));
			else localStorage.removeItem(this.key);
		} catch {
			// A full or forbidden storage: what is marked still waits in this page.
		}
	}
};
