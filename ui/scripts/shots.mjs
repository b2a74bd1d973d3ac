// Takes screenshots of the screens of both windows with the fixtures. Needs Chromium: CHROMIUM=/usr/bin/chromium.
// Fails on texts of the visitor window below 22 px at a width of 1080 px. With AXE=1 also checks each scene by axe-core against WCAG 2.2 AA.
// On a busy machine set TIMEOUT_MS=30000.
// Start `npm run dev:fixtures` first: node scripts/shots.mjs OUT [filter…]   for example "home-fr" or "1080x1920"
// LANGUAGES=fr,nl limits the languages. Writes OUT/index.html with all pictures.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { answerScenes } from "./answer-scenes.mjs";
import { leadScenes } from "./lead-scenes.mjs";
import { staffScenes } from "./staff-scenes.mjs";

const [out = "/tmp/shots", ...only] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const smallTexts = readFileSync(new URL("small-texts.js", import.meta.url), "utf8");
const sizes = [
	[1080, 1920],
	[1920, 1080],
	[1280, 800],
];
const id = (name) => `[data-testid="${name}"]`;
const first = (page) => page.locator('[data-testid^="card-"]').first();

/** Each scene starts on the start screen in its language; scenes of the staff window start on its first screen. */
const scenes = {
	attract: (page) => page.waitForTimeout(1800),
	home: (_page, begin) => begin(),
	explore: async (page, begin) => {
		await begin();
		await page.click(id("open-explore"));
		await first(page).waitFor();
	},
	town: async (page, begin) => {
		await begin();
		await page.click(id("door-town"));
		await first(page).waitFor();
		for (const key of ["t", "e", "t"]) await page.click(id(`key-${key}`)).catch(() => {});
	},
	filters: async (page, begin) => {
		await begin();
		await page.click(id("door-aid"));
		await page.click(id("open-filters"));
	},
	country: async (page, begin) => {
		await begin();
		await page.click(id("open-explore"));
		await first(page).waitFor();
		if (await page.locator(id("open-map")).count()) await page.click(id("open-map"));
	},
	places: async (page, begin) => {
		await begin();
		await page.click(id("open-explore"));
		await first(page).waitFor();
		await page.click(id("open-place"));
	},
	map: async (page, begin) => {
		await begin();
		await page.click(id("open-explore"));
		await first(page).waitFor();
		if (await page.locator(id("open-map")).count()) await page.click(id("open-map"));
		const map = page.locator('figure [data-testid*="facet-region-MA-07"]');
		await map.click();
	},
	empty: async (page, begin) => {
		await begin();
		await page.click(id("open-explore"));
		await page.fill(id("search-field"), "Dakhla");
		await page.click(id("open-filters"));
		await page.waitForTimeout(200);
		await page.click(id("sheet-facet-delivery-off_plan"), { timeout: 1500 }).catch(() => {});
		await page.click(id("filters-show"));
		await page.fill(id("search-field"), "Zzzz");
		await page.click(id("key-close"), { timeout: 1000 }).catch(() => {});
	},
	project: async (page, begin) => {
		await begin();
		await page.click(id("door-aid"));
		await first(page).click();
		await page.waitForSelector(id("project-title"));
	},
	units: async (page, begin) => {
		await scenes.project(page, begin);
		await page.locator('[data-testid="plan"]').scrollIntoViewIfNeeded();
		await page.evaluate(() => document.querySelector('[data-testid="plan"]')?.scrollIntoView({ block: "end" }));
	},
	plot: async (page, begin) => {
		await begin();
		await page.click(id("door-land"));
		await first(page).click();
		await page.waitForSelector(id("project-title"));
		await page.evaluate(() => document.querySelector('[data-testid="plan"]')?.scrollIntoView({ block: "center" }));
	},
	about: async (page, begin) => {
		await scenes.project(page, begin);
		await page.evaluate(() => document.querySelector("#part-similar")?.scrollIntoView({ block: "end" }));
	},
	unit: async (page, begin) => {
		await scenes.project(page, begin);
		await page.locator('[data-testid^="unit-"]').first().click();
		await page.waitForSelector(id("unit-sheet"));
	},
	"units-all": async (page, begin) => {
		await scenes.project(page, begin);
		await page.locator('[data-testid^="units-all-"]').first().click();
		await page.waitForSelector(id("units-sheet"));
		await page.evaluate(() =>
			document.querySelector('[data-testid="units-sheet"] [role=rowgroup]')?.scrollTo(0, 20000),
		);
	},
	sold: (page, begin) => scenes.project(page, begin),
	stale: (page, begin) => scenes.project(page, begin),
	lost: (page, begin) => scenes.project(page, begin),
	zoom: async (page, begin) => {
		await scenes.viewer(page, begin);
		await page.click(`.viewer ${id("gallery-thumb-3")}`);
		await page.waitForTimeout(900);
		await page.click(id("zoom-in"));
		await page.click(id("zoom-in"));
		await page.click(id("pan-right"));
	},
	permits: async (page, begin) => {
		await scenes.project(page, begin);
		await page.evaluate(() => document.querySelector('[data-testid="permits"]')?.scrollIntoView({ block: "start" }));
	},
	where: async (page, begin) => {
		await scenes.project(page, begin);
		await page.evaluate(() => document.querySelector('[data-testid="where"]')?.scrollIntoView({ block: "start" }));
	},
	viewer: async (page, begin) => {
		await scenes.project(page, begin);
		await page.click(id("gallery-enlarge"));
	},
	comfort: async (page, begin) => {
		await begin();
		await page.click(id("nav-comfort"));
	},
	"shortlist-empty": async (page, begin) => {
		await begin();
		await page.click(id("nav-selection"));
	},
	shortlist: (page, begin) => shortlist(page, begin, 2),
	"shortlist-many": (page, begin) => shortlist(page, begin, 5),
	"shortlist-undo": async (page, begin) => {
		await shortlist(page, begin, 3);
		await page.locator('[data-testid^="kept-remove-"]').nth(1).click();
	},
	compare: async (page, begin) => {
		await shortlist(page, begin, 3);
		await page.click(id("shortlist-compare"));
		await page.waitForSelector(id("compare-row-price"));
	},
	"compare-units": async (page, begin) => {
		await begin();
		await page.click(id("door-aid"));
		await first(page).click();
		for (const at of [0, 1]) {
			await page.locator('[data-testid^="unit-"]').nth(at).click();
			await page.click(id("save-unit"));
			await page.click(id("sheet-close"));
		}
		await page.click(id("nav-selection"));
		await page.click(id("shortlist-compare"));
		await page.waitForSelector(id("compare-row-price"));
	},
	"compare-two": async (page, begin) => {
		await shortlist(page, begin, 2);
		await page.click(id("shortlist-compare"));
		await page.click(id("compare-only"));
	},
	takeaway: async (page, begin) => {
		await shortlist(page, begin, 5);
		await page.click(id("shortlist-take"));
		await page.waitForSelector(id("takeaway-code"));
	},
	language: async (page, begin) => {
		await begin();
		await page.click(id("nav-lang"));
	},
	end: async (page, begin) => {
		await begin();
		await page.click(id("nav-end"));
	},
	"lead-unit": async (page, begin) => {
		await begin();
		await page.click(id("door-land"));
		await first(page).click();
		await page.locator('[data-testid^="unit-"]').first().click();
		await page.click(id("call-unit"));
		await page.fill(id("field-name"), "Test Visiteur");
		await page.fill(id("field-phone"), "0612345678");
		await page.click(id("lead-next"));
		await page.click(id("phone-is-FR"));
		await page.waitForSelector('[data-step="what"]');
	},
	"lead-leave": async (page, begin) => {
		await scenes["lead-unit"](page, begin);
		await page.click(id("lead-quit"));
	},
	"home-contrast": async (page, begin) => contrast(page, begin, "home"),
	"explore-contrast": async (page, begin) => contrast(page, begin, "explore"),
	"units-contrast": async (page, begin) => contrast(page, begin, "units"),
	"home-large": async (page, begin) => larger(page, begin, "home"),
	"explore-large": async (page, begin) => larger(page, begin, "explore"),
	"compare-large": async (page, begin) => larger(page, begin, "compare"),
	"compare-contrast": async (page, begin) => contrast(page, begin, "compare"),
	"units-large": async (page, begin) => larger(page, begin, "units"),
	"home-lowered": async (page, begin) => {
		await begin();
		await page.click(id("nav-comfort"));
		await page.click(id("comfort-lowered"));
		await page.click(id("sheet-close"));
	},
	"home-comfort": (page, begin) => allComforts(page, begin, "home"),
	"explore-comfort": (page, begin) => allComforts(page, begin, "explore"),
	"units-comfort": (page, begin) => allComforts(page, begin, "units"),
	"compare-comfort": (page, begin) => allComforts(page, begin, "compare"),
	offer: async (page, begin) => {
		await begin();
		await page.locator('[data-testid^="offer-"]').first().click();
	},
	"choose-language": (page) => page.locator("header h1").click(),
	idle: async (page, begin) => {
		await begin();
		await page.waitForSelector(id("im-here"), { timeout: 8000 });
	},
	nocatalogue: (_page, begin) => begin(),
	...answerScenes,
	...leadScenes,
};
/** Saves the first projects of the list, then opens the shortlist. */
async function shortlist(page, begin, count) {
	await begin();
	await page.click(id("open-explore"));
	for (let at = 0; at < count; at++) {
		await first(page).waitFor();
		await page.locator('[data-testid^="card-"]').nth(at).click();
		await page.click(id("save-project"));
		await page.click(id("nav-back"));
	}
	await page.click(id("nav-selection"));
}
async function settings(page, names, begin, scene) {
	await begin();
	await page.click(id("nav-comfort"));
	for (const name of names) await page.click(id(name));
	await page.click(id("sheet-close"));
	await scenes[scene](page, async () => {});
}
const contrast = (page, begin, scene) => settings(page, ["comfort-contrast"], begin, scene);
const larger = (page, begin, scene) => settings(page, ["text-larger"], begin, scene);
const allComforts = (page, begin, scene) =>
	settings(page, ["text-larger", "comfort-contrast", "comfort-lowered"], begin, scene);
