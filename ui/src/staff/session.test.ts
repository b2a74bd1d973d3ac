import { beforeEach, describe, expect, it, vi } from "vitest";
import type { StaffState } from "@/host";
import { INACTIVITY_LIMIT_MS, LOCKED_LIMIT_MS, type SessionHost, StaffSession } from "./session.svelte";

const closed: StaffState = {
	unlocked: false,
	leads_open: false,
	stop_names: { fr: "Test" },
	demonstration: true,
	languages: ["fr"],
	locked_for_seconds: 0,
};

let now: number;
let state: StaffState;
let shell: { [Name in keyof SessionHost]: ReturnType<typeof vi.fn<SessionHost[Name]>> };
let session: StaffSession;

const refuse =
	(code: string, params: Record<string, string> = {}) =>
	() =>
		Promise.reject({ code, params, fields: [] });
const enter = async (pin: string) => {
	for (const digit of pin) session.digit(digit);
	await session.unlock();
};

beforeEach(async () => {
	now = 1_000_000;
	state = closed;
	shell = {
		state: vi.fn(async () => state),
		unlock: vi.fn(async () => {
			state = { ...state, unlocked: true };
			return null;
		}),
		passphrase: vi.fn(async () => {
			state = { ...state, leads_open: true };
			return { resealed: 3 };
		}),
		lock: vi.fn(async () => {
			state = closed;
			return null;
		}),
		leave: vi.fn(async () => null),
	};
	session = new StaffSession(shell, () => now);
	await session.refresh();
});

describe("locking during a request", () => {
	it("stays locked when the passphrase is accepted later", async () => {
		await enter("2468");
		let open = (_: { resealed: number }) => {};
		shell.passphrase.mockImplementation(
			() =>
				new Promise((done) => {
					open = done;
				}),
		);
		const opening = session.open("essai");
		await session.lock();
		expect(shell.lock).toHaveBeenCalledTimes(1);
		state = { ...closed, unlocked: true, leads_open: true };
		open({ resealed: 0 });
		await opening;
		expect(session.showing).toBe("pin");
	});
});

describe("PIN", () => {
	it("opens the first screen and is forgotten", async () => {
		expect(session.showing).toBe("pin");
		await enter("2468");
		expect(shell.unlock).toHaveBeenCalledWith("2468");
		expect(session.showing).toBe("today");
		expect(session.pin).toBe("");
	});

	it("shows the attempts left after a wrong PIN", async () => {
		shell.unlock.mockImplementation(refuse("wrong_pin", { left: "2" }));
		await enter("1");
		expect(session.error).toMatchObject({ code: "wrong_pin", params: { left: "2" } });
		expect(session.showing).toBe("pin");
		session.digit("1");
		expect(session.error).toBeNull();
	});

	it("cannot be tried during the lock-out", async () => {
		shell.unlock.mockImplementation(refuse("locked_out", { seconds: "30" }));
		await enter("1");
		expect(session.lockoutSeconds).toBe(30);
		await enter("2468");
		expect(shell.unlock).toHaveBeenCalledTimes(1);
		now += 29_500;
		session.tick();
		expect(session.lockoutSeconds).toBe(1);
		now += 500;
		session.tick();
		expect(session.lockoutSeconds).toBe(0);
		await enter("2468");
		expect(shell.unlock).toHaveBeenCalledTimes(2);
	});

	it("is not needed with the passphrase, not even during the lock-out", async () => {
		shell.unlock.mockImplementation(refuse("locked_out", { seconds: "300" }));
		await enter("1");
		shell.passphrase.mockImplementation(async () => {
			state = { ...state, unlocked: true, leads_open: true, locked_for_seconds: 0 };
			return { resealed: 0 };
		});
		await session.open("essai");
		expect(session.showing).toBe("today");
		expect(session.lockoutSeconds).toBe(0);
	});

	it("stays locked out after a restart", async () => {
		state = { ...closed, locked_for_seconds: 90 };
		const restarted = new StaffSession(shell, () => now);
		await restarted.refresh();
		expect(restarted.lockoutSeconds).toBe(90);
	});
});

describe("locked window", () => {
	it("closes after a minute without activity", async () => {
		now += LOCKED_LIMIT_MS - 1;
		session.tick();
		session.noteActivity();
		now += LOCKED_LIMIT_MS - 1;
		session.tick();
		expect(shell.leave).not.toHaveBeenCalled();
		now += 1;
		session.tick();
		await vi.waitFor(() => expect(shell.leave).toHaveBeenCalledTimes(1));
	});

	it("closes a minute after an idle session was locked", async () => {
		await enter("2468");
		now += INACTIVITY_LIMIT_MS;
		session.tick();
		expect(session.showing).toBe("pin");
		now += LOCKED_LIMIT_MS - 1;
		session.tick();
		expect(shell.leave).not.toHaveBeenCalled();
		now += 1;
		session.tick();
		await vi.waitFor(() => expect(shell.leave).toHaveBeenCalledTimes(1));
	});
});

describe("open session", () => {
	beforeEach(() => enter("2468"));

	it("locks after a time without activity", async () => {
		session.go("audit");
		now += INACTIVITY_LIMIT_MS - 1;
		session.tick();
		expect(session.showing).toBe("audit");
		session.noteActivity();
		now += INACTIVITY_LIMIT_MS - 1;
		session.tick();
		expect(session.showing).toBe("audit");
		now += 1;
		session.tick();
		expect(session.showing).toBe("pin");
		expect(shell.lock).toHaveBeenCalledTimes(1);
	});

	it("shows nothing once locked, even if the shell fails", async () => {
		shell.lock.mockImplementation(refuse("internal"));
		await session.lock();
		expect(session.showing).toBe("pin");
		expect(session.state?.leads_open).toBe(false);
	});

	it("opens the leads until the window is locked", async () => {
		expect(await session.open("essai")).toBe(3);
		expect(session.state?.leads_open).toBe(true);
		await session.lock();
		expect(session.state?.leads_open).toBe(false);
	});

	it("stays on the screen after a wrong passphrase", async () => {
		shell.passphrase.mockImplementation(refuse("wrong_passphrase"));
		session.go("close");
		expect(await session.open("x")).toBeNull();
		expect(session.error?.code).toBe("wrong_passphrase");
		expect(session.showing).toBe("close");
	});

	it("returns to the PIN when the shell has locked it", async () => {
		state = closed;
		session.handleError({ code: "locked", params: {}, fields: [] });
		expect(session.showing).toBe("pin");
		expect(session.error?.code).toBe("locked");
	});

	it("keeps the PIN typed when a late answer arrives", async () => {
		await session.lock();
		session.digit("2");
		session.digit("4");
		session.handleError({ code: "locked", params: {}, fields: [] });
		expect(session.pin).toBe("24");
		expect(session.error).toBeNull();
	});

	it("closes the leads when the shell has closed them", async () => {
		await session.open("essai");
		session.handleError({ code: "leads_locked", params: {}, fields: [] });
		expect(session.state?.leads_open).toBe(false);
		expect(session.showing).toBe("today");
	});

	it("locks before it leaves", async () => {
		await session.leave();
		expect(shell.lock.mock.invocationCallOrder[0]).toBeLessThan(shell.leave.mock.invocationCallOrder[0] ?? 0);
		expect(session.showing).toBe("pin");
	});
});
