// Keeps the page and its scripts on the phone, so that it opens without a connection. No data goes through here.
const CACHE = "partycell-my-cell";
const OURS = /^\/assets\/partycell\/(my_cell|images)\//;

self.addEventListener("install", (event) => {
	event.waitUntil(
		caches
			.open(CACHE)
			.then((cache) => cache.add("/my-cell"))
			.catch(() => {})
			.then(() => self.skipWaiting())
	);
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== "GET" || url.origin !== location.origin) return;
	if (url.pathname === "/my-cell") event.respondWith(fresh(event.request));
	else if (OURS.test(url.pathname)) event.respondWith(stored(event.request));
});

/** The page from the site; without a connection the one that is kept. */
async function fresh(request) {
	const cache = await caches.open(CACHE);
	try {
		const answer = await fetch(request);
		// A redirect leads to the login page, which is not kept.
		if (answer.ok && !answer.redirected) await cache.put("/my-cell", answer.clone());
		return answer;
	} catch (error) {
		const kept = await cache.match("/my-cell");
		if (kept) return kept;
		throw error;
	}
}

/** A script or picture; its address changes with its content. */
async function stored(request) {
	const cache = await caches.open(CACHE);
	const kept = await cache.match(request);
	if (kept) return kept;
	const answer = await fetch(request);
	if (answer.ok) {
		const path = new URL(request.url).pathname;
		for (const old of await cache.keys()) {
			if (new URL(old.url).pathname === path) await cache.delete(old);
		}
		await cache.put(request, answer.clone());
	}
	return answer;
}
