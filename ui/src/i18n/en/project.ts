import { formatsIn, isolated } from "../format";
import type { project as Reference } from "../fr/project";
import { en as plural } from "../plural";

const { amount, date, month, number } = formatsIn("en");

const ordinal = new Intl.PluralRules("en", { type: "ordinal" });
const suffix: Record<string, string> = { one: "st", two: "nd", few: "rd" };

const nth = (n: number) => `${n}${suffix[ordinal.select(n)] ?? "th"}`;
const floor = (n: number) => (n === 0 ? "Ground floor" : n < 0 ? `Basement ${-n}` : `${nth(n)} floor`);

const ratioRange = (from: string, to: string) => (from === to ? from : `${from} to ${to}`);

export const project: typeof Reference = {
	save: "Save",
	saved: "Saved",
	callAbout: "Call me back about this project",
	soldOutTitle: "Everything in this project is sold",
	soldOutText: "See similar projects below, or leave your details to hear when new properties are for sale.",
	allReserved: "Everything is reserved for now",
	reservedText: "A reservation can be cancelled: leave your details to be told, or see similar projects.",
	surface: "Area",
	price: "Price incl. all taxes",
	perSquareMetre: (centimes) => `${amount(centimes)}/m²`,
	overBudget: "above your budget",
	parts: { plan: "Plan", units: "Properties", costs: "Cost", place: "Place" },
	partsLabel: "Go to a part of the page",
	plan: {
		title: "Site plan",
		hint: "Touch a place on the plan or a row of the list.",
		counted: (name, n) => `${isolated(name)}: ${number(n)}`,
		inBudget: "within your budget",
		more: (n) => `Show the rest (${number(n)})`,
	},
	delivery: "Handover",
	landTitle: "Land title",
	landTitles: {
		titled: "Titled",
		in_progress: "Title in progress",
		mother_title: "Parent title",
	},
	availableOf: (n, total) => `${number(n)} of ${number(total)} available`,
	range: (from, to) =>
		from === to ? `${amount(from)} incl. all taxes` : `${amount(from)} to ${amount(to)} incl. all taxes`,
	deliveryStates: {
		delivered: "Ready to live in",
		deliveredLand: "Ready to build on",
		under_construction: "Being built",
		off_plan: "Off-plan",
	},
	expected: (day) => `due ${month(day)}`,
	number: "No.",
	floor: "Floor",
	floorShort: (n) => (n === 0 ? "Ground" : n < 0 ? `Basement ${-n}` : String(n)),
	rooms: "Rooms",
	levels: "Storeys",
	levelsN: (n) => `G+${n}`,
	facades: "Frontages",
	cos: "Buildable ratio (COS)",
	floorsSpan: (from, to) =>
		from === to
			? floor(from)
			: from > 0
				? `${nth(from)} to ${floor(to)}`
				: `${from === 0 ? "Ground" : floor(from)} to ${floor(to)}`,
	roomsSpan: (from, to) =>
		from === to ? plural(from, { one: `${from} room`, other: `${from} rooms` }) : `${from} to ${to} rooms`,
	levelsSpan: (from, to) => (from === to ? `G+${from}` : `G+${from} to G+${to}`),
	facadesSpan: (from, to) =>
		from === to ? plural(from, { one: `${from} frontage`, other: `${from} frontages` }) : `${from} to ${to} frontages`,
	cosSpan: (min, max) => ratioRange(number(min, 2), number(max, 2)),
	state: "Status",
	status: { available: "Available", reserved: "Reserved", sold: "Sold" },
	aid: {
		name: "Daam Sakane",
		eligible: (centimes) => `Aid ${amount(centimes)}`,
		at_delivery: "Aid at handover",
		to_confirm: "Aid to confirm",
		not_eligible: "No aid",
		badge: "Aid possible",
		explain: {
			eligible: (centimes) =>
				`Direct housing aid could be ${amount(centimes)} for this home, if you meet the conditions.`,
			at_delivery: (centimes) =>
				`The aid could be ${amount(centimes)}, only at handover: the occupancy permit has not been issued yet.`,
			to_confirm: "Ask the ministry whether this type of property qualifies for the aid.",
			not_eligible: "This property does not qualify for direct housing aid.",
		},
		at_delivery_unknown: "The aid is possible, only at handover: the occupancy permit has not been issued yet.",
		rule: (rule, day) => `For guidance only, under the ${rule} rules, checked on ${date(day)}.`,
	},
	planTitle: (number) => `Budget for ${isolated(number)}`,
	planTotal: "Estimated total",
	planWithoutAid: "Total without the aid",
	planWithAid: "Total if the aid is granted",
	planNote: (day) => `Indicative estimate, rules checked on ${date(day)}. The notary sets the actual costs.`,
	planAria: "Budget details",
	estimated: "estimate",
	lines: {
		price: "Price incl. all taxes",
		registration: "Registration duty",
		land_registry: "Land registry fee",
		certificate: "Title certificate",
		notary: "Notary’s fee",
		notary_vat: "VAT on the fee",
		notary_package: "Notary’s package incl. all taxes",
		miscellaneous: "Miscellaneous",
		aid: "Direct housing aid",
	},
	unit: (type, number) => `${type} ${isolated(number)}`,
	showList: (n) => (n === 0 ? "See the list" : `See the list (${number(n)} available)`),
	onlyAvailable: "Available only",
	listed: (n) => plural(n, { one: `${number(n)} property in the list`, other: `${number(n)} properties in the list` }),
	noneAvailable: "Nothing is available in this group for now.",
	saveUnit: "Save this property",
	savedUnit: "Property saved",
	callAboutUnit: "Call me back",
	planFailed: "The details could not be calculated. An advisor can give them to you.",
	gone: { reserved: "This property is reserved by somebody else.", sold: "This property is sold." },
	offers: "Current offers",
	inside: "In the project",
	around: "Around it",
	featureNames: {
		parking: "Parking",
		lift: "Lift",
		green_space: "Green spaces",
		playground: "Playground",
		school: "School",
		mosque: "Mosque",
		shops: "Shops",
		security: "On-site security",
		sea_view: "Sea view",
		mountain_view: "Mountain view",
		transport: "Transport",
		health_centre: "Health centre",
		sport: "Sports ground",
		pool: "Pool",
		terrace: "Terrace",
	},
	about: "The project",
	contact: "Enquiries",
	similar: "Similar projects",
	seeSimilar: "See similar projects",
	where: "Location",
	whereMap: (town, region) => `Map of Morocco: ${isolated(town)}, region of ${isolated(region)}`,
	distances: {
		title: "Distances as the crow flies",
		here: "The project",
		kinds: { town: "Town centre", sea: "Sea", station: "Railway station", airport: "Airport" },
		about: (km) => (km === 0 ? "less than 1\u00a0km" : `about ${number(km)}\u00a0km`),
		short: (km) => (km === 0 ? "<\u00a01\u00a0km" : `${number(km)}\u00a0km`),
		note: "By road the distance is longer.",
	},
	nearby: "Nearby",
	nearbyText: "Other projects within 60\u00a0km",
	by: (name) => `Offered by ${isolated(name)}`,
	permits: "Handover and permits",
	permitNames: { building: "Building permit", habitation: "Occupancy permit" },
	issued: (day) => `Issued on ${date(day)}`,
	notSaid: "Date not given",
	later: "When building is finished",
	explain: {
		delivered: "Building is finished; you receive the keys after signing before the notary.",
		deliveredLand: "The plots are serviced: you can ask for your building permit.",
		under_construction: "Building is under way. You buy before it is finished and pay in stages.",
		off_plan: "Building has not started. You buy from the plans and pay in stages as it progresses.",
		building:
			"The municipality has authorised the building work. The law requires this before any off-plan reservation.",
		buildingLater:
			"The municipality has to authorise the building work; the law requires this before any off-plan reservation.",
		habitation:
			"The building has been inspected and can be lived in. For direct aid, the occupancy permit must be recent enough.",
		habitationLater: "Issued once the building is inspected. It is needed to live there and to receive the direct aid.",
		titled: "The land is registered at the land registry: the title is final.",
		in_progress: "Registration has been requested at the land registry; the title has not been issued yet.",
		mother_title: "One title covers the whole site. Each property gets its own title later.",
	},
	offerDates: (from, to) => `From ${date(from)} to ${date(to)}`,
	endsToday: "Ends today",
	endsTomorrow: "Ends tomorrow",
	endsIn: (n) => plural(n, { one: `Ends in ${n} day`, other: `Ends in ${n} days` }),
	age: (n) => plural(n, { one: `${n} day ago`, other: `${n} days ago` }),
	stale: {
		clear: "Since then prices may have changed and properties been sold. The stand team can check.",
		strong: "This information is old: do not rely on it before the stand team has checked.",
	},
	asOf: (day) => `Prices and availability as of ${date(day)}`,
	gallery: "Pictures of the project",
	previous: "Previous picture",
	next: "Next picture",
	show: (n, kind) => `Picture ${n}, ${kind}`,
	missingPicture: "This picture is not available",
	zoomIn: "Enlarge the picture",
	zoomOut: "Reduce the picture",
	pan: { left: "To the left", right: "To the right", up: "Upwards", down: "Downwards" },
	enlarge: "Enlarge",
	kinds: { view: "View", elevation: "Elevation", floor_plan: "Floor plan", site_plan: "Site plan" },
};
