# Newsroom. `make` alone prints what can be done.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help setup demo test browser screenshots conformance lint messages lock bench clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsroom needs Python 3.11 or newer.")'
	$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python requirements.txt
	$(INSTALL) -r requirements.txt
	touch $@

.venv/development: .venv/runtime requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	touch $@

setup: .venv/runtime ## Install what the site needs into .venv and compile the catalogue
	@$(MANAGE) compile_catalogue

demo: setup ## From nothing to a running bilingual site on http://127.0.0.1:8000 (PORT=8123 make demo)
	@$(MANAGE) demo --port $(PORT)

test: setup .venv/development browser ## Run all tests that need no service
	$(BIN)/pytest

browser: .venv/development ## Find a Chromium for the browser tests, or install one
	@$(BIN)/python tests/find_browser.py

screenshots: setup .venv/development browser ## Take the pictures of README.md and docs/ anew, from a demo
	DJANGO_SETTINGS_MODULE=newsroom.settings.dev PYTHONPATH=.:site $(BIN)/python tests/screenshots.py

tests/conformance/node_modules/.package-lock.json: tests/conformance/package-lock.json
	npm ci --silent --prefix tests/conformance --ignore-scripts --no-audit --no-fund
	touch $@

conformance: setup .venv/development browser tests/conformance/node_modules/.package-lock.json ## Hold the demo to validators written elsewhere (needs Java and npm)
	@$(BIN)/python -m tests.conformance

lint: setup .venv/development ## Hold style, layers, templates, types and migrations to the rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files '*.html')
	$(BIN)/curlylint --quiet $$(git ls-files '*.html')
	$(BIN)/codespell $$(git ls-files -- ':!*.po' ':!requirements*.txt' ':!*.png' ':!*package-lock.json')
	PYTHONPATH=site $(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python tests/strictness.py
	$(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=newsroom.settings.test $(MANAGE) lintmigrations --include-apps home news --quiet ok ignore --no-cache

messages: setup .venv/development ## Bring the Chinese catalogue up to date and name what is left to translate (needs gettext)
	$(MANAGE) makemessages --locale zh_Hans --no-obsolete --no-wrap --add-location file --ignore '.venv/*' --ignore 'bench/*' --ignore 'tests/*'
	$(MANAGE) compile_catalogue --check

lock: ## Write both lock files anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --only-binary :all: --custom-compile-command 'make lock' --extra postgres pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --only-binary :all: --custom-compile-command 'make lock' --extra postgres --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

bench: setup ## Run the benchmarks
	$(BIN)/python bench/concurrent_publishing.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/release_cost.py

clean: ## Remove the virtual environment and everything the site wrote
	rm -rf .venv var tests/conformance/node_modules
