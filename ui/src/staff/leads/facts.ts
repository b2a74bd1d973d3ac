/** A lead as lines of label and text, for its page and for two leads side by side. Must not know: how they look. */
import type { LeadInterest, LeadPage } from "@/host";
import { amount, area, phone } from "@/i18n/format";
import { languageNames, type Messages, type UiLang } from "@/i18n/index.svelte";

export const FACTS = [
	"name",
	"phone",
	"email",
	"city",
	"country",
	"language",
	"interests",
	"towns",
	"types",
	"budget",
	"purpose",
	"channel",
	"desk",
	"note",
	"staff_note",
	"rating",
	"outcome",
] as const;
export type FactName = (typeof FACTS)[number];

export interface Fact {
	name: FactName;
	/** Empty if the lead does not say it. */
	text: string;
	/** Whether it is written from left to right in every language. */
	ltr: boolean;
}

/** `Lot 45 · 120 m²`, or the whole project. */
export function unitText({ unit, surface }: LeadInterest, lang: UiLang): string {
	// Isolated, because the unit of an Arabic surface is written from right to left.
	const shown = surface === null ? null : `\u2068${area(surface, lang)}\u2069`;
	return [unit, shown].filter((part) => part !== null).join(" · ");
}

export function interestText(interest: LeadInterest, lang: UiLang): string {
	const unit = unitText(interest, lang);
	return unit === "" ? interest.title : `${interest.title} · ${unit}`;
}

/** The name of a country in the language of the window. */
export const countryName = (code: string, lang: UiLang): string =>
	new Intl.DisplayNames([lang], { type: "region", fallback: "code" }).of(code) ?? code;

function textOf(page: LeadPage, name: FactName, m: Messages, lang: UiLang): string {
	const { summary, lead } = page;
	const { wishes } = lead;
	switch (name) {
		case "name":
			return summary.contact.name;
		case "phone":
			return summary.contact.phone === null ? "" : phone(summary.contact.phone);
		case "country":
			return lead.country === null ? "" : countryName(lead.country, lang);
		case "language":
			return languageNames[summary.contact.language];
		case "interests":
			return wishes.interests.map((interest) => interestText(interest, lang)).join("\n");
		case "towns":
			return wishes.towns.join("\n");
		case "types":
			return wishes.types.map((type) => m.explore.typeOne[type]).join("\n");
		case "budget":
			return wishes.budget_mad === null ? "" : amount(wishes.budget_mad * 100, lang);
		case "purpose":
			return wishes.purpose === null ? "" : m.lead.what.purposes[wishes.purpose];
		case "channel":
			return m.lead.when.channels[lead.channel];
		case "desk":
			return summary.wish.desk === null ? "" : m.staffLeads.desks[summary.wish.desk];
		case "rating":
			return summary.follow_up.rating === null ? "" : m.staffLeads.ratings[summary.follow_up.rating];
		case "outcome":
			return summary.follow_up.outcome === null ? "" : m.staffLeads.outcomes[summary.follow_up.outcome];
		default:
			return lead[name] ?? "";
	}
}

export const factOf = (page: LeadPage, name: FactName, m: Messages, lang: UiLang): Fact => ({
	name,
	text: textOf(page, name, m, lang),
	ltr: name === "phone" || name === "email",
});

export interface Difference {
	name: FactName;
	left: Fact;
	right: Fact;
	differs: boolean;
}

/** All facts that at least one of two leads has, with those that differ marked. */
export function differences(left: LeadPage, right: LeadPage, m: Messages, lang: UiLang): Difference[] {
	return FACTS.map((name) => {
		const [a, b] = [factOf(left, name, m, lang), factOf(right, name, m, lang)];
		return { name, left: a, right: b, differs: a.text !== b.text };
	}).filter((row) => row.left.text !== "" || row.right.text !== "");
}
