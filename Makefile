# The menu. `make` lists it; `make run` and `make test` need nothing but a Debian or Ubuntu machine with Rust, Node.js
# and make, and install what is missing.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export SIGNET_BINARY := $(TARGET)/release/signet
# cargo-nextest when it is there; compiling it would take longer than it saves.
ifneq ($(shell command -v cargo-nextest),)
RUN_TESTS := cargo nextest run --no-fail-fast --workspace --locked --lib --bins --tests
NO_POSTGRES := -E 'not test(postgres::)'
STORIES := -E 'package(signet-tests)'
else
RUN_TESTS := cargo test --no-fail-fast --workspace --locked --lib --bins --tests
NO_POSTGRES := -- --skip postgres::
STORIES := --exclude signet-core --exclude signet-storage --exclude signet-sandbox --exclude signet-egress --exclude signet-oidc \
  --exclude signet-http --exclude signet --exclude xtask
endif
SECONDS ?= 60
# What the console is built from; the guides are pages of it, and its preview has the words and looks of the hosted pages.
CONSOLE_SOURCES := $(shell find console docs/guides crates/http/phrases crates/http/templates/pages.css \( -name node_modules -o -name dist -o -name pictures \) -prune -o -type f -print)
NPM_CI := npm ci --no-audit --no-fund --loglevel=error </dev/null

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## Build Signet with its console and start it on ./data
	@scripts/setup run
	@$(MAKE) console/dist/index.html
	@cargo build --release --package signet --features console
	@echo "the console is at http://localhost:3002/console"
	@"$(SIGNET_BINARY)" serve --data-dir ./data

.PHONY: test
test: setup check test-all test-console smoke test-clients test-browser test-pages certification ## Run every check and every test, cheapest first

.PHONY: setup
setup:
	@scripts/setup test

.PHONY: check
check: ## What continuous integration looks at first: format, lints, docs, rules of the tree
	@scripts/step format cargo fmt --all --check
	@scripts/step lints cargo clippy --workspace --all-targets --locked -- -D warnings
	@RUSTDOCFLAGS="-D warnings" scripts/step docs cargo doc --workspace --no-deps --locked
	@scripts/step tidy cargo xtask tidy

.PHONY: test-all
test-all:
	@scripts/step "development build" cargo build --locked --package signet
	@scripts/step "generated files" $(MAKE) check-generated
	@scripts/step tests scripts/with-postgres $(RUN_TESTS)
	@SIGNET_TEST_DB=postgres scripts/step "stories on PostgreSQL" scripts/with-postgres $(RUN_TESTS) $(STORIES)
	@scripts/step "doc tests" cargo test --workspace --locked --doc --quiet

.PHONY: check-generated
check-generated: ## Say whether files of the console that the server decides are stale
	@cargo xtask openapi --check
	@cargo xtask codegen --check

.PHONY: generate
generate: ## Write the files of the console that the server decides
	@cargo xtask openapi
	@cargo xtask codegen
	@$(MAKE) console/node_modules/.package-lock.json
	@cd console && npm run --silent generate

.PHONY: test-sqlite
test-sqlite: ## Run the tests that need no PostgreSQL
	@cargo build --locked --package signet
	@$(RUN_TESTS) $(NO_POSTGRES)

.PHONY: test-postgres
test-postgres: setup ## Run the stories of PostgreSQL
	@cargo build --locked --package signet
	@scripts/with-postgres $(RUN_TESTS) postgres::
	@SIGNET_TEST_DB=postgres scripts/with-postgres $(RUN_TESTS) $(STORIES)

console/node_modules/.package-lock.json: console/package-lock.json
	@cd console && $(NPM_CI) && touch node_modules/.package-lock.json

console/dist/index.html: console/node_modules/.package-lock.json $(CONSOLE_SOURCES)
	@cd console && ../scripts/step "console build" npm run --silent build

.PHONY: release
release: console/dist/index.html
	@scripts/step "release build" cargo build --release --locked --package signet --features console

.PHONY: test-console
test-console: console/dist/index.html ## Check the console: types, style, imports, client, unit tests, size
	@cd console && ../scripts/step "console checks" npm run --silent check
	@cd console && ../scripts/step "console tests" npm test
	@cd console && ../scripts/step "console size" npm run --silent budget
	@scripts/step "lints of the console's feature" cargo clippy --package signet --features console --locked -- -D warnings

.PHONY: test-pages
test-pages: release ## Tell the console's stories in Chromium against the release binary, with axe
	@scripts/setup test
	@cd console && ../scripts/step "console stories" npm run --silent stories

.PHONY: smoke
smoke: release ## Build the release binary, start it, and ask it for a token
	@scripts/step smoke cargo xtask smoke "$(SIGNET_BINARY)"

.PHONY: test-clients
test-clients: release ## Run OAuth clients that nobody here wrote against the release binary
	@if [ -f tests/clients/package.json ]; then \
	  cd tests/clients && npm ci --no-audit --no-fund --loglevel=error </dev/null && ../../scripts/step clients npm test; \
	fi

.PHONY: test-browser
test-browser: release ## Open the hosted pages of the release binary in Chromium, with axe
	@scripts/setup test
	@cd tests/browser && npm ci --no-audit --no-fund --loglevel=error </dev/null && ../../scripts/step browser npm test

.PHONY: test-lighthouse
test-lighthouse: release ## Ask Lighthouse what it says of the console; a measurement, and so no part of `test`
	@scripts/setup test
	@cd tests/lighthouse && $(NPM_CI) && ../../scripts/step lighthouse npm test

.PHONY: certification
certification: release ## Run the modules of OpenID conformance plans against the release binary
	@cd certification && npm ci --no-audit --no-fund --loglevel=error </dev/null && ../scripts/step certification npm test

.PHONY: race
race: release ## Redeem one code fifty times at once, a thousand times over, on both databases
	@scripts/setup test
	@scripts/step race scripts/with-postgres cargo xtask race "$(SIGNET_BINARY)"

.PHONY: acceptance
acceptance: release ## Run the areas of ci/areas.txt of the acceptance suite at SUITE=…
	@scripts/step acceptance cargo xtask acceptance "$(SIGNET_BINARY)" "$(SUITE)" ci/areas.txt

.PHONY: bench
bench: ## Measure tokens and script runs: rates, latency, CPU and memory
	@scripts/setup bench
	@cargo build --release --package signet
	@cargo run --release --package signet-bench

.PHONY: fuzz-all
fuzz-all: ## Fuzz every target for SECONDS=60 each
	@fuzz/run.sh $(SECONDS)

.PHONY: audit
audit: ## Check licences, bans and advisories of dependencies, unused ones, and spelling, with the tools that are there
	@scripts/audit

.PHONY: fmt
fmt: ## Format the code
	@cargo fmt --all
