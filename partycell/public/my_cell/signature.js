import { button, h } from "my-cell/dom";
import { __ } from "my-cell/texts";

/** A field to sign in with a finger; `value()` is a PNG as a data URI, empty while nothing is drawn. */
export function signature() {
	const canvas = h("canvas", { width: 640, height: 240, role: "img", "aria-label": __("Sign here with your finger") });
	const brush = canvas.getContext("2d");
	let drawn = false;
	let last = null;
	const at = (event) => {
		const box = canvas.getBoundingClientRect();
		return [
			((event.clientX - box.left) * canvas.width) / box.width,
			((event.clientY - box.top) * canvas.height) / box.height,
		];
	};
	canvas.addEventListener("pointerdown", (event) => {
		canvas.setPointerCapture(event.pointerId);
		last = at(event);
	});
	canvas.addEventListener("pointermove", (event) => {
		if (!last) return;
		const next = at(event);
		brush.lineWidth = 4;
		brush.lineCap = "round";
		brush.beginPath();
		brush.moveTo(...last);
		brush.lineTo(...next);
		brush.stroke();
		[last, drawn] = [next, true];
	});
	for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (last = null));
	const clear = () => {
		brush.clearRect(0, 0, canvas.width, canvas.height);
		drawn = false;
	};
	const element = h(
		"div",
		{ class: "signature" },
		h("p", {}, __("Sign here with your finger")),
		canvas,
		button(__("Clear"), clear)
	);
	return { element, value: () => (drawn ? canvas.toDataURL("image/png") : "") };
}
