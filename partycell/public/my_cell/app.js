// The secretary's page: draws what is kept at once, then what the site says, and sends what waits.
import { capture } from "my-cell/capture";
import { h } from "my-cell/dom";
import { handovers } from "my-cell/handovers";
import { inspections } from "my-cell/inspections";
import * as queue from "my-cell/queue";
import * as screens from "my-cell/screens";
import { everything, LoggedOut, Refused } from "my-cell/server";
import { kept } from "my-cell/store";
import { __ } from "my-cell/texts";

const SCREENS = {
	today: { label: __("Today"), draw: screens.today },
	folder: { label: __("Folder"), draw: screens.folder },
	directives: { label: __("To Read"), draw: screens.directives },
	questions: { label: __("Questions"), draw: screens.questions },
	handover: { label: __("Handover"), draw: handovers },
	inspection: { label: __("Inspection"), draw: inspections, aside: true },
};
// A site that does not answer is asked again soon, then less and less often.
const SOON = 4_000;
const SELDOM = 30_000;
const THANKS = 8;
const main = document.getElementById("screen");
const head = document.getElementById("head");
const bar = document.getElementById("bar");
const said = document.getElementById("said");
let page = null;
let offline = false;
let item = null;

function current() {
	const name = location.hash.slice(1);
	return SCREENS[name] ? name : "today";
}

async function draw() {
	if (!page) return;
	const entries = await queue.entries();
	drawHead(entries.filter((entry) => !entry.refused).length);
	drawBar();
	if (item) return main.replaceChildren(capture(item, closeItem));
	const given = { page, queue: entries, drop: queue.drop, open: openItem };
	if (!isShown(current())) location.hash = "today";
	// Fields outlive a drawing (see the screens): who is typing goes on typing.
	const held = document.activeElement;
	main.replaceChildren(h("h1", {}, SCREENS[current()].label), ...screens.refusals(given), ...[SCREENS[current()].draw(given)].flat());
	if (main.contains(held) && held !== main) held.focus({ preventScroll: true });
}

/** What goes on with the connection, read out where that is wanted; a word of success goes away again. */
function say(text, kind = "", seconds = 0) {
	clearTimeout(say.timer);
	if (said.textContent !== text) said.textContent = text;
	said.className = `said ${kind}`;
	if (seconds) say.timer = setTimeout(() => draw(), seconds * 1000);
	say.until = seconds ? Date.now() + seconds * 1000 : 0;
}

function drawHead(waits) {
	const cell = page.cell;
	const share = Math.round(cell?.completeness || 0);
	const choice = page.cells.length > 1 && h("select", { "aria-label": __("Cell"), on: { change: (event) => load(event.target.value) } }, page.cells.map((one) => h("option", { value: one.name, selected: one.name === cell.name }, one.cell_name)));
	const parts = [
		h("strong", {}, choice || cell?.cell_name || page.user.full_name),
		cell && h("div", { class: "meter", role: "img", "aria-label": __("The folder is {0} % complete", [share]) }, h("span", { style: `width:${share}%` })),
		cell && h("small", {}, __("{0} % complete: {1} of {2}", [share, cell.required_present || 0, cell.required_due || 0])),
	];
	head.replaceChildren(...parts.filter(Boolean));
	const words = [offline && __("No connection: what you enter is kept on the phone and sent later."), waits && __("{0} wait to be sent", [waits])];
	const text = words.filter(Boolean).join(" ");
	if (text || !(say.until > Date.now())) say(text, "wait");
}

/** Without an office there is only a handover to receive; a deputy takes note of directives. */
function isShown(name) {
	if (["today", "handover"].includes(name)) return true;
	return page.cell?.deputy ? name === "directives" : Boolean(page.cell);
}

function drawBar() {
	const shown = Object.entries(SCREENS).filter(([name, screen]) => !screen.aside && isShown(name));
	// Who came by keyboard stays where he was, though the links are made anew.
	const held = bar.contains(document.activeElement) && document.activeElement.hash;
	bar.replaceChildren(
		...shown.map(([name, screen]) =>
			h("a", { href: `#${name}`, "aria-current": name === current() && !item ? "page" : false, on: { click: () => (item = null) } }, screen.label)
		)
	);
	if (held) bar.querySelector(`[href="${held}"]`)?.focus();
}

function openItem(chosen) {
	item = chosen;
	draw();
	main.focus();
}

function closeItem() {
	item = null;
	draw();
}

async function load(cell = page?.cell?.name) {
	try {
		const told = await everything(cell);
		// Somebody else has this phone now: nothing of the one before is shown to him.
		page = told;
		offline = false;
		await kept.write(told);
		queue.begin(told.user.name, changed);
		await queue.flush();
	} catch (error) {
		if (error instanceof LoggedOut) return logIn();
		if (error instanceof Refused) return refuse(error);
		offline = true;
	}
	if (!item) await draw();
}

async function logIn() {
	await kept.forget();
	location.href = `/login?redirect-to=${encodeURIComponent("/my-cell")}`;
}

async function refuse(error) {
	await kept.forget();
	main.replaceChildren(h("p", { role: "alert" }, error.message || __("You hold no office in a cell.")));
}

async function changed(sent) {
	if (!sent) return item ? undefined : draw();
	await load();
	if (sent.done.length && !offline) say(__("Sent: {0}", [sent.done.join("; ")]), "good", THANKS);
}

async function again(pause) {
	const needed = offline || (await queue.entries()).some((entry) => !entry.refused);
	if (needed) await load();
	const next = needed ? Math.min(2 * pause, SELDOM) : SOON;
	setTimeout(again, next, next);
}

async function start() {
	page = (await kept.read().catch(() => null)) || null;
	if (page) {
		queue.begin(page.user.name, changed);
		await draw();
	}
	await load();
	if (!page) main.replaceChildren(h("p", { role: "alert" }, __("No connection yet. The page opens as soon as there is one.")));
	addEventListener("hashchange", () => {
		item = null;
		draw();
		scrollTo(0, 0);
	});
	addEventListener("online", () => load());
	addEventListener("offline", () => {
		offline = true;
		if (!item) draw();
	});
	setTimeout(again, SOON, SOON);
	if ("serviceWorker" in navigator) navigator.serviceWorker.register("/my-cell-worker.js", { scope: "/my-cell" }).catch(() => {});
}

start();
