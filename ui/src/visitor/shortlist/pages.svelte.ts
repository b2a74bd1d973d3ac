/** The pages of saved projects in the current language, and the saved items on them. */
import {
	hostError,
	type Lang,
	type ProjectPage,
	type ShortlistItem,
	type UnitGroup,
	type UnitRow,
	visitor,
} from "@/host";

/** A saved item with the data that is loaded. */
export interface Entry {
	item: ShortlistItem;
	/** `null` until it is loaded, or when it cannot be loaded. */
	page: ProjectPage | null;
	/** For a saved unit. */
	group: UnitGroup | null;
	unit: UnitRow | null;
	/** Whether the project or unit is no longer in the catalogue. */
	gone: boolean;
}

export function entry(item: ShortlistItem, page: ProjectPage | null, gone: boolean): Entry {
	const group = page?.groups.find((group) => group.units.some((unit) => unit.id === item.unit)) ?? null;
	const unit = group?.units.find((unit) => unit.id === item.unit) ?? null;
	const missing = gone || (page !== null && item.unit !== null && unit === null);
	return { item, page: missing ? null : page, group, unit, gone: missing };
}

/** Price of a unit that is available, or lowest price of a project, in centimes; `null` if nothing is on sale. */
export function priceOf({ page, unit }: Entry): number | null {
	if (unit) return unit.status === "available" ? unit.price : null;
	const lowest = page?.groups.flatMap((group) => group.price_from ?? []) ?? [];
	return lowest.length > 0 ? Math.min(...lowest) : null;
}

class Pages {
	#pages = $state.raw<ReadonlyMap<string, ProjectPage>>(new Map());
	/** Ids of projects that are no longer in the catalogue. */
	#gone = $state.raw<ReadonlySet<string>>(new Set());

	/** Each item with its page, or with the page in another language until this one is loaded. */
	entries(items: readonly ShortlistItem[], lang: Lang): Entry[] {
		return items.map((item) => {
			const known = this.#pages.get(`${lang}:${item.project}`);
			const page = known ?? [...this.#pages.values()].find(({ id }) => id === item.project) ?? null;
			return entry(item, page, this.#gone.has(item.project));
		});
	}

	/** Loads every page again, because the catalogue may have changed since a screen was last open. */
	async load(items: readonly ShortlistItem[], lang: Lang): Promise<void> {
		await Promise.all([...new Set(items.map((item) => item.project))].map((id) => this.#fetch(id, lang)));
	}

	async #fetch(id: string, lang: Lang): Promise<void> {
		try {
			const page = await visitor.project(id, lang);
			this.#pages = new Map(this.#pages).set(`${lang}:${id}`, page);
		} catch (thrown) {
			// Other errors are temporary: the item stays, with the title it was saved with.
			if (hostError(thrown).code === "not_found") this.#gone = new Set(this.#gone).add(id);
		}
	}
}

export const pages = new Pages();
