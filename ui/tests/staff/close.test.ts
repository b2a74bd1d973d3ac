/** The day close of the staff window. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CloseOrder, DayReceipt, DayRow, Destination } from "@/host";
import { staff } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import DayClose from "@/staff/DayClose.svelte";
import { StaffSession } from "@/staff/session.svelte";

const stick: Destination = { path: "/media/STAND", label: "STAND", removable: true, free_bytes: 8_000_000_000 };
const machine: Destination = { path: "/home/out", label: "exports", removable: false, free_bytes: 9_000_000_000 };
const day = (name: string, more: Partial<DayRow> = {}): DayRow => ({
	day: name,
	leads: 86,
	unsent: 0,
	new_leads: 86,
	closed_at: null,
	exports: [],
	...more,
});
const before = {
	at: "2026-02-13T18:05:00+01:00",
	format: "age" as const,
	leads: 74,
	sha256: "ab".repeat(32),
	initials: "TE",
};

let days: DayRow[];
let destinations: Destination[];
let orders: CloseOrder[];
let touches: number;
let cancelled: boolean;
let answer: () => Promise<DayReceipt>;
let commands: Record<string, (args: never) => unknown>;
vi.mock("#transport", () => ({
	call: async (command: string, args: unknown) => commands[command]?.(args as never),
	mediaUrl: (hash: string) => hash,
}));
const settle = () => vi.advanceTimersByTimeAsync(0);
const touch = async (id: string) => {
	touches += 1;
	await fireEvent.click(screen.getByTestId(id));
	await settle();
};
const isChosen = (id: string) => screen.getByTestId(id).getAttribute("aria-pressed") === "true";
const refuse = (code: string, params: Record<string, string> = {}) => {
	throw { code, params, fields: [] };
};

function receiptOf(order: CloseOrder): DayReceipt {
	return {
		files: order.formats.map((format) => ({
			path: `${order.destination}/leads.${format}`,
			format,
			leads: 300,
			bytes: 48_000,
			sha256: "cd".repeat(32),
		})),
		leads: 300,
		unsent: 0,
		unopened: 0,
		unreadable: 0,
		previous: [before],
		record: { path: `${order.destination}/leads.receipt.txt`, qr: "<svg viewBox='0 0 29 29'/>", public_key: "RWQ" },
	};
}

let session: StaffSession;
let isOpen: boolean;
beforeEach(async () => {
	vi.useFakeTimers();
	i18n.use("fr");
	days = [day("2026-02-12", { new_leads: 0 }), day("2026-02-13")];
	destinations = [machine, stick];
	orders = [];
	touches = 0;
	cancelled = false;
	isOpen = true;
	answer = async () => receiptOf(orders.at(-1) as CloseOrder);
	commands = {
		staff_state: () => ({ unlocked: true, leads_open: isOpen, languages: ["fr"], locked_for_seconds: 0 }),
		staff_passphrase: () => {
			isOpen = true;
			return { resealed: 0 };
		},
		staff_today: () => ({
			leads_total: 172,
			waiting: 31,
			staff_only: 0,
			set_aside: 0,
			closing: { day: "2026-02-13", leads: 86, exported_leads: 0, unsent: 31, closed_at: null },
			sync: { state: "offline" },
		}),
		staff_days: () => days,
		staff_destinations: () => destinations,
		staff_close_day: ({ order }: { order: CloseOrder }) => {
			orders.push(order);
			return answer();
		},
		staff_close_progress: () => ({ stage: "writing", done: 10, of: 40 }),
		staff_cancel_close: () => {
			cancelled = true;
			return null;
		},
	};
	session = new StaffSession(staff, () => 0);
	await session.refresh();
});
afterEach(() => vi.useRealTimers());

const open = async () => {
	render(DayClose, { session });
	await settle();
};

describe("day close", () => {
	it("preselects the latest day, the encrypted file and the stick", async () => {
		await open();
		expect(isChosen("staff-day-2026-02-13")).toBe(true);
		expect(["age", "xlsx", "csv"].map((format) => isChosen(`staff-format-${format}`))).toEqual([true, false, false]);
		expect(isChosen("staff-destination-0")).toBe(true);
		expect(screen.getByTestId("staff-destination-0").textContent).toContain("STAND");
	});

	it("needs at most twelve touches besides PIN and passphrase", async () => {
		isOpen = false;
		await session.refresh();
		await open();
		// The touches on the PIN pad's enter key and on the screen's name in the navigation.
		touches = 2;
		await touch("staff-passphrase");
		await fireEvent.input(screen.getByTestId("staff-passphrase"), { target: { value: "quatre mots pour cet essai" } });
		await touch("staff-passphrase-confirm");
		await touch("staff-close-confirm");
		expect(screen.getByTestId("staff-receipt").textContent).toContain("300 demandes");
		expect(orders[0]).toMatchObject({ day: "2026-02-13", scope: "all", formats: ["age"], destination: stick.path });
		expect(touches).toBeLessThanOrEqual(12);
	});

	it("says in a sentence why leads are not sent", async () => {
		await open();
		const text = screen.getByTestId("staff-here").textContent;
		expect(text).toContain("31 demandes ne sont pas encore à la plateforme.");
		expect(text).toContain(i18n.m.staff.sync.offline);
	});

	it("says that without a stick the only copy stays on the machine", async () => {
		destinations = [machine];
		await open();
		expect(screen.getByTestId("staff-no-stick").textContent).toContain("la seule copie resterait sur cette machine");
		destinations = [machine, stick];
		await vi.advanceTimersByTimeAsync(3_000);
		expect(screen.queryByTestId("staff-no-stick")).toBeNull();
		expect(isChosen("staff-destination-0")).toBe(true);
		await touch("staff-close-confirm");
		expect(orders[0]?.destination).toBe(stick.path);
	});

	it("keeps a place that staff chose when a stick appears", async () => {
		destinations = [machine];
		await open();
		await touch("staff-destination-0");
		destinations = [machine, stick];
		await vi.advanceTimersByTimeAsync(3_000);
		await touch("staff-close-confirm");
		expect(orders[0]?.destination).toBe(machine.path);
	});

	it("shows who exported what before and offers the new leads", async () => {
		days = [day("2026-02-13", { new_leads: 12, closed_at: before.at, exports: [before] })];
		await open();
		expect(screen.getByTestId("staff-exported-before").textContent).toContain("74 demandes · par TE");
		await touch("staff-scope-new");
		await touch("staff-close-confirm");
		expect(orders[0]?.scope).toBe("new");
	});

	it("warns about readable files only when one is chosen", async () => {
		await open();
		const text = () => screen.getByTestId("staff-which-files").textContent;
		expect(text()).not.toContain(i18n.m.staff.close.format.readable);
		await touch("staff-format-xlsx");
		expect(text()).toContain(i18n.m.staff.close.format.readable);
	});

	it("needs at least one file", async () => {
		await open();
		await touch("staff-format-age");
		expect(screen.getByTestId<HTMLButtonElement>("staff-close-confirm").disabled).toBe(true);
	});

	it("sends initials in capitals without digits", async () => {
		await open();
		const field = screen.getByTestId("staff-initials");
		await fireEvent.input(field, { target: { value: "t3e" } });
		await touch("staff-close-confirm");
		expect(orders[0]?.initials).toBe("TE");
	});

	it("keeps the choices and the day open after an error", async () => {
		answer = async () => refuse("destination_full", { needed: "200000", free: "1000" });
		await open();
		await touch("staff-format-csv");
		await touch("staff-close-confirm");
		await vi.advanceTimersByTimeAsync(3_000);
		const text = screen.getByTestId("staff-error").textContent;
		expect(text).toContain("Il n’y a pas assez de place");
		expect(text).toContain(i18n.m.staff.close.run.stillOpen);
		expect(isChosen("staff-format-csv")).toBe(true);
	});

	it("shows the progress and can be cancelled", async () => {
		let fail: (thrown: unknown) => void = () => {};
		answer = () => new Promise((_, reject) => (fail = reject));
		await open();
		await touch("staff-close-confirm");
		await vi.advanceTimersByTimeAsync(300);
		expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25");
		await touch("staff-close-cancel");
		expect(cancelled).toBe(true);
		fail({ code: "cancelled", params: {}, fields: [] });
		await settle();
		expect(screen.getByTestId("staff-error").textContent).toContain("L’export a été annulé.");
	});

	it("locks the window after the receipt", async () => {
		const lock = vi.spyOn(session, "lock").mockResolvedValue();
		await open();
		await touch("staff-close-confirm");
		await touch("staff-close-lock");
		expect(lock).toHaveBeenCalledOnce();
	});
});
