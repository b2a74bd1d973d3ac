/** Opens the lead form with the reason of the call: a topic, a result, or what was searched without result. */
import type { PartnerCard, SharedResult, ShortlistItem, Topic } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { draft } from "../lead/draft.svelte";
import { visit } from "../visit.svelte";
import { DESK_OF } from "./intents";

/** The note that was written for the visitor last; a later one replaces it. */
let written = "";

/** Asks for a call about a topic, at the desk that answers it. */
export function callAboutTopic(topic: Topic): void {
	draft.answers.desk = DESK_OF[topic];
	draft.answers.partner = null;
	callWithNote(i18n.m.explore.topicNote(i18n.m.explore.topics[topic]));
}

/** Asks for a call about a result, which the form offers to send, at the desk that answers its topic. */
export function discuss(topic: Topic, result: SharedResult | null, items: readonly ShortlistItem[] = []): void {
	if (result) draft.offer(result);
	const partner = partnerOn(topic);
	draft.answers.desk = DESK_OF[topic];
	draft.answers.partner = partner?.id ?? null;
	const note = partner ? i18n.m.guides.note(partner.name.text) : i18n.m.explore.topicNote(i18n.m.explore.topics[topic]);
	callWithNote(note, items);
}

/** The partner of the stand that answers a topic at its desk; none if several do, because the kiosk prefers none. */
export function partnerOn(topic: Topic): PartnerCard | null {
	const partners = visit.boot?.guidance.partners ?? [];
	const answering = partners.filter(({ topics, lead_desk }) => topics.includes(topic) && lead_desk === DESK_OF[topic]);
	return answering.length === 1 ? (answering[0] ?? null) : null;
}

/** Asks for a call by a partner at the stand. */
export function callByPartner(partner: PartnerCard): void {
	draft.answers.desk = partner.lead_desk;
	draft.answers.partner = partner.id;
	callWithNote(i18n.m.guides.note(partner.name.text));
}

/** Asks for a call about a search. */
export function callAboutSearch(typed: string): void {
	callWithNote(typed === "" ? "" : i18n.m.explore.searchNote(typed));
}

/** A note that the visitor wrote stays. */
function callWithNote(note: string, items: readonly ShortlistItem[] = []): void {
	const present = draft.answers.note.trim();
	if (present === "" || present === written) {
		draft.answers.note = note;
		written = note;
	}
	visit.callAbout(items);
}
