# Two commands do everything: `make demo` runs the main job offline, `make test` passes the tests.
.PHONY: demo test integration lint types quality lock clean
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin

demo: .venv/installed
	$(BIN)/stancewire --home .demo demo

test: .venv/installed
	$(BIN)/pytest -n 2

integration: .venv/installed
	$(BIN)/pytest tests/integration -n 0

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/installed
	$(BIN)/mypy

# Resolves the pins again. constraints.txt says what must not be newer, and why.
lock: .venv/installed
	$(BIN)/uv pip compile pyproject.toml -c constraints.txt --extra scale --group dev --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --quiet \
	  --custom-compile-command 'make lock' --output-file requirements.lock

# The environment: exact pins with hashes, then this project itself, editable. Built again when the pins change.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info[:2] <= (3, 13); \
	  sys.exit(None if ok else "Python 3.11 to 3.13 is needed, found %s; try: make PYTHON=python3.11" % sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8'
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache
