/** Finds guides and partners by what they are about. Must not know: components. */
import type { Boot, GuideCard, PartnerCard, ProductType, Situation, Topic } from "@/host";

/** The guide that a topic leads to: the one that names the topic earliest in its list. */
export function guideOn(boot: Boot, topic: Topic): GuideCard | undefined {
	const rank = (guide: GuideCard) => guide.topics.indexOf(topic);
	const found = boot.guidance.guides.filter((guide) => rank(guide) >= 0);
	return found.sort((a, b) => rank(a) - rank(b))[0];
}

/** The guides about one of these topics. */
export const guidesOn = (boot: Boot, topics: readonly Topic[]): GuideCard[] =>
	boot.guidance.guides.filter((guide) => guide.topics.some((topic) => topics.includes(topic)));

/** The guides that are written for a product type, and not for all. */
export const guidesFor = (guides: readonly GuideCard[], type: ProductType): GuideCard[] =>
	guides.filter((guide) => guide.product_types.includes(type));

/** The guides by situation, in the order of the catalogue. */
export function bySituation(guides: readonly GuideCard[]): { situation: Situation; guides: GuideCard[] }[] {
	const situations = [...new Set(guides.map((guide) => guide.situation))];
	return situations.map((situation) => ({
		situation,
		guides: guides.filter((guide) => guide.situation === situation),
	}));
}

export const partnerOf = (boot: Boot, id: string): PartnerCard | undefined =>
	boot.guidance.partners.find((partner) => partner.id === id);
