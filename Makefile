# Everything goes into .venv; tools/prepare.py gets what is missing, and does nothing otherwise.
PYTHON ?= $(shell command -v python3.11 || command -v python3)

.PHONY: run setup test check lock package

run: setup
	.venv/bin/python main.py demo

test: check
	.venv/bin/python -m pytest -n 2

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

# dist/shuke/: the program with Python and all libraries, for the system it is made on
package: setup
	.venv/bin/python tools/package.py

setup:
	@$(PYTHON) tools/prepare.py

# make lock              takes up what pyproject.toml newly asks for
# make lock UP=--upgrade takes the newest of everything
lock: setup
	.venv/bin/pip install --quiet 'uv>=0.9'
	.venv/bin/uv pip compile $(UP) $(LOCKED) --extra office pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile $(UP) $(LOCKED) --extra dev --extra office -c requirements.txt pyproject.toml -o requirements-dev.txt

LOCKED = --quiet --universal --python-version 3.11 --generate-hashes --no-header
