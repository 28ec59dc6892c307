# Newsroom. `make` alone prints what can be done.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

# Python is compiled once, and not anew in each of the processes that tests start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-full faults security browser screenshots recording conformance lint messages lock latest bench clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsroom needs Python 3.11 or newer.")'
	@echo "Making .venv…"
	@$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python requirements.txt
	@echo "Installing what the site needs: a minute or two…"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/development: .venv/runtime requirements-dev.txt
	@echo "Installing what tests and rules need: a minute or two…"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

setup: .venv/runtime ## Install what the site needs into .venv and compile the catalogue
	@echo "Compiling the words of both languages…"
	@$(MANAGE) compile_catalogue

demo: setup ## From nothing to a running bilingual site on http://127.0.0.1:8000 (PORT=8123 make demo)
	@$(MANAGE) demo --port $(PORT)

test: setup .venv/development browser ## Run the tests that need no service, but for the longest
	$(BIN)/pytest -m "not full and not nightly"

test-full: setup .venv/development browser ## Run the longest: whole matrices of roles and ways past the release, every page in a browser
	$(BIN)/pytest -m "full and not nightly"

faults: setup .venv/development ## Bring about every fault of docs/faults.md (needs nginx, Redis, PostgreSQL; as root full disks, too)
	$(BIN)/pytest $$($(BIN)/python -m tests.faults tests)

security: setup .venv/development browser ## Run every test of docs/security.md, then bandit, then wapiti against a demo (needs nginx)
	$(BIN)/pytest $$($(BIN)/python -m tests.security tests)
	@$(BIN)/python -m tests.security

browser: .venv/development ## Find a Chromium for the browser tests, or install one
	@$(BIN)/python tests/find_browser.py

screenshots: setup .venv/development browser ## Take the pictures of README.md and docs/ anew, from a demo
	DJANGO_SETTINGS_MODULE=newsroom.settings.dev PYTHONPATH=.:site $(BIN)/python tests/screenshots.py

recording: setup .venv/development browser ## Record the half minute on the first screen of README.md anew, in both languages
	DJANGO_SETTINGS_MODULE=newsroom.settings.dev PYTHONPATH=.:site $(BIN)/python tests/recording.py

tests/conformance/node_modules/.package-lock.json: tests/conformance/package-lock.json
	npm ci --silent --prefix tests/conformance --ignore-scripts --no-audit --no-fund
	touch $@

conformance: setup .venv/development browser tests/conformance/node_modules/.package-lock.json ## Hold the demo to validators written elsewhere (needs Java and npm)
	@$(BIN)/python -m tests.conformance

node_modules/.package-lock.json: package-lock.json
	npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

lint: setup .venv/development node_modules/.package-lock.json ## Hold code, scripts, styles and templates to the rules (needs npm)
	@git rev-parse --is-inside-work-tree >/dev/null || { echo "make lint reads what git knows: run it in a clone."; exit 2; }
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files '*.html')
	$(BIN)/curlylint --quiet $$(git ls-files '*.html')
	npm exec --no -- prettier --check --log-level warn .
	npm exec --no -- eslint .
	npm exec --no -- stylelint '**/*.css'
	$(BIN)/codespell $$(git ls-files -- ':!*.po' ':!requirements*.txt' ':!*.png' ':!*package-lock.json')
	PYTHONPATH=site $(BIN)/lint-imports --no-cache
	$(BIN)/deptry . site --extend-exclude '(.+/)?tests/' --extend-exclude 'bench/' --extend-exclude 'conftest\.py'
	$(BIN)/deptry . site bench --non-dev-dependency-groups dev
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=newsroom.settings.test $(MANAGE) lintmigrations --include-apps home news --exclude-migration-tests NOT_NULL --quiet ok ignore --no-cache

messages: setup .venv/development ## Bring the Chinese catalogue up to date and name what is left to translate (needs gettext)
	$(MANAGE) makemessages --locale zh_Hans --no-obsolete --no-wrap --add-location file --ignore '.venv/*' --ignore 'node_modules/*' --ignore 'var/*' --ignore 'bench/*' --ignore 'tests/*'
	$(MANAGE) compile_catalogue --check

lock: ## Write both lock files anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --only-binary :all: --custom-compile-command 'make lock' --extra postgres --extra redis --extra s3 --extra sentry pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --only-binary :all: --custom-compile-command 'make lock' --extra postgres --extra redis --extra s3 --extra sentry --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

latest: .venv/bin/python ## Install the newest versions that pyproject.toml allows beside .venv, and name what they change
	@$(BIN)/python -m tests.latest

bench: setup ## Run the benchmarks side by side: readers (needs nginx, wrk, PostgreSQL), growth, editors (an hour)
	$(BIN)/python bench/servers.py
	$(BIN)/python bench/growth.py 200 20000 100000
	$(BIN)/python bench/concurrent_publishing.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/release_cost.py

clean: ## Remove the virtual environment and everything the site wrote
	rm -rf .venv var node_modules tests/conformance/node_modules
