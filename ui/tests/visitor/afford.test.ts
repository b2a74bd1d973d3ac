import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Affordability, type CostPlan, type Means, visitor } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { append, hundredths, step } from "@/kit/number-pad";
import Afford from "@/visitor/afford/Afford.svelte";
import { answers } from "@/visitor/afford/answers.svelte";
import PaymentPlan from "@/visitor/afford/PaymentPlan.svelte";
import { search } from "@/visitor/explore/search.svelte";
import { visit } from "@/visitor/visit.svelte";

const source = {
	reference: "Source d’essai",
	checked_on: "2026-11-23",
	reviewer: "Équipe d’essai",
	confidence: "low" as const,
};
const exactly = (centimes: number) => ({ low: centimes, high: centimes });
const found = (more: Partial<Affordability> = {}): Affordability => ({
	fault: null,
	reach: { budget: { cash: 15_000_000, loan: 24_000_000, total: 39_000_000 }, without_aid: 4, with_aid: 9 },
	rate: { currency: "EUR", dirhams_e4: 107_500, source },
	banks: null,
	...more,
});
const tap = (id: string) => fireEvent.click(screen.getByTestId(id));

let asked: Means[] = [];
beforeEach(() => {
	vi.restoreAllMocks();
	i18n.use("fr");
	answers.clear();
	asked = [];
	vi.spyOn(visitor, "affordability").mockImplementation(async (means) => {
		asked.push(structuredClone(means));
		return found();
	});
});

describe("number pad", () => {
	it("keeps digits within its bounds", () => {
		expect(append("12", "3", 2, 0)).toBe("12");
		expect(append("0", "5", 2, 0)).toBe("5");
		expect(append("", ".", 2, 2)).toBe("0.");
		expect(append("4.5", ".", 2, 2)).toBe("4.5");
		expect(append("4.55", "5", 2, 2)).toBe("4.55");
		expect(append("4", ".", 2, 0)).toBe("4");
	});
	it("steps never go below zero or above the digits", () => {
		expect(step("", -500, 10)).toBe("0");
		expect(step("4.5", 0.25, 2)).toBe("4.75");
		expect(step("99", 1, 2)).toBe("99");
	});
	it("reads hundredths exactly", () => {
		expect([hundredths(""), hundredths("0"), hundredths("4.5"), hundredths("4.05")]).toEqual([null, 0, 450, 405]);
	});
});

describe("questions", () => {
	it("are asked one per screen and can be skipped", async () => {
		render(Afford);
		for (const question of ["cash", "monthly", "rate", "years", "origin"]) {
			expect(screen.getByTestId(`afford-${question}`)).toBeTruthy();
			await tap("afford-skip");
		}
		expect(screen.getByTestId("afford-result")).toBeTruthy();
		expect(answers.isEmpty).toBe(true);
	});
	it("send a rate of zero as an answer", async () => {
		answers.at = "rate";
		render(Afford);
		await tap("pad-0");
		expect(answers.means.rate_bp).toBe(0);
	});
	it("convert the currency of the stop at a dated rate", async () => {
		render(Afford);
		await vi.waitFor(() => screen.getByTestId("currency-EUR"));
		await tap("currency-EUR");
		await tap("pad-1");
		expect(asked.at(-1)).toMatchObject({ currency: "EUR", cash: 100 });
		expect(document.body.textContent).toMatch(/Environ 11.*23\u00a0novembre 2026/);
	});
	it("say what is wrong with an answer beside it", async () => {
		vi.spyOn(visitor, "affordability").mockResolvedValue(
			found({ fault: { question: "years", problem: "no_term" }, reach: null }),
		);
		answers.at = "years";
		answers.texts.years = "0";
		render(Afford);
		await vi.waitFor(() => expect(document.body.textContent).toContain(i18n.m.afford.fault("years", "no_term")));
		expect(screen.getByTestId("afford-next").hasAttribute("disabled")).toBe(true);
	});
});

