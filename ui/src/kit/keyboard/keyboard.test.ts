import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { i18n } from "@/i18n/index.svelte";
import { capitalOf, completeDomain, erase, insert, lowerJoiningWord, startsWord } from "./edit";
import Keyboard from "./Keyboard.svelte";
import { keyboard } from "./keyboard.svelte";
import { type FieldKind, firstLayout, keysFor, layoutSwitches } from "./layouts";

let field: HTMLInputElement;

async function open(kind: FieldKind, more: Partial<DOMStringMap> = {}): Promise<void> {
	Object.assign(field.dataset, { keyboard: kind }, more);
	field.focus();
	await tick();
}

async function press(...names: string[]): Promise<void> {
	for (const name of names) await fireEvent.click(screen.getByTestId(`key-${name}`), { detail: 0 });
}

beforeEach(() => {
	i18n.use("fr");
	render(Keyboard);
	field = document.createElement("input");
	document.body.append(field);
});

afterEach(() => {
	keyboard.close();
	field.remove();
});

describe("typing", () => {
	it("writes at the caret or over the selection and fires input", async () => {
		const seen: string[] = [];
		field.addEventListener("input", () => seen.push(field.value));
		field.value = "Tes";
		await open("text");
		field.setSelectionRange(1, 2);
		await press("o", "u");
		expect(field.value).toBe("Tous");
		expect(field.selectionStart).toBe(3);
		expect(seen).toEqual(["Tos", "Tous"]);
	});

	it("shows every French accent without shift", async () => {
		await open("text");
		await press(..."éèêëàâçîïôùû");
		expect(field.value).toBe("éèêëàâçîïôùû");
	});

	it("writes Arabic in logical order, also inside a word", async () => {
		i18n.use("ar");
		await open("text");
		await press("ز", "ر");
		field.setSelectionRange(1, 1);
		await press("ا", "ئ");
		expect(field.value).toBe("زائر");
		expect(field.selectionStart).toBe(3);
	});

	it("erases the selection, or one character with its marks", async () => {
		field.value = "abcd";
		await open("text");
		field.setSelectionRange(1, 3);
		await press("backspace");
		expect(field.value).toBe("ad");
		await press("backspace");
		expect(field.value).toBe("d");
		expect(erase("بَ", 2, 2).value).toBe("");
		expect(erase("x😀", 3, 3).value).toBe("x");
	});

	it("capitalises only the first letters of names", async () => {
		await open("text", { capitalize: "words" });
		await press("e", "l", "space", "a", "-", "b", "'", "c");
		expect(field.value).toBe("El A-B'c");
	});

	it("respects the maximum length of the field", async () => {
		field.maxLength = 3;
		await open("text");
		await press("a", "b", "c", "d");
		expect(field.value).toBe("abc");
		expect(insert("ab", 2, 2, "😀", 3).value).toBe("ab");
	});

	it("completes a mail address and replaces its domain", async () => {
		field.value = "test";
		await open("email");
		await press("gmail.com");
		expect(field.value).toBe("test@gmail.com");
		await press("outlook.com");
		expect(field.value).toBe("test@outlook.com");
		expect(completeDomain("", "gmail.com").value).toBe("@gmail.com");
	});
});

