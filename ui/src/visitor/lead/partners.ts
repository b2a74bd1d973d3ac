/** The partners that visitors can ask for by name. Must not know: components. */
import type { Desk, Text } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { visit } from "../visit.svelte";

export interface NamedPartner {
	/** Identifier in the catalogue, or the name of a bank of the stop. */
	id: string;
	name: Text;
}

/** The partners at a desk. A bank of the stop that is also in the catalogue is named once. */
export function partnersAt(desk: Desk): NamedPartner[] {
	const cards = visit.boot?.guidance.partners.filter((partner) => partner.lead_desk === desk) ?? [];
	const banks = desk === "bank" ? (visit.boot?.banks ?? []) : [];
	const others = banks.filter((bank) => cards.every(({ name }) => name.text !== bank));
	return [
		...cards.map(({ id, name }) => ({ id, name })),
		...others.map((bank) => ({ id: bank, name: { text: bank, lang: i18n.lang } })),
	];
}
