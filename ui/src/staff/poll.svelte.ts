/**
 * Requests of the staff screens: the last error, and values that are read again at an interval. Must not know: screens.
 */
import { onMount } from "svelte";
import type { HostError } from "@/host";
import type { StaffSession } from "./session.svelte";

/** How often the screens read their figures. */
export const POLL_INTERVAL_MS = 15_000;

/** Runs requests of one screen and keeps the error of the last one. */
export class Requests {
	error = $state.raw<HostError | null>(null);

	/** `session` is a function, because a component may only read its props inside one. */
	constructor(private readonly session: () => StaffSession) {}

	/** Runs a request and records its error, or that there is none. Returns whether it succeeded. */
	async attempt(request: () => Promise<void>): Promise<boolean> {
		try {
			await request();
			this.error = null;
		} catch (thrown) {
			this.fail(thrown);
		}
		return this.error === null;
	}

	/** Records an error; one that says that the window is locked also closes the session. */
	fail(thrown: unknown): void {
		this.error = this.session().handleError(thrown);
	}
}

/** A value from the shell together with the requests for it. */
export class Polled<T> extends Requests {
	/** `null` until the first request has succeeded. Stays when a later one fails. */
	value = $state.raw<T | null>(null);

	constructor(
		session: () => StaffSession,
		private readonly load: () => Promise<T>,
	) {
		super(session);
	}

	readonly reload = (): Promise<boolean> =>
		this.attempt(async () => {
			this.value = await this.load();
		});

	/** Reads the value again if the last request failed or `isOutdated` says so. */
	refresh(isOutdated: (value: T | null) => Promise<boolean>): Promise<boolean> {
		return this.attempt(async () => {
			if ((await isOutdated(this.value)) || this.error) this.value = await this.load();
		});
	}
}

/**
 * Reads a value when the component mounts and, with `onTick`, calls that every `POLL_INTERVAL_MS` while it is mounted.
 * Call it during component initialisation.
 */
export function poll<T>(
	session: () => StaffSession,
	load: () => Promise<T>,
	onTick?: (polled: Polled<T>) => unknown,
): Polled<T> {
	const polled = new Polled(session, load);
	onMount(() => {
		void polled.reload();
		if (!onTick) return;
		const timer = setInterval(() => onTick(polled), POLL_INTERVAL_MS);
		return () => clearInterval(timer);
	});
	return polled;
}
