// Photographs of a paper: made small on the phone, turned, in order, then filed as one document.
import { button, h } from "my-cell/dom";
import { put } from "my-cell/queue";
import { __ } from "my-cell/texts";

const LONGEST = 2000;
const QUALITY = 0.72;

/** A panel that takes the pages of one document of the folder. */
export function capture(item, done) {
	const pages = [];
	const shown = h("ol", { class: "pages" });
	const file = async () => {
		if (!pages.length) return;
		await put("file_pages", { item: item.name }, { pages: pages.slice(), item: item.name, label: item.title });
		done();
	};
	const send = button(__("File It"), file, "main");
	const draw = () => {
		send.disabled = !pages.length;
		shown.replaceChildren(
			...pages.map((page, at) =>
				h(
					"li",
					{},
					page.type.startsWith("image/")
						? h("img", { src: URL.createObjectURL(page), alt: __("Page {0}", [at + 1]) })
						: page.name,
					page.type.startsWith("image/") &&
						button(__("Turn"), async () => {
							pages[at] = await drawn(page, 90);
							draw();
						}),
					button(__("Remove"), () => {
						pages.splice(at, 1);
						draw();
					})
				)
			)
		);
	};
	const take = async (event) => {
		for (const chosen of event.target.files) {
			pages.push(chosen.type.startsWith("image/") ? await drawn(chosen, 0) : chosen);
		}
		event.target.value = "";
		draw();
	};
	const source = (label, attributes) =>
		h("label", { class: "button" }, label, h("input", { type: "file", ...attributes, on: { change: take } }));
	draw();
	return h(
		"section",
		{ class: "capture" },
		h("h2", {}, item.title),
		item.period_label && h("p", {}, item.period_label),
		shown,
		source(__("Photograph a Page"), { accept: "image/*", capture: "environment" }),
		source(__("Choose from the Phone"), { accept: "image/jpeg,image/png,image/webp,application/pdf", multiple: true }),
		send,
		button(__("Back"), done)
	);
}

async function drawn(photograph, degrees) {
	const picture = await createImageBitmap(photograph, { imageOrientation: "from-image" });
	const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
	const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
	const canvas = document.createElement("canvas");
	[canvas.width, canvas.height] = degrees ? [height, width] : [width, height];
	const brush = canvas.getContext("2d");
	if (degrees) {
		brush.translate(height, 0);
		brush.rotate(Math.PI / 2);
	}
	brush.drawImage(picture, 0, 0, width, height);
	return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
