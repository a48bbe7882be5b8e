# The commands that the README tells people to call; .ci/run calls the same ones.

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
# The first Python here that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run test test-engine test-wheel lint format goldens clean

run: $(VENV)/ready
	@$(BIN)/python examples/first_prediction.py

test: $(VENV)/ready
	@$(PYTEST) -m "not engine"

test-engine: $(VENV)/ready
	@$(PYTEST) -m engine

# The suite again, on the wheel as a user installs it: nothing may be found only because a checkout lies around it.
test-wheel: $(VENV)/ready
	@rm -rf build dist .venv-wheel
	@$(BIN)/python -m build --wheel --outdir dist . >/dev/null
	@$(BIN)/python -m venv .venv-wheel
	@.venv-wheel/bin/python -m pip install -q --disable-pip-version-check --upgrade pip
	@.venv-wheel/bin/python -m pip install -q --disable-pip-version-check dist/*.whl --group dev --group runtime
	@.venv-wheel/bin/python -m pytest -m "not engine and not interpreters"

lint: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy -p cogc
	@$(BIN)/mypy -p cog
	@$(BIN)/mypy tests examples

format: $(VENV)/ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Read the difference before you commit it.
goldens: $(VENV)/ready
	@$(PYTEST) -q -m "not engine" --snapshot-update -k "golden or docs" || true
	@git --no-pager diff --stat -- golden docs

clean:
	@rm -rf $(VENV) .venv-wheel build dist *.egg-info

$(VENV)/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "cogc needs Python 3.11 or newer; install one, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@echo "Making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . --group dev --group runtime
	@touch $@
