/** The pages of saved projects, in the language of the moment, and what a saved item is on its page. */
import {
	hostError,
	type Lang,
	type ProjectPage,
	type ShortlistItem,
	type UnitGroup,
	type UnitRow,
	visitor,
} from "@/host";

/** A saved item as far as it is known. */
export interface Entry {
	item: ShortlistItem;
	/** `null` until it has arrived, or when it never will. */
	page: ProjectPage | null;
	/** For a saved unit. */
	group: UnitGroup | null;
	unit: UnitRow | null;
	/** The catalogue has no such project or unit any more. */
	gone: boolean;
}

export function entry(item: ShortlistItem, page: ProjectPage | null, gone: boolean): Entry {
	const group = page?.groups.find((group) => group.units.some((unit) => unit.id === item.unit)) ?? null;
	const unit = group?.units.find((unit) => unit.id === item.unit) ?? null;
	const missing = gone || (page !== null && item.unit !== null && unit === null);
	return { item, page: missing ? null : page, group, unit, gone: missing };
}

class Pages {
	#known = $state.raw<ReadonlyMap<string, ProjectPage>>(new Map());
	/** Ids the catalogue no longer has. */
	#gone = $state.raw<ReadonlySet<string>>(new Set());

	/** Each item with its page, or with the one of another language while this one is on its way. */
	entries(items: readonly ShortlistItem[], lang: Lang): Entry[] {
		return items.map((item) => {
			const known = this.#known.get(`${lang}:${item.project}`);
			const page = known ?? [...this.#known.values()].find(({ id }) => id === item.project) ?? null;
			return entry(item, page, this.#gone.has(item.project));
		});
	}

	/** Asks anew for every page: the catalogue may have changed since a screen was last open. */
	async load(items: readonly ShortlistItem[], lang: Lang): Promise<void> {
		await Promise.all([...new Set(items.map((item) => item.project))].map((id) => this.#fetch(id, lang)));
	}

	async #fetch(id: string, lang: Lang): Promise<void> {
		try {
			const page = await visitor.project(id, lang);
			this.#known = new Map(this.#known).set(`${lang}:${id}`, page);
		} catch (thrown) {
			// Anything else may pass: the item stays with the title it was saved under.
			if (hostError(thrown).code === "not_found") this.#gone = new Set(this.#gone).add(id);
		}
	}
}

export const pages = new Pages();
