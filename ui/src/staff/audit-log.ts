/** Reads entries of the audit log. Must not know: screens. */
import type { AuditAct, AuditDetail, AuditRow, LoggedAct } from "@/host";

/** Acts that install a catalogue version, with the detail that contains the version. */
const INSTALL_ACTS = {
	catalogue_imported: "version",
	catalogue_synced: "version",
	catalogue_rolled_back: "to",
} as const satisfies Partial<Record<AuditAct, AuditDetail>>;
type InstallAct = keyof typeof INSTALL_ACTS;
/** Who or what installed a catalogue version. */
export type InstallSource = "stick" | "command" | "platform" | "rolled_back" | "rolled_back_by_command";

function installAct(act: LoggedAct): InstallAct | null {
	if (!("known" in act)) return null;
	switch (act.known) {
		case "catalogue_imported":
		case "catalogue_synced":
		case "catalogue_rolled_back":
			return act.known;
		default:
			return null;
	}
}

/** The log says `by=command` for whatever a command did. */
function sourceOf(act: InstallAct, details: AuditRow["details"]): InstallSource {
	const byCommand = details.some(({ name, value }) => "known" in name && name.known === "by" && value === "command");
	switch (act) {
		case "catalogue_imported":
			return byCommand ? "command" : "stick";
		case "catalogue_synced":
			return "platform";
		case "catalogue_rolled_back":
			return byCommand ? "rolled_back_by_command" : "rolled_back";
	}
}

/**
 * When and by what a catalogue version was installed that has been shown since. `log` is sorted latest first. `null` when
 * the log does not contain it.
 */
export function shownSince(log: AuditRow[], version: number): { at: string; source: InstallSource } | null {
	let found: { at: string; source: InstallSource } | null = null;
	for (const { at, act: logged, details } of log) {
		const act = installAct(logged);
		if (act === null) continue;
		const named = details.find(({ name }) => "known" in name && name.known === INSTALL_ACTS[act]);
		if (named?.value !== String(version)) break;
		found = { at, source: sourceOf(act, details) };
	}
	return found;
}
