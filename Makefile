# Everything runs in .venv, which the first command makes.

ifeq ($(OS),Windows_NT)
BIN = .venv/Scripts
PYTHON ?= python
else
BIN = .venv/bin
PYTHON ?= python3
endif

# OPEN=0 starts JupyterLab without opening a browser. Pages are sent compressed, 5 MB instead of 14.
OPEN ?= 1
LAB_FLAGS = --ServerApp.ip=localhost \
	--LabApp.default_url=/lab/tree/notebooks/1_the_answer.ipynb \
	--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate \
	--ServerApp.tornado_settings="{'compress_response': True}" \
	$(if $(filter 0,$(OPEN)),--no-browser) \
	$(if $(filter 0,$(shell id -u)),--allow-root)

CHECK_PYTHON = import sys; v = sys.version_info[:2]; (3, 11) <= v < (3, 14) or sys.exit( \
	'Found Python %s.%s, but this project needs Python 3.11, 3.12 or 3.13.' % v \
	+ ' If you have one of these, name it: make lab PYTHON=python3.12')

.DEFAULT_GOAL := help
.PHONY: help lab serve test long fuzz walk check scripts figures notebooks dictionary bench mutants lock audit licences

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

lab: .venv/.installed ## Open the review in JupyterLab (OPEN=0: without a browser)
	@$(BIN)/jupyter lab $(LAB_FLAGS)

# Pages that were closed leave their kernels to the culler.
SERVE_FLAGS = --Voila.ip=localhost --token --template=offline --classic-tree \
	--MappingKernelManager.cull_idle_timeout=1800 --MappingKernelManager.cull_interval=60 \
	$(if $(filter 0,$(OPEN)),--no-browser)

serve: export JUPYTER_PATH = $(CURDIR)/serve
serve: .venv/.installed ## Show the notebooks without code (OPEN=0: without a browser)
	@$(BIN)/python -m tools.serve notebooks $(SERVE_FLAGS)

# The tests in a browser take longest, so they come first.
SPREAD = -n 2 --dist loadgroup --no-loadscope-reorder

test: check ## Run the checks, then all tests
	$(BIN)/pytest $(SPREAD) -m "not long"

long: .venv/.installed ## Run the tests that `make test` leaves out
	$(BIN)/pytest $(SPREAD) -m long

fuzz: .venv/.installed ## Load 20,000 spoiled reviews (CASES, SEED, MINUTES at most)
	$(BIN)/python -m tests.fuzz --cases $(or $(CASES),20000) --seed $(or $(SEED),1) \
		--minutes $(or $(MINUTES),60)

walk: .venv/.installed ## Use the panel in 2,000 random steps (takes half an hour)
	ACTIONS=2000 $(BIN)/pytest tests/browser/test_panel_random.py

check: .venv/.installed ## Check format, style and types, and the scripts of the pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@$(MAKE) --no-print-directory scripts

NODE_TOOLS = tools/scripts/node_modules
NO_NODE = no node found; install node and npm (Debian: apt-get install nodejs npm)

ifneq ($(shell command -v node > /dev/null && command -v npm 2> /dev/null),)
scripts: $(NODE_TOOLS)/.installed ## Check the scripts of the pages (needs node)
	$(NODE_TOOLS)/.bin/eslint --config tools/scripts/eslint.config.js src/review tests/scripts tools/scripts
	$(NODE_TOOLS)/.bin/tsc --project tools/scripts
	node --test --test-reporter=spec tests/scripts/*.test.mjs
else ifeq ($(filter-out 0,$(REQUIRE_NODE)),)
scripts:
	@echo "The scripts of the pages are not checked: $(NO_NODE)"
else
scripts:
	@echo "REQUIRE_NODE is set, but $(NO_NODE)"; exit 1
endif

$(NODE_TOOLS)/.installed: tools/scripts/package-lock.json tools/scripts/package.json
	@echo "Installing what checks the scripts into $(NODE_TOOLS)."
	@npm ci --prefix tools/scripts --no-audit --no-fund --loglevel=error
	@touch $@

figures: .venv/.installed ## Draw the pictures for a talk into figures/
	$(BIN)/python -m tools.figures

notebooks: .venv/.installed ## Run all notebooks and save their output
	$(BIN)/python -m tools.notebooks

dictionary: .venv/.installed ## Write the data dictionary from the table schemas
	$(BIN)/python -m review dictionary

bench: .venv/.installed ## Measure loading, drawing, growth and the panel
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.panel

mutants: .venv/.installed ## Change the code a little, thousands of times: does a test notice?
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results
	$(BIN)/python -m tools.mutants

lock: ## Bring requirements.lock in step with pyproject.toml (needs uv)
	@command -v uv > /dev/null || { echo "'make lock' needs uv: pip install uv"; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock

audit: .venv/.installed ## Ask for known weaknesses of all packages (needs a network)
	@$(BIN)/python -m tools.audit

licences: .venv/.installed ## List the licences of all packages and scripts
	@$(BIN)/python -m tools.licences

.venv/.installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) > /dev/null || { echo "Found no $(PYTHON). This project needs" \
		"Python 3.11, 3.12 or 3.13. If it has another name: make lab PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c "$(CHECK_PYTHON)"
	@echo "Installing the packages into .venv; the first time takes a few minutes."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation -e .
	@# Turns off JupyterLab's question about news, in .venv only.
	@$(BIN)/jupyter labextension disable --log-level=ERROR \
		"@jupyterlab/apputils-extension:announcements"
	@# The server of `make serve` has no place in JupyterLab, which it makes slower to start.
	@$(BIN)/jupyter labextension disable --log-level=ERROR "@voila-dashboards/jupyterlab-preview"
	@$(BIN)/jupyter server extension disable --sys-prefix --log-level=ERROR voila.server_extension 2> /dev/null
	@touch $@
