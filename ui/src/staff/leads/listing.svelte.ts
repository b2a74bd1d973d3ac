/**
 * The list of leads: filters, counts, and the rows near the visible part. The shell opens the leads in the background, so
 * the list is asked for again until it is complete. Late responses are dropped. Must not know: how the list looks.
 */
import type { hostError, LeadList, LeadQuery, LeadSummary, Today } from "@/host";
import type { RowRange } from "@/kit/visible-rows";
import type { StaffSession } from "../session.svelte";
import { type LeadFilters, noFilters, toQuery } from "./query";

/** The commands that the list needs. */
export interface ListHost {
	leads(query: LeadQuery): Promise<LeadList>;
	today(): Promise<Today>;
}

type Counts = Omit<LeadList, "rows">;

/** Rows asked for before the list is measured. */
const FIRST_RANGE: RowRange = { first: 0, last: 24 };

export class LeadListing {
	filters = $state.raw<LeadFilters>(noFilters());
	/** `null` until the first response. */
	counts = $state.raw<Counts | null>(null);
	/** The rows that are known, by their place in the list. */
	rows = $state.raw<ReadonlyMap<number, LeadSummary>>(new Map());
	error = $state.raw<ReturnType<typeof hostError> | null>(null);
	/** Today at the stop; `null` until it is known. */
	day = $state<string | null>(null);
	/** Number of leads that the platform rejected; `null` until it is known. */
	rejected = $state<number | null>(null);
	/** Grows when another list is shown, which starts at its top. */
	generation = $state(0);
	#range = FIRST_RANGE;
	#requestId = 0;
	#figures = "";

	/** `session` is a function, because a component may only read its props inside one. */
	constructor(
		private readonly host: ListHost,
		private readonly session: () => StaffSession,
	) {}

	/** Whether leads are still being opened. */
	get isReading(): boolean {
		return this.counts !== null && this.counts.opened + this.counts.unopened < this.counts.total;
	}

	get matching(): number {
		return this.counts?.matching ?? 0;
	}

	/** Changes filters; the new list starts at its top. */
	filter(change: Partial<LeadFilters>): Promise<void> {
		this.filters = { ...this.filters, ...change };
		this.generation += 1;
		this.#range = FIRST_RANGE;
		return this.reload();
	}

	/** Asks for the rows of a range unless they are known. */
	async show(range: RowRange): Promise<void> {
		this.#range = range;
		const end = Math.min(range.last, this.matching);
		for (let at = range.first; at < end; at += 1) if (!this.rows.has(at)) return this.#load(false);
	}

	/** Asks again for the visible rows, and forgets the others. */
	reload(): Promise<void> {
		return this.#load(true);
	}

	/** Replaces a lead that was changed here, so that its row is right before the next response. */
	replace(lead: LeadSummary): void {
		for (const [at, row] of this.rows) if (row.id === lead.id) this.rows = new Map(this.rows).set(at, lead);
	}

	/**
	 * Asks again while leads are being opened, otherwise when the figures of the day have changed. Those are asked for
	 * first, because that request does not count as activity and lets an idle session end.
	 */
	async tick(): Promise<void> {
		if (this.isReading && this.#figures !== "") return this.reload();
		try {
			const { day, leads_total, waiting, set_aside } = await this.host.today();
			const figures = [leads_total, waiting, set_aside].join(" ");
			const isNew = this.#figures !== "" && this.#figures !== figures;
			this.#figures = figures;
			this.day = day;
			this.rejected = set_aside;
			if (isNew || this.error !== null) await this.reload();
		} catch (thrown) {
			this.error = this.session().handleError(thrown);
		}
	}

	async #load(forgetOthers: boolean): Promise<void> {
		this.#requestId += 1;
		const id = this.#requestId;
		const query = toQuery(this.filters, this.#range);
		try {
			const { rows, ...counts } = await this.host.leads(query);
			if (id !== this.#requestId) return;
			const known = forgetOthers ? new Map<number, LeadSummary>() : new Map(this.rows);
			for (const [at, row] of rows.entries()) known.set(query.offset + at, row);
			this.rows = known;
			this.counts = counts;
			this.error = null;
		} catch (thrown) {
			if (id === this.#requestId) this.error = this.session().handleError(thrown);
		}
	}
}
