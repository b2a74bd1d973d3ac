/**
 * Names of regions and towns in Tifinagh, to stand under the name in the visitor's language as on signs in Morocco. They
 * are what the shell tells somebody who reads Amazigh; a place without such a name has none. Knows no screen.
 */
import { visitor } from "@/host";

type Names = { regions: ReadonlyMap<string, string>; towns: ReadonlyMap<string, string> };

class Tifinagh {
	#names = $state.raw<Names | null>(null);

	/** Asks once; the map is whole without them, so a failure is left alone until the next time. */
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

export const tifinagh = new Tifinagh();
