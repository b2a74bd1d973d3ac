/** Names of places and subsidiaries by their identifier. Must not know: components. */
import type { Boot } from "@/host";

export const nameOf = {
	region: (boot: Boot, code: string) => boot.regions.find((region) => region.code === code)?.name.text ?? code,
	town: (boot: Boot, id: string) => boot.towns.find((town) => town.id === id)?.name.text ?? id,
	subsidiary: (boot: Boot, id: string) => boot.subsidiaries.find((one) => one.id === id)?.name.text ?? id,
};
