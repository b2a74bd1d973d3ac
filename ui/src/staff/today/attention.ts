/** What needs the attention of staff, most urgent first, each with its sentence and what to do. Must not know: how it looks. */
import type { Today } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import type { Screen } from "../session.svelte";

/** A screen that helps, or the sync. */
export type Action = Exclude<Screen, "today"> | "sync";

export interface Concern {
	/** End of its `data-testid`. */
	name: string;
	text: string;
	/** `null` if only people outside this window can help. */
	action: Action | null;
	/** Leads are at risk. Otherwise something only waits. */
	isUrgent: boolean;
}

/** States of the sync in which it goes on only after somebody did something. */
const STUCK = new Set(["captive", "clock_or_tls", "unauthorized", "upgrade_required", "not_enrolled"]);

/** A clock difference below this many seconds is none. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** The kiosk's clock compared with the platform's. `offset`: the platform's minus the kiosk's, in seconds. */
export function clockText(offset: number | null): string {
	const m = i18n.m.staff.today;
	if (offset === null) return m.clockUnknown;
	if (Math.abs(offset) < CLOCK_TOLERANCE_SECONDS) return m.clockRight;
	return offset > 0 ? m.clockBehind(offset) : m.clockAhead(-offset);
}

/** `refusal`: code of the reason why the published catalogue is not installed. */
export function concerns(today: Today, refusal: string | null): Concern[] {
	return [...leadsAtRisk(today), ...connection(today), ...unexported(today), ...machine(today, refusal)];
}

const urgent = (name: string, text: string, action: Action | null): Concern => ({ name, text, action, isUrgent: true });
const pending = (name: string, text: string, action: Action | null): Concern => ({
	name,
	text,
	action,
	isUrgent: false,
});
const when = (applies: boolean, concern: () => Concern): Concern[] => (applies ? [concern()] : []);

function leadsAtRisk(today: Today): Concern[] {
	const m = i18n.m.staff.today;
	const { disk_fault, unreadable, damaged_files, leads_check, set_aside, quarantined } = today;
	const damaged = leads_check?.damaged === true && unreadable + damaged_files === 0;
	return [
		...(disk_fault ? [urgent("disk-fault", m.diskFault[disk_fault], "close")] : []),
		...when(unreadable > 0, () => urgent("unreadable", m.unreadable(unreadable), "device")),
		...when(damaged_files > 0, () => urgent("damaged-files", m.damagedFiles, "device")),
		...when(damaged, () => urgent("file-damaged", i18n.m.today.fileDamaged, "device")),
		...when(set_aside > 0, () => urgent("rejected", m.rejected(set_aside), "leads")),
		...when(quarantined > 0, () => urgent("quarantined", i18n.m.today.quarantined(quarantined), "close")),
	];
}

function connection(today: Today): Concern[] {
	const { today: m, sync: states } = i18n.m.staff;
	const { clock_is_wrong, clock_offset_seconds, sync, waits_too_long, waiting, staff_only } = today;
	const enrolled = sync.state !== "not_enrolled";
	// A wrong clock makes connections look unsafe.
	const stuck = STUCK.has(sync.state) && !(clock_is_wrong && sync.state === "clock_or_tls");
	return [
		...when(clock_is_wrong, () => urgent("clock", i18n.m.today.clockWrong(clockText(clock_offset_seconds)), null)),
		...when(stuck, () => pending("sync", states[sync.state], enrolled ? "sync" : null)),
		...when(waits_too_long, () => urgent("waits-long", i18n.m.today.waitsLong(waiting + staff_only), "close")),
		...when(staff_only > 0 && enrolled, () => pending("staff-only", m.staffOnly(staff_only), "leads")),
		...when(staff_only > 0 && !enrolled, () => pending("staff-only", m.staffOnlyLater(staff_only), null)),
	];
}

function unexported({ day, closing }: Today): Concern[] {
	const m = i18n.m.today;
	const left = closing.leads - closing.exported_leads;
	if (left <= 0) return [];
	if (closing.day < day) return [pending("not-exported", m.notExported(closing.day, left), "close")];
	return when(closing.closed_at !== null, () => pending("after-close", m.afterClose(left), "close"));
}

function machine(today: Today, refusal: string | null): Concern[] {
	const m = i18n.m.staff.today;
	const { catalogue, catalogue_overdue_since, disk_is_low, disk_free_bytes, disk_fault } = today;
	return [
		...when(disk_is_low && !disk_fault, () => pending("disk-low", i18n.m.today.diskLow(disk_free_bytes), "device")),
		...when(!catalogue, () => pending("no-catalogue", i18n.m.today.noCatalogue, "catalogue")),
		...(refusal ? [pending("catalogue-refused", m.refused(refusal), "catalogue")] : []),
		...(catalogue_overdue_since ? [pending("catalogue-overdue", m.overdue(catalogue_overdue_since), "catalogue")] : []),
	];
}
