# The front door. Everything lands in .tools, .venv, node_modules and build, nothing outside this folder,
# but for Debian's Chromium, PostgreSQL and Java, which `make test` installs where it may.

PYTHON ?= python3
SET_UP = $(PYTHON) -m tools.set_up

.DEFAULT_GOAL := setup
.PHONY: help setup demo test bench oracle lint lock messages notices clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## set everything up that the application needs (the default)
	@$(SET_UP) run

demo: ## load the demo county and serve it on http://127.0.0.1:8000; FRESH=1 starts afresh
	@$(SET_UP) run
	@FRESH=$(FRESH) exec .venv/bin/python -m tools.demo

test: ## all checks and all tests; ARGS="-k quorum" goes to pytest
	@$(SET_UP) test
	@$(PYTHON) -m tools.check all $(ARGS)

bench: ## run benchmarks/ and print ratios; ARGS goes to it
	@$(SET_UP) dev
	@.venv/bin/python -m benchmarks $(ARGS)

oracle: ## count random profiles by independent libraries, in an environment of its own
	@$(SET_UP) dev
	@.venv/bin/python -m tests.oracle.compare

lint: ## the checks of `make test` without its tests
	@$(SET_UP) dev
	@$(PYTHON) -m tools.check lint

lock: ## pin all parts anew; UPGRADE=1 takes the newest that are at least a week old
	@$(PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

messages: ## take new texts into the message catalogues and compile them
	@$(SET_UP) run
	@.venv/bin/python -m tools.messages update

notices: ## write build/THIRD-PARTY.md: the parts of others and their licences
	@$(SET_UP) run
	@.venv/bin/python -m tools.notices

clean: ## remove all that was installed, built or cached; the data in var/ stays
	@rm -rf .tools .venv node_modules build *.egg-info
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
