/** The questionnaire about the aid in the window, with the fixtures as the shell. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AidRequest } from "@/host";
import { i18n, messagesOf } from "@/i18n/index.svelte";
import Aid from "@/visitor/aid/Aid.svelte";
import { visit } from "@/visitor/visit.svelte";
import { aid } from "../fixtures/aid";

const shell = vi.hoisted(() => ({
	requests: [] as unknown[],
	fail: false,
	answer: (_request: unknown): unknown => null,
}));
vi.mock("#transport", () => ({
	call: async (_command: string, { request }: { request: unknown }) => {
		if (shell.fail) throw { code: "internal" };
		shell.requests.push(request);
		return shell.answer(request);
	},
	mediaUrl: (hash: string) => hash,
}));
// The questions do not depend on the catalogue.
vi.mock("../fixtures/catalogue", () => ({ project: () => null }));
shell.answer = (request) => aid.aid_questions?.({ request } as never);

const m = messagesOf("fr").aid;
const touch = async (id: string) => {
	await fireEvent.click(await screen.findByTestId(id));
	await vi.waitFor(() => {});
};
async function reply(...replies: ("yes" | "no" | "unsure")[]) {
	for (const answer of replies) {
		const asked = screen.getByTestId("aid-question").textContent;
		await touch(`aid-${answer}`);
		await vi.waitFor(() => expect(screen.queryByTestId("aid-question")?.textContent).not.toBe(asked));
	}
}
async function begin(how: "alone" | "couple") {
	await touch(`aid-${how}`);
	await screen.findByTestId("aid-question");
}

describe("aid questionnaire", () => {
	beforeEach(() => {
		i18n.use("fr");
		shell.fail = false;
		shell.requests.length = 0;
		visit.shortlist = [];
	});

	it("shows the result after six times yes", async () => {
		render(Aid);
		await begin("alone");
		await reply("yes", "yes", "yes", "yes", "yes", "yes");
		expect(screen.getByTestId("aid-verdict").textContent).toContain(m.verdict.met);
		expect(screen.getByTestId("aid-steps").textContent).toContain(m.within(15));
		expect(screen.getByTestId("aid-reported").textContent).toContain(m.reportedTitle("2026"));
	});
	it("asks about the years of the rule", async () => {
		const answer = shell.answer;
		shell.answer = (request) => ({ ...(answer(request) as object), commitment_years: 8 });
		render(Aid);
		await begin("alone");
		await reply("yes", "yes", "yes");
		expect(screen.getByTestId("aid-question").textContent).toContain("8\u00a0ans");
		shell.answer = answer;
	});
	it("stops at the first no and names the condition", async () => {
		render(Aid);
		await begin("alone");
		await reply("yes", "no");
		expect(screen.getByTestId("aid-unmet").textContent).toBe(m.unmet.first_state_aid());
	});
	it("asks for the desk when somebody does not know", async () => {
		render(Aid);
		await begin("alone");
		await reply("unsure", "yes", "yes", "yes", "yes", "yes");
		expect(screen.getByTestId("aid-verdict").textContent).toContain(m.verdict.to_confirm);
	});
	it("goes back one question at a time", async () => {
		render(Aid);
		await begin("alone");
		await reply("yes");
		await touch("aid-back");
		await vi.waitFor(() =>
			expect(screen.getByTestId("aid-question").textContent).toBe(m.questions.moroccan_national()),
		);
		await touch("aid-back");
		expect(await screen.findByTestId("aid-intro")).toBeTruthy();
	});
	it("hides the answers of the first person from the second", async () => {
		render(Aid);
		await begin("couple");
		await reply("no");
		await screen.findByTestId("aid-hand-over");
		expect(screen.queryByTestId("aid-unmet")).toBeNull();
		await touch("aid-ready");
		await vi.waitFor(() =>
			expect(screen.getByTestId("aid-question").textContent).toBe(m.questions.moroccan_national()),
		);
		await touch("aid-back");
		expect(await screen.findByTestId("aid-hand-over")).toBeTruthy();
		await touch("aid-ready");
		await screen.findByTestId("aid-question");
		await reply("yes", "yes", "yes", "yes", "yes", "yes");
		const verdict = screen.getByTestId("aid-verdict").textContent;
		expect(verdict).toContain(m.unmet.moroccan_national());
		expect(verdict).toContain(m.couple);
	});
	it("forgets the answers when the screen closes", async () => {
		const { unmount } = render(Aid);
		await begin("alone");
		await reply("yes", "yes");
		unmount();
		render(Aid);
		expect(screen.getByTestId("aid-intro")).toBeTruthy();
		await begin("alone");
		expect((shell.requests[shell.requests.length - 1] as AidRequest).people).toEqual([[]]);
		expect(localStorage.length + sessionStorage.length).toBe(0);
		expect(window.location.search + window.location.hash).toBe("");
	});
	it("starts again without the answers", async () => {
		render(Aid);
		await begin("alone");
		await reply("yes", "yes");
		await touch("aid-restart");
		await begin("alone");
		expect(screen.getByTestId("aid-question").textContent).toBe(m.questions.moroccan_national());
	});
	it("keeps the answers in another language", async () => {
		render(Aid);
		await begin("alone");
		await reply("yes");
		i18n.use("ar");
		await vi.waitFor(() =>
			expect(screen.getByTestId("aid-question").textContent).toBe(messagesOf("ar").aid.questions.first_state_aid()),
		);
	});
	it("offers to try again after an error", async () => {
		render(Aid);
		shell.fail = true;
		await touch("aid-alone");
		shell.fail = false;
		await fireEvent.click(await screen.findByText(messagesOf("fr").common.retry));
		expect(await screen.findByTestId("aid-question")).toBeTruthy();
	});
	it("asks about the saved units, not about projects", async () => {
		visit.shortlist = [
			{ project: "P", unit: null },
			{ project: "P", unit: "U" },
		];
		render(Aid);
		await begin("alone");
		expect((shell.requests[0] as AidRequest).units).toEqual([{ project: "P", unit: "U" }]);
	});
});
