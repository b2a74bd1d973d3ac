/** The commands of the Tauri shell, one typed function each. Must not know: screens. */
import { call, mediaUrl } from "#transport";
import type {
	Affordability,
	AidProgress,
	AidRequest,
	AuditRow,
	Boot,
	CatalogueState,
	CloseOrder,
	ClosingProgress,
	ContactHours,
	CostPlan,
	DayReceipt,
	DayRow,
	Destination,
	ErasureProof,
	Explore,
	ExploreQuery,
	FieldError,
	FieldName,
	FindingCode,
	GuidePage,
	HostError,
	ImportProgress,
	Lang,
	LeadChange,
	LeadDraft,
	LeadList,
	LeadPage,
	LeadQuery,
	LeadsOpened,
	Means,
	Notice,
	PhoneReading,
	PlannedTotals,
	ProjectPage,
	RejectedLeadRow,
	ShortlistItem,
	StaffState,
	SummerAnswer,
	SummerRequest,
	SyncReport,
	TakeAway,
	Thanks,
	Today,
	UsbBundle,
	VisitEvent,
} from "./types";

export type * from "./types";
export { mediaUrl };

/** Commands of both windows. */
export const page = {
	/** Tells the shell that the page works. */
	alive: () => call<null>("page_alive", {}),
	/** Tells the shell that a script of the page failed. */
	failed: () => call<null>("page_failed", {}),
};

export const visitor = {
	boot: (lang: Lang | null) => call<Boot>("visitor_boot", { lang }),
	explore: (query: ExploreQuery) => call<Explore>("explore", { query }),
	project: (id: string, lang: Lang) => call<ProjectPage>("project", { id, lang }),
	plan: (project: string, unit: string, lang: Lang, means: Means) =>
		call<CostPlan | null>("plan", { project, unit, lang, means }),
	affordability: (means: Means) => call<Affordability>("affordability", { means }),
	aidQuestions: (request: AidRequest) => call<AidProgress>("aid_questions", { request }),
	summerPlan: (request: SummerRequest) => call<SummerAnswer>("summer_plan", { request }),
	shortlist: (items: ShortlistItem[], lang: Lang) => call<TakeAway>("shortlist", { items, lang }),
	/** What to plan for each item, and for the units together. */
	shortlistTotals: (items: ShortlistItem[]) => call<PlannedTotals>("shortlist_totals", { items }),
	guide: (key: string, lang: Lang) => call<GuidePage>("guide", { key, lang }),
	/** `ready`: numbers of the papers that the visitor has, from 0. */
	guideTakeaway: (key: string, ready: number[], lang: Lang) => call<TakeAway>("guide_takeaway", { key, ready, lang }),
	notice: (lang: Lang) => call<Notice>("notice", { lang }),
	leadCheck: (draft: LeadDraft, fields: FieldName[]) => call<FieldError[]>("lead_check", { draft, fields }),
	readPhone: (typed: string, country: string) => call<PhoneReading | null>("read_phone", { typed, country }),
	/** When a visitor with this number can be reached, to choose from. */
	contactHours: (typed: string, country: string) => call<ContactHours>("contact_hours", { typed, country }),
	leadSubmit: (draft: LeadDraft) => call<Thanks>("lead_submit", { draft }),
	/** Counts an event of the visit without names. */
	visitNote: (event: VisitEvent) => call<null>("visit_note", { event }),
	staffOpen: () => call<null>("staff_open", {}),
};

export const staff = {
	state: () => call<StaffState>("staff_state", {}),
	unlock: (pin: string) => call<null>("staff_unlock", { pin }),
	passphrase: (passphrase: string) => call<LeadsOpened>("staff_passphrase", { passphrase }),
	lock: () => call<null>("staff_lock", {}),
	leave: () => call<null>("staff_leave", {}),
	changePin: (passphrase: string, pin: string) => call<null>("staff_change_pin", { passphrase, pin }),
	changePassphrase: (passphrase: string, newPassphrase: string) =>
		call<null>("staff_change_passphrase", { passphrase, new: newPassphrase }),
	/** What the doctor finds; takes seconds. */
	diagnose: () => call<FindingCode[]>("staff_diagnose", {}),
	/** Ends the program and starts it again. */
	restart: () => call<null>("staff_restart", {}),
	today: () => call<Today>("staff_today", {}),
	syncNow: () => call<SyncReport>("staff_sync_now", {}),
	days: () => call<DayRow[]>("staff_days", {}),
	destinations: () => call<Destination[]>("staff_destinations", {}),
	closeDay: (order: CloseOrder) => call<DayReceipt>("staff_close_day", { order }),
	closeProgress: () => call<ClosingProgress>("staff_close_progress", {}),
	cancelClose: () => call<null>("staff_cancel_close", {}),
	audit: () => call<AuditRow[]>("staff_audit", {}),
	rejectedLeads: () => call<RejectedLeadRow[]>("staff_set_aside", {}),
	/** Puts rejected leads back into the queue; returns how many. */
	requeue: (ids: string[]) => call<number>("staff_requeue", { ids }),
	catalogue: () => call<CatalogueState>("staff_catalogue", {}),
	/** Rolls back from catalogue version `from`; fails if another version is installed by now. */
	rollBack: (from: number) => call<number>("staff_roll_back", { from }),
	sticks: () => call<UsbBundle[]>("staff_sticks", {}),
	import: (path: string) => call<number>("staff_import", { path }),
	importProgress: () => call<ImportProgress>("staff_import_progress", {}),
	/** Leads are opened in the background: ask again until `opened` and `unopened` make up `total`. */
	leads: (query: LeadQuery) => call<LeadList>("staff_leads", { query }),
	lead: (id: string) => call<LeadPage>("staff_lead", { id }),
	/** Changes a lead whose newest revision is `revision`; fails with `lead_changed` if there is a newer one. */
	reviseLead: (id: string, revision: number, change: LeadChange) =>
		call<LeadPage>("staff_lead_revise", { id, revision, change }),
	/** Merges lead `other` into lead `id`. */
	mergeLeads: (id: string, other: string) => call<LeadPage>("staff_lead_merge", { id, other }),
	/** Erases the lead with this ticket on this kiosk. */
	eraseLead: (ticket: string) => call<ErasureProof>("staff_lead_erase", { ticket }),
};

/**
 * Converts anything thrown to an error of the shell. Unknown values become `internal`, so that no stack trace is shown.
 */
export function hostError(thrown: unknown): HostError {
	if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string") {
		const { code, params, fields } = thrown as Partial<HostError> & { code: string };
		return { code, params: params ?? {}, fields: fields ?? [] };
	}
	return { code: "internal", params: {}, fields: [] };
}
