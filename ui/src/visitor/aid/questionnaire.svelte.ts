/**
 * The questionnaire about the direct housing aid: whose turn it is and the answers so far. The rules are in the shell. The
 * answers are only here, in the memory of the page, until the screen closes. Must not know: components.
 */
import { type AidAnswer, type AidProgress, type AidReply, type ShortlistItem, visitor } from "@/host";
import { i18n } from "@/i18n/index.svelte";

export class Questionnaire {
	/** What to show; `null` before the questions. */
	progress = $state.raw<AidProgress | null>(null);
	failed = $state(false);
	#couple = false;
	#people: readonly (readonly AidAnswer[])[] = [];
	/** Only the response to the latest request counts. */
	#requests = 0;

	/** `units`: those to give a result for. */
	constructor(private readonly units: () => readonly ShortlistItem[]) {}

	/** Which buyer answers, counted from 1; 0 before the questions. */
	get person(): number {
		return this.#people.length;
	}
	get couple(): boolean {
		return this.#couple;
	}

	begin(couple: boolean): Promise<void> {
		this.#couple = couple;
		return this.#show([[]]);
	}

	answer(reply: AidReply): Promise<void> {
		if (this.progress?.kind !== "question") return Promise.resolve();
		const { question } = this.progress;
		return this.#change((answers) => [...answers, { question, reply }]);
	}

	/** The second buyer begins. From here nobody can go back to the answers of the first one. */
	handOver(): Promise<void> {
		return this.#show([...this.#people, []]);
	}

	/** Asks the last question again. Returns false if there is none: the screen closes. */
	back(): boolean {
		if (this.progress === null || this.progress.kind === "result") return false;
		const mine = this.#people[this.#people.length - 1] ?? [];
		if (this.progress.kind === "question" && mine.length > 0) void this.#change((answers) => answers.slice(0, -1));
		else if (this.progress.kind === "question" && this.person > 1) void this.#show(this.#people.slice(0, -1));
		else this.wipe();
		return true;
	}

	/** Asks again, after an error or in another language. */
	again(): Promise<void> {
		return this.person === 0 ? Promise.resolve() : this.#show(this.#people);
	}

	/** Forgets all answers. */
	wipe(): void {
		this.#requests += 1;
		this.#people = [];
		this.#couple = false;
		this.progress = null;
		this.failed = false;
	}

	#change(change: (answers: readonly AidAnswer[]) => AidAnswer[]): Promise<void> {
		const mine = this.#people[this.#people.length - 1] ?? [];
		return this.#show([...this.#people.slice(0, -1), change(mine)]);
	}

	async #show(people: readonly (readonly AidAnswer[])[]): Promise<void> {
		this.#people = people;
		this.#requests += 1;
		const request = this.#requests;
		try {
			const progress = await visitor.aidQuestions({
				people: people.map((answers) => [...answers]),
				couple: this.#couple,
				units: [...this.units()],
				lang: i18n.lang,
			});
			if (request !== this.#requests) return;
			this.progress = progress;
			this.failed = false;
		} catch {
			if (request === this.#requests) this.failed = true;
		}
	}
}
