// The page's own words, in the language of whoever opened it; the server puts them into the page.
const words = JSON.parse(document.getElementById("texts").textContent);

/** A text in the user's language; {0}, {1} ... are filled with the values. */
export function __(text, values = []) {
	return (words[text] || text).replace(/\{(\d)\}/g, (_whole, at) => String(values[at] ?? ""));
}

/** 2026-11-30 as 30/11/2026. */
export function day(iso) {
	return iso ? iso.slice(0, 10).split("-").reverse().join("/") : "";
}

/** 12.5 as 12,5. */
export function figure(value) {
	return Number(value || 0).toLocaleString(document.documentElement.lang || "vi");
}
