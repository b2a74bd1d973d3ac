// Scenes of the screens that answer a family's questions, for `shots.mjs`.
const id = (name) => `[data-testid="${name}"]`;

async function budget(page, begin) {
	await begin();
	await page.click(id("door-afford"));
	for (const key of ["4", "5", "0", "0", "0", "0"]) await page.click(id(`pad-${key}`));
	await page.click(id("afford-next"));
	for (let at = 0; at < 4; at++) await page.click(id("afford-skip"));
	await page.waitForSelector(id("afford-discuss"));
}

async function aid(page, begin) {
	await begin();
	await page.click(id("door-aid-questions"));
	await page.click(id("aid-alone"));
	for (let at = 0; at < 6; at++) {
		await page.click(id("aid-yes"));
		await page.waitForTimeout(150);
	}
	await page.waitForSelector(id("aid-verdict"));
}

async function unit(page, begin) {
	await begin();
	await page.click(id("door-aid"));
	await page.locator('[data-testid^="card-"]').first().click();
	await page.locator('[data-testid^="unit-"]').first().click();
	await page.waitForSelector(id("plan-discuss"));
}

export const answerScenes = {
	"answers-budget": budget,
	"answers-aid": aid,
	"answers-aid-question": async (page, begin) => {
		await begin();
		await page.click(id("door-aid-questions"));
		await page.click(id("aid-couple"));
	},
	"answers-aid-end": async (page, begin) => {
		await aid(page, begin);
		await page.locator(id("aid-ask")).scrollIntoViewIfNeeded();
	},
	"answers-stay": async (page, begin) => {
		await begin();
		await page.click(id("door-summer"));
		await page.click(id("month-next"));
		const days = page.locator('[data-testid^="day-"]');
		await days.nth(4).click();
		await days.nth(24).click();
		await page.waitForSelector(id("summer-fit"));
	},
	"answers-stay-end": async (page, begin) => {
		await answerScenes["answers-stay"](page, begin);
		await page.locator(id("summer-ask")).scrollIntoViewIfNeeded();
	},
	"answers-plan": async (page, begin) => {
		await unit(page, begin);
		await page.locator(id("plan-discuss")).scrollIntoViewIfNeeded();
	},
	"answers-guides": async (page, begin) => {
		await begin();
		await page.click(id("door-guides"));
	},
	"answers-stand": async (page, begin) => {
		await answerScenes["answers-guides"](page, begin);
		await page.locator(id("stand-plan")).scrollIntoViewIfNeeded();
	},
	"answers-guide": async (page, begin) => {
		await answerScenes["answers-guides"](page, begin);
		await page.click(id("guide-power-of-attorney"));
		await page.waitForSelector(id("guide-take"));
	},
	"answers-partner": async (page, begin) => {
		await answerScenes["answers-guides"](page, begin);
		await page.click(id("partner/NOTARIES"));
		await page.locator(id("stand-plan")).scrollIntoViewIfNeeded();
	},
	"answers-share": async (page, begin) => {
		await budget(page, begin);
		await page.click(id("afford-discuss"));
		await page.fill(id("field-phone"), "0612345678");
		await page.click(id("lead-next"));
		await page.click(id("phone-is-FR"));
		await page.waitForSelector(id("share-result"));
		await page.click(id("share-result"));
	},
	"answers-review": async (page, begin) => {
		await answerScenes["answers-share"](page, begin);
		await page.click(id("lead-next"));
		await page.click(id("consent-call"));
		await page.click(id("lead-next"));
		await page.waitForSelector(id("review-result"));
	},
	"answers-totals": async (page, begin) => {
		await unit(page, begin);
		await page.click(id("save-unit"));
		await page.click(id("sheet-close"));
		await page.click(id("nav-selection"));
		await page.waitForSelector(id("shortlist-plan"));
	},
	"answers-takeaway": async (page, begin) => {
		await answerScenes["answers-totals"](page, begin);
		await page.click(id("shortlist-take"));
		await page.waitForSelector(id("takeaway-code"));
	},
};
