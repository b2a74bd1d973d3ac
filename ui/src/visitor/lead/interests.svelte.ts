/** The projects a visitor asks about, as the form shows them, in the current language. */
import { hostError, type Lang, type Picture, type Text, visitor } from "@/host";

export interface Interest {
	id: string;
	title: Text;
	town: Text;
	cover: Picture | null;
}

class Interests {
	#known = $state.raw<ReadonlyMap<string, Interest>>(new Map());
	/** Ids of projects that are no longer in the catalogue. */
	gone = $state.raw<ReadonlySet<string>>(new Set());

	/** A project, in another language until the current one is loaded. */
	find(id: string, lang: Lang): Interest | undefined {
		return this.#known.get(`${lang}:${id}`) ?? [...this.#known.values()].find((interest) => interest.id === id);
	}

	async load(ids: string[], lang: Lang): Promise<void> {
		const missing = ids.filter((id) => !this.#known.has(`${lang}:${id}`) && !this.gone.has(id));
		await Promise.all(missing.map((id) => this.#fetch(id, lang)));
	}

	async #fetch(id: string, lang: Lang): Promise<void> {
		try {
			const { title, town, pictures } = await visitor.project(id, lang);
			this.#known = new Map(this.#known).set(`${lang}:${id}`, { id, title, town, cover: pictures[0] ?? null });
		} catch (thrown) {
			if (hostError(thrown).code === "not_found") this.gone = new Set(this.gone).add(id);
		}
	}
}

export const interests = new Interests();
