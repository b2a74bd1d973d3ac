/**
 * The lead that staff look at, their unsaved change, and what came of saving it. Must not know: how the page looks, the
 * list.
 */
import { type FieldError, type FieldName, type HostError, hostError, type LeadChange, type LeadPage } from "@/host";
import type { StaffSession } from "../session.svelte";
import {
	type ChangeField,
	type ChoiceField,
	type Conflict,
	changed,
	changedFields,
	conflictOf,
	noChange,
	rebased,
	savedChoice,
	savedText,
	type TextField,
	withChoice,
	without,
	withText,
} from "./change";

/** The commands that a lead needs. */
export interface LeadHost {
	lead(id: string): Promise<LeadPage>;
	reviseLead(id: string, revision: number, change: LeadChange): Promise<LeadPage>;
}

export class OpenLead {
	page = $state.raw<LeadPage | null>(null);
	change = $state.raw<LeadChange>(noChange());
	/** What somebody else saved while staff changed this lead; `null` without one. */
	conflict = $state.raw<Conflict | null>(null);
	/** Errors of single fields after saving. */
	fieldErrors = $state.raw<FieldError[]>([]);
	error = $state.raw<HostError | null>(null);
	saving = $state(false);
	/** The revision that was saved last; `null` until staff change something again. */
	savedRevision = $state<number | null>(null);
	#requestId = 0;

	/** `session` is a function, because a component may only read its props inside one. */
	constructor(
		private readonly host: LeadHost,
		private readonly session: () => StaffSession,
	) {}

	get isChanged(): boolean {
		return changedFields(this.change).length > 0;
	}

	/** Reads a lead. What was not saved on the one before is lost. */
	async open(id: string): Promise<void> {
		this.#requestId += 1;
		const request = this.#requestId;
		this.forget();
		if (this.page?.summary.id !== id) this.page = null;
		try {
			const page = await this.host.lead(id);
			if (request === this.#requestId) this.page = page;
		} catch (thrown) {
			if (request === this.#requestId) this.error = this.session().handleError(thrown);
		}
	}

	/** Shows a lead that a command has returned. */
	show(page: LeadPage): void {
		this.#requestId += 1;
		this.forget();
		this.page = page;
	}

	close(): void {
		this.#requestId += 1;
		this.forget();
		this.page = null;
	}

	/** Drops the unsaved change and all messages about it. */
	forget(): void {
		this.change = noChange();
		this.conflict = null;
		this.fieldErrors = [];
		this.error = null;
		this.savedRevision = null;
	}

	/** The text of a field: as changed, otherwise as saved. */
	text(field: TextField): string {
		return changed(this.change, field) ?? (this.page ? savedText(this.page, field) : "");
	}

	/** The choice of a field: as changed, otherwise as saved. */
	choice<Field extends ChoiceField>(field: Field): LeadChange[Field] {
		return this.change[field] ?? (this.page ? savedChoice(this.page, field) : null);
	}

	write(field: TextField, text: string): void {
		if (!this.page) return;
		this.#touch(field);
		this.change = withText(this.change, this.page, field, text);
	}

	choose<Field extends ChoiceField>(field: Field, value: NonNullable<LeadChange[Field]>): void {
		if (!this.page) return;
		this.#touch(field);
		this.change = withChoice(this.change, this.page, field, value);
	}

	/** Takes one change back, such as one that somebody else has decided otherwise. */
	drop(field: ChangeField): void {
		this.#touch(field);
		this.change = without(this.change, field);
	}

	errorOf(field: FieldName): FieldError | undefined {
		return this.fieldErrors.find((error) => error.field === field);
	}

	/** Saves the change as a new revision. Returns whether that succeeded; otherwise the change is kept. */
	async save(): Promise<boolean> {
		const before = this.page;
		if (!before || this.saving || !this.isChanged) return false;
		this.saving = true;
		this.error = null;
		try {
			const page = await this.host.reviseLead(before.summary.id, before.summary.revision, this.change);
			this.show(page);
			this.savedRevision = page.summary.revision;
			return true;
		} catch (thrown) {
			await this.#explain(hostError(thrown), before);
			return false;
		} finally {
			this.saving = false;
		}
	}

	async #explain(thrown: HostError, before: LeadPage): Promise<void> {
		if (thrown.code === "invalid_lead") this.fieldErrors = thrown.fields;
		if (thrown.code !== "lead_changed") {
			this.error = this.session().handleError(thrown);
			return;
		}
		try {
			const after = await this.host.lead(before.summary.id);
			this.conflict = conflictOf(before, after, this.change);
			this.change = rebased(this.change, after);
			this.page = after;
		} catch (failed) {
			this.error = this.session().handleError(failed);
		}
	}

	/** Removes the messages about a field that staff change again. */
	#touch(field: ChangeField): void {
		this.savedRevision = null;
		this.fieldErrors = this.fieldErrors.filter((error) => error.field !== field);
		if (this.conflict)
			this.conflict = { ...this.conflict, clashes: this.conflict.clashes.filter((clash) => clash.field !== field) };
	}
}
