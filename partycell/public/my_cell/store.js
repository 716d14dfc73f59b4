// What is kept on the phone: the last answer of the server, and what waits to be sent.
const NAME = "partycell-my-cell";
let opened;

function database() {
	opened ??= new Promise((resolve, reject) => {
		const asked = indexedDB.open(NAME, 1);
		asked.onupgradeneeded = () => {
			asked.result.createObjectStore("kept");
			asked.result.createObjectStore("queue", { keyPath: "key" });
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
	return opened;
}

async function run(store, mode, work) {
	const transaction = (await database()).transaction(store, mode);
	const asked = work(transaction.objectStore(store));
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve(asked?.result);
		transaction.onabort = transaction.onerror = () => reject(transaction.error);
	});
}

export const kept = {
	read: () => run("kept", "readonly", (store) => store.get("page")),
	write: (page) => run("kept", "readwrite", (store) => store.put(page, "page")),
	forget: () => run("kept", "readwrite", (store) => store.clear()),
};

export const waiting = {
	all: async () => (await run("queue", "readonly", (store) => store.getAll())).sort((a, b) => a.at - b.at),
	put: (entry) => run("queue", "readwrite", (store) => store.put(entry)),
	remove: (key) => run("queue", "readwrite", (store) => store.delete(key)),
};
