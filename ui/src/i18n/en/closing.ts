/** Messages of the day close. */
import type { ClosingStage, ExportFormat, ExportScope } from "@/host";
import { formatsIn } from "../format";
import { en as plural } from "../plural";

const { date, dateTime, fileSize } = formatsIn("en");

const leads = (n: number) => plural(n, { one: `${n} lead`, other: `${n} leads` });

export const closing = {
	leads,
	here: {
		title: "What is here",
		ofDay: (day: string, n: number) => `${leads(n)} on ${date(day)}.`,
		total: (n: number) => `${leads(n)} in all since the start.`,
		allSent: "Everything has reached the platform.",
		waiting: (n: number) =>
			plural(n, {
				one: `${n} lead has not reached the platform yet.`,
				other: `${n} leads have not reached the platform yet.`,
			}),
		staffOnly: (n: number) =>
			plural(n, {
				one: `${n} lead waits for the passphrase before it can be sent.`,
				other: `${n} leads wait for the passphrase before they can be sent.`,
			}),
		rejected: (n: number) =>
			plural(n, {
				one: `${n} lead was refused by the platform: see the screen Leads.`,
				other: `${n} leads were refused by the platform: see the screen Leads.`,
			}),
		none: "There is no lead on this kiosk: nothing to close.",
	},
	day: {
		title: "Which day",
		all: "All days",
		unsent: (n: number) => `${n} of them not sent yet`,
		closedOn: (instant: string) => `closed on ${dateTime(instant)}`,
		open: "not closed yet",
		left: (n: number) => `${n} new since the last export`,
		more: "Earlier days",
		before: "Exported before",
		beforeLine: (instant: string, format: string, n: number, initials: string | null) =>
			`${dateTime(instant)} · ${format} · ${leads(n)}${initials === null ? "" : ` · by ${initials}`}`,
		scope: { all: "All leads", new: "Since the last export" } satisfies Record<ExportScope, string>,
		nothingNew: "Everything is in an export already. You can make another one.",
	},
	format: {
		title: "Which files",
		names: { age: "Encrypted file", xlsx: "Excel", csv: "CSV" } satisfies Record<ExportFormat, string>,
		texts: {
			age: "Opens only with the passphrase of the stand. The right choice to take the leads along.",
			xlsx: "To read, sort and filter at once, in Excel or LibreOffice.",
			csv: "To load the leads into other software.",
		} satisfies Record<ExportFormat, string>,
		readable: "Readable by anybody who finds the stick: keep it on you.",
		atLeastOne: "Choose at least one file.",
	},
	place: {
		title: "Where",
		stick: "USB stick",
		machine: "folder of the kiosk",
		free: (bytes: number) => `${fileSize(bytes)} free`,
		noStick:
			"No USB stick is plugged in: the only copy would stay on this machine. Plug in a stick, and it appears here by itself.",
		machineChosen: "The only copy stays on this machine.",
	},
	who: {
		label: "Who closes?",
		hint: "Initials, at most four letters. Optional.",
	},
	run: {
		confirm: "Write and close",
		summary: (what: string, place: string) => `${what} to ${place}.`,
		needPassphrase: "Enter the passphrase first.",
		stages: {
			idle: "Preparing…",
			preparing: "Opening the leads and preparing the files…",
			writing: "Writing…",
			checking: "Reading back and comparing…",
		} satisfies Record<ClosingStage, string>,
		keep: "Do not unplug the stick.",
		cancel: "Cancel",
		cancelling: "Cancelling…",
		stillOpen: "Nothing is written, and the day stays open.",
	},
	receipt: {
		title: "Written, read back and compared",
		count: (n: number) => `${leads(n)} in each file`,
		canUnplug: "You can unplug the stick.",
		onMachine: "This copy is on the kiosk. Take one along on a stick as soon as you can.",
		allSent: "Everything has also reached the platform.",
		stillUnsent: (n: number) =>
			plural(n, {
				one: `${n} lead has not reached the platform yet: leave the kiosk on, or keep these files safe.`,
				other: `${n} leads have not reached the platform yet: leave the kiosk on, or keep these files safe.`,
			}),
		unopened: (n: number) =>
			plural(n, {
				one: `${n} lead does not open with this passphrase: it stays on the kiosk.`,
				other: `${n} leads do not open with this passphrase: they stay on the kiosk.`,
			}),
		unreadable: (n: number) =>
			plural(n, {
				one: `${n} lead on this kiosk cannot be read and is in none of these files: tell headquarters.`,
				other: `${n} leads on this kiosk cannot be read and are in none of these files: tell headquarters.`,
			}),
		sha: "SHA-256 checksum",
		code: "The receipt as a QR code: take a picture of it to keep it.",
		file: "The signed receipt is next to the files",
		unsigned: "The kiosk could not sign the receipt: its disk fails.",
		again: "Another export",
		lock: "Lock",
	},
};
