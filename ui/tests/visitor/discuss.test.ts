/** A result and the desk that answers it: what the form offers, and what it sends. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Boot, PartnerCard, SharedResult } from "@/host";
import { i18n, messagesOf, type UiLang } from "@/i18n/index.svelte";
import { discuss, partnerOn } from "@/visitor/explore/call-back";
import StandPlan from "@/visitor/guides/StandPlan.svelte";
import { draft } from "@/visitor/lead/draft.svelte";
import ReviewStep from "@/visitor/lead/ReviewStep.svelte";
import { resultLines } from "@/visitor/lead/result-lines";
import WhatStep from "@/visitor/lead/WhatStep.svelte";
import { visit } from "@/visitor/visit.svelte";

vi.mock("#transport", () => ({ call: async () => null, mediaUrl: (hash: string) => hash }));

const partner = (id: string, desk: PartnerCard["lead_desk"], topics: PartnerCard["topics"]) =>
	({
		id: `partner/${id}`,
		kind: "bank",
		name: { text: id, lang: "fr" },
		desk: { text: "Comptoir", lang: "fr" },
		topics,
		lead_desk: desk,
	}) as unknown as PartnerCard;
const NOTARIES = partner("Notaires", "notary", ["notary", "costs"]);
const banks = (...names: string[]) => names.map((name) => partner(name, "bank", ["credit"]));
const budget: SharedResult = { kind: "budget", cash: 20_000_000, loan: null, total: 20_000_000 };
const item = { project: "P", unit: "P-1" };

function boot(...partners: PartnerCard[]) {
	visit.boot = { guidance: { guides: [], partners, stand: [] }, stop: { country: "FR" }, towns: [] } as unknown as Boot;
}

beforeEach(() => {
	i18n.use("fr");
	draft.clear();
	visit.about = [];
	visit.begin();
	boot(NOTARIES, ...banks("Banque A"));
});

describe("discussing a result", () => {
	it("opens the form with the desk and its only partner", () => {
		discuss("credit", budget, [item]);
		expect(visit.screen.name).toBe("lead");
		expect(draft.answers.desk).toBe("bank");
		expect(draft.answers.note).toBe(messagesOf("fr").guides.note("Banque A"));
		expect(visit.about).toEqual([item]);
		visit.back();
		discuss("notary", null);
		expect([draft.answers.desk, draft.answers.note]).toEqual(["notary", messagesOf("fr").guides.note("Notaires")]);
	});
	it("names no partner where several answer", () => {
		boot(...banks("Banque A", "Banque B"));
		expect(partnerOn("credit")).toBeNull();
		discuss("credit", budget);
		expect(draft.answers.note).not.toContain("Banque");
	});
	it("keeps a note that the visitor wrote", () => {
		draft.answers.note = "Le soir";
		discuss("credit", budget);
		expect(draft.answers.note).toBe("Le soir");
	});
});

describe("the result in the form", () => {
	it("is sent only after a touch on its box", async () => {
		discuss("credit", budget);
		render(WhatStep);
		const box = screen.getByTestId("share-result");
		expect(box.getAttribute("aria-checked")).toBe("false");
		expect(draft.toLead("fr", []).result).toBeNull();
		await fireEvent.click(box);
		expect(draft.toLead("fr", []).result).toEqual(budget);
		await fireEvent.click(box);
		expect(draft.toLead("fr", []).result).toBeNull();
	});
	it("needs a new agreement after another result", () => {
		discuss("credit", budget);
		draft.answers.shareResult = true;
		discuss("aid", { kind: "aid", outcome: "met", unit: null, amount: null });
		expect(draft.toLead("fr", []).result).toBeNull();
	});
	it("is forgotten with the answers", () => {
		discuss("credit", budget);
		draft.answers.shareResult = true;
		draft.clear();
		expect(draft.result).toBeNull();
		expect(draft.isEmpty).toBe(true);
	});
	it("is read again in the review, only if it is sent", async () => {
		discuss("credit", budget);
		const { unmount } = render(ReviewStep);
		expect(screen.queryByTestId("review-result")).toBeNull();
		unmount();
		draft.answers.shareResult = true;
		render(ReviewStep);
		expect(screen.getByTestId("review-result").textContent).toContain("200");
	});
	it("has sentences for each kind in each language", () => {
		const unit = { project: "P", unit: "P-1", number: "A-12" };
		const range = { low: 33_000_000, high: 33_500_000 };
		const results: SharedResult[] = [
			{ ...budget, loan: 10_000_000 },
			{ kind: "unit_plan", unit, price: 31_000_000, total: range, total_with_aid: range, monthly: 200_000 },
			{ kind: "aid", outcome: "to_confirm", unit, amount: 7_000_000 },
			{ kind: "stay", arrival: "2027-07-10", departure: "2027-08-20", fit: "with_proxy", last_signature: "2027-09-01" },
		];
		for (const lang of ["fr", "ar", "en"] as UiLang[]) {
			const counts = results.map((result) => resultLines(result, messagesOf(lang)).length);
			expect(counts).toEqual([3, 4, 3, 3]);
		}
	});
});

describe("plan of the stand", () => {
	const place = (id: string, partners: string[], here = false) => ({
		id,
		kind: here ? ("kiosk" as const) : ("desk" as const),
		partners,
		label: { text: id, lang: "fr" as const },
		area: { x: 10, y: 20, width: 30, height: 15 },
		here,
	});
	it("opens the partner of a touched desk and shows this kiosk", async () => {
		const places = [place("D1", [NOTARIES.id]), place("D2", ["partner/ABSENT"]), place("K1", [], true)];
		render(StandPlan, { places, partners: [NOTARIES] });
		expect(screen.getByTestId("place-K1").textContent).toContain(messagesOf("fr").guides.here);
		expect(screen.getByTestId("place-D2").tagName).toBe("DIV");
		await fireEvent.click(screen.getByTestId("place-D1"));
		expect(visit.screen).toEqual({ name: "partner", id: NOTARIES.id });
	});
	it("keeps its sides in Arabic", () => {
		i18n.use("ar");
		render(StandPlan, { places: [place("D1", [])], partners: [] });
		expect(screen.getByTestId("stand-plan").dir).toBe("ltr");
		expect(screen.getByTestId("place-D1").getAttribute("style")).toContain("10%");
	});
});
