/** An element with its attributes and children; `on` has its listeners. Text is never read as HTML. */
export function h(tag, attributes = {}, ...children) {
	const { on = {}, ...rest } = attributes;
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(rest)) {
		if (value === true) made.setAttribute(name, "");
		else if (value !== false && value != null) made.setAttribute(name, value);
	}
	for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
	made.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
	return made;
}

/** A large button. */
export function button(label, act, kind = "") {
	return h("button", { type: "button", class: `button ${kind}`, on: { click: act } }, label);
}

/** Text that the server wrote as HTML, as plain paragraphs. */
export function plain(html) {
	const parsed = new DOMParser().parseFromString(html || "", "text/html");
	return [...parsed.body.children].map((part) => h("p", {}, part.textContent));
}
