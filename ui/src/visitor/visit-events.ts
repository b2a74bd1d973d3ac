/**
 * Sends the events of a visit for the anonymous counts, in their order. Nothing of a visit depends on the answer. Must not know:
 * when events happen.
 */
import { type VisitEvent, visitor } from "@/host";

/** The kiosk accepts no longer time without touch. */
const MAX_UNATTENDED_SECONDS = 3_600;

let last: Promise<unknown> = Promise.resolve();

const send = (event: VisitEvent) => visitor.visitNote(event).catch(() => null);

export function noteEvent(event: VisitEvent): void {
	last = last.then(() => send(event));
}

/** Does not wait for earlier events, because the page is loaded again at once. `unattendedSeconds`: time without touch. */
export function noteEnd(unattendedSeconds: number): void {
	const seconds = Math.min(Math.max(0, Math.round(unattendedSeconds)), MAX_UNATTENDED_SECONDS);
	void send({ event: "ended", unattended_seconds: seconds });
}