describe("result", () => {
	it("opens a selection by the total to plan for", async () => {
		answers.at = "result";
		render(Afford);
		expect((await screen.findByTestId("afford-without-aid")).textContent).toMatch(/4 projets/);
		await tap("afford-with-aid");
		expect(search.query).toMatchObject({ max_plan: 39_000_000, plan_counts_aid: true, sort: "plan_asc" });
		expect(visit.screen.name).toBe("explore");
	});
	it("dates the rate of a budget in the currency of the stop", async () => {
		answers.at = "result";
		answers.currency = "EUR";
		render(Afford);
		expect(await screen.findByText(/Environ 390.*indicatif du 23 novembre 2026/)).toBeTruthy();
	});
	it("says that a payment without rate is left out", async () => {
		const reach = { budget: { cash: 15_000_000, loan: null, total: 15_000_000 }, without_aid: 1, with_aid: 1 };
		vi.spyOn(visitor, "affordability").mockResolvedValue(found({ reach }));
		answers.at = "result";
		answers.texts.monthly = "3000";
		render(Afford);
		expect(await screen.findByText(i18n.m.afford.monthlyLeftOut)).toBeTruthy();
	});
	it("goes back to the screen that opened it", async () => {
		visit.begin();
		visit.go({ name: "project", id: "P", unit: "U" });
		visit.go({ name: "afford" });
		answers.at = "result";
		render(Afford);
		await tap("afford-back");
		expect(visit.screen).toEqual({ name: "project", id: "P", unit: "U" });
	});
	it("counts one year in the singular", () => {
		const { years } = i18n.m.afford.units;
		expect([years(1), years(20), years(null)]).toEqual(["an", "ans", "ans"]);
	});
	it("names the desk for what was not calculated", async () => {
		answers.at = "result";
		render(Afford);
		expect(screen.getByText(i18n.m.afford.notCalculated)).toBeTruthy();
		expect(document.body.textContent).toMatch(/Au stand\u00a0: Une banque/);
	});
	it("shows a sentence for a budget of zero", async () => {
		vi.spyOn(visitor, "affordability").mockResolvedValue(
			found({ fault: { question: "cash", problem: "zero" }, reach: null }),
		);
		answers.at = "result";
		render(Afford);
		await vi.waitFor(() => expect(document.body.textContent).toContain(i18n.m.afford.fault("cash", "zero")));
		expect(document.body.textContent).not.toMatch(/NaN/);
	});
});

describe("payment of a unit", () => {
	const plan: CostPlan = {
		lines: [],
		total: exactly(50_000_000),
		extra: [],
		checked_on: "2026-11-23",
		package_max_price: 30_000_000,
		aid: null,
		threshold: null,
		payment: {
			without_aid: {
				loan: 24_000_000,
				cash_needed: exactly(26_000_000),
				monthly: 100_000,
				years: [
					{ year: 1, interest: 0, repaid: 12_000_000, rest: 12_000_000 },
					{ year: 2, interest: 0, repaid: 12_000_000, rest: 0 },
				],
			},
			with_aid: null,
			financed: null,
			off_plan: {
				payments: [
					{ stage: "reservation", share_bp: 500, amount: 2_500_000 },
					{ stage: "keys", share_bp: 2_000, amount: 10_000_000 },
				],
				before_keys: 2_500_000,
				source,
			},
			foreign: {
				required: 15_000_000,
				required_bp: 3_000,
				shares: [0, 1, 2, 3, 4].map((at) => ({
					share_bp: at * 1_000,
					amount: at * 5_000_000,
					missing: Math.max(0, 15_000_000 - at * 5_000_000),
				})),
				declare_cash_from: 10_000_000,
				source,
			},
		},
	};

	it("shows cash, monthly cost, table and chart", () => {
		render(PaymentPlan, { plan });
		expect(screen.getByTestId("cash-needed").textContent).toMatch(/^260\u202f000/);
		expect(screen.getByTestId("monthly").textContent).toMatch(/^1\u202f000/);
		expect(screen.getAllByRole("row")).toHaveLength(3);
		expect(screen.getByTestId("loan-chart").querySelectorAll("rect")).toHaveLength(2);
	});
	it("sets the part in foreign currency by steps", async () => {
		render(PaymentPlan, { plan });
		expect(screen.getByTestId("foreign-share").textContent).toMatch(/30/);
		await tap("foreign-less");
		expect(document.body.textContent).toMatch(/Il manque 50\u202f000/);
		expect(screen.getByTestId("transferable").textContent).toMatch(/20\u00a0%/);
	});
	it("starts with the complete price for money from abroad", () => {
		answers.origin = "abroad";
		render(PaymentPlan, { plan });
		expect(screen.getByTestId("foreign-share").textContent).toMatch(/40/);
	});
});
