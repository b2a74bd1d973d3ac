# Two commands do all: `make run` shows the kiosk at work, `make test` runs everything that CI runs.
# Both install what the machine lacks (Debian packages need root or sudo).

CARGO ?= cargo
PROGRAM := target/debug/expo-kiosk
DATA ?= target/run/kiosk

.PHONY: run test setup ui programs demo-bundle check rust-test ui-test bindings openapi fmt clean

# With a display: the demonstration, its platform, and the kiosk in a window. Without: a visit played on a virtual
# display, ending with the places of its pictures, the received lead and the exported files.
run: setup programs demo-bundle
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then scripts/run-with-display.sh $(DATA); else target/debug/demo-visit; fi

test: setup check ui-test rust-test

# System packages, found by what they provide; quiet when nothing is missing.
setup:
	@scripts/setup.sh

# Versions are those of the lock file. Not `npm ci`: it gives up where a registry lacks the optional packages of other
# platforms.
ui/node_modules/.installed: ui/package-lock.json
	cd ui && npm install --no-save --no-audit --no-fund
	@touch $@

ui: ui/node_modules/.installed
	cd ui && npm run --silent build

programs: ui
	$(CARGO) build --locked -p expo-kiosk -p platform -p generator -p acceptance

# The demonstration's catalogue as a signed bundle beside the program; built again only when its source changed.
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
	UPDATE_BINDINGS=1 $(CARGO) test -p kiosk views

# Writes docs/openapi.json from the platform's handlers.
openapi:
	$(CARGO) run -q -p platform -- openapi > target/openapi.json && mv target/openapi.json docs/openapi.json

fmt:
	$(CARGO) fmt --all
	cd ui && npm run --silent format

clean:
	$(CARGO) clean
	rm -rf ui/dist ui/node_modules
