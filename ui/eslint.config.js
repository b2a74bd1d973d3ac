// Biome formats all files and lints TypeScript. ESLint adds the rules that need knowledge of Svelte components.
// Neither checks accessibility in components: svelte-check does, with the warnings of the Svelte compiler.
import { defineConfig } from "eslint/config";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

export default defineConfig([
	{ ignores: ["dist", "src/bindings"] },
	svelte.configs.recommended,
	{
		files: ["**/*.svelte", "**/*.svelte.ts"],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"] } },
		rules: {
			"svelte/prefer-const": ["error", { destructuring: "all", excludedRunes: ["$props"] }],
			// Escapes such as `{"\u00a0"}` show a character that looks like a plain space.
			"svelte/no-useless-mustaches": ["error", { ignoreStringEscape: true }],
			// Reports temporary sets and maps of functions too, which need no reactivity.
			"svelte/prefer-svelte-reactivity": "off",
		},
	},
]);
