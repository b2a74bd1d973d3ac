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

/** The row of a lead of the fixtures; 412 are counted from the newest. */
const numberOf = (at) => String(412 - at).padStart(4, "0");
const lead = (at) => id(`lead-PAR-K03-${numberOf(at)}`);
const openLead = (at, then) =>
	go("leads", async (page) => {
		await page.click(lead(at));
		await page.waitForSelector(id("lead-page"));
		await then?.(page);
	});
/** The fifth lead of the fixtures has a duplicate. */
const compare = (then) =>
	openLead(4, async (page) => {
		await page.click(id(`lead-compare-PAR-K03-${numberOf(5)}`));
		await page.waitForSelector(id("compare-name"));
		await then(page);
	});
const erase = (then) =>
	openLead(1, async (page) => {
		await page.click(id("lead-erase"));
		await page.waitForSelector(id("lead-erase-sheet"));
		await then(page, numberOf(1));
	});
const scrollTo = (name) => (page) => page.locator(id(name)).scrollIntoViewIfNeeded();
const close = async (page) => {
	await page.click(id("staff-close-confirm"));
	await page.waitForSelector(id("staff-receipt"));
	await page.waitForTimeout(300);
};

export const staffScenes = {
	"staff-today": ["", go("today")],
	"staff-today-trouble": ["sync=server&aside=2", go("today")],
	"staff-today-below": [
		"",
		go("today", (page) => page.evaluate(() => document.querySelector("main").scrollTo(0, 1e6))),
	],
	"staff-today-closed": ["closed", go("today")],
	"staff-today-urgent": ["damaged&late&overdue&sync=captive", go("today")],
	"staff-device": ["", go("device")],
	"staff-device-faults": [
		"faults",
		go("device", async (page) => {
			await page.click(id("diagnose"));
			await page.waitForSelector(id("diagnosis"));
		}),
	],
	"staff-audit": ["", go("audit")],
	"staff-close": ["", go("close")],
	"staff-leads": ["", go("leads", (page) => page.waitForSelector(lead(0)))],
	"staff-leads-wide": ["problems&aside=2", openLead(1)],
	"staff-leads-empty": ["leads=0", go("leads")],
	"staff-leads-reading": ["leads=5000&reading", go("leads", (page) => page.waitForSelector(id("leads-reading")))],
	"staff-leads-search": [
		"",
		go("leads", async (page) => {
			await page.click(id("leads-rating-hot"));
			await page.click(id("leads-search"));
			await page.fill(id("leads-search"), "martil");
			await page.waitForTimeout(500);
		}),
	],
	"staff-leads-no-match": [
		"",
		go("leads", async (page) => {
			await page.fill(id("leads-search"), "zzzz");
			await page.click(id("key-close"), { timeout: 1000 }).catch(() => {});
			await page.waitForSelector(id("leads-no-match"));
		}),
	],
	"staff-leads-filters": ["", go("leads", (page) => page.click(id("leads-more")))],
	"staff-leads-unknown": [
		"",
		go("leads", async (page) => {
			// At once, as a scanner types; a busy machine would put pauses between single keys.
			await page.evaluate(() => {
				for (const key of [..."PAR-K09-7777", "Enter"])
					document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
			});
			await page.waitForSelector(`${id("leads-ticket")}.bad`);
		}),
	],
	"staff-lead": ["", openLead(1)],
	"staff-lead-bottom": [
		"",
		openLead(1, (page) =>
			page.evaluate(() => document.querySelector('[data-testid="lead-body"]')?.scrollTo(0, 100_000)),
		),
	],
	"staff-lead-changed": [
		"",
		openLead(4, async (page) => {
			await page.click(id("rate-hot"));
			await page.fill(id("lead-field-staff_note"), "Test : revient samedi");
		}),
	],
	"staff-lead-correct": [
		"",
		openLead(1, async (page) => {
			await page.click(id("lead-correct"));
			await page.fill(id("lead-field-phone"), "061");
			await page.fill(id("lead-field-email"), "test.example");
			await page.click(id("key-close"), { timeout: 1000 }).catch(() => {});
			await page.click(id("lead-correct-save"));
			await page.waitForSelector(id("lead-error-phone"));
		}),
	],
	"staff-lead-conflict": [
		"conflict",
		openLead(4, async (page) => {
			await page.click(id("rate-hot"));
			await page.click(id("outcome-called"));
			await page.click(id("lead-save"));
			await page.waitForSelector(id("lead-conflict"));
		}),
	],
	"staff-lead-unsaved": [
		"",
		openLead(4, async (page) => {
			await page.click(id("rate-hot"));
			await page.click(id("staff-nav-audit"));
			await page.waitForSelector(id("lead-unsaved-sheet"));
		}),
	],
	"staff-lead-duplicates": ["", compare(() => {})],
	"staff-lead-merge": ["", compare((page) => page.click(id("compare-merge")))],
	"staff-lead-merged": [
		"",
		compare(async (page) => {
			await page.click(id("compare-merge"));
			await page.click(id("compare-yes"));
			await page.waitForSelector(id("lead-merge-done"));
		}),
	],
	"staff-lead-erase": ["", erase(() => {})],
	"staff-lead-erased": [
		"",
		erase(async (page, number) => {
			await page.fill(id("erase-ticket"), number);
			await page.click(id("erase-confirm"));
			await page.waitForSelector(id("erasure-proof"));
		}),
	],
	"staff-lead-erased-here": [
		"unsent",
		erase(async (page, number) => {
			await page.fill(id("erase-ticket"), number);
			await page.click(id("erase-confirm"));
			await page.waitForSelector(id("erasure-proof"));
		}),
	],
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
	"staff-catalogue-command": ["command", go("catalogue")],
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
