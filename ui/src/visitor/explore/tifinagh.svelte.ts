/**
 * Names of regions and towns in Tifinagh, shown under the name in the visitor's language as on signs in Morocco. They
 * are the names the shell returns for Amazigh; some places have none. Must not know: screens.
 */
import { visitor } from "@/host";

type NamesById = { regions: ReadonlyMap<string, string>; towns: ReadonlyMap<string, string> };

class TifinaghNames {
	#names = $state.raw<NamesById | null>(null);

	/** Loads the names once. Without them the map is still complete, so an error is ignored until the next call. */
	async load(): Promise<void> {
		if (this.#names !== null) return;
		try {
			const { regions, towns } = await visitor.boot("zgh");
			this.#names = {
				regions: new Map(regions.filter(({ name }) => name.lang === "zgh").map(({ code, name }) => [code, name.text])),
				towns: new Map(towns.filter(({ name }) => name.lang === "zgh").map(({ id, name }) => [id, name.text])),
			};
		} catch {
			this.#names = null;
		}
	}

	region(code: string | null): string | undefined {
		return code === null ? undefined : this.#names?.regions.get(code);
	}

	town(id: string): string | undefined {
		return this.#names?.towns.get(id);
	}
}

export const tifinagh = new TifinaghNames();
