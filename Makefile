# Two commands do everything: `make serve` and `make test`.
# Needs only python3 (3.11 or later) with venv, and make.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000
BIN := .venv/bin

VENDOR := endpoint/pages/static/vendor

.PHONY: serve assets test bench bench-session clean
.DEFAULT_GOAL := serve

# The editor comes while the dataset is built; the server does without what does not come. Files for download
# are made while it serves, so that their sizes and digests are known before anybody asks for one.
serve: .venv/.installed endpoint/pages/assets/countries-50m.json
	@if [ ! -e $(VENDOR)/yasqe.js ]; then $(MAKE) --no-print-directory assets & fi; $(BIN)/araxes build && wait
	@(nice $(BIN)/araxes export files --beside-store --missing 2>.araxes/files.log || \
	  echo "files for download were not made, each comes when it is asked for: see .araxes/files.log" >&2) &
	@$(BIN)/araxes serve --host "$(HOST)" --port "$(PORT)"

# The query editor and the Persian type face, from npm; a Node from PyPI where none is installed.
assets:
	@-$(BIN)/python endpoint/pages/assets/build_assets.py build/node

# Of tests chosen with PYTEST=…, all may be of the other half (pytest then says 5).
NONE = || { [ $$? = 5 ] && [ -n "$(PYTEST)" ]; }

test: .venv/.tested
	@echo "== formatting, linting and types"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@echo "== tests, one file on each processor"
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not timed" $(PYTEST) $(NONE)
	@echo "== tests that need the machine for themselves"
	@$(BIN)/python -m pytest -m timed $(PYTEST) $(NONE)

# The endpoint beside its peers (BENCHMARKS.md), validation, the endpoint under abuse, damage caught.
# Some hours, for a machine that does nothing else; `make bench-session` is the short form.
bench: .venv/.tested build/peers/.installed
	@$(BENCH)
	@ARAXES_PEERS=build/peers/bin $(BIN)/python -m tests.benchmarks.bench_peers
	@$(BIN)/python -m tests.benchmarks.bench_endpoint
	@$(BIN)/python -m tests.benchmarks.bench_fingerprints
	@$(BIN)/python -m tests.benchmarks.bench_names
	@$(BIN)/python -m tests.benchmarks.bench_pages
	@$(BIN)/python -m tests.benchmarks.bench_abuse
	@$(BIN)/python -m tests.benchmarks.bench_mutations
	@$(BIN)/python -m tests.benchmarks.bench_own_copy
	@$(BIN)/python -m tests.benchmarks.bench_validation
	@$(BIN)/python -m tests.benchmarks.bench_scale

BENCH = ARAXES_PEERS=build/peers/bin ARAXES_NODE_MODULES="$${ARAXES_NODE_MODULES:-$$PWD/build/tools/node_modules}" \
	$(BIN)/python -m tests.benchmarks.bench_suite

bench-session: .venv/.tested build/peers/.installed
	@$(BIN)/araxes build
	@$(BENCH) --session

# Others' servers, in an environment of their own; Virtuoso comes from the system, Comunica from npm.
build/peers/.installed:
	@echo "== peers: Oxigraph server, rdflib-endpoint; charts"
	@$(PYTHON) -m venv build/peers
	@build/peers/bin/python -m pip install --quiet --disable-pip-version-check 'oxigraph==0.5.13' 'rdflib-endpoint[web,cli]==0.6.3' oxrdflib
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	@touch $@

.venv/.installed: pyproject.toml constraints.txt
	@echo "== setting up .venv (once; about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Araxes needs Python 3.11 or later, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv || { echo "→ on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

# Outlines of countries (Natural Earth, public domain). Without npm, or without a network, the map has none.
endpoint/pages/assets/countries-50m.json:
	@mkdir -p $(@D) build/outlines
	@{ cd build/outlines && npm pack --silent --fetch-retries=0 --fetch-timeout=10000 world-atlas@2.0.2 >/dev/null 2>&1 \
	  && tar xzf world-atlas-2.0.2.tgz package/countries-50m.json \
	  && cp package/countries-50m.json "$(CURDIR)/$@"; } \
	  || echo "== no outlines of countries (npm is missing or offline): the map shows places alone"

.venv/.tested: .venv/.installed
	@echo "== adding what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENDOR) .venv .araxes build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
