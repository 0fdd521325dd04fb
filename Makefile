# Everything starts here: `make run` on a bare Debian 12 with git, make, python3 and python3-venv.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgres check bench peers trial assurance fix lock clean

PYTHON ?= python3
ROWS ?= 10m
PORT ?= 8000
BIN := .venv/bin
DEMO := build/demo
# The machine's own certificates where it has them: many offices put a proxy between.
CERTS := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),--system-certs)
MONTH := 2021-07
# What Python has compiled is kept: every verb starts it several times.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | awk -F'\t' '{printf "  %-14s %s\n", $$1, $$2}'

setup: .venv/.locked ## Make the environment from the lock (instant the second time)

.venv/.locked: requirements-dev.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tallystick needs Python 3.11 or later; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "The module venv is missing. Install it first: apt-get install python3-venv"; exit 1; }
	@test -x .boot/bin/uv || { echo "Preparing the installer ..." && $(PYTHON) -m venv .boot && .boot/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-boot.lock; }
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@echo "Installing what requirements-dev.lock names, each file checked by its hash ..."
	@.boot/bin/uv pip sync --quiet $(CERTS) --require-hashes --python $(BIN)/python requirements-dev.lock
	@.boot/bin/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

run: setup ## Make the demo year, grade a month here and as a report, and serve it: http://localhost:8000
	@test -f $(DEMO)/demo.json || rm -rf $(DEMO)
	@accounts="$$($(BIN)/tally demo site $(DEMO) --month $(MONTH) --rest-later)" || exit 1; \
	$(BIN)/tally assess --code sec --period $(MONTH) --as-known-on 2021-08-20 --store $(DEMO)/store --html build/$(MONTH).html || exit 1; \
	printf '%s\n' "" "Open build/$(MONTH).html for the report, or sign in at the site, which follows. Ctrl-C ends it." "" "$$accounts" "" ; \
	exec $(BIN)/tally serve --home $(DEMO) --port $(PORT)

test: setup ## Run the tests
	@test -x /usr/bin/chromium || echo "Chromium is not installed: the tests marked 'browser' will not run."
	@$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

test-postgres: setup ## Run the tests of rows on a PostgreSQL server of their own
	@tests/on_postgres.sh

check: setup ## Lint, types, import contracts, rulebooks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy src tests bench
	@$(BIN)/lint-imports
	@for code in rulebooks/sec rulebooks/examples/*/; do $(BIN)/tally rulebook check $$code || exit 1; done

bench: setup ## Measure speed against peers in one run: make bench ROWS=1m|10m|100m
	@$(BIN)/python -m bench.run --rows $(ROWS) --date $$(date +%F)
	@$(BIN)/python -m bench.judge

peers: setup ## Make the benchmark's own environment of peers under other licences
	@bench/pm4py/setup.sh

trial: setup ## Take in two real logs and compare with an independent count: make trial DATA=DIR
	@test -n "$(DATA)" || { echo "Say where the logs are: make trial DATA=DIR"; exit 1; }
	@$(BIN)/python -m bench.trial $(DATA)

assurance: setup ## Run the tests at full counts, a line for each bar (LONG=1 for more)
	@$(BIN)/python tests/assure.py

fix: setup ## Format, and mend what the linter can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## Write the locks again from requirements*.in
	@for set in requirements-boot requirements requirements-dev; do .boot/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $$set.in -o $$set.lock; done

clean: ## Remove what the verbs made
	@rm -rf build .venv .boot .mypy_cache .ruff_cache .pytest_cache .hypothesis
