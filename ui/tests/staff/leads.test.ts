/** What happens behind the screen Leads: query, list, scanner, changes, conflicts, comparison. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LeadChange, LeadList, LeadPage, LeadQuery, Today } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { changedFields, conflictOf, noChange, rebased, withChoice, withText } from "@/staff/leads/change";
import { differences } from "@/staff/leads/facts";
import { type DeskHost, LeadDesk } from "@/staff/leads/lead-desk.svelte";
import { LeadListing } from "@/staff/leads/listing.svelte";
import { OpenLead } from "@/staff/leads/open-lead.svelte";
import { isFiltered, MAX_ROWS, noFilters, sheetFilterCount, toggled, toQuery } from "@/staff/leads/query";
import { LineReader, listenForTickets, MAX_KEY_GAP_MS } from "@/staff/leads/scanner";
import { confirms, ticketIn, ticketOf } from "@/staff/leads/ticket";
import type { StaffSession } from "@/staff/session.svelte";
import { list, openSession, page, refusal, summary } from "./lead-fixtures";

vi.mock("#transport", () => ({ call: async () => null, mediaUrl: (hash: string) => hash }));

let session: StaffSession;
beforeEach(async () => {
	i18n.use("fr");
	session = await openSession();
});

describe("tickets", () => {
	it("are recognised whatever their case, and only whole", () => {
		expect(ticketOf(" par-k03-0042 ")).toBe("PAR-K03-0042");
		expect(ticketOf("PAR-K03-0042 Test")).toBeNull();
		expect(ticketOf("Test Alpha")).toBeNull();
		expect(ticketOf("0612345678")).toBeNull();
	});

	it("are found in a scanned line", () => {
		expect(ticketIn("ticket: PAR-U7F2-10042")).toBe("PAR-U7F2-10042");
		expect(ticketIn("Al-Omrane Expo 2026")).toBeNull();
	});

	it("are confirmed by their number or as a whole", () => {
		expect(confirms("PAR-K03-0042", "0042")).toBe(true);
		expect(confirms("PAR-K03-0042", "par-k03-0042")).toBe(true);
		expect(confirms("PAR-K03-0042", "42")).toBe(false);
		expect(confirms("PAR-K03-0042", "0043")).toBe(false);
		expect(confirms("PAR-K03-0042", "")).toBe(false);
	});
});

describe("query", () => {
	it("asks for the rows of a range, within the limit", () => {
		const filters = { ...noFilters(), text: "  alpha ", rating: "hot" as const };
		expect(toQuery(filters, { first: 40, last: 64 })).toEqual({
			text: "alpha",
			day: null,
			rating: "hot",
			outcome: null,
			desk: null,
			duplicates_only: false,
			offset: 40,
			limit: 24,
		});
		expect(toQuery(filters, { first: 0, last: 5_000 }).limit).toBe(MAX_ROWS);
		expect(toQuery(filters, { first: 0, last: 0 }).limit).toBe(1);
	});

	it("takes a choice back when it is touched again", () => {
		const hot = toggled(noFilters(), "rating", "hot");
		expect(hot.rating).toBe("hot");
		expect(toggled(hot, "rating", "cold").rating).toBe("cold");
		expect(toggled(hot, "rating", "hot")).toEqual(noFilters());
	});

	it("knows whether it may hide leads", () => {
		expect(isFiltered(noFilters())).toBe(false);
		expect(isFiltered({ ...noFilters(), text: "  " })).toBe(false);
		for (const change of [{ text: "a" }, { duplicatesOnly: true }, { desk: "bank" as const }])
			expect(isFiltered({ ...noFilters(), ...change })).toBe(true);
		expect(sheetFilterCount({ ...noFilters(), rating: "hot", desk: "bank", day: "2026-02-13" })).toBe(2);
	});
});

describe("list", () => {
	const many = Array.from({ length: 300 }, (_, at) => summary(at));
	let queries: LeadQuery[];
	let answer: (query: LeadQuery) => LeadList | Promise<LeadList>;
	let figures: Pick<Today, "day" | "leads_total" | "waiting" | "set_aside">;
	let listing: LeadListing;
	beforeEach(() => {
		queries = [];
		figures = { day: "2026-02-13", leads_total: 300, waiting: 0, set_aside: 2 };
		answer = ({ offset, limit }) =>
			list(many.slice(offset, offset + limit), { total: 300, opened: 300, matching: 300 });
		const leads = async (query: LeadQuery) => {
			queries.push(query);
			return answer(query);
		};
		listing = new LeadListing({ leads, today: async () => figures as Today }, () => session);
	});

	it("asks only for rows that it does not know", async () => {
		await listing.reload();
		await listing.show({ first: 0, last: 16 });
		expect(queries).toHaveLength(1);
		await listing.show({ first: 16, last: 40 });
		expect(queries).toHaveLength(2);
		await listing.show({ first: 0, last: 16 });
		expect(queries).toHaveLength(2);
		expect(listing.rows.get(39)?.id).toBe("id-39");
	});

	it("does not ask for rows after its end", async () => {
		await listing.show({ first: 296, last: 320 });
		await listing.reload();
		await listing.show({ first: 296, last: 320 });
		expect(queries).toHaveLength(1);
	});

	it("drops the answer to an earlier query", async () => {
		await listing.reload();
		let late = (_: LeadList) => {};
		answer = () => new Promise((done) => (late = done));
		const slow = listing.filter({ text: "alp" });
		answer = () => list([summary(7)], { total: 300 });
		await listing.filter({ text: "alpha" });
		late(list([summary(1), summary(2)]));
		await slow;
		expect(listing.matching).toBe(1);
		expect(listing.rows.get(0)?.id).toBe("id-7");
	});

	it("starts at its top with another filter", async () => {
		await listing.reload();
		await listing.show({ first: 200, last: 224 });
		await listing.filter({ rating: "hot" });
		expect(queries.at(-1)).toMatchObject({ rating: "hot", offset: 0 });
		expect(listing.rows.has(200)).toBe(false);
		expect(listing.generation).toBe(1);
	});

	it("asks again until all leads are opened", async () => {
		let opened = 100;
		answer = ({ limit }) => list(many.slice(0, limit), { total: 300, opened, unopened: 2, matching: opened });
		await listing.reload();
		await listing.tick();
		expect(listing.isReading).toBe(true);
		opened = 298;
		await listing.tick();
		expect(listing.isReading).toBe(false);
		expect(listing.matching).toBe(298);
		const before = queries.length;
		await listing.tick();
		expect(queries).toHaveLength(before);
	});

	it("asks again when the figures of the day change", async () => {
		await listing.reload();
		await listing.tick();
		await listing.tick();
		expect(queries).toHaveLength(1);
		expect(listing.rejected).toBe(2);
		figures = { ...figures, leads_total: 301 };
		await listing.tick();
		expect(queries).toHaveLength(2);
	});

	it("keeps its rows after an error and asks again", async () => {
		await listing.reload();
		await listing.tick();
		answer = () => Promise.reject(refusal("storage"));
		await listing.reload();
		expect(listing.error?.code).toBe("storage");
		expect(listing.rows.size).toBeGreaterThan(0);
		answer = () => list([summary(1)]);
		await listing.tick();
		expect(listing.error).toBeNull();
	});
});

describe("scanner", () => {
	const type = (reader: LineReader, text: string, gap: number, from = 1_000) => {
		const keys = [...text].map((key, at) => reader.read(key, from + at * gap));
		return [...keys, reader.read("Enter", from + text.length * gap)];
	};

	it("ends a fast line with Enter", () => {
		expect(type(new LineReader(), "PAR-K03-0042", 8).at(-1)?.line).toBe("PAR-K03-0042");
	});

	it("is not a person who types", () => {
		const keys = type(new LineReader(), "PAR-K03-0042", MAX_KEY_GAP_MS + 1);
		expect(keys.some(({ isBurst, line }) => isBurst || line !== null)).toBe(false);
	});

	it("is not a few fast keys, nor an Enter long after", () => {
		expect(type(new LineReader(), "ab", 8).at(-1)?.line).toBeNull();
		const reader = new LineReader();
		for (const [at, key] of [..."PAR-K03-0042"].entries()) reader.read(key, at * 8);
		expect(reader.read("Enter", 2_000).line).toBeNull();
	});

	it("begins anew after a typed letter", () => {
		const reader = new LineReader();
		reader.read("x", 0);
		expect(type(reader, "PAR-K03-0042", 8).at(-1)?.line).toBe("PAR-K03-0042");
	});

	it("reads capitals between presses of shift", () => {
		const reader = new LineReader();
		for (const [at, key] of [..."PAR-K03-0042"].entries()) {
			reader.read("Shift", at * 10);
			reader.read(key, at * 10 + 2);
		}
		expect(reader.read("Enter", 122).line).toBe("PAR-K03-0042");
	});
});

describe("scanner on the page", () => {
	let at: number;
	let scanned: string[];
	let stop: () => void;
	/** Sends keys like a browser: a field takes characters whose event nobody prevented. */
	function scan(text: string, target: HTMLElement, gap = 8) {
		const prevented: string[] = [];
		for (const key of [...text.split("\n").flatMap((line) => [...line, "Enter"])]) {
			at += gap;
			const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
			Object.defineProperty(event, "timeStamp", { value: at });
			if (!target.dispatchEvent(event)) prevented.push(key);
			else if (target instanceof HTMLInputElement && key.length === 1) target.value += key;
		}
		return prevented;
	}
	beforeEach(() => {
		at = 10_000;
		scanned = [];
		stop = listenForTickets((ticket) => scanned.push(ticket));
		return () => stop();
	});

	it("opens a ticket wherever the focus is", () => {
		const prevented = scan("PAR-K03-0042", document.body);
		expect(scanned).toEqual(["PAR-K03-0042"]);
		expect(prevented).toContain("Enter");
	});

	it("reads the ticket out of the code of the visitor", () => {
		scan("Al-Omrane Expo, Test\nPAR-K03-0042\nexample.org", document.body);
		expect(scanned).toEqual(["PAR-K03-0042"]);
	});

	it("presses no button", () => {
		const button = document.body.appendChild(document.createElement("button"));
		const prevented = scan("Expo de Test 2026", button);
		expect(prevented.join("")).toContain("2026Enter");
		expect(prevented).toContain(" ");
		expect(scanned).toEqual([]);
		button.remove();
	});

	it("leaves nothing in the field that has the focus", () => {
		const field = document.body.appendChild(document.createElement("input"));
		field.value = "note ";
		let written = "";
		field.addEventListener("input", () => {
			written = field.value;
		});
		at += 5_000;
		scan("PAR-K03-0042", field);
		expect(field.value).toBe("note ");
		expect(written).toBe("note ");
		expect(scanned).toEqual(["PAR-K03-0042"]);
		field.remove();
	});

	it("leaves typed text alone", () => {
		const field = document.body.appendChild(document.createElement("input"));
		scan("PAR-K03-0042", field, 150);
		expect(field.value).toBe("PAR-K03-0042");
		expect(scanned).toEqual([]);
		field.remove();
	});
});

