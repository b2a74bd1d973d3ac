/** Tickets as staff type or scan them: `CODE-KIOSK-NUMBER`, such as `PAR-K03-0042`. Must not know: leads. */

const TICKET = /[A-Z0-9]+-[A-Z0-9]+-\d{4,}/;
const WHOLE_TICKET = new RegExp(`^${TICKET.source}$`);

/** The ticket that the text consists of; `null` if it is something else. */
export function ticketOf(text: string): string | null {
	const typed = text.trim().toUpperCase();
	return WHOLE_TICKET.test(typed) ? typed : null;
}

/** The first ticket in a scanned line. The code that a visitor photographs also holds the stop and an address. */
export function ticketIn(line: string): string | null {
	return TICKET.exec(line.toUpperCase())?.[0] ?? null;
}

/** The last part of a ticket, which staff type to confirm that they mean this one. */
export const numberOf = (ticket: string): string => ticket.slice(ticket.lastIndexOf("-") + 1);

/** Whether the text names this ticket: its number, or all of it. */
export function confirms(ticket: string, typed: string): boolean {
	const text = typed.trim().toUpperCase();
	return text === numberOf(ticket) || text === ticket.toUpperCase();
}
