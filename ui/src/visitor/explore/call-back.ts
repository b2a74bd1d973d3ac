/** Opens the lead form with the reason of the call: a topic, or what was searched without result. */
import type { PartnerCard, Topic } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { draft } from "../lead/draft.svelte";
import { visit } from "../visit.svelte";
import { DESK_OF } from "./intents";

/** Asks for a call about a topic, at the desk that answers it. */
export function callAboutTopic(topic: Topic): void {
	draft.answers.desk = DESK_OF[topic];
	callWithNote(i18n.m.explore.topicNote(i18n.m.explore.topics[topic]));
}

/** Asks for a call by a partner at the stand. */
export function callByPartner(partner: PartnerCard): void {
	draft.answers.desk = partner.lead_desk;
	callWithNote(i18n.m.guides.note(partner.name.text));
}

/** Asks for a call about a search. */
export function callAboutSearch(typed: string): void {
	callWithNote(typed === "" ? "" : i18n.m.explore.searchNote(typed));
}

/** A note that the visitor wrote stays. */
function callWithNote(note: string): void {
	if (draft.answers.note.trim() === "") draft.answers.note = note;
	visit.callAbout([]);
}
