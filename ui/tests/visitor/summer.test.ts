/** The plan of a stay in the window, with the fixtures as the shell. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { StayFault, SummerAnswer, SummerRequest } from "@/host";
import { i18n, messagesOf } from "@/i18n/index.svelte";
import { addMonths, touched, weeks } from "@/visitor/summer/month";
import Summer from "@/visitor/summer/Summer.svelte";
import { summer } from "../fixtures/summer";

const shell = vi.hoisted(() => ({ requests: [] as unknown[], answer: (_request: unknown): unknown => null }));
vi.mock("#transport", () => ({
	call: async (_command: string, { request }: { request: unknown }) => {
		shell.requests.push(request);
		return shell.answer(request);
	},
	mediaUrl: (hash: string) => hash,
}));

const m = messagesOf("fr").summer;
const month = addMonths(new Date().toISOString().slice(0, 7), 1);
const touch = async (id: string) => fireEvent.click(await screen.findByTestId(id));
async function choose(arrival: string, departure: string) {
	await touch("month-next");
	await touch(`day-${month}-${arrival}`);
	await touch(`day-${month}-${departure}`);
}

describe("month", () => {
	it("has all days in weeks from Monday", () => {
		expect(weeks("2027-02")).toHaveLength(4);
		expect(weeks("2027-02")[0]?.[0]).toBe("2027-02-01");
		expect(weeks("2026-08").flat().filter(Boolean)).toHaveLength(31);
		expect(weeks("2028-02").flat().filter(Boolean)).toHaveLength(29);
		for (const month of ["2026-03", "2026-10", "2027-05"])
			for (const week of weeks(month)) expect(week).toHaveLength(7);
	});
	it("counts months across years", () => {
		expect(addMonths("2026-11", 3)).toBe("2027-02");
		expect(addMonths("2027-01", -1)).toBe("2026-12");
	});
	it("takes an earlier second day as a new arrival", () => {
		expect(touched([null, null], "2027-07-10")).toEqual(["2027-07-10", null]);
		expect(touched(["2027-07-10", null], "2027-07-20")).toEqual(["2027-07-10", "2027-07-20"]);
		expect(touched(["2027-07-10", null], "2027-07-01")).toEqual(["2027-07-01", null]);
		expect(touched(["2027-07-10", "2027-07-20"], "2027-07-15")).toEqual(["2027-07-15", null]);
	});
});

describe("summer plan", () => {
	beforeEach(() => {
		i18n.use("fr");
		shell.requests.length = 0;
		shell.answer = (request) => summer.summer_plan?.({ request } as never);
	});

	it("plans the touched dates", async () => {
		render(Summer);
		await choose("03", "12");
		expect((await screen.findByTestId("summer-fit")).textContent).toContain(m.fit.with_proxy);
		expect(screen.getByTestId("stage-final_deed").textContent).toContain(m.byProxy);
		expect(screen.getByTestId("stage-power_of_attorney").textContent).toContain(m.inPerson);
		const request = shell.requests[0] as SummerRequest;
		expect([request.arrival, request.departure]).toEqual([`${month}-03`, `${month}-12`]);
	});
	it("starts without the aid for a unit that has none", async () => {
		render(Summer, { offPlan: true, aid: false });
		await choose("03", "12");
		await screen.findByTestId("summer-fit");
		expect(shell.requests[0]).toMatchObject({ off_plan: true, aid: false });
	});
	it("plans again for another purchase", async () => {
		render(Summer);
		await choose("03", "12");
		await touch("summer-off-plan");
		expect(await screen.findByTestId("stage-reservation")).toBeTruthy();
		expect(screen.getByTestId("stage-final_deed_at_delivery").textContent).toContain(m.atDelivery);
	});
	it("offers the plan as text and as a calendar entry", async () => {
		render(Summer);
		await choose("03", "12");
		const text = (await screen.findByTestId("summer-code")).getAttribute("src");
		await touch("summer-calendar");
		expect(screen.getByTestId("summer-code").getAttribute("src")).not.toBe(text);
	});
	it("says in a sentence why there is no plan", async () => {
		for (const fault of Object.keys(m.faults) as StayFault[]) {
			const limits = { max_days_ahead: 730, max_stay_days: 90 };
			shell.answer = (): SummerAnswer => ({ kind: "fault", fault, ...limits });
			const { unmount } = render(Summer);
			await choose("03", "12");
			const sentence = (await screen.findByTestId("summer-fault")).textContent;
			expect(sentence).toContain(m.faults[fault](limits));
			expect(sentence).not.toMatch(/NaN|undefined|Invalid/);
			unmount();
		}
	});
	it("writes the shares and days of the rules in its sentences", async () => {
		const figures = { reservation_bp: 750, start_of_works_bp: 1_250, three_phases_bp: 5_500, keys_bp: 2_500 };
		shell.answer = (request) => {
			const answer = summer.summer_plan?.({ request } as never) as Extract<SummerAnswer, { kind: "plan" }>;
			const off_plan = { ...figures, reservation_months: 4, withdrawal_months: 2 };
			return { ...answer, figures: { off_plan, aid_page: "https://aide.example/" } };
		};
		render(Summer, { offPlan: true });
		await choose("03", "12");
		const reservation = await screen.findByTestId("stage-reservation");
		expect(reservation.textContent).toMatch(/7,5\u00a0% .* 2\u00a0mois/);
		expect(screen.getByTestId("stage-preliminary_contract").textContent).toContain("4\u00a0mois");
		expect(screen.getByTestId("stage-final_deed_at_delivery").textContent).toContain("25\u00a0%");
		await touch("summer-ready");
		expect((await screen.findByTestId("stage-aid_registration")).textContent).toContain("aide.example");
		expect(m.faults.too_far_ahead({ max_days_ahead: 730, max_stay_days: 90 })).toContain("2\u00a0ans");
		expect(m.faults.too_long({ max_days_ahead: 730, max_stay_days: 90 })).toContain("90\u00a0jours");
	});
	it("forgets the dates when the screen closes", async () => {
		const { unmount } = render(Summer);
		await choose("03", "12");
		await screen.findByTestId("summer-fit");
		unmount();
		render(Summer);
		expect(screen.getByTestId("summer-dates").textContent).toContain(m.askArrival);
		expect(localStorage.length + sessionStorage.length).toBe(0);
	});
});
