# Everything runs from .venv, which needs only Python and what stands in requirements*.txt.

PYTHON ?= python3
ARGS ?= --numprocesses=logical
python := .venv/bin/python
# `stop` and `clean` work without .venv.
any_python = $(if $(wildcard $(python)),$(python),$(PYTHON))

# Values for the check of the production settings only.
production := DEBUG=0 DEMO=0 ALLOWED_HOSTS=taskforce.example SITE_URL=https://taskforce.example \
	SECRET_KEY=not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH \
	DATABASE_URL=postgres://taskforce:none@localhost/taskforce EMAIL_URL=smtp://localhost:25 \
	DEFAULT_FROM_EMAIL=portal@taskforce.example SECRETARIAT_EMAIL=secretariat@taskforce.example

.PHONY: help demo test test-all coverage mutants check bench stop clean install backup restore lock messages

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: .venv/runtime ## Start the portal with its example on http://localhost:8000/ (PORT=… for another)
	@$(python) -m taskforce.ops.demo

test: .venv/dev ## Run the quick tests (ARGS="-k word" for some, in one process)
	$(python) -m pytest -m "not slow and not browser" $(ARGS)

test-all: .venv/dev ## Run every test, slow ones and those in a browser too
	$(python) -m pytest $(ARGS)

coverage: .venv/dev ## Run every test and measure branches; fails under 95 % outside the reader
	$(python) -m pytest --cov $(ARGS)

mutants: .venv/dev ## Change six modules bit by bit, and print which changes no test notices
	VAR=$(CURDIR)/var $(python) -m mutmut run --max-children 1
	$(python) -m tests.mutants

check: .venv/dev ## Check style, types, floors, templates, migrations, settings and translations
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(python) .venv/bin/lint-imports
	$(python) -m djlint --quiet --lint templates
	@! grep -rnE '^.{121,}' templates static/css || { echo 'These lines are over 120 characters.'; exit 1; }
	$(python) manage.py makemigrations --check --dry-run
	$(python) -m taskforce.ops.slow_migrations
	@echo '$(python) manage.py check --deploy, with production settings'
	@$(production) $(python) manage.py check --deploy --fail-level WARNING
	$(python) -m taskforce.ops.translations check

bench: .venv/dev ## Score the reader of minutes and the search; measure papers, and pages beside a bare view
	$(python) -m tests.bench

stop: ## Stop the embedded database; its data stays
	@$(any_python) -m taskforce.ops.embedded_postgres stop

clean: ## Delete .venv and var/: the database, mail and uploaded files of this clone
	@$(any_python) -m taskforce.ops.embedded_postgres remove
	rm -rf .venv var mutants .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis locale/*/LC_MESSAGES/*.mo

install: .venv/runtime ## Install what a server needs: packages and Danish texts (docs/operations.md)
	@$(python) -m taskforce.ops.translations compile

backup: .venv/runtime ## Write database and uploaded files to one file in var/backups/
	@$(python) manage.py backup

restore: .venv/runtime ## Replace database and uploaded files by those in FILE=…
	@test -n "$$FILE" || { echo 'Say which: make restore FILE=var/backups/…'; exit 1; }
	@$(python) manage.py restore -- "$$FILE"

lock: .venv/dev ## Write requirements*.txt anew from pyproject.toml (ARGS=--upgrade for newer ones)
	$(python) -m pip install -qq --disable-pip-version-check uv
	$(lock) --group dev --output-file requirements-dev.txt
	$(lock) $(as_tested) --output-file requirements.txt
	$(lock) $(as_tested) --extra s3 --output-file requirements-s3.txt

# A server gets the versions that the tests ran with.
as_tested = --constraint requirements-dev.txt
# Certificates of the system, as pip takes them: a network may have an authority of its own.
lock = $(python) -m uv pip compile pyproject.toml --quiet --system-certs --generate-hashes --universal \
	--no-header --no-emit-index-url --no-annotate $(filter --upgrade,$(ARGS))

messages: .venv/runtime ## Bring the Danish texts up to date with the source (needs gettext)
	@$(python) -m taskforce.ops.translations extract

.venv/runtime: requirements.txt $(python)
	$(install)

.venv/dev: requirements-dev.txt $(python)
	$(install)

# $@ is a copy of what was installed: a file that only has a newer date installs nothing.
define install
@cmp -s $< $@ || { \
	echo "Installing $$(grep -c == $<) packages of $<: about half a minute, this once" && \
	$(python) -m pip install -qq --disable-pip-version-check --require-hashes -r $<; }
@cp $< $@
endef

$(python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		'The portal needs Python 3.11 or later, named by PYTHON: make demo PYTHON=python3.12'; exit 1; }
	@echo 'Making .venv'
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; echo \
		'Python cannot make .venv: on Debian and Ubuntu the package python3-venv is missing.'; exit 1; }
