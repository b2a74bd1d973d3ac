/**
 * What staff change on a lead before they save it, and what happens to it when somebody else has saved first. A value is
 * `null` while it is unchanged; an empty text clears a field. Must not know: the host, how the page looks.
 */
import type { LeadChange, LeadPage } from "@/host";

/** The texts that staff can write. */
export const TEXT_FIELDS = ["name", "phone", "email", "city", "note", "staff_note"] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
/** The values that staff choose. */
export const CHOICE_FIELDS = ["rating", "outcome", "desk"] as const;
export type ChoiceField = (typeof CHOICE_FIELDS)[number];
export type ChangeField = TextField | ChoiceField;

const CONTACT_FIELDS = ["name", "phone", "email", "city"] as const;
type ContactField = (typeof CONTACT_FIELDS)[number];
const isContact = (field: ChangeField): field is ContactField => CONTACT_FIELDS.some((name) => name === field);
const isText = (field: ChangeField): field is TextField => TEXT_FIELDS.some((name) => name === field);

export const noChange = (): LeadChange => ({
	rating: null,
	outcome: null,
	desk: null,
	staff_note: null,
	note: null,
	contact: { name: null, phone: null, email: null, city: null },
});

/** The text of a field as it is saved. */
export function savedText({ summary, lead }: LeadPage, field: TextField): string {
	switch (field) {
		case "name":
		case "phone":
			return summary.contact[field] ?? "";
		default:
			return lead[field] ?? "";
	}
}

/** The choice of a field as it is saved. */
export function savedChoice<Field extends ChoiceField>({ summary }: LeadPage, field: Field): LeadChange[Field] {
	const { rating, outcome } = summary.follow_up;
	const choices: LeadChange = { ...noChange(), rating, outcome, desk: summary.wish.desk };
	return choices[field];
}

/** The value of a field in the change; `null` while it is unchanged. */
export const changed = (change: LeadChange, field: ChangeField): string | null =>
	isContact(field) ? change.contact[field] : change[field];

/** The change with another text; the text that is saved already is no change. */
export function withText(change: LeadChange, page: LeadPage, field: TextField, text: string): LeadChange {
	const value = text === savedText(page, field) ? null : text;
	if (isContact(field)) return { ...change, contact: { ...change.contact, [field]: value } };
	return { ...change, [field]: value };
}

/** The change with another choice; choosing the same one twice takes it back. */
export function withChoice<Field extends ChoiceField>(
	change: LeadChange,
	page: LeadPage,
	field: Field,
	value: NonNullable<LeadChange[Field]>,
): LeadChange {
	const isTakenBack = change[field] === value || savedChoice(page, field) === value;
	return { ...change, [field]: isTakenBack ? null : value };
}

/** The change without one of its fields. */
export function without(change: LeadChange, field: ChangeField): LeadChange {
	if (isContact(field)) return { ...change, contact: { ...change.contact, [field]: null } };
	return { ...change, [field]: null };
}

/** The fields that the change changes. */
export const changedFields = (change: LeadChange): ChangeField[] =>
	[...TEXT_FIELDS, ...CHOICE_FIELDS].filter((field) => changed(change, field) !== null);

/** A field that staff here and somebody else have changed to different values. */
export interface Clash {
	field: ChangeField;
	/** What somebody else saved. */
	theirs: string;
	/** What staff here want to save. */
	ours: string;
}

/** What somebody else saved while staff here changed the same lead. */
export interface Conflict {
	/** The revision that is newest now. */
	revision: number;
	/** When it was saved; `null` if the revision does not say it. */
	at: string | null;
	/** The fields that both changed. The others do not disturb each other. */
	clashes: Clash[];
}

const saved = (page: LeadPage, field: ChangeField): string =>
	isText(field) ? savedText(page, field) : (savedChoice(page, field) ?? "");

/** Compares the lead before and after somebody else saved it with the change of staff here. */
export function conflictOf(before: LeadPage, after: LeadPage, change: LeadChange): Conflict {
	const clashes = changedFields(change).flatMap((field): Clash[] => {
		const theirs = saved(after, field);
		const ours = changed(change, field) ?? "";
		return theirs !== saved(before, field) && theirs !== ours ? [{ field, theirs, ours }] : [];
	});
	const { revision } = after.summary;
	return { revision, at: after.revisions.find((row) => row.revision === revision)?.at ?? null, clashes };
}

/** The change on top of what somebody else saved: whatever is saved already is dropped. */
export function rebased(change: LeadChange, after: LeadPage): LeadChange {
	const same = changedFields(change).filter((field) => changed(change, field) === saved(after, field));
	return same.reduce(without, change);
}
