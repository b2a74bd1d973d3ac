/** The papers that the visitor has ticked in guides. In the memory of this page only, until the visit ends. */
import { SvelteSet } from "svelte/reactivity";

class Ticks {
	#papers = new SvelteSet<string>();

	has(guide: string, paper: number): boolean {
		return this.#papers.has(`${guide}/${paper}`);
	}

	toggle(guide: string, paper: number): void {
		const key = `${guide}/${paper}`;
		if (!this.#papers.delete(key)) this.#papers.add(key);
	}

	/** The numbers of the ticked papers of a guide that has `count`. */
	of(guide: string, count: number): number[] {
		return Array.from({ length: count }, (_, paper) => paper).filter((paper) => this.has(guide, paper));
	}
}

export const ticks = new Ticks();
