/** Which of the saved items are compared or taken away: all of them while they are few, those chosen once they are more. */
import type { ShortlistItem } from "@/host";
import { sameItem } from "../visit.svelte";

/** As many as stand side by side, and as fit into a code. */
export const MOST = 3;

const has = (items: readonly ShortlistItem[], item: ShortlistItem) => items.some((other) => sameItem(other, item));

class Picks {
	/** In the order they were chosen; `null` until the visitor chose anything. */
	#chosen = $state.raw<readonly ShortlistItem[] | null>(null);

	/** The picks among what is saved, in its order. Until something is chosen: the first ones. */
	of(saved: readonly ShortlistItem[]): ShortlistItem[] {
		const chosen = this.#chosen;
		if (saved.length <= MOST || chosen === null) return saved.slice(0, MOST);
		return saved.filter((item) => has(chosen, item));
	}

	/** Takes an item among the picks or out of them. One too many takes the place of the pick that is oldest. */
	toggle(item: ShortlistItem, saved: readonly ShortlistItem[]): void {
		const before = this.#chosen ?? this.of(saved);
		const kept = before.filter((other) => has(saved, other));
		this.#chosen = has(kept, item) ? kept.filter((other) => !sameItem(other, item)) : [...kept, item].slice(-MOST);
	}
}

export const picks = new Picks();
export { Picks };
