/**
 * The work of staff on leads: the list, the open lead, a scanned ticket, merging, erasing. Asks before an unsaved change
 * is lost. Must not know: how screens look.
 */
import { type ErasureProof, type HostError, type LeadPage, type LeadProblem, type LeadReference, staff } from "@/host";
import type { StaffSession } from "../session.svelte";
import { LeadListing, type ListHost } from "./listing.svelte";
import { type LeadHost, OpenLead } from "./open-lead.svelte";
import { noFilters, toQuery } from "./query";

/** The commands that the screen needs. */
export interface DeskHost extends ListHost, LeadHost {
	mergeLeads(id: string, other: string): Promise<LeadPage>;
	eraseLead(ticket: string): Promise<ErasureProof>;
}

/** What came of looking for a ticket. */
export type TicketSearch =
	| { state: "searching" | "not_found"; ticket: string }
	| { state: "unopened"; ticket: string; problem: LeadProblem };

/** How often a ticket is looked for again while leads are being opened. */
const SEARCH_INTERVAL_MS = 500;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class LeadDesk {
	readonly listing: LeadListing;
	readonly lead: OpenLead;
	ticketSearch = $state.raw<TicketSearch | null>(null);
	/** The lead that was merged last into the open one. */
	merged = $state.raw<LeadReference | null>(null);
	/** Proof of the last erasure, until staff have read it. */
	proof = $state.raw<ErasureProof | null>(null);
	/** What staff want to do next, while they are asked about their unsaved change. */
	waiting = $state.raw<(() => void) | null>(null);
	/** Error of the last merge or erasure. */
	error = $state.raw<HostError | null>(null);
	busy = $state(false);
	/** Takes a scanned ticket in place of the list, such as the field that confirms an erasure. */
	onticket: ((ticket: string) => void) | null = null;
	#searchId = 0;

	/** `session` is a function, because a component may only read its props inside one. */
	constructor(
		private readonly session: () => StaffSession,
		private readonly host: DeskHost = staff,
	) {
		this.listing = new LeadListing(host, session);
		this.lead = new OpenLead(host, session);
	}

	/** Whether something is shown in place of the list in portrait. */
	get hasPage(): boolean {
		return this.proof !== null || this.lead.page !== null || this.lead.error !== null;
	}

	/** Does something that shows another lead, at once or after the question about an unsaved change. */
	leave(next: () => void): void {
		if (this.lead.isChanged) this.waiting = next;
		else next();
	}

	/** Answers the question about the unsaved change. */
	async answer(choice: "save" | "discard" | "stay"): Promise<void> {
		const next = this.waiting;
		this.waiting = null;
		if (choice === "stay" || !next) return;
		if (choice === "save" && !(await this.save())) return;
		this.lead.forget();
		next();
	}

	/** Saves the change and shows it in the list. */
	async save(): Promise<boolean> {
		const isSaved = await this.lead.save();
		if (this.lead.page) this.listing.replace(this.lead.page.summary);
		return isSaved;
	}

	open(id: string): void {
		this.leave(() => {
			this.#show();
			void this.lead.open(id);
		});
	}

	/** Closes the open lead or the proof. */
	close(): void {
		this.leave(() => {
			this.#show();
			this.lead.close();
		});
	}

	/** Opens the lead of a scanned or typed ticket; while leads are being opened it waits for that lead. */
	openTicket(ticket: string): void {
		if (this.onticket) this.onticket(ticket);
		else this.leave(() => void this.#find(ticket));
	}

	async #find(ticket: string): Promise<void> {
		this.#searchId += 1;
		const search = this.#searchId;
		this.ticketSearch = { state: "searching", ticket };
		const query = toQuery({ ...noFilters(), text: ticket }, { first: 0, last: 10 });
		try {
			for (;;) {
				const { rows, total, opened, unopened, problems } = await this.host.leads(query);
				if (search !== this.#searchId) return;
				// The ticket of a merged lead finds the lead that it was merged into.
				const row = rows.find((found) => found.ticket === ticket) ?? (rows.length === 1 ? rows[0] : undefined);
				const problem = problems.find((found) => found.ticket === ticket)?.problem;
				if (row) {
					this.#show();
					return await this.lead.open(row.id);
				}
				if (problem) {
					this.ticketSearch = { state: "unopened", ticket, problem };
					return;
				}
				if (opened + unopened >= total) {
					this.ticketSearch = { state: "not_found", ticket };
					return;
				}
				await pause(SEARCH_INTERVAL_MS);
				if (search !== this.#searchId) return;
			}
		} catch (thrown) {
			if (search !== this.#searchId) return;
			this.ticketSearch = null;
			this.listing.error = this.session().handleError(thrown);
		}
	}

	/** Reads a lead without opening it; `null` after an error. */
	async read(id: string): Promise<LeadPage | null> {
		try {
			return await this.host.lead(id);
		} catch (thrown) {
			this.error = this.session().handleError(thrown);
			return null;
		}
	}

	/** Merges another lead into lead `kept`, which is open afterwards. Returns whether that succeeded. */
	merge(kept: string, other: LeadReference): Promise<boolean> {
		return this.#act(async () => {
			this.lead.show(await this.host.mergeLeads(kept, other.id));
			this.merged = other;
		});
	}

	/** Erases a lead on this kiosk and shows the proof. Returns whether that succeeded. */
	erase(ticket: string): Promise<boolean> {
		return this.#act(async () => {
			const proof = await this.host.eraseLead(ticket);
			this.lead.close();
			this.merged = null;
			this.proof = proof;
		});
	}

	/** Forgets a search for a ticket and whatever else is shown in place of a lead. */
	#show(): void {
		this.#searchId += 1;
		this.ticketSearch = null;
		this.merged = null;
		this.proof = null;
		this.error = null;
	}

	async #act(request: () => Promise<void>): Promise<boolean> {
		if (this.busy) return false;
		this.busy = true;
		this.error = null;
		try {
			await request();
		} catch (thrown) {
			this.error = this.session().handleError(thrown);
			return false;
		} finally {
			this.busy = false;
		}
		await this.listing.reload();
		return true;
	}
}
