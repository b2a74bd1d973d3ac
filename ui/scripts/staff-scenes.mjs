// Scenes of the staff window for shots.mjs: the parameters of the address, and the steps after opening it.
const id = (name) => `[data-testid="${name}"]`;
const go = (screen, then) => async (page) => {
	await page.click(id(`staff-nav-${screen}`));
	await page.waitForSelector(`main ${screen === "leads" ? id("aside") : screen === "catalogue" ? id("sticks") : "*"}`);
	await page.waitForTimeout(300);
	await then?.(page);
};
const load = async (page) => {
	await page.click(id("stick-load-0"), { timeout: 8000 });
};

const scrollTo = (name) => (page) => page.locator(id(name)).scrollIntoViewIfNeeded();
const close = async (page) => {
	await page.click(id("staff-close-confirm"));
	await page.waitForSelector(id("staff-receipt"));
	await page.waitForTimeout(300);
};

export const staffScenes = {
	"staff-today": ["", go("today")],
	"staff-today-trouble": ["sync=server&aside=2", go("today")],
	"staff-audit": ["", go("audit")],
	"staff-close": ["", go("close")],
	"staff-close-sealed": ["sealed", go("close")],
	"staff-close-end": ["again&sync=offline", go("close", scrollTo("staff-initials"))],
	"staff-close-readable": [
		"nostick",
		go("close", async (page) => {
			await page.click(id("staff-format-xlsx"));
			await scrollTo("staff-where")(page);
		}),
	],
	"staff-close-running": [
		"close=slow",
		go("close", async (page) => {
			await page.click(id("staff-close-confirm"));
			await page.waitForSelector(`${id("staff-closing")}[data-stage="writing"]`);
			await page.waitForTimeout(600);
		}),
	],
	"staff-close-failed": [
		"fail=destination_full",
		go("close", async (page) => {
			await page.click(id("staff-close-confirm"));
			await page.waitForSelector(id("staff-error"));
		}),
	],
	"staff-receipt": ["again", go("close", close)],
	"staff-receipt-here": ["nostick&sync=offline", go("close", close)],
	"staff-leads": ["", go("leads")],
	"staff-aside": ["aside=5", go("leads")],
	"staff-aside-sent": [
		"aside=5",
		go("leads", async (page) => {
			await page.click(id("aside-again-PAR-1042"));
			await page.waitForSelector(`${id("aside-outcome")} p`);
		}),
	],
	"staff-aside-back": [
		"aside=3&again=back&sync=server",
		go("leads", async (page) => {
			await page.click(id("aside-all"));
			await page.waitForSelector(`${id("aside-outcome")} p`);
		}),
	],
	"staff-aside-fault": ["fail=staff_set_aside", go("leads")],
	"staff-catalogue": ["", go("catalogue")],
	"staff-catalogue-old": [
		"age=45&missing=40&sticks=3",
		go("catalogue", (page) => page.waitForSelector(id("stick-load-0"), { timeout: 8000 })),
	],
	"staff-catalogue-none": ["bare", go("catalogue")],
	"staff-catalogue-fault": ["fail=staff_catalogue", go("catalogue")],
	"staff-catalogue-forth": ["forth", go("catalogue")],
	"staff-catalogue-ask": ["", go("catalogue", (page) => page.click(id("catalogue-go-back")))],
	"staff-catalogue-went": [
		"",
		go("catalogue", async (page) => {
			await page.click(id("catalogue-go-back"));
			await page.click(id("go-back-confirm"));
			await page.waitForSelector(id("catalogue-changed"));
		}),
	],
	"staff-stick-loading": [
		"sticks=1&load=slow",
		go("catalogue", async (page) => {
			await load(page);
			await page.waitForSelector(`${id("stick-running")}[data-stage="pictures"]`);
			await page.waitForTimeout(1600);
		}),
	],
	"staff-stick-loaded": [
		"sticks=1",
		go("catalogue", async (page) => {
			await load(page);
			await page.waitForSelector(id("stick-loaded"));
		}),
	],
	"staff-stick-refused": [
		"sticks=1&load=wrong_key",
		go("catalogue", async (page) => {
			await load(page);
			await page.waitForSelector(id("stick-refused"));
		}),
	],
};
