# `make run` shows the kiosk, `make test` runs everything that CI runs.
# Both install missing system packages (Debian packages need root or sudo).

CARGO ?= cargo
PROGRAM := target/debug/expo-kiosk
DATA ?= target/run/kiosk
PROGRAM_NAMES := --bin expo-kiosk --bin expo-platform --bin generator --bin demo-visit
PROGRAMS = -p expo-kiosk -p expo-platform -p generator -p acceptance $(PROGRAM_NAMES)

.PHONY: run test setup ui programs demo-bundle check rust-test ui-test bindings openapi figures screens package licences fmt clean

# With a display: opens the demonstration and its platform. Without: plays a visit on a virtual display and prints where
# the screenshots, the received lead and the exported files are.
run: setup programs demo-bundle
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then scripts/run-with-display.sh $(DATA); else target/debug/demo-visit; fi

# One build for programs and tests. Cargo unifies the features of all packages it builds together, so building the
# programs separately would compile most dependencies a second time.
test: PROGRAMS = --workspace --tests $(PROGRAM_NAMES)
test: setup check ui-test rust-test

# System packages; prints nothing when none is missing.
setup:
	@scripts/setup.sh

# Installs the versions of the lock file. `npm ci` fails when a registry lacks optional packages of other platforms.
ui/node_modules/.installed: ui/package-lock.json
	cd ui && npm install --no-save --no-audit --no-fund
	@touch $@

ui: ui/node_modules/.installed
	cd ui && npm run --silent build

programs: ui
	$(CARGO) build --locked $(PROGRAMS)

# The catalogue of the demonstration as a signed bundle next to the program. Rebuilt only when its source changed.
demo-bundle: programs
	@rm -rf target/demo-bundle && $(PROGRAM) --data-dir target/demo-bundle provision --demo >/dev/null && rm -rf target/demo-bundle

check: ui
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	cd ui && npm run --silent check

ui-test: ui/node_modules/.installed
	cd ui && npm test --silent

rust-test: programs demo-bundle
	$(CARGO) test --locked --workspace

# Writes ui/src/bindings from the Rust types.
bindings:
	UPDATE_BINDINGS=1 $(CARGO) test -p expo-kiosk-core views

# Writes docs/openapi.json from the platform's handlers.
openapi:
	$(CARGO) run -q -p expo-platform -- openapi > target/openapi.json && mv target/openapi.json docs/openapi.json

# Pictures of every screen in every language and size, with the fixtures: target/screens/index.html.
screens: ui/node_modules/.installed
	cd ui && scripts/screens.sh ../target/screens

# Writes docs/figures.md from assets/rules.
figures:
	UPDATE_FIGURES=1 $(CARGO) test -p expo-bundle page_of_figures

# The Debian packages of the kiosk and the platform in target/package, from release builds.
package: setup ui licences
	rm -rf target/release/bundle/deb
	ui/node_modules/.bin/tauri build --bundles deb --ci -- --locked
	$(CARGO) build --locked --release -p expo-platform
	mv target/release/bundle/deb/*.deb target/package/expo-kiosk_$$(dpkg-deb -f target/release/bundle/deb/*.deb Version)_$$(dpkg --print-architecture).deb
	scripts/package/platform.sh

# The licences of everything that the packages contain.
licences: ui/node_modules/.installed
	scripts/third-party.mjs target/package/THIRD_PARTY.txt

fmt:
	$(CARGO) fmt --all
	cd ui && npm run --silent format

clean:
	$(CARGO) clean
	rm -rf ui/dist ui/node_modules
