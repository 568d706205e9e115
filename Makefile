# ACCID: `make run` starts it, `make test` tests it. Everything else is here too; the work is done by scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The folder that `make run`, `make dev` and `make seed-mock-data` keep projects in.
DATA ?= data
PORT ?= 9847

.PHONY: screenshots help run build dev test test-unit test-integration test-e2e test-full smoke-test seed-mock-data bench lint gen dist clean

help: ## Shows this list.
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

run: build ## Builds ACCID, starts it with a demo site and opens the browser.
	@exec target/release/accid up --demo --open --port $(PORT) --data $(DATA)

build: ## Builds the web studio and the program target/release/accid.
	@scripts/build.sh release

dev: ## Starts ACCID and a web studio that reloads itself when its source changes.
	@scripts/dev.sh $(DATA) $(PORT)

test: ## Runs every test in its short form; ends with `N passed, N failed`.
	@scripts/test.sh lint unit integration web e2e

test-unit: ## Tests inside the crates, and of the web studio's parts.
	@scripts/test.sh unit web

test-integration: ## Tests of the API, the store's faults, the program itself.
	@scripts/test.sh integration

test-e2e: ## The studio in a browser, and the judges of exported pages.
	@scripts/test.sh e2e

test-full: ## Everything, in the long form: fault matrices, 200 kills, page matrices.
	@ACCID_LONG=1 scripts/test.sh lint unit integration web e2e

smoke-test: ## Starts the program, makes a project, exports it: half a minute.
	@scripts/test.sh smoke

seed-mock-data: ## Fills $(DATA) with projects to play with.
	@scripts/build.sh dev
	@cargo xtask seed --data $(DATA)

bench: ## Measures what is promised, on a release build; WRITE=1 keeps it in docs/benchmarks.md.
	@scripts/bench.sh $(if $(WRITE),--write docs/benchmarks.md)

screenshots: ## Takes the pictures of docs/screenshots from the real program.
	@scripts/build.sh release
	@node scripts/screenshots.mjs target/release/accid docs/screenshots

lint: ## Format, clippy, tidy, generated files, web lint.
	@scripts/test.sh lint

gen: ## Writes what is generated: OpenAPI, the TypeScript client, docs of errors, modules and schemas.
	@scripts/build.sh web
	@cargo xtask gen

dist: build ## Packs dist/accid-VERSION.tar.gz and a .deb.
	@cargo xtask dist

clean: ## Removes what was built; projects stay.
	@cargo clean
	@rm -rf dist web/app/dist
