// What was entered goes into the phone first and is sent from there, again and again until it is answered, once.
import { Refused, send } from "my-cell/server";
import { waiting } from "my-cell/store";

let user = "";
let sending = null;
let changed = () => {};

/** Whose acts are sent, and what is called: with `{done}`, the labels of those sent, or with false before that. */
export function begin(name, listener) {
	user = name;
	changed = listener;
}

/** Keeps an act of the user's and tries to send it. */
export async function put(act, fields, { pages = [], item = null, label = "" } = {}) {
	const key = crypto.randomUUID ? crypto.randomUUID() : random();
	await waiting.put({ key, user, act, fields, pages, item, label, at: Date.now(), refused: "" });
	changed(false);
	await flush();
}

/** Those of this user that are not sent yet, oldest first. */
export async function entries() {
	return (await waiting.all()).filter((entry) => entry.user === user);
}

/** Sends what waits, in its order; stops where nobody answers. */
export function flush() {
	sending ??= work().finally(() => (sending = null));
	return sending;
}

/** Forgets an act that the site refused. */
export async function drop(key) {
	await waiting.remove(key);
	changed(false);
}

async function work() {
	const done = [];
	let any = false;
	for (const entry of await entries()) {
		if (entry.refused) continue;
		try {
			await send(entry.act, { key: entry.key, ...entry.fields }, entry.pages);
			await waiting.remove(entry.key);
			done.push(entry.label);
			any = true;
		} catch (error) {
			if (!(error instanceof Refused)) break;
			await waiting.put({ ...entry, refused: error.message || "?" });
			any = true;
		}
	}
	if (any) changed({ done });
}

function random() {
	return [...crypto.getRandomValues(new Uint8Array(16))]
		.map((byte) => byte.toString(16).padStart(2, "0"))
		.join("");
}
