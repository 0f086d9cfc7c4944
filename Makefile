# Two commands do everything: `make serve` and `make test`.
# Needs only python3 (3.11 or later) with venv, and make.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000
BIN := .venv/bin

.PHONY: serve test bench clean
.DEFAULT_GOAL := serve

serve: .venv/.installed
	@$(BIN)/araxes build
	@$(BIN)/araxes serve --host "$(HOST)" --port "$(PORT)"

test: .venv/.tested
	@echo "== formatting, linting and types"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@echo "== tests"
	@$(BIN)/python -m pytest $(PYTEST)

# Time and throughput of the endpoint, the endpoint under abuse, and how much random damage the rules catch.
bench: .venv/.tested
	@$(BIN)/python -m tests.bench_endpoint
	@$(BIN)/python -m tests.bench_abuse
	@$(BIN)/python -m tests.bench_mutations

.venv/.installed: pyproject.toml constraints.txt
	@echo "== setting up .venv (once; about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Araxes needs Python 3.11 or later, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv || { echo "→ on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/.tested: .venv/.installed
	@echo "== adding what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv .araxes build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
