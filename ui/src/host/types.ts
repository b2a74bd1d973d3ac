/** What the shell and the windows say to each other. Money is integer centimes of MAD, dates are YYYY-MM-DD, instants RFC 3339 UTC. */
export type Lang = "fr" | "ar" | "zgh" | "en" | "es" | "nl" | "de" | "it";
export type Text = { text: string; lang: Lang };
export type ProductType =
	| "apartment"
	| "house"
	| "villa"
	| "semi_finished_villa"
	| "residential_plot"
	| "craft_plot"
	| "industrial_plot"
	| "commercial_plot"
	| "shop"
	| "block";
export type Delivery = "delivered" | "under_construction" | "off_plan";
export type LandTitle = "titled" | "in_progress" | "mother_title";
export type UnitStatus = "available" | "reserved" | "sold";
export type PictureKind = "view" | "elevation" | "floor_plan" | "site_plan";

export type Rendition = { hash: string; width: number; height: number };
export type Picture = {
	small: Rendition;
	medium: Rendition;
	large: Rendition;
	thumbhash: string;
	alt: Text;
	kind: PictureKind;
};
export type Cover = Picture & { caption: Text };
export type OfferCard = { id: string; title: Text; text: Text; valid_to: string };
export type RegionName = { code: string; name: Text };
export type Stop = {
	id: string;
	name: Text;
	city: Text;
	venue: Text | null;
	starts_on: string;
	ends_on: string;
	demonstration: boolean;
};
export type CatalogueInfo = {
	version: number;
	published_on: string;
	projects: number;
	units_available: number;
	notice: Text | null;
};
export type Boot = {
	stop: Stop;
	languages: Lang[];
	idle_seconds: number;
	countdown_seconds: number;
	regions: RegionName[];
	catalogue: CatalogueInfo | null;
	covers: Cover[];
	offers: OfferCard[];
	leads_open: boolean;
};

export type ExploreSort = "relevance" | "price_asc" | "price_desc" | "delivery" | "name";
export type ExploreQuery = {
	lang: Lang;
	text: string;
	regions: string[];
	types: ProductType[];
	max_price: number | null;
	deliveries: Delivery[];
	aid: boolean;
	offer: boolean;
	sort: ExploreSort;
	offset: number;
	limit: number;
};
export type Facet = { value: string; count: number };
export type BudgetFacet = { max_price: number; count: number };
export type LiftFilter = "text" | "regions" | "types" | "budget" | "deliveries" | "aid" | "offer";
export type ProjectCard = {
	id: string;
	title: Text;
	town: Text;
	region: Text;
	region_code: string;
	cover: Picture | null;
	types: ProductType[];
	price_from: number | null;
	surface_min: number | null;
	surface_max: number | null;
	delivery: Delivery;
	delivery_on: string | null;
	available: number;
	sold_out: boolean;
	aid: boolean;
	offer: Text | null;
};
export type Explore = {
	total: number;
	exact: boolean;
	hits: ProjectCard[];
	facets: {
		regions: Facet[];
		types: Facet[];
		budgets: BudgetFacet[];
		deliveries: Facet[];
		aid: number;
		offer: number;
	};
	lift: { filter: LiftFilter; total: number } | null;
};

export type AidKind = "eligible" | "at_delivery" | "to_confirm" | "not_eligible";
export type UnitAid = { kind: AidKind; amount: number | null; rule: string; checked_on: string };
export type CostCode =
	| "price"
	| "registration"
	| "land_registry"
	| "notary"
	| "notary_vat"
	| "miscellaneous"
	| "aid";
