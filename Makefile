# `make run` shows Tresse, `make test` proves it. Both need nothing but Python 3.11 or later and a network.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2

SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/ready
MO := $(patsubst %.po,%.mo,$(wildcard fund/locale/*/LC_MESSAGES/django.po))
# The profile `ci` of Hypothesis tries the same examples on every machine and allows a slow one its time.
PYTEST := $(BIN)/python -m pytest --quiet -rs --timeout=300 --hypothesis-profile=ci
, := ,
heading = @printf '\n── %s\n' '$(1)'

# What the person's shell says about a real fund reaches neither the demonstration nor the tests.
unexport DATABASE_URL TRESSE_DEMONSTRATION TRESSE_HOSTS TRESSE_MAIL TRESSE_MAIL_FROM TRESSE_SECRET_KEY TRESSE_SITE_URL \
	DJANGO_SETTINGS_MODULE
export TRESSE_VAR := $(CURDIR)/var/tests

# The steps of a test run follow one another, also under `make -j`: their order is what makes a failure readable.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test test-fast environment translations folders check plain sqlite postgresql browser chromium bench soak mutants \
	examples lock clean

help:  ## List what can be made (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

# ── The two commands ────────────────────────────────────────────────────────────────────────────────────────────────

run: export TRESSE_VAR = $(CURDIR)/var/demonstration
run: export TRESSE_DEMONSTRATION = 1
run: export TRESSE_SITE_URL = http://127.0.0.1:$(PORT)
run: environment translations folders  ## Show a demonstration fund on http://127.0.0.1:8000 (PORT=… for another port)
	$(call heading,The demonstration fund, in var/demonstration)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demonstrate
	$(call heading,Tresse on $(TRESSE_SITE_URL) — its users are listed on $(TRESSE_SITE_URL)/sign-in — Ctrl-C stops it)
	@$(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --log-level warning fund.wsgi || \
		{ echo "The site stopped. When port $(PORT) is taken: make run PORT=8001"; exit 1; }

test: check plain sqlite postgresql browser  ## Check everything: rules, both databases, pages in a browser
	$(call heading,All passed: lint$(,) contracts$(,) types$(,) migrations · plain Python · SQLite · PostgreSQL · Chromium)

test-fast: check plain sqlite  ## The same without PostgreSQL and the browser, while working
	$(call heading,Passed$(,) but without PostgreSQL and without a browser: `make test` runs both)

# ── The environment ─────────────────────────────────────────────────────────────────────────────────────────────────

environment: $(READY)  ## Make .venv from requirements.lock, hashes checked

# The stamp is younger than the lock exactly when the environment holds what the lock says.
$(READY): requirements.lock
	$(call heading,The environment: .venv from requirements.lock)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tresse needs Python 3.11 or later: make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

translations: $(MO)  ## Compile the translations that changed

%.mo: %.po $(READY)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --use-fuzzy

# The site warns about a folder for static files that is missing, and a warning fails a test.
folders:
	@mkdir -p "$$TRESSE_VAR/static"

# ── The steps of `make test` ────────────────────────────────────────────────────────────────────────────────────────

check: environment translations folders  ## Lint, import contracts, types, migrations
	$(call heading,Lint: ruff)
	@$(BIN)/ruff check
	$(call heading,Import contracts: import-linter)
	@$(BIN)/lint-imports --no-logo
	$(call heading,Types: mypy)
	@$(BIN)/mypy
	$(call heading,Models and migrations agree)
	@$(BIN)/python manage.py makemigrations --check --dry-run

plain: environment  ## Unit and property tests, without Django and without a database
	$(call heading,Rules: plain Python$(,) no Django$(,) no database)
	@$(PYTEST) -n $(JOBS) -p no:django -W "ignore:Unknown config option" tests/unit tests/property

sqlite: environment translations folders  ## Services, stories and architecture on SQLite
	$(call heading,Services$(,) stories and architecture on SQLite)
	@$(PYTEST) -n $(JOBS) tests/db tests/acceptance tests/architecture

postgresql: environment translations folders  ## Services and stories on a PostgreSQL of their own
	$(call heading,Services and stories on PostgreSQL)
	@$(BIN)/python tests/postgresql.py --unsafe-fast \
		$(PYTEST) -n $(JOBS) tests/db tests/acceptance

browser: environment translations chromium  ## The journeys of each role, in Chromium
	$(call heading,Pages in Chromium)
	@$(PYTEST) tests/browser

chromium:
	@sh tests/browser/chromium.sh

# ── Less often ──────────────────────────────────────────────────────────────────────────────────────────────────────

bench: environment  ## Measure beside others, print medians and ratios, write bench.json (KEYS=… for some); no clock fails it
	@$(BIN)/python tests/bench/bench.py $(KEYS)

soak: environment folders  ## Hurt the ledger for long: kills, full disks, crowds, tampering, a million postings (PARTS=… for some)
	@$(BIN)/python tests/soak/soak.py $(PARTS)
	$(call heading,A second opinion: hledger on ten thousand entries)
	@$(BIN)/python tests/soak/hledger.py

mutants:  ## Change the ledger's plain modules in one place at a time; nine changes in ten must fail a test
	$(call heading,Mutation testing of the plain modules of the ledger)
	@$(PYTHON) tests/mutants.py --jobs $(JOBS)

examples: environment translations  ## Record the outputs in tests/acceptance/examples anew; then read the diff
	@TRESSE_RECORD=1 $(PYTEST) tests/acceptance
	@git diff --stat -- tests/acceptance/examples

# Needs uv (`pip install uv`). The lock holds hashes and no addresses, and serves every platform.
lock:  ## Resolve pyproject.toml into requirements.lock anew
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-annotate --no-header --upgrade \
		--output-file requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
		--output-file tests/bench/requirements.lock tests/bench/requirements.in
	uv pip compile --quiet --universal --no-deps --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
		--output-file tests/bench/pabutools.lock tests/bench/pabutools.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
		--constraint requirements.lock --output-file tests/oracles/fec.lock tests/oracles/fec.in
	printf 'hypothesis\nmutmut\npytest\n' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --upgrade --constraint requirements.lock --output-file tests/mutants-requirements.lock -

clean:  ## Remove what the targets made, except var/, which may hold a fund
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis bench.json
	rm -f fund/locale/*/LC_MESSAGES/*.mo
	find fund ledger allocation tests -name __pycache__ -type d -prune -exec rm -rf {} +
