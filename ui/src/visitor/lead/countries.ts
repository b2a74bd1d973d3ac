/**
 * Countries with their dialling codes, for the country sheet. The names come from `Intl` in the current language. Must
 * not know: numbering plans, which the shell checks.
 */
import type { Lang } from "@/host";

export interface Country {
	/** ISO 3166-1 alpha-2. */
	code: string;
	/** Without the plus sign. */
	dial: string;
	name: string;
}

/** Countries where most Moroccans abroad live, and Morocco. They are first in the list. */
const FIRST =
	"FR33 MA212 ES34 IT39 BE32 NL31 DE49 GB44 CH41 CA1 US1 SE46 AE971 SA966 QA974 PT351 NO47 DK45 LU352 AT43 IE353 TN216 DZ213";

const OTHERS =
	"AD376 AF93 AL355 AM374 AO244 AR54 AU61 AZ994 BA387 BB1 BD880 BF226 BG359 BH973 BI257 BJ229 BN673 BO591 BR55 BS1 BT975 BW267 " +
	"BY375 BZ501 CD243 CF236 CG242 CI225 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CY357 CZ420 DJ253 DO1 EC593 EE372 EG20 ER291 ET251 " +
	"FI358 FJ679 GA241 GE995 GH233 GM220 GN224 GQ240 GR30 GT502 GW245 GY592 HK852 HN504 HR385 HT509 HU36 ID62 IL972 IN91 IQ964 " +
	"IR98 IS354 JM1 JO962 JP81 KE254 KG996 KH855 KM269 KR82 KW965 KZ7 LA856 LB961 LI423 LK94 LR231 LS266 LT370 LV371 LY218 MC377 " +
	"MD373 ME382 MG261 MK389 ML223 MM95 MN976 MR222 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NE227 NG234 NI505 NP977 NZ64 " +
	"OM968 PA507 PE51 PH63 PK92 PL48 PS970 PY595 RO40 RS381 RU7 RW250 SC248 SD249 SG65 SI386 SK421 SL232 SM378 SN221 SO252 SR597 " +
	"SS211 ST239 SV503 SY963 SZ268 TD235 TG228 TH66 TJ992 TM993 TR90 TT1 TW886 TZ255 UA380 UG256 UY598 UZ998 VE58 VN84 YE967 ZA27 " +
	"ZM260 ZW263 " +
	// Territories of France with numbers of their own.
	"RE262 YT262 GP590 GF594 MQ596 BL590 MF590 PM508 NC687 PF689 WF681";

/** Common names that replace those of `Intl`. */
const COMMON_NAMES: Partial<Record<string, Partial<Record<Lang, string>>>> = {
	PS: { fr: "Palestine", ar: "فلسطين", en: "Palestine" },
	HK: { fr: "Hong Kong", ar: "هونغ كونغ", en: "Hong Kong" },
	AE: { fr: "Émirats arabes unis", ar: "الإمارات", en: "Emirates" },
};

const parse = (list: string) => list.split(" ").map((entry) => ({ code: entry.slice(0, 2), dial: entry.slice(2) }));
const first = parse(FIRST);
const others = parse(OTHERS);
const dials = new Map([...first, ...others].map(({ code, dial }) => [code, dial]));

export function dialOf(code: string): string {
	return dials.get(code) ?? "";
}

export function nameOf(code: string, lang: Lang): string {
	return COMMON_NAMES[code]?.[lang] ?? new Intl.DisplayNames([lang], { type: "region" }).of(code) ?? code;
}

/** All countries in the order of the list: the first ones, then the others by name. */
export function countries(lang: Lang): Country[] {
	const names = new Intl.DisplayNames([lang], { type: "region" });
	const withName = ({ code, dial }: { code: string; dial: string }): Country => ({
		code,
		dial,
		name: COMMON_NAMES[code]?.[lang] ?? names.of(code) ?? code,
	});
	const collator = new Intl.Collator(lang);
	return [...first.map(withName), ...others.map(withName).sort((a, b) => collator.compare(a.name, b.name))];
}

/** Languages in which a country can be searched. */
const SEARCHED: readonly Lang[] = ["fr", "ar", "en", "es", "nl", "de", "it"];

/** Names that people type and `Intl` does not have; folded, separated by commas. */
const OTHER_NAMES: Partial<Record<string, string>> = {
	AE: "uae, eau, dubai, abu dhabi, abou dabi, دبي, أبو ظبي",
	BA: "bosnie, bosnia",
	BE: "bruxelles, بلجيكيا",
	CD: "rdc, drc, zaire",
	CG: "congo brazzaville",
	CI: "ivory coast, cote d ivoire",
	CZ: "republique tcheque, czech republic, tschechische republik",
	DE: "الالمان",
	FR: "فرانسا",
	GB: "uk, gb, england, angleterre, inghilterra, inglaterra, engeland, anglais, grande bretagne, great britain, britain, ecosse, scotland, pays de galles, wales, انجلترا, إنكلترا, بريطانيا, لندن",
	HK: "hongkong",
	IE: "eire, ايرلندا",
	KR: "coree, korea, كوريا",
	MA: "maroc, marruecos, marokko, المروك",
	MK: "macedoine, macedonia",
	MM: "birmanie, burma",
	NL: "hollande, holland, olanda, holanda, هولندة, هولندا",
	PS: "palestine, palestina, فلسطين, gaza, cisjordanie",
	RE: "la reunion",
	RU: "russie, russia",
	SA: "saoudite, saudi, ksa, السعودية",
	SY: "syrie, syria",
	SZ: "swaziland",
	TR: "turquie, turkey, turkei",
	TW: "taiwan",
	US: "usa, us, etats unis, america, amerique, amerika, estados unidos, أمريكا, امريكا, الولايات المتحدة",
};

/** The folded names of each country, computed at the first search. */
let foldedNames: Map<string, string[]> | undefined;

function namesOf(code: string): string[] {
	foldedNames ??= new Map(
		[...dials.keys()].map((country) => {
			const others = OTHER_NAMES[country]?.split(",") ?? [];
			return [country, [...SEARCHED.map((lang) => nameOf(country, lang)), ...others].map(fold)];
		}),
	);
	return foldedNames.get(code) ?? [];
}

/**
 * Countries with a name, or a word of it, that starts with `typed`, in any language, or with such a dialling code.
 * Those with exactly that name come first.
 */
export function search(all: Country[], typed: string): Country[] {
	const digits = westernDigits(typed.trim()).replace(/^(\+|00)/, "");
	if (/^\d+$/.test(digits)) return all.filter(({ dial }) => dial.startsWith(digits));
	const prefix = fold(typed);
	if (prefix === "") return all;
	const found = all.filter(({ code }) => namesOf(code).some((name) => ` ${name}`.includes(` ${prefix}`)));
	const exact = ({ code }: Country) => namesOf(code).includes(prefix);
	return [...found.filter(exact), ...found.filter((country) => !exact(country))];
}

function westernDigits(text: string): string {
	return text
		.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
		.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}

/** Folds case, diacritics, signs and spaces, the Arabic article, and Arabic letters that are typed for each other. */
function fold(text: string): string {
	return text
		.normalize("NFKD")
		.replace(/[\p{M}\p{Cf}ـ]/gu, "")
		.replace(/[أإآٱ]/g, "ا")
		.replace(/[ىی]/g, "ي")
		.replace(/ک/g, "ك")
		.replace(/[ةہ]/g, "ه")
		.toLowerCase()
		.replace(/ß/g, "ss")
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim()
		.replace(/(^| )ال/g, "$1");
}