describe("change", () => {
	const saved = page(1, { summary: summary(1, { follow_up: { rating: "warm", outcome: null } }) });

	it("holds only what differs from the saved lead", () => {
		const named = withText(noChange(), saved, "name", "Test Beta");
		expect(changedFields(named)).toEqual(["name"]);
		expect(changedFields(withText(named, saved, "name", "Test Alpha 1"))).toEqual([]);
		expect(withText(noChange(), saved, "phone", "").contact.phone).toBe("");
	});

	it("takes a choice back, but never clears a saved one", () => {
		const hot = withChoice(noChange(), saved, "rating", "hot");
		expect(hot.rating).toBe("hot");
		expect(withChoice(hot, saved, "rating", "hot").rating).toBeNull();
		expect(withChoice(hot, saved, "rating", "warm").rating).toBeNull();
		expect(withChoice(noChange(), saved, "rating", "warm").rating).toBeNull();
	});
});

/** The lead after a colleague has saved a rating and a note. */
const after = page(1, {
	summary: summary(1, { revision: 2, follow_up: { rating: "cold", outcome: null } }),
	lead: { ...page(1).lead, staff_note: "du collègue" },
	revisions: [
		{ revision: 2, at: "2026-02-13T15:00:00+01:00", changed: ["rating", "staff_note"], by: "staff" },
		...page(1).revisions,
	],
});

