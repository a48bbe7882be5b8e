# The commands that the README tells people to call; .ci/run calls the same ones.

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
GROUPS := --group dev --group runtime --group examples
# So many processes share the files of tests; WORKERS=0 has all in one, as a debugger needs it.
WORKERS ?= $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores > 2 ? cores : 2)))
SPREAD = -n $(WORKERS) --dist loadfile
# The first Python here that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run test test-engine test-interpreters test-wheel lint format goldens check-embeddings clean

run: $(VENV)/ready
	@$(BIN)/python examples/first_prediction.py

# Without what setuptools has copied before: a file that is gone since would be in the wheel that a test makes.
test: $(VENV)/tested
	@rm -rf build
	@$(PYTEST) $(SPREAD) -m "not engine"

test-engine: $(VENV)/tested
	@$(PYTEST) $(SPREAD) -m engine

# Each row of the table of behaviours once, on every Python from 3.8 on that is here.
test-interpreters: $(VENV)/tested
	@$(BIN)/python -m tests.runtime.each_interpreter

# The suite again, on the wheel as a user installs it: nothing may be found only because a checkout lies around it.
test-wheel: $(VENV)/tested
	@rm -rf build dist .venv-wheel
	@$(BIN)/python -m build --wheel --outdir dist . >/dev/null
	@$(BIN)/uv venv -q --seed --python $(BIN)/python .venv-wheel
	@$(BIN)/uv pip install -q --python .venv-wheel dist/*.whl $(GROUPS)
	@.venv-wheel/bin/python -m pytest $(SPREAD) -m "not engine and not interpreters"

lint: $(VENV)/tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy -p cogc
	@$(BIN)/mypy -p cog
	@$(BIN)/mypy tests
	@for example in examples/*/; do (cd $$example && MYPYPATH=../../runtime ../../$(BIN)/mypy --config-file ../mypy.ini .) || exit 1; done

# Compares the numpy encoder of examples/sentence-embeddings with torch's own; needs Python 3.11 and torch's CPU build.
check-embeddings: $(VENV)/tested
	@$(BIN)/python -m venv .venv-torch
	@.venv-torch/bin/python -m pip install -qq --disable-pip-version-check --upgrade pip
	@.venv-torch/bin/python -m pip install -qq --disable-pip-version-check torch==2.13.0 . $(GROUPS)
	@.venv-torch/bin/python -m pytest -s tests/examples/test_embeddings_against_torch.py tests/examples/test_gpu_torch.py

format: $(VENV)/tested
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Read the difference before you commit it.
goldens: $(VENV)/tested
	@$(PYTEST) -q -m "not engine" --snapshot-update -k "golden or docs or page" || true
	@git --no-pager diff --stat -- golden docs

clean:
	@rm -rf $(VENV) .venv-wheel .venv-torch build dist *.egg-info

# What a user installs; `make run` needs no more.
$(VENV)/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "cogc needs Python 3.11 or newer; install one, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	@echo "Making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e .
	@touch $@

$(VENV)/tested: $(VENV)/ready
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check $(GROUPS)
	@touch $@
