// Scenes of the lead form with its optional parts.
const id = (name) => `[data-testid="${name}"]`;

async function contact(page, begin) {
	await begin();
	await page.locator(id("call-me")).first().click();
	await page.fill(id("field-phone"), "0612345678");
}

export const leadScenes = {
	"lead-who": contact,
	"lead-what-desk": async (page, begin) => {
		await contact(page, begin);
		await page.click(id("lead-next"));
		await page.click(id("phone-is-FR"));
		await page.click(id("desk-bank"));
		await page.click(id("fold-on-behalf"));
		await page.click(id("whom-family"));
		await page.locator(id("whom-family")).scrollIntoViewIfNeeded();
	},
	"lead-when": async (page, begin) => {
		await contact(page, begin);
		await page.click(id("lead-finish"));
		await page.click(id("phone-is-FR"));
		await page.waitForSelector(id("consent-call"));
	},
	"lead-when-open": async (page, begin) => {
		await leadScenes["lead-when"](page, begin);
		await page.click(id("channel-whatsapp"));
		await page.click(id("channel-call"));
		await page.click(id("fold-reach"));
		await page.click(id("slot-morning"));
		await page.click(id("slot-weekend"));
		await page.click(id("fold-stay"));
		await page.click(id("month-next"));
		await page.locator('[data-testid^="day-"]').nth(19).click();
		await page.locator('[data-testid^="day-"]').nth(27).click();
	},
	"lead-last": async (page, begin) => {
		await leadScenes["lead-when-open"](page, begin);
		await page.click(id("consent-call"));
		await page.click(id("consent-whatsapp"));
		await page.click(id("lead-next"));
		await page.waitForSelector('[data-step="review"]');
	},
	"lead-thanks": async (page, begin) => {
		await leadScenes["lead-last"](page, begin);
		await page.click(id("lead-submit"));
		await page.waitForSelector(id("thanks-ticket"));
	},
};
