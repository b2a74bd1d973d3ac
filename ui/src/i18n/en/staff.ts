import type { AuditAct, AuditDetail, DiskFault, ErrorCode } from "@/host";
import { formatsIn, largestUnit } from "../format";
import { en as plural } from "../plural";
import { closing } from "./closing";

const { date, dateTime, fileSize, number } = formatsIn("en");

type Params = Record<string, string>;

/** A duration in its largest suitable unit. */
function duration(seconds: number): string {
	const { value, unit } = largestUnit(seconds);
	switch (unit) {
		case "second":
			return `${value} s`;
		case "minute":
			return `${value} min`;
		case "hour":
			return `${value} h`;
		case "day":
			return plural(value, { one: `${value} day`, other: `${value} days` });
	}
}

export const staff = {
	title: "Staff",
	demonstration: "Demonstration",
	leave: "Back to the kiosk",
	lock: "Lock",
	nav: {
		today: "Today",
		close: "Close the day",
		leads: "Leads",
		catalogue: "Catalogue",
		audit: "Log",
		device: "Kiosk",
	},
	loading: "Reading…",
	retry: "Try again",
	language: "Language",

	pin: {
		title: "Staff code",
		text: "Enter the code, then confirm.",
		erase: "Erase",
		enter: "Confirm",
		entered: (n: number) => plural(n, { one: `${n} digit entered`, other: `${n} digits entered` }),
		lockedOut: "Too many attempts. You can try again in:",
		passphraseInstead: "No need to wait: the passphrase opens this window too.",
	},

	today: {
		day: "Leads today",
		total: "Leads since the start",
		waiting: "Waiting to be sent",
		sent: "Sent",
		oldest: (seconds: number) => `the oldest has waited ${duration(seconds)}`,
		noneWaiting: "all sent",
		byHour: "Leads by hour",
		noneYet: "No lead today.",
		hour: (hour: number) => `${hour}:00`,
		byLanguage: "Languages",
		byRegion: "Regions",
		byProject: "Most wanted projects",
		sync: "Sending to the platform",
		syncNow: "Send now",
		syncing: "Sending…",
		synced: (sent: number) =>
			plural(sent, { one: `${sent} lead sent just now.`, other: `${sent} leads sent just now.` }),
		lastContact: (instant: string) => `Last contact: ${dateTime(instant)}.`,
		neverContact: "No contact so far.",
		nextAttempt: (instant: string) => `Next attempt: ${dateTime(instant)}.`,
		staffOnly: (n: number) =>
			plural(n, {
				one: `${n} lead was taken before the kiosk was enrolled: enter the passphrase so that it can leave.`,
				other: `${n} leads were taken before the kiosk was enrolled: enter the passphrase so that they can leave.`,
			}),
		staffOnlyLater: (n: number) =>
			plural(n, {
				one: `${n} lead will leave after enrolment, once the passphrase is given.`,
				other: `${n} leads will leave after enrolment, once the passphrase is given.`,
			}),
		rejected: (n: number) =>
			plural(n, {
				one: `${n} lead was refused by the platform: it stays here, tell headquarters.`,
				other: `${n} leads were refused by the platform: they stay here, tell headquarters.`,
			}),
		machine: "The kiosk",
		kiosk: "Kiosk",
		catalogue: "Catalogue",
		catalogueText: (day: string, projects: number) =>
			`of ${date(day)}, ${plural(projects, { one: `${projects} project`, other: `${number(projects)} projects` })}`,
		noCatalogue: "no catalogue",
		overdue: (day: string) =>
			`This catalogue was to be replaced by ${date(day)}: ask headquarters for the new one. The kiosk goes on showing it.`,
		refused: (code: string) =>
			`The published catalogue was not taken; the kiosk keeps its own. Give headquarters this code: ${code}.`,
		disk: "Free space",
		clock: "Clock",
		clockUnknown: "not compared",
		clockRight: "right",
		clockAhead: (seconds: number) => `${duration(seconds)} ahead`,
		clockBehind: (seconds: number) => `${duration(seconds)} behind`,
		diskLow: "little is left",
		diskFault: {
			full: "The disk is full: free space at once. Soon the kiosk will take no more leads.",
			not_writable:
				"The kiosk cannot write to its disk any more and takes no leads. Export the leads to a stick, then call support.",
		} satisfies Record<DiskFault, string>,
		leadsCheck: "Leads checked",
		leadsChecked: (instant: string) => `${dateTime(instant)}, no damage`,
		leadsDamaged: (instant: string) => `${dateTime(instant)}, damage found`,
		leadsUnchecked: "not checked yet",
		unreadable: (n: number) =>
			plural(n, {
				one: `${n} lead cannot be read. All others are sent and exported: tell headquarters.`,
				other: `${n} leads cannot be read. All others are sent and exported: tell headquarters.`,
			}),
		damagedFiles:
			"The file of the leads was damaged. The kiosk uses a new one and has kept the old one: call the operator.",
	},

	sync: {
		never: "The kiosk has not tried to reach the platform yet.",
		not_enrolled: "This kiosk is not enrolled with the platform yet: leads stay here, safely.",
		offline: "No network. Leads will leave by themselves when it comes back.",
		captive: "The hall’s wifi asks for a login page: open it, or change network.",
		clock_or_tls: "The connection is not secure: the kiosk’s clock may be wrong.",
		unauthorized: "The platform no longer knows this kiosk: it has to be enrolled again.",
		rate_limited: "The platform asks to wait; the kiosk will try again by itself.",
		server: "The platform answers badly at the moment; the kiosk will try again by itself.",
		upgrade_required: "The platform asks for a newer version of the kiosk.",
		ok: "The kiosk and the platform are in touch.",
	},

	passphrase: {
		title: "The stand’s passphrase",
		text: "Leads are sealed on this kiosk. The passphrase opens them for export; it is forgotten when you lock.",
		label: "Passphrase",
		show: "Show",
		hide: "Hide",
		open: "Open",
		opening: "Opening…",
		opened: "Leads are open until you lock.",
		resealed: (n: number) =>
			plural(n, {
				one: `${n} lead can now leave for the platform.`,
				other: `${n} leads can now leave for the platform.`,
			}),
	},

	close: closing,

	audit: {
		title: "What staff did on this kiosk",
		empty: "Nothing yet.",
		when: "When",
		act: "Act",
		detail: "Detail",
		acts: {
			staff_unlocked: "Window opened",
			staff_locked: "Window locked",
			wrong_pin: "Wrong code",
			wrong_passphrase: "Wrong passphrase",
			leads_opened: "Leads opened",
			exported: "Files written",
			day_closed: "Day closed",
			lead_set_aside: "Lead refused by the platform",
			catalogue_imported: "Catalogue imported",
			catalogue_synced: "Catalogue received from the platform",
			catalogue_refused: "Catalogue refused",
			catalogue_rolled_back: "Previous catalogue restored",
			closed_leads_erased: "Sent and exported requests erased",
			pictures_cleared: "Pictures no catalogue needs removed",
			leads_erased: "Requests erased because persons asked for it",
			lead_revised: "Lead corrected or rated",
			leads_merged: "Two leads merged",
			leads_requeued: "Requests queued again",
			configuration_taken: "New settings from headquarters",
			configuration_rejected: "Settings from headquarters not usable, the former ones kept",
			reserve_given_up: "Disk full: reserve given up for requests",
			authorities_pinned: "Certificates of the stop set",
			provisioned: "Kiosk prepared",
			enrolled: "Kiosk enrolled with the platform",
			leads_file_replaced: "Damaged file of the leads replaced",
			leads_restored: "Leads put back from a damaged file",
			pin_changed: "Staff code changed",
			passphrase_changed: "Passphrase changed",
			program_restarted: "Program restarted by staff",
		} satisfies Record<AuditAct, string>,
		details: {
			by: "by",
			code: "code",
			bytes: "bytes",
			day: "day",
			failures: "failed tries",
			file: "file",
			files: "files",
			format: "format",
			from: "from version",
			id: "lead",
			initials: "initials",
			kiosk: "kiosk",
			leads: "leads",
			merged: "merged lead",
			reason: "reason",
			resealed: "ready to leave",
			revision: "revision",
			sha256: "SHA-256",
			stop: "stop",
			ticket: "ticket",
			to: "to version",
			unreadable: "not readable",
			unsent: "not sent yet",
			user: "user",
			version: "version",
		} satisfies Record<AuditDetail, string>,
	},

	errors: {
		wrong_pin: ({ left }: Params) =>
			left === undefined
				? "Wrong code."
				: `Wrong code. ${plural(Number(left), { one: `${left} attempt left.`, other: `${left} attempts left.` })}`,
		locked_out: (_: Params) => "Too many attempts: wait until the time is over.",
		locked: (_: Params) => "The window has locked itself: enter the code.",
		leads_locked: (_: Params) => "Enter the passphrase first.",
		wrong_passphrase: (_: Params) => "This is not the passphrase of this stand.",
		destination: (_: Params) =>
			"It is not possible to write there. Is the stick plugged in, not full and not protected?",
		destination_removed: (_: Params) =>
			"The USB stick is no longer plugged in: plug it in, wait until it appears again, then start again.",
		destination_exchanged: (_: Params) =>
			"Another stick is plugged in now: choose it again, or put the first one back.",
		destination_full: ({ needed, free }: Params) =>
			`There is not enough space there: ${fileSize(Number(needed))} are needed, ${fileSize(Number(free))} are free. Free some space or take another stick.`,
		destination_read_only: (_: Params) =>
			"Nothing can be written there, it is protected: move the small lock of the stick, or take another one.",
		destination_too_large: (_: Params) =>
			"The file is too large for this stick, which takes at most 4 GB per file: export one day at a time.",
		destination_corrupt: (_: Params) =>
			"The stick does not give back what was written to it: it is damaged. Take another one.",
		cancelled: (_: Params) => "The export was cancelled.",
		nothing_new: (_: Params) => "No lead is new since the last export: choose all leads.",
		media_busy: (_: Params) => "Another operation with a USB stick is running: wait for it, or unplug the stick.",
		media_not_responding: (_: Params) => "The USB stick does not respond: unplug it and use another one.",
		storage_full: (_: Params) => "The kiosk has no room left.",
		storage: (_: Params) => "The kiosk could not read or write its data. Nothing is erased: try again.",
		not_enrolled: (_: Params) => "This kiosk is not enrolled with the platform yet.",
		no_catalogue: (_: Params) => "The kiosk has no catalogue yet.",
		not_found: (_: Params) => "This is no longer on the kiosk.",
		invalid_lead: (_: Params) => "A lead holds an error.",
		lead_not_found: (_: Params) => "This lead is no longer on the kiosk, or it cannot be opened.",
		lead_changed: (_: Params) =>
			"Another change of this lead was saved first. Open the lead again, then repeat your change.",
		lead_merged: (_: Params) => "This lead was merged into another one: open that one.",
		no_previous: (_: Params) => "There is no other version of the catalogue on the kiosk.",
		version_changed: (_: Params) => "Another version has arrived meanwhile: look again before you go back.",
		not_provisioned: (_: Params) => "This kiosk is not prepared yet: call the operator.",
		already_provisioned: (_: Params) => "This kiosk is prepared for a stop already.",
		setup: (_: Params) => "The stick is no longer plugged in, or the file is no longer on it. Plug it in again.",
		not_a_bundle: (_: Params) => "This file is not a catalogue: copy the one that headquarters prepared.",
		wrong_key: (_: Params) =>
			"It is signed with another key than the kiosk knows: ask headquarters for the file signed with the right one.",
		wrong_signature: (_: Params) =>
			"Its signature does not hold: copy it again; if it is refused again, have headquarters make it anew.",
		newer_format: (_: Params) => "It is made for a newer program: the operator has to update the kiosk first.",
		older_version: (_: Params) => "The kiosk shows a newer version already: nothing needs to be done.",
		future_version: (_: Params) => "Its number is in the future: ask headquarters to build the file again.",
		damaged: (_: Params) =>
			"The file is damaged: copy it again; if it is refused again, have headquarters make it anew.",
		missing_picture: (_: Params) => "Pictures are missing in it: have headquarters make the file anew.",
		unreadable: (_: Params) => "The stick cannot be read to its end: plug it in again, or copy the file to another.",
		weak_pin: (_: Params) => "This code is too easy to guess: 6 to 12 digits, no run and no repetition.",
		weak_passphrase: (_: Params) => "This passphrase is too weak: at least 16 characters, such as four random words.",
		published_secret: (_: Params) =>
			"Anybody can read this code or passphrase in the demonstration or the guide: choose your own.",
		internal: (_: Params) => "That did not work. Try again.",
	} satisfies Record<ErrorCode, (params: Params) => string>,
};