describe("conflict", () => {
	const ours: LeadChange = {
		...noChange(),
		rating: "hot",
		outcome: "called",
		contact: { ...noChange().contact, city: "Essaiville" },
	};

	it("names the fields that both changed, and no others", () => {
		expect(conflictOf(page(1), after, ours)).toEqual({
			revision: 2,
			at: "2026-02-13T15:00:00+01:00",
			clashes: [{ field: "rating", theirs: "cold", ours: "hot" }],
		});
	});

	it("is none where both saved the same", () => {
		const same: LeadChange = { ...noChange(), rating: "cold", staff_note: "du collègue" };
		expect(conflictOf(page(1), after, same).clashes).toEqual([]);
		expect(changedFields(rebased(same, after))).toEqual([]);
		expect(changedFields(rebased(ours, after))).toEqual(["city", "rating", "outcome"]);
	});
});

describe("open lead", () => {
	let revise: (id: string, revision: number, change: LeadChange) => Promise<LeadPage>;
	let stored: LeadPage;
	let lead: OpenLead;
	const sent: [string, number, LeadChange][] = [];
	beforeEach(async () => {
		stored = page(1);
		sent.length = 0;
		revise = async () => page(1, { summary: summary(1, { revision: 2 }) });
		const reviseLead = (id: string, revision: number, change: LeadChange) => {
			sent.push([id, revision, change]);
			return revise(id, revision, change);
		};
		lead = new OpenLead({ lead: async () => stored, reviseLead }, () => session);
		await lead.open("id-1");
	});

	it("saves a change on top of the revision that was read", async () => {
		lead.choose("rating", "hot");
		lead.write("staff_note", "revient samedi");
		expect(await lead.save()).toBe(true);
		expect(sent).toEqual([["id-1", 1, { ...noChange(), rating: "hot", staff_note: "revient samedi" }]]);
		expect(lead.isChanged).toBe(false);
		expect(lead.savedRevision).toBe(2);
	});

	it("saves nothing without a change", async () => {
		expect(await lead.save()).toBe(false);
		expect(sent).toEqual([]);
	});

	it("keeps the change when a colleague saved first", async () => {
		lead.choose("rating", "hot");
		lead.choose("outcome", "called");
		stored = after;
		revise = () => Promise.reject(refusal("lead_changed"));
		expect(await lead.save()).toBe(false);
		expect(lead.conflict?.clashes.map(({ field }) => field)).toEqual(["rating"]);
		expect(lead.choice("rating")).toBe("hot");
		expect(lead.page?.summary.revision).toBe(2);
		// Staff leave the rating to the colleague; the rest is saved on the new revision.
		lead.drop("rating");
		expect(lead.conflict?.clashes).toEqual([]);
		revise = async () => page(1, { summary: summary(1, { revision: 3 }) });
		expect(await lead.save()).toBe(true);
		expect(sent.at(-1)).toEqual(["id-1", 2, { ...noChange(), outcome: "called" }]);
		expect(lead.conflict).toBeNull();
	});

	it("shows errors by field until they are corrected", async () => {
		lead.write("phone", "12");
		revise = () => Promise.reject(refusal("invalid_lead", [{ field: "phone", code: "phone_too_short", params: {} }]));
		expect(await lead.save()).toBe(false);
		expect(lead.errorOf("phone")?.code).toBe("phone_too_short");
		expect(lead.text("phone")).toBe("12");
		lead.write("phone", "123");
		expect(lead.errorOf("phone")).toBeUndefined();
	});
});

