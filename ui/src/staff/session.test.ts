import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { StaffState } from "@/host";
import { type Complete, messagesOf } from "@/i18n/index.svelte";
import { LEFT_ALONE_MS, Session, type Shell } from "./session.svelte";

const closed: StaffState = {
	unlocked: false,
	leads_open: false,
	stop_name: "Test",
	demonstration: true,
	languages: ["fr"],
	time_zone: "Europe/Paris",
	locked_for_seconds: 0,
};

let now: number;
let state: StaffState;
let shell: { [Name in keyof Shell]: ReturnType<typeof vi.fn<Shell[Name]>> };
let session: Session;

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
	session = new Session(shell, () => now);
	await session.refresh();
});

describe("locking while something is under way", () => {
	it("stays locked when the passphrase opens the leads afterwards", async () => {
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

describe("the PIN", () => {
	it("opens today's figures and is forgotten at once", async () => {
		expect(session.showing).toBe("pin");
		await enter("2468");
		expect(shell.unlock).toHaveBeenCalledWith("2468");
		expect(session.showing).toBe("today");
		expect(session.pin).toBe("");
	});

	it("that is wrong says how many attempts are left, until the next digit", async () => {
		shell.unlock.mockImplementation(refuse("wrong_pin", { left: "2" }));
		await enter("1");
		expect(session.error).toMatchObject({ code: "wrong_pin", params: { left: "2" } });
		expect(session.showing).toBe("pin");
		session.digit("1");
		expect(session.error).toBeNull();
	});

	it("cannot be tried during the lock-out, which runs down", async () => {
		shell.unlock.mockImplementation(refuse("locked_out", { seconds: "30" }));
		await enter("1");
		expect(session.lockedFor).toBe(30);
		await enter("2468");
		expect(shell.unlock).toHaveBeenCalledTimes(1);
		now += 29_500;
		session.tick();
		expect(session.lockedFor).toBe(1);
		now += 500;
		session.tick();
		expect(session.lockedFor).toBe(0);
		await enter("2468");
		expect(shell.unlock).toHaveBeenCalledTimes(2);
	});

	it("stays locked out after a restart, as the shell counts", async () => {
		state = { ...closed, locked_for_seconds: 90 };
		const restarted = new Session(shell, () => now);
		await restarted.refresh();
		expect(restarted.lockedFor).toBe(90);
	});
});

describe("an open window", () => {
	beforeEach(() => enter("2468"));

	it("locks itself when left alone, not while it is touched", async () => {
		session.go("audit");
		now += LEFT_ALONE_MS - 1;
		session.tick();
		expect(session.showing).toBe("audit");
		session.touched();
		now += LEFT_ALONE_MS - 1;
		session.tick();
		expect(session.showing).toBe("audit");
		now += 1;
		session.tick();
		expect(session.showing).toBe("pin");
		expect(shell.lock).toHaveBeenCalledTimes(1);
	});

	it("shows nothing more once locked, even when the shell does not answer", async () => {
		shell.lock.mockImplementation(refuse("internal"));
		await session.lock();
		expect(session.showing).toBe("pin");
		expect(session.state?.leads_open).toBe(false);
	});

	it("opens the leads with the passphrase, and closes them with the window", async () => {
		expect(await session.open("essai")).toBe(3);
		expect(session.state?.leads_open).toBe(true);
		await session.lock();
		expect(session.state?.leads_open).toBe(false);
	});

	it("says that a passphrase is wrong and stays where it is", async () => {
		shell.passphrase.mockImplementation(refuse("wrong_passphrase"));
		session.go("close");
		expect(await session.open("x")).toBeNull();
		expect(session.error?.code).toBe("wrong_passphrase");
		expect(session.showing).toBe("close");
	});

	it("goes back to the PIN when the shell has locked it meanwhile", async () => {
		state = closed;
		session.refused({ code: "locked", params: {}, fields: [] });
		expect(session.showing).toBe("pin");
		expect(session.error?.code).toBe("locked");
	});

	it("an answer that comes after the lock leaves the PIN alone", async () => {
		await session.lock();
		session.digit("2");
		session.digit("4");
		session.refused({ code: "locked", params: {}, fields: [] });
		expect(session.pin).toBe("24");
		expect(session.error).toBeNull();
	});

	it("asks for the passphrase again when the shell has closed the leads", async () => {
		await session.open("essai");
		session.refused({ code: "leads_locked", params: {}, fields: [] });
		expect(session.state?.leads_open).toBe(false);
		expect(session.showing).toBe("today");
	});

	it("locks before it leaves", async () => {
		await session.leave();
		expect(shell.lock.mock.invocationCallOrder[0]).toBeLessThan(shell.leave.mock.invocationCallOrder[0] ?? 0);
		expect(session.showing).toBe("pin");
	});
});

describe("words for staff", () => {
	const crates = "../src-tauri/crates";
	const rust = readdirSync(`${crates}/kiosk/src`, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".rs") && !name.startsWith("tests"))
		.map((name) => readFileSync(`${crates}/kiosk/src/${name}`, "utf8"))
		.join("\n");
	const languages: Complete[] = ["fr", "ar", "en"];
	const lacking = (codes: string[], words: (lang: Complete) => object) =>
		languages.flatMap((lang) =>
			codes.filter((code) => !Object.hasOwn(words(lang), code)).map((code) => `${lang} ${code}`),
		);

	it("name every act the program writes into the log", () => {
		const acts = [...new Set([...rust.matchAll(/\.audit\(\s*"(\w+)"/g)].map(([, act = ""]) => act))];
		expect(acts).toContain("catalogue_rolled_back");
		expect(acts.length).toBeGreaterThan(15);
		expect(lacking(acts, (lang) => messagesOf(lang).staff.audit.acts)).toEqual([]);
	});

	it("name every detail beside them", () => {
		const written = [...rust.matchAll(/\.audit\(\s*"\w+",\s*(?:format!\()?"([^"]*)"/g)].map(
			([, detail = ""]) => detail,
		);
		const names = [
			...new Set(written.flatMap((detail) => [...detail.matchAll(/([a-z0-9_]+)=/g)].map(([, name = ""]) => name))),
		];
		expect(names).toContain("version");
		expect(names.length).toBeGreaterThan(8);
		expect(lacking(names, (lang) => messagesOf(lang).staff.audit.details)).toEqual([]);
	});

	it("say every error the program can tell a window", () => {
		const codes = (file: string) =>
			[...readFileSync(`${crates}/${file}`, "utf8").matchAll(/Self::[^\n]*=> "(\w+)",/g)].map(([, code = ""]) => code);
		const known = [...codes("kiosk/src/error.rs"), ...codes("bundle/src/refusal.rs")];
		expect(known).toEqual(expect.arrayContaining(["no_previous", "wrong_key", "storage_full"]));
		// Those of the command line alone: setting a kiosk up, building a bundle.
		const met = known.filter((code) => !["already_provisioned", "source"].includes(code));
		expect(lacking(met, (lang) => messagesOf(lang).staff.errors)).toEqual([]);
	});
});