const query = {
	idle: "?idle=1",
	nocatalogue: "?empty",
	"units-all": "?units=1000",
	sold: "?sold&age=12",
	stale: "?age=45&ends=0",
	lost: "?lost&age=0",
};

const VISITOR_LANGUAGES = ["fr", "ar", "en", "es", "nl", "de", "it"];
const STAFF_LANGUAGES = ["fr", "ar", "en"];
const languages = process.env.LANGUAGES?.split(",") ?? VISITOR_LANGUAGES;

const base = process.env.URL_BASE ?? "http://localhost:1420";
async function visitorPlay(page, scene, lang) {
	const parameters = query[scene] ? `${query[scene]}&` : "?";
	await page.goto(`${base}/index.html${parameters}languages=${VISITOR_LANGUAGES}`);
	await page.waitForSelector(id(`begin-${lang}`));
	await scenes[scene](page, async () => {
		await page.click(id(`begin-${lang}`));
		await page.waitForSelector(id("nav-home"));
	});
}
async function staffPlay(page, scene, lang) {
	const [address, play] = staffScenes[scene];
	await page.goto(`${base}/staff.html?open&${address}`);
	await page.click(id(`lang-${lang}`));
	await play(page);
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu"],
});
let failures = 0;
for (const [width, height] of sizes) {
	for (const lang of languages) {
		for (const scene of [...Object.keys(scenes), ...Object.keys(staffScenes)]) {
			if (staffScenes[scene] && !STAFF_LANGUAGES.includes(lang)) continue;
			const name = `${scene}-${lang}-${width}x${height}`;
			if (only.length > 0 && !only.every((part) => name.includes(part) || new RegExp(part).test(name))) continue;
			const page = await browser.newPage({ viewport: { width, height }, hasTouch: true });
			page.setDefaultTimeout(Number(process.env.TIMEOUT_MS ?? 6000));
			page.on("pageerror", (error) => console.error(name, error.message));
			page.on("console", (line) => line.type() === "error" && console.error(name, line.text()));
			try {
				await (staffScenes[scene] ? staffPlay : visitorPlay)(page, scene, lang);
				await page.waitForTimeout(700);
				const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
				if (process.env.AXE) {
					await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
					const { violations } = await page.evaluate(() =>
						window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }),
					);
					for (const found of violations) {
						failures += 1;
						console.error(
							`${name}: ${found.id}: ${found.help}: ${found.nodes
								.slice(0, 3)
								.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`)
								.join(" | ")}`,
						);
					}
				}
				if (wide) console.error(`${name}: wider than the screen`);
				for (const found of await page.evaluate(smallTexts)) {
					failures += 1;
					console.error(`${name}: text of ${found}`);
				}
			} catch (error) {
				failures += 1;
				console.error(`${name}: ${error.message.split("\n")[0]}`);
			}
			await page.screenshot({ path: `${out}/${name}.png` });
			await page.close();
		}
	}
}
await browser.close();
const pictures = readdirSync(out).filter((file) => file.endsWith(".png"));
const figures = pictures.map(
	(file) => `<figure><img src="${file}" loading="lazy"><figcaption>${file}</figcaption></figure>`,
);
const style = "body{display:flex;flex-wrap:wrap;gap:1rem;font:1rem sans-serif}figure{margin:0}img{block-size:24rem}";
writeFileSync(`${out}/index.html`, `<!doctype html><title>Screens</title><style>${style}</style>${figures.join("\n")}`);
process.exit(failures > 0 ? 1 : 0);
