// MiniSearch as a peer: reads entries and queries, then answers each command line on stdin with a line on stdout.
import MiniSearch from "minisearch";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [entries, keystrokes, queries] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const index = new MiniSearch({
	fields: ["title", "place", "body"],
	// Folded texts contain only words and single spaces.
	tokenize: (text) => text.split(" ").filter((word) => word !== ""),
	processTerm: (term) => term,
});
index.addAll(entries.map((entry, id) => ({ id, ...entry })));
const options = { prefix: true, fuzzy: 0.2, boost: { title: 3, place: 2 } };

function search(query) {
	const all = index.search(query, { ...options, combineWith: "AND" });
	const found = all.length > 0 ? all : index.search(query, { ...options, combineWith: "OR" });
	return found.slice(0, 20).map((hit) => hit.id);
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
	if (line === "time") {
		const start = performance.now();
		let found = 0;
		for (const query of keystrokes) found += search(query).length;
		console.log(found < 0 ? "" : String(performance.now() - start));
	} else if (line === "answers") {
		console.log(JSON.stringify(queries.map((query) => search(query))));
	}
}
