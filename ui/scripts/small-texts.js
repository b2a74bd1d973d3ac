// Texts of the visitor window below 22 px at a screen width of 1080 px, which is 1.375 rem. Run in the page by
// scripts/shots.mjs and by tests/e2e/page_checks.rs.
(() => {
	if (!document.body.dataset.screen) return [];
	const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const small = new Map();
	for (let text = texts.nextNode(); text; text = texts.nextNode()) {
		const parent = text.parentElement;
		const words = text.textContent.trim();
		if (!words || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
		if (parent.closest(".visually-hidden, script, style, title, desc")) continue;
		const rem = Number.parseFloat(getComputedStyle(parent).fontSize) / root;
		if (rem >= 1.37) continue;
		const place = parent.closest("[data-testid]")?.dataset.testid ?? parent.className;
		small.set(`${place} ${rem.toFixed(2)}`, `${(rem * 16).toFixed(1)} px in ${place}: ${words.slice(0, 40)}`);
	}
	return [...small.values()];
})();
