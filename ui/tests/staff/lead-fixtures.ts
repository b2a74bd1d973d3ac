/** Invented leads for the tests of the screen Leads. */
import type { HostError, LeadList, LeadPage, LeadSummary, StaffState } from "@/host";
import { StaffSession } from "@/staff/session.svelte";

export const summary = (n: number, change: Partial<LeadSummary> = {}): LeadSummary => ({
	id: `id-${n}`,
	revision: 1,
	ticket: `TST-K01-${String(n).padStart(4, "0")}`,
	taken: { day: "2026-02-13", time: "14:05", kiosk: "K01" },
	contact: { name: `Test Alpha ${n}`, phone: "+33600000001", language: "fr", likely_duplicates: 0 },
	wish: { first: "Résidence Test", more: 0, desk: null },
	follow_up: { rating: null, outcome: null },
	delivery: "sent",
	...change,
});

export const page = (n: number, change: Partial<LeadPage> = {}): LeadPage => ({
	summary: summary(n),
	lead: {
		email: null,
		country: "FR",
		city: null,
		wishes: { interests: [], towns: [], types: [], budget_mad: null, purpose: null },
		channel: "call",
		consents: { call: true, whatsapp: false, email: false, bank: null },
		note: null,
		staff_note: null,
	},
	consent: {
		notice_version: "1",
		notice_sha256: "0".repeat(64),
		language: "fr",
		given_at: "2026-02-13T14:05:00+01:00",
		channel: "call",
		wording: null,
	},
	revisions: [{ revision: 1, at: "2026-02-13T14:05:00+01:00", changed: [], by: "visitor" }],
	duplicates: [],
	merged: [],
	merged_into: null,
	...change,
});

export const list = (rows: LeadSummary[], change: Partial<LeadList> = {}): LeadList => ({
	total: rows.length,
	opened: rows.length,
	unopened: 0,
	matching: rows.length,
	rows,
	problems: [],
	...change,
});

export const refusal = (code: HostError["code"], fields: HostError["fields"] = []): HostError => ({
	code,
	params: {},
	fields,
});

/** A session that is open. */
export async function openSession(): Promise<StaffSession> {
	const state: StaffState = {
		unlocked: true,
		leads_open: true,
		stop_names: { fr: "Test" },
		demonstration: true,
		languages: ["fr"],
		locked_for_seconds: 0,
	};
	const never = () => Promise.resolve(null);
	const session = new StaffSession(
		{ state: async () => state, unlock: never, passphrase: async () => ({ resealed: 0 }), lock: never, leave: never },
		() => 0,
	);
	await session.refresh();
	return session;
}
