import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Mode `fixtures` swaps the one module that talks to the shell, so that screens can be looked at in any browser. */
export default defineConfig(({ mode }) => ({
	base: "./",
	plugins: [svelte()],
	resolve: {
		alias: {
			"#transport": here(mode === "fixtures" ? "./tests/fixtures/transport.ts" : "./src/host/transport.ts"),
			"@": here("./src"),
		},
		conditions: mode === "test" ? ["browser"] : undefined,
	},
	build: {
		target: "safari16",
		outDir: mode === "fixtures" ? here("./node_modules/.fixtures") : here("./dist"),
		emptyOutDir: true,
		// Inlined assets would need `data:` in more of the page's security policy than it grants.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		rolldownOptions: { input: { visitor: here("./index.html"), staff: here("./staff.html") } },
	},
	// The fixtures read the guides of the demonstration, outside this folder.
	server: { port: 1420, strictPort: true, fs: { allow: [here(".."), here("./node_modules")] } },
	test: {
		environment: "jsdom",
		include: ["tests/**/*.test.ts", "src/**/*.test.ts"],
		setupFiles: ["tests/setup.ts"],
	},
}));