describe("comparison of two leads", () => {
	const other = page(2, { lead: { ...page(2).lead, city: "Essaiville" } });
	const rows = () => differences(page(1), other, i18n.m, "fr");

	it("marks what differs", () => {
		expect(
			rows()
				.filter(({ differs }) => differs)
				.map(({ name }) => name),
		).toEqual(["name", "city"]);
		expect(rows().find(({ name }) => name === "phone")).toMatchObject({ differs: false });
	});

	it("leaves out what neither says", () => {
		expect(rows().map(({ name }) => name)).not.toContain("email");
		expect(rows().find(({ name }) => name === "city")).toMatchObject({
			left: { text: "" },
			right: { text: "Essaiville" },
		});
	});

	it("names units with their surface", () => {
		const interests = [{ project: "P-1", title: "Résidence Test", unit: "LI-002", surface: 120 }];
		const wishes = { ...page(1).lead.wishes, interests };
		const wanted = page(1, { lead: { ...page(1).lead, wishes } });
		const [row] = differences(wanted, other, i18n.m, "fr").filter(({ name }) => name === "interests");
		expect(row?.left.text).toBe("Résidence Test · LI-002 · \u2068120\u00a0m²\u2069");
	});
});

describe("work on leads", () => {
	let found: LeadList;
	let desk: LeadDesk;
	let calls: string[];
	beforeEach(() => {
		calls = [];
		found = list([]);
		const host: DeskHost = {
			leads: async () => found,
			today: async () => ({ leads_total: 1 }) as Today,
			lead: async (id) => {
				calls.push(`lead ${id}`);
				return page(Number(id.slice(3)));
			},
			reviseLead: async () => page(1, { summary: summary(1, { revision: 2 }) }),
			mergeLeads: async (id, other) => {
				calls.push(`merge ${id} ${other}`);
				return page(1);
			},
			eraseLead: async (ticket) => ({
				ticket,
				id: "id-1",
				erased_at: "2026-02-13T18:00:00+01:00",
				revisions: 1,
				envelope_sha256: ["0".repeat(64)],
				merged: [],
				sent_to_platform: true,
			}),
		};
		desk = new LeadDesk(() => session, host);
	});
	const settled = () => vi.waitFor(() => expect(desk.ticketSearch?.state).not.toBe("searching"));

	it("opens the lead of a ticket, not one that resembles it", async () => {
		found = list([summary(10), summary(1)]);
		desk.openTicket("TST-K01-0001");
		await vi.waitFor(() => expect(desk.lead.page?.summary.id).toBe("id-1"));
	});

	it("opens the lead that another was merged into by its ticket", async () => {
		found = list([summary(1)]);
		desk.openTicket("TST-K01-0002");
		await vi.waitFor(() => expect(desk.lead.page?.summary.id).toBe("id-1"));
	});

	it("says that a ticket is not there or does not open", async () => {
		desk.openTicket("TST-K01-0009");
		await settled();
		expect(desk.ticketSearch).toEqual({ state: "not_found", ticket: "TST-K01-0009" });
		found = list([], {
			total: 1,
			unopened: 1,
			problems: [{ ticket: "TST-K01-0009", name: "id-9", problem: "damaged" }],
		});
		desk.openTicket("TST-K01-0009");
		await settled();
		expect(desk.ticketSearch).toMatchObject({ state: "unopened", problem: "damaged" });
	});

	it("looks for a ticket until all leads are opened", async () => {
		vi.useFakeTimers();
		try {
			found = list([], { total: 500, opened: 100 });
			desk.openTicket("TST-K01-0001");
			await vi.advanceTimersByTimeAsync(2_000);
			expect(desk.ticketSearch?.state).toBe("searching");
			found = list([summary(1)], { total: 500, opened: 500 });
			await vi.advanceTimersByTimeAsync(1_000);
			expect(desk.lead.page?.summary.id).toBe("id-1");
			expect(desk.ticketSearch).toBeNull();
		} finally {
			vi.useRealTimers();
		}
	});

	it("asks before an unsaved change is lost", async () => {
		await desk.lead.open("id-1");
		desk.lead.choose("rating", "hot");
		desk.open("id-2");
		expect(desk.waiting).not.toBeNull();
		await desk.answer("stay");
		expect(desk.lead.page?.summary.id).toBe("id-1");
		expect(desk.lead.isChanged).toBe(true);
		desk.open("id-2");
		await desk.answer("discard");
		await vi.waitFor(() => expect(desk.lead.page?.summary.id).toBe("id-2"));
		expect(desk.lead.isChanged).toBe(false);
	});

	it("shows another screen only after the answer", async () => {
		session.beforeLeaving = (go) => desk.leave(go);
		await desk.lead.open("id-1");
		desk.lead.write("staff_note", "à rappeler");
		session.go("audit");
		expect(session.screen).not.toBe("audit");
		await desk.answer("save");
		expect(session.screen).toBe("audit");
	});

	it("shows the merged lead and names the other one", async () => {
		expect(await desk.merge("id-1", { id: "id-2", ticket: "TST-K01-0002" })).toBe(true);
		expect(calls).toContain("merge id-1 id-2");
		expect(desk.merged?.ticket).toBe("TST-K01-0002");
		expect(desk.lead.page?.summary.id).toBe("id-1");
	});

	it("shows the proof of an erasure until it is closed", async () => {
		await desk.lead.open("id-1");
		expect(await desk.erase("TST-K01-0001")).toBe(true);
		expect(desk.proof?.envelope_sha256).toHaveLength(1);
		expect(desk.lead.page).toBeNull();
		desk.close();
		expect(desk.proof).toBeNull();
	});

	it("gives a scanned ticket to the field that waits for one", () => {
		const confirmed: string[] = [];
		desk.onticket = (ticket) => confirmed.push(ticket);
		desk.openTicket("TST-K01-0001");
		expect(confirmed).toEqual(["TST-K01-0001"]);
		expect(desk.ticketSearch).toBeNull();
	});
});
