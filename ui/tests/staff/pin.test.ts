/** The PIN pad and the lock-out. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { StaffState } from "@/host";
import { i18n, type UiLang } from "@/i18n/index.svelte";
import Pin from "@/staff/Pin.svelte";
import { StaffSession } from "@/staff/session.svelte";

vi.mock("#transport", () => ({ call: async () => null, mediaUrl: (hash: string) => hash }));

const state: StaffState = {
	unlocked: false,
	leads_open: false,
	stop_names: { fr: "Test" },
	demonstration: true,
	languages: ["fr"],
	locked_for_seconds: 0,
};
const passphrase = vi.fn(async () => ({ resealed: 0 }));

/** Renders the PIN screen of a session that is locked out for some seconds. */
async function renderPin(lockedForSeconds: number): Promise<void> {
	const locked = { ...state, locked_for_seconds: lockedForSeconds };
	const host = { state: async () => locked, unlock: vi.fn(), passphrase, lock: vi.fn(), leave: vi.fn() };
	const session = new StaffSession(host, () => 0);
	await session.refresh();
	render(Pin, { session });
}

beforeEach(() => i18n.use("fr"));

it("shows only the pad while a PIN can be tried", async () => {
	await renderPin(0);
	expect(screen.getByTestId("staff-pin-key-1")).toBeTruthy();
	expect(screen.queryByTestId("staff-passphrase")).toBeNull();
	expect(screen.queryByTestId("staff-locked-for")).toBeNull();
});

it.each<UiLang>(["fr", "ar", "en"])("shows the wait and asks for the passphrase in a lock-out (%s)", async (lang) => {
	i18n.use(lang);
	await renderPin(245);
	expect(screen.getByTestId("staff-locked-for").textContent).toBe("4:05");
	expect(document.body.textContent).toContain(i18n.m.staff.pin.passphraseInstead);
	expect(screen.queryByTestId("staff-pin-key-1")).toBeNull();
});

it("sends the passphrase in a lock-out", async () => {
	await renderPin(245);
	await fireEvent.input(screen.getByTestId("staff-passphrase"), { target: { value: "essai" } });
	await fireEvent.click(screen.getByTestId("staff-passphrase-confirm"));
	await vi.waitFor(() => expect(passphrase).toHaveBeenCalledWith("essai"));
});
