/** What to plan for saved items: price and costs, without and with the aid. Must not know: components. */
import { type ItemTotal, type PlannedTotals, type ShortlistItem, type UnitsTotal, visitor } from "@/host";
import { sameItem } from "../visit.svelte";

export class Totals {
	#asked: readonly ShortlistItem[] = [];
	#loaded = $state.raw<{ items: readonly ShortlistItem[]; totals: PlannedTotals } | null>(null);

	/** The total of an item; `null` until it is loaded, or without one. */
	of(item: ShortlistItem): ItemTotal | null {
		const at = this.#loaded?.items.findIndex((other) => sameItem(other, item)) ?? -1;
		return this.#loaded?.totals.items[at] ?? null;
	}

	/** The units together. */
	get units(): UnitsTotal | null {
		return this.#loaded?.totals.units ?? null;
	}

	/** Loads all totals at once. A response to an earlier request is ignored; without a response there are no totals. */
	async load(items: readonly ShortlistItem[]): Promise<void> {
		this.#asked = items;
		let loaded: PlannedTotals | null = null;
		try {
			loaded = items.length > 0 ? await visitor.shortlistTotals([...items]) : null;
		} catch {
			// The prices are shown without totals.
		}
		if (items === this.#asked) this.#loaded = loaded && { items, totals: loaded };
	}
}