describe("layouts", () => {
	it("depend on field, language and the visitor's choice", async () => {
		expect(firstLayout("tel", "ar")).toBe("tel");
		expect(firstLayout("text", "ar")).toBe("arabic");
		expect(firstLayout("email", "ar")).toBe("azerty");
		expect(firstLayout("text", "en")).toBe("qwerty");
		await open("text");
		await press("layout-ar", "ب");
		expect(field.value).toBe("ب");
		await press("layout-azerty", "a");
		expect(field.value).toBe("بa");
	});

	it("change with the page language while the keyboard is open", async () => {
		await open("text");
		i18n.use("ar");
		await tick();
		expect(screen.getByTestId("keyboard").dataset.layout).toBe("arabic");
	});

	it("contain all of ASCII for passphrases", () => {
		const names = ["azerty", ...layoutSwitches("password", "azerty", "fr")] as const;
		const reachable = new Set(" ");
		for (const name of names) {
			const { rows, extras, cased } = keysFor(name, "password", "fr");
			for (const char of [...rows.flat(), ...extras]) {
				reachable.add(char);
				if (cased) reachable.add(capitalOf(char));
			}
		}
		const ascii = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
		expect(ascii.filter((char) => !reachable.has(char))).toEqual([]);
	});

	it.each([
		["fr", "àâçéèêëîïôùûœ"],
		["en", "é"],
		["es", "áéíñóúü"],
		["nl", "éëïöüèóáê"],
		["de", "äöüß"],
		["it", "àèéìíîòóùú"],
		["zgh", "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥⵯ"],
	])("contain every letter of %s", (lang, letters) => {
		const name = firstLayout("text", lang);
		const { rows, extras } = keysFor(name, "text", lang);
		const all = new Set([...rows.flat(), ...extras]);
		const alphabet = lang === "zgh" ? letters : `abcdefghijklmnopqrstuvwxyz${letters}`;
		expect(Array.from(alphabet).filter((char) => !all.has(char))).toEqual([]);
	});

	it.each(["fr", "en", "de", "zgh"])("have the plus of mail addresses in %s", (lang) => {
		expect(keysFor(firstLayout("email", lang), "email", lang).rows.flat()).toContain("+");
	});

	it("contain every letter of the Arabic alphabet", () => {
		const { rows, extras } = keysFor("arabic", "text", "ar");
		const all = new Set([...rows.flat(), ...extras]);
		expect(Array.from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىڭ").filter((char) => !all.has(char))).toEqual([]);
	});
});

describe("keyboard and page", () => {
	it("publishes the keyboard height on the root element", async () => {
		await open("tel");
		expect(document.documentElement.hasAttribute("data-keyboard-open")).toBe(true);
		await press("close");
		expect(document.documentElement.hasAttribute("data-keyboard-open")).toBe(false);
		expect(document.documentElement.style.getPropertyValue("--keyboard-height")).toBe("0px");
	});

	it("closes when the field is removed from the page", async () => {
		await open("text");
		field.remove();
		await new Promise((resolve) => setTimeout(resolve));
		expect(keyboard.open).toBe(false);
	});

	it("moves by enter and submits only forms that opt in", async () => {
		const form = document.createElement("form");
		const second = document.createElement("input");
		second.dataset.keyboard = "text";
		let submitted = 0;
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			submitted += 1;
		});
		form.append(field, second);
		document.body.append(form);
		await open("text");
		await press("enter");
		expect(document.activeElement).toBe(second);
		await press("enter");
		expect(keyboard.open).toBe(false);
		expect(submitted).toBe(0);
		form.dataset.keyboardSubmit = "";
		second.focus();
		await tick();
		await press("enter");
		expect(submitted).toBe(1);
		form.remove();
	});
});

describe("touch", () => {
	function touch(type: "touchstart" | "touchend", name: string, identifier: number): boolean {
		const key = screen.getByTestId(`key-${name}`);
		document.elementFromPoint = () => key;
		const event = new Event(type, { bubbles: true, cancelable: true });
		return key.dispatchEvent(
			Object.assign(event, { changedTouches: [{ identifier, target: key, clientX: 0, clientY: 0 }] }),
		);
	}
	it("types once per finger, when it lands", async () => {
		await open("text");
		touch("touchstart", "a", 1);
		expect(field.value).toBe("a");
		touch("touchstart", "z", 2);
		touch("touchend", "a", 1);
		touch("touchend", "z", 2);
		expect(field.value).toBe("az");
	});
	it("prevents the engine's default, so the field keeps the focus", async () => {
		await open("text");
		expect(touch("touchstart", "a", 1)).toBe(false);
		expect(touch("touchend", "a", 1)).toBe(false);
	});
	it("presses the close key when the finger lifts", async () => {
		await open("text");
		touch("touchstart", "close", 1);
		expect(keyboard.open).toBe(true);
		touch("touchend", "close", 1);
		expect(keyboard.open).toBe(false);
	});
});

it("detects where a word starts", () => {
	expect([
		startsWord("", 0),
		startsWord("El ", 3),
		startsWord("Al-", 3),
		startsWord("d'", 2),
		startsWord("ab", 1),
	]).toEqual([true, true, true, false, false]);
});

it("the capital of ß is one letter", () => {
	expect(["ß", "é", "a"].map(capitalOf)).toEqual(["ẞ", "É", "A"]);
});
it("a word between two names is small", () => {
	const lowered = (value: string) => lowerJoiningWord(value, value.length);
	expect(["Ann And", "Ali Et", "Andre", "Et", "Ann Andre"].map(lowered)).toEqual([
		"Ann and",
		"Ali et",
		"Andre",
		"Et",
		"Ann Andre",
	]);
});
