/** What lines of the audit log say, read back. Knows no screen. */
import type { AuditRow } from "@/host";

/** `version=12 reason=no room` as pairs: a value may hold blanks, a key begins it. What has no key stays whole. */
export function details(text: string): { key: string; value: string }[] {
	if (text === "") return [];
	return text.split(/ (?=[a-z0-9_]+=)/).map((part) => {
		const [, key, value] = /^([a-z0-9_]+)=(.*)$/s.exec(part) ?? [];
		return key === undefined ? { key: "", value: part } : { key, value: value ?? "" };
	});
}

/** Acts that put a catalogue before visitors, each with the detail that names its version. */
const ARRIVALS = {
	catalogue_imported: "version",
	catalogue_synced: "version",
	catalogue_rolled_back: "to",
} as const;
export type Arrival = keyof typeof ARRIVALS;

const isArrival = (act: string): act is Arrival => Object.hasOwn(ARRIVALS, act);

/** Since when a version has been shown without another between, and what brought it; null when the log, latest first, does not say. */
export function shownSince(log: AuditRow[], version: number): { at: string; act: Arrival } | null {
	let found: { at: string; act: Arrival } | null = null;
	for (const { at, act, detail } of log) {
		if (!isArrival(act)) continue;
		const named = details(detail).find(({ key }) => key === ARRIVALS[act]);
		if (named?.value !== String(version)) break;
		found = { at, act };
	}
	return found;
}
