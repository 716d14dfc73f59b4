// The one place that speaks with the site.
const METHODS = "/api/method/partycell.api.my_cell.";
const PATIENCE = 60_000;
let token = "";

/** No answer came: the connection is gone, or the site is. Sent again later. */
export class Unreachable extends Error {}
/** The site says no, and why; sending it again would not help. */
export class Refused extends Error {}
/** Nobody is logged in. */
export class LoggedOut extends Error {}

/** Everything that the page shows, for one of the user's cells. */
export async function everything(cell) {
	const query = cell ? `?cell=${encodeURIComponent(cell)}` : "";
	const page = await ask(`everything${query}`, { method: "GET" });
	token = page.csrf_token;
	delete page.csrf_token;
	return page;
}

/** Sends an act: `fields` as text, `pages` as files. */
export function send(act, fields, pages = []) {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		body.append(name, typeof value === "string" ? value : JSON.stringify(value));
	}
	pages.forEach((page, at) => body.append("page", page, `page-${at + 1}`));
	return ask(act, { method: "POST", body, headers: { "X-Frappe-CSRF-Token": token } });
}

async function ask(path, how) {
	let answer;
	try {
		answer = await fetch(METHODS + path, {
			...how,
			headers: { Accept: "application/json", ...how.headers },
			credentials: "same-origin",
			cache: "no-store",
			signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
		});
	} catch (error) {
		throw new Unreachable(String(error));
	}
	const told = await answer.json().catch(() => ({}));
	if (answer.ok) return told.message;
	if (answer.status === 401 || told.session_expired) throw new LoggedOut();
	if (answer.status === 403 && /not whitelisted|Guest|Login/i.test(JSON.stringify(told))) throw new LoggedOut();
	// 409: it is at work already. 400: the token is of an earlier session. 429 and 5xx: later.
	if ([400, 408, 409, 429].includes(answer.status) || answer.status >= 500) throw new Unreachable(answer.status);
	throw new Refused(said(told));
}

function said(told) {
	try {
		const messages = JSON.parse(told._server_messages).map((one) => JSON.parse(one).message);
		const text = new DOMParser().parseFromString(messages.join("\n"), "text/html").body.textContent;
		if (text) return text;
	} catch {
		// An answer without messages: said in general below.
	}
	return told.exception ? told.exception.split(": ").slice(1).join(": ") : "";
}
