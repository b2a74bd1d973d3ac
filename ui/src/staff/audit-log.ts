/** Reads entries of the audit log. Must not know: screens. */
import type { AuditRow } from "@/host";

/** Splits `version=12 reason=no room` into pairs. Values may contain spaces; text without a key gets the key "". */
export function parseDetail(text: string): { key: string; value: string }[] {
	if (text === "") return [];
	return text.split(/ (?=[a-z0-9_]+=)/).map((part) => {
		const [, key, value] = /^([a-z0-9_]+)=(.*)$/s.exec(part) ?? [];
		return key === undefined ? { key: "", value: part } : { key, value: value ?? "" };
	});
}

/** Acts that install a catalogue version, with the detail that contains the version. */
const INSTALL_ACTS = {
	catalogue_imported: "version",
	catalogue_synced: "version",
	catalogue_rolled_back: "to",
} as const;
export type InstallAct = keyof typeof INSTALL_ACTS;

const isInstallAct = (act: string): act is InstallAct => Object.hasOwn(INSTALL_ACTS, act);

/**
 * When and how a catalogue version was installed that has been shown since. `log` is sorted latest first. `null` when
 * the log does not contain it.
 */
export function shownSince(log: AuditRow[], version: number): { at: string; act: InstallAct } | null {
	let found: { at: string; act: InstallAct } | null = null;
	for (const { at, act, detail } of log) {
		if (!isInstallAct(act)) continue;
		const named = parseDetail(detail).find(({ key }) => key === INSTALL_ACTS[act]);
		if (named?.value !== String(version)) break;
		found = { at, act };
	}
	return found;
}
