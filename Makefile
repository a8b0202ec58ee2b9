# Everything that people do with this project. `make help` lists it.
# Each target does all the set-up it needs; a second run needs no network.

PYTHON ?= python3
VENV   := .venv
ifeq ($(OS),Windows_NT)
BIN    := $(VENV)/Scripts
else
BIN    := $(VENV)/bin
endif
# uv takes a sixth of pip's time, but does not know pip's own settings; where it fails, pip does it.
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
READY  := $(VENV)/.ready
BROWSER := $(VENV)/.browser
WORKERS ?= 2
# More than cores: many tests wait for a page most of their time.
TEST_WORKERS ?= 4

# Many tests start Python: compiled once, our modules load in two thirds of the time.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup acceptance living-docs test tested unit nightly check lint types imports workflows format fake faults kills bench soak load mutation drivers clients worlds combinations storm proof clean

help: ## List these targets
	@$(PYTHON) -c "import re; [print(f'  make {m[1]:12} {m[2]}') for m in re.finditer(r'^([a-z-]+):.*?## (.+)$$', open('Makefile', encoding='utf-8').read(), re.M)]"

setup: $(READY) $(BROWSER) ## Make the virtual environment and find or install a browser

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) -c requirements.lock uv && $(BIN)/uv pip install --quiet --python $(VENV) -c requirements.lock -e ".[dev]" || $(PIP) -c requirements.lock -e ".[dev]"
	@$(PYTHON) -c "import pathlib; pathlib.Path('$(READY)').touch()"

$(BROWSER): $(READY)
	$(BIN)/acceptance browser
	@$(PYTHON) -c "import pathlib; pathlib.Path('$(BROWSER)').touch()"

acceptance: setup ## Run every scenario against the fake (ARGS="-k 44,000" selects)
	$(BIN)/python -m pytest features -n $(WORKERS) $(ARGS)

living-docs: setup ## Run every scenario with a picture of each step; the last line names the report
	$(BIN)/python -m pytest features -n $(WORKERS) --pictures $(ARGS)

test: setup ## Everything: lint, types, checks, unit tests, scenarios
	$(MAKE) -j2 check tested

# Beside the checks, which use one core alone.
tested: setup
	$(BIN)/python -m pytest tests features -n $(TEST_WORKERS) $(ARGS)

unit: setup ## The tests of the suite and of the fake, without the scenarios
	$(BIN)/python -m pytest tests -n $(TEST_WORKERS) $(ARGS)

nightly: setup ## The tests that are too slow for each commit, with all others
	ACCEPTANCE_NIGHTLY=1 $(BIN)/python -m pytest tests -n $(WORKERS) $(ARGS)

check: lint types imports workflows ## Lint, types, imports, workflows, and the features against their steps and promises
	$(BIN)/acceptance check

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

workflows: $(READY)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/acceptance.yml .github/workflows/nightly.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml
	$(BIN)/zizmor --offline --quiet .github

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports --no-logo

format: $(READY) ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fake: setup ## Serve the fake to play with
	$(BIN)/acceptance fake

faults: setup ## Give the fake each fault in turn, and see by which promise it is caught
	$(BIN)/python -m tests.tools.faults $(ARGS)

kills: setup ## Kill runs on a plain site at random moments; the next run must find the account as it was
	$(BIN)/python -m tests.tools.kills $(ARGS)

bench: setup ## Time the eleven-package outline beside a bare script and other tools (needs Node.js; 40 minutes)
	$(BIN)/python -m tests.tools.benchmarks --peers --workers 2 --workers 4 --growth 10 --growth 100 $(ARGS)

soak: setup ## Run all scenarios over and over under harder conditions (ARGS="--executions 1000")
	$(BIN)/python -m tests.tools.soak --workers $(WORKERS) $(ARGS)

load: $(READY) ## Measure the fake under load: a small database beside one with a million ledger rows
	$(BIN)/python -m tests.tools.load $(ARGS)

mutation: $(READY) ## Change the code that decides about money, and count how often a test notices (Linux, macOS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[dev,mutation]"
	$(BIN)/python -m tests.tools.mutation $(ARGS)

drivers: export ALL_LAYOUTS = 1
drivers: setup ## Work the payment page in every layout by the sequences of public drivers
	$(BIN)/python -m pytest tests/fake/test_processor_drivers.py -n $(WORKERS) $(ARGS)

clients: $(READY) ## Use the processor by Stripe's own client packages, old and new, for Python and Node.js
	$(BIN)/python -m tests.tools.clients $(ARGS)

worlds: setup ## Prove the readers on 100,000 generated pages, 1,000 of them more in a browser
	$(BIN)/python -m tests.tools.worlds --count 100000 --rendered 1000 $(ARGS)

combinations: $(READY) ## Combine reruns, workers, shards, kills and merges at random, and look for a green that is none
	$(BIN)/python -m tests.tools.combinations --minutes 30 $(ARGS)

storm: export STORM_BUYERS = 200
storm: export STORM_KILLS = 100
storm: setup ## Many buyers at once, and a fake that is killed meanwhile, harder than in the usual tests
	$(BIN)/python -m pytest tests/fake/test_storm.py $(ARGS)

proof: setup ## All of the long tools one after the other, with goals and figures in one table; goes on where it was broken off
	$(BIN)/python -m tests.tools.proof $(ARGS)

clean: ## Remove reports and caches, not the virtual environment
	$(PYTHON) -c "import shutil; [shutil.rmtree(p, ignore_errors=True) for p in ('reports', 'mutants', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.import_linter_cache', '.hypothesis')]"
