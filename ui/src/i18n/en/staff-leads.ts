import type { CallOutcome, ChangedField, Desk, LeadDelivery, LeadProblem, Rating, RevisionAuthor } from "@/host";
import { formatsIn } from "../format";
import { en as plural } from "../plural";

const { dateTime, number } = formatsIn("en");

const leads = (n: number) => plural(n, { one: `${number(n)} request`, other: `${number(n)} requests` });
const desks: Record<Desk, string> = {
	advisor: "Advisor",
	bank: "Bank",
	notary: "Notary",
	ministry: "Housing aid",
};

export const staffLeads = {
	ratings: { hot: "Hot", warm: "Warm", cold: "Cold" } satisfies Record<Rating, string>,
	unrated: "Not rated",
	outcomes: { called: "Reached", no_answer: "No answer", appointment: "Appointment" } satisfies Record<
		CallOutcome,
		string
	>,
	desks,
	deliveries: {
		waiting: "To be sent",
		sent: "Sent",
		sealed_for_staff: "Before enrolment",
		rejected: "Rejected",
	} satisfies Record<LeadDelivery, string>,

	list: {
		passphrase:
			"Requests are sealed on this kiosk. The passphrase opens them to read, correct and export them; it is forgotten when the window locks.",
		title: "Requests",
		search: "Search for a request",
		placeholder: "Ticket, name, phone or project",
		clear: "Clear the search",
		all: leads,
		matching: (n: number, of: number) => `${number(n)} of ${leads(of)}`,
		reading: (done: number, of: number) => `Reading ${number(done)} of ${number(of)}`,
		more: "Filters",
		moreCount: (n: number) => `Filters (${n})`,
		duplicates: "Duplicates",
		empty: "No requests on this kiosk",
		emptyText: "Visitors’ requests appear here as soon as they send them.",
		noMatch: "No request matches",
		noMatchReading: "Reading is not finished: more may still appear.",
		showAll: "Show all",
		nameless: "No name",
		noWish: "No project given",
		andMore: (n: number) => `+\u00a0${n}`,
		likelyDuplicate: "Likely duplicate",
		choose: "Touch a request to read it",
		chooseText: "Or scan the visitor’s ticket: the request opens at once.",
		problems: (n: number) =>
			plural(n, { one: `${number(n)} request cannot be opened`, other: `${number(n)} requests cannot be opened` }),
		problemsText: "They stay on the kiosk. Give their numbers to headquarters.",
		problem: {
			damaged: "damaged on the disk",
			other_key: "sealed for another team",
			unreadable: "content not readable",
		} satisfies Record<LeadProblem, string>,
		nameOfProblem: (name: string) => `without a readable ticket (\u2068${name}\u2069)`,
		rejected: (n: number) =>
			plural(n, {
				one: `${number(n)} request rejected by the platform`,
				other: `${number(n)} requests rejected by the platform`,
			}),
		see: "Show",
	},

	filters: {
		title: "Filter requests",
		day: "Day",
		outcome: "Call",
		desk: "Desk",
		clear: "Remove all",
		show: (n: number) => `Show ${leads(n)}`,
	},

	ticket: {
		searching: (ticket: string) => `Looking for \u2068${ticket}\u2069…`,
		notFound: (ticket: string) =>
			`\u2068${ticket}\u2069 is not on this kiosk. The request may have been taken on another one, or erased.`,
		unopened: (ticket: string) => `\u2068${ticket}\u2069 is on this kiosk but cannot be opened:`,
	},

	page: {
		back: "List",
		close: "Close",
		taken: (instant: string, kiosk: string) => `taken on ${dateTime(instant)} at \u2068${kiosk}\u2069`,
		contact: "Contact",
		correct: "Correct",
		followUp: "Follow-up",
		rating: "Interest",
		outcome: "Last call",
		desk: "Desk",
		staffNote: "Staff note",
		staffNoteHint: "What the next colleague should know",
		wishes: "What the person is looking for",
		noWishes: "Nothing given.",
		consents: "Consents given",
		consentsText: (instant: string, language: string, version: string) =>
			`On ${dateTime(instant)}, text shown in \u2068${language}\u2069, version \u2068${version}\u2069`,
		agreed: "Agreed",
		refused: "Not agreed",
		consentNames: { call: "Calls", whatsapp: "WhatsApp and SMS", email: "E-mails", bank: "Passing on to a bank" },
		wordingUnknown:
			"This program no longer has the sentences that were shown. Headquarters find them by their SHA-256:",
		wordingSha: "SHA-256 of the text shown",
		history: "History",
		revision: (n: number) => `Revision ${n}`,
		by: { visitor: "the visitor", staff: "staff", kiosk: "the kiosk" } satisfies Record<RevisionAuthor, string>,
		firstRevision: "the visitor’s request",
		resealed: "sealed for the platform",
		duplicates: "Likely duplicates",
		compare: "Compare",
		compareWith: (ticket: string) => `Compare with \u2068${ticket}\u2069`,
		merged: "Requests merged into this one",
		mergedInto: (ticket: string) =>
			`This request is merged into \u2068${ticket}\u2069 and can no longer be changed. Open the other one.`,
		openOther: "Open the other one",
		gone: "no longer on this kiosk",
		erase: "Erase at the person’s request",
		notSaid: "not given",
	},

	facts: {
		name: "Name",
		phone: "Phone",
		email: "E-mail",
		city: "City",
		country: "Country",
		language: "Language",
		interests: "Projects and units",
		towns: "Towns",
		types: "Property types",
		budget: "Budget",
		purpose: "Use",
		channel: "Reply by",
		desk: "Desk",
		note: "Visitor’s remark",
		staff_note: "Staff note",
		rating: "Interest",
		outcome: "Last call",
	},

	changed: {
		name: "name",
		phone: "phone",
		email: "e-mail",
		country: "country",
		city: "city",
		note: "visitor’s remark",
		wishes: "wishes",
		desk: "desk",
		rating: "interest",
		outcome: "call",
		staff_note: "staff note",
		merged: "another request merged here",
		merged_into: "merged into another one",
	} satisfies Record<ChangedField, string>,

	save: {
		save: "Save",
		saving: "Saving…",
		cancel: "Cancel",
		unsaved: "Not saved yet",
		saved: (revision: number) => `Saved as revision ${revision}.`,
		leaveTitle: "Save your changes?",
		leaveText: "You changed this request without saving.",
		discard: "Do not save",
		stay: "Stay here",
	},

	correct: {
		title: "Correct the contact",
		text: "The correction becomes a new revision; earlier ones stay in the history.",
		fix: "Correct the fields marked in red.",
	},

	conflict: {
		title: "A colleague saved before you",
		text: (revision: number, at: string | null) =>
			at === null
				? `Revision ${revision} arrived in the meantime.`
				: `Revision ${revision} was saved on ${dateTime(at)}.`,
		kept: "What you entered is still here. Read it again, then save once more.",
		nothingLeft: "Your colleague saved the same as you: nothing is left to save.",
		clash: "You both changed the same:",
		theirs: "Your colleague:",
		ours: "You:",
		takeTheirs: "Keep theirs",
		empty: "empty",
	},

	compare: {
		title: "Is this the same person?",
		keep: "Keep this one",
		kept: "Kept",
		differs: "different",
		same: "Identical",
		merge: "Merge",
		merging: "Merging…",
		confirm: (other: string, kept: string) => `Merge \u2068${other}\u2069 into \u2068${kept}\u2069?`,
		explain:
			"The request that is kept gets what it lacks: empty fields, projects, towns. Each keeps its own consents. The other one leaves the list, and its ticket opens the one kept.",
		no: "No, go back",
		yes: "Yes, merge",
		done: (other: string, kept: string) => `\u2068${other}\u2069 is merged into \u2068${kept}\u2069.`,
	},

	erase: {
		title: "Erase this request?",
		text: "Only if the person asks for it. All revisions are removed from this kiosk and cannot be brought back.",
		alsoMerged: "The requests merged with it are erased too.",
		type: (number: string) => `To confirm, type the digits \u2068${number}\u2069 of the ticket, or scan it.`,
		label: "End of the ticket number",
		wrong: "This is not that ticket.",
		confirm: "Erase for good",
		erasing: "Erasing…",
		cancel: "Do not erase",
		done: "Request erased from this kiosk",
		ticket: "Ticket",
		at: "Erased on",
		when: (instant: string) => dateTime(instant, "long"),
		revisions: "Revisions erased",
		merged: "Merged requests, erased with it",
		id: "Identifier",
		sha: "SHA-256 of the erased envelopes",
		platform: "The platform has a copy, or may have one",
		platformText: "Give the identifier to headquarters today: only they can erase it from the platform, by the command",
		local: "The platform never received it",
		localText: "There is nothing else to do, except for files already exported.",
		exports: "If this request was exported, also delete it from the Excel or CSV files and the USB sticks.",
		photograph: "Write down or photograph this proof: it is not shown again. The log keeps the act.",
		finish: "Done",
	},
};