export type CostLine = { code: CostCode; amount: number; estimated: boolean };
export type CostPlan = { lines: CostLine[]; aid: number; total: number; checked_on: string };
export type UnitRow = {
	id: string;
	number: string;
	price: number;
	surface: number;
	floor: number | null;
	rooms: number | null;
	levels: number | null;
	facades: number | null;
	cos: number | null;
	status: UnitStatus;
	designation: Text | null;
	aid: UnitAid;
	plan: CostPlan | null;
};
export type UnitGroup = {
	id: string;
	product_type: ProductType;
	title: Text;
	available: number;
	total: number;
	price_from: number | null;
	price_to: number | null;
	surface_min: number | null;
	surface_max: number | null;
	units: UnitRow[];
};
export type ProjectPage = {
	id: string;
	title: Text;
	description: Text;
	town: Text;
	region: Text;
	region_code: string;
	district: Text | null;
	subsidiary: { name: Text; phone: string | null };
	pictures: Picture[];
	types: ProductType[];
	delivery: Delivery;
	delivery_on: string | null;
	building_permit_on: string | null;
	habitation_permit_on: string | null;
	land_title: LandTitle;
	land_title_number: string | null;
	features: string[];
	latitude: number | null;
	longitude: number | null;
	offers: OfferCard[];
	groups: UnitGroup[];
	similar: ProjectCard[];
	sold_out: boolean;
	catalogue_version: number;
	published_on: string;
};

export type Notice = {
	version: string;
	lang: Lang;
	title: string;
	summary: string;
	full: string[];
	consents: { call: string; whatsapp: string; email: string; bank: string };
};
export type Purpose = "live" | "invest" | "family" | "plot" | "business" | "other";
export type Desk = "advisor" | "bank" | "notary" | "ministry";
export type Channel = "call" | "whatsapp" | "email";
export type LeadDraft = {
	name: string;
	phone: string;
	email: string | null;
	country: string | null;
	city: string | null;
	language: Lang;
	interests: string[];
	budget_mad: number | null;
	purpose: Purpose | null;
	desk: Desk | null;
	channel: Channel;
	consents: { call: boolean; whatsapp: boolean; email: boolean; bank: string | null };
	note: string | null;
};
export type FieldError = { field: string; code: string; params: Record<string, string> };
export type Thanks = { ticket: string; id: string; taken_at: string; qr_svg: string };

export type SyncState =
	| "never"
	| "not_enrolled"
	| "offline"
	| "captive"
	| "clock_or_tls"
	| "unauthorized"
	| "rate_limited"
	| "server"
	| "upgrade_required"
	| "ok";
export type SyncStatus = {
	state: SyncState;
	last_contact_at: string | null;
	next_attempt_at: string | null;
	sent_total: number;
};
export type StaffState = {
	unlocked: boolean;
	leads_open: boolean;
	stop_name: string;
	demonstration: boolean;
	languages: Lang[];
	locked_for_seconds: number;
};
export type Today = {
	stop_name: string;
	kiosk: string;
	day: string;
	leads_day: number;
	leads_total: number;
	by_hour: { hour: number; count: number }[];
	by_language: Facet[];
	by_region: Facet[];
	by_project: { id: string; title: string; count: number }[];
	waiting: number;
	oldest_waiting_seconds: number | null;
	staff_only: number;
	sync: SyncStatus;
	catalogue: CatalogueInfo | null;
	disk_free_bytes: number;
	clock_offset_seconds: number | null;
};
export type SyncReport = {
	state: SyncState;
	sent: number;
	duplicates: number;
	waiting: number;
	catalogue_version: number | null;
};
export type ExportFormat = "xlsx" | "csv" | "age";
export type DayRow = {
	day: string;
	leads: number;
	unsent: number;
	exports: { at: string; format: ExportFormat; leads: number; sha256: string }[];
};
export type Destination = { path: string; label: string; removable: boolean; free_bytes: number };
export type DayReceipt = {
	files: { path: string; format: ExportFormat; leads: number; bytes: number; sha256: string }[];
	leads: number;
	unsent: number;
	previous: { at: string; format: ExportFormat; leads: number; sha256: string }[];
};
export type AuditRow = { at: string; act: string; detail: string };

export type HostError = { code: string; params: Record<string, string>; fields: FieldError[] };
