# Every goal works by itself in a fresh clone: it needs make and Python 3.11 or newer, and pip's index for the first time.
# `make PYTHON=python3.13 …` takes another Python.
SUITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3 python; do \
	$$each -c '$(SUITS)' 2>/dev/null && echo $$each && break; done)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
PACKAGES := bot handlers content storage
SOURCES := $(PACKAGES) tests
LOCK := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml

export PIP_REQUIRE_VIRTUALENV = 1
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install check test demo bench audit messages lock format clean

help: ## list the goals
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' $(MAKEFILE_LIST)

$(PY):
	@python=$(PYTHON); "$${python:-false}" -c '$(SUITS)' \
		|| { echo "Python 3.11 or newer with its venv module is needed: make PYTHON=python3.12 …"; exit 1; }; \
	"$$python" -m venv $(VENV)

# Two stamps in one environment: what the bot runs on, and that with the tools. The second lock holds all of the first.
$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing requirements.txt into $(VENV)"
	@$(PIP) install -qq --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready: requirements-dev.txt requirements.txt | $(PY)
	@echo "Installing requirements-dev.txt into $(VENV)"
	@$(PIP) install -qq --require-hashes -r requirements-dev.txt
	@touch $(VENV)/.runtime $@

install: $(VENV)/.ready ## make .venv with everything that is locked

check: $(VENV)/.ready ## formatting, lint, types, walls between packages, shipped content
	@$(PY) -m ruff format --check $(SOURCES)
	@$(PY) -m ruff check $(SOURCES)
	@$(PY) -m mypy $(SOURCES)
	@$(VENV)/bin/lint-imports --no-logo
	$(if $(wildcard bot/__main__.py),@$(PY) -m bot check)

test: check ## check, and all tests; `make test WORKERS=2` runs them on so many processes at the same time
	@$(PY) -m pytest $(if $(WORKERS),-n $(WORKERS))

demo: $(VENV)/.runtime ## rehearse a workshop on this machine, with a cast and a kill -9
	@$(PY) -m bot.rehearsal.demo

bench: $(VENV)/.ready ## measure updates a second and the time to an answer
	@$(PY) -m tests.bench

audit: $(VENV)/.ready ## known vulnerabilities in what is locked; fails where something could not be looked up
	@$(PY) -m pip_audit --strict --disable-pip --require-hashes -r requirements.txt -r requirements-dev.txt

messages: $(VENV)/.ready ## bring the catalogues up to date; `make messages LANGUAGES=es` begins one
	@$(PY) -m content.messages $(LANGUAGES)

lock: .venv-lock/bin/uv ## write both locks anew; `make lock UPGRADE=--upgrade` takes newer releases
	@$(LOCK) $(UPGRADE) --group dev -o requirements-dev.txt
	@$(LOCK) -c requirements-dev.txt -o requirements.txt

.venv-lock/bin/uv: | $(PY)
	@$(PY) -m venv .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check install -qq uv

format: $(VENV)/.ready ## format, and fix what can be fixed
	@$(PY) -m ruff format $(SOURCES)
	@$(PY) -m ruff check --fix $(SOURCES)

clean: ## remove the environment and caches (never data)
	@rm -rf $(VENV) .venv-lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
