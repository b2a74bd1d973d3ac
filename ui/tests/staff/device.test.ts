/** The screen about the kiosk itself: diagnosis, new secrets, restart. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FindingCode, staff } from "@/host";
import { i18n, type UiLang } from "@/i18n/index.svelte";
import Device from "@/staff/Device.svelte";
import { StaffSession } from "@/staff/session.svelte";

let found: FindingCode[] = [];
let refusal: string | null = null;
const calls: [string, unknown][] = [];
vi.mock("#transport", () => ({
	call: async (command: string, args: unknown) => {
		calls.push([command, args]);
		if (refusal) throw { code: refusal, params: {}, fields: [] };
		return command === "staff_diagnose" ? found : null;
	},
	mediaUrl: (hash: string) => hash,
}));

beforeEach(() => {
	i18n.use("fr");
	found = [];
	refusal = null;
	calls.length = 0;
});
const show = () => render(Device, { session: new StaffSession(staff, () => 0) });
const type = (id: string, value: string) => fireEvent.input(screen.getByTestId(id), { target: { value } });
const value = (id: string) => (screen.getByTestId(id) as HTMLInputElement).value;

describe("diagnosis", () => {
	it.each<UiLang>(["fr", "en", "ar"])("says in %s what is wrong and what to do", async (lang) => {
		i18n.use(lang);
		found = ["disk_low", "clock_wrong"];
		show();
		await fireEvent.click(screen.getByTestId("diagnose"));
		const list = await screen.findByTestId("diagnosis");
		const sentences = [...list.querySelectorAll("li")].map((item) => item.textContent);
		const { findings } = i18n.m.device;
		expect(sentences).toEqual([findings.disk_low, findings.clock_wrong]);
	});

	it("says that nothing is wrong", async () => {
		show();
		await fireEvent.click(screen.getByTestId("diagnose"));
		expect((await screen.findByTestId("diagnosis-healthy")).textContent).toBe(i18n.m.device.healthy);
	});
});

describe("new passphrase", () => {
	const fill = async (repeated: string) => {
		await type("passphrase-present", "essai");
		await type("passphrase-new", "quatre mots pour essai");
		await type("passphrase-repeat", repeated);
	};

	it("is sent once it is entered twice, and is forgotten", async () => {
		show();
		await fill("quatre mots pour essai");
		await fireEvent.click(screen.getByTestId("passphrase-change"));
		await screen.findByTestId("passphrase-changed");
		expect(calls).toEqual([["staff_change_passphrase", { passphrase: "essai", new: "quatre mots pour essai" }]]);
		expect(["present", "new", "repeat"].map((field) => value(`passphrase-${field}`))).toEqual(["", "", ""]);
	});

	it("is not sent while the entries differ", async () => {
		show();
		await fill("quatre mots");
		expect(screen.getByTestId("passphrase-different").textContent).toContain(i18n.m.device.different);
		expect((screen.getByTestId("passphrase-change") as HTMLButtonElement).disabled).toBe(true);
		expect(calls).toEqual([]);
	});

	it.each(["wrong_passphrase", "weak_passphrase", "published_secret"] as const)(
		"that is refused says why: %s",
		async (code) => {
			refusal = code;
			show();
			await fill("quatre mots pour essai");
			await fireEvent.click(screen.getByTestId("passphrase-change"));
			const error = await screen.findByTestId("passphrase-error");
			expect(error.textContent).toContain(i18n.m.staff.errors[code]({}));
			expect(screen.queryByTestId("passphrase-changed")).toBeNull();
		},
	);
});

describe("new staff code", () => {
	it("needs the passphrase", async () => {
		show();
		await type("pin-new", "604215");
		await type("pin-repeat", "604215");
		expect((screen.getByTestId("pin-change") as HTMLButtonElement).disabled).toBe(true);
		await type("pin-present", "essai");
		await fireEvent.click(screen.getByTestId("pin-change"));
		await screen.findByTestId("pin-changed");
		expect(calls).toEqual([["staff_change_pin", { passphrase: "essai", pin: "604215" }]]);
	});
});

describe("restart", () => {
	it("asks before the program restarts", async () => {
		show();
		await fireEvent.click(screen.getByTestId("restart"));
		expect(calls).toEqual([]);
		await fireEvent.click(screen.getByTestId("restart-cancel"));
		await fireEvent.click(screen.getByTestId("restart"));
		await fireEvent.click(screen.getByTestId("restart-confirm"));
		expect(calls).toEqual([["staff_restart", {}]]);
	});
});
