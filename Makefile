# Each target is thin: the work is in manage.py and pytest.
PYTHON ?= python3
BIN := .venv/bin
EMPTY_FLAG := $(if $(filter-out 0,$(EMPTY)),--empty,)

.PHONY: run prepare test lint messages

run: .venv/.runtime
	@$(BIN)/python manage.py quickstart $(EMPTY_FLAG)

prepare: .venv/.runtime
	@$(BIN)/python manage.py quickstart --no-serve $(EMPTY_FLAG)

test: .venv/.tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile -q -rs

lint: .venv/.tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

messages: .venv/.tests
	@$(BIN)/python manage.py check_messages

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv || { echo "Thiếu venv: hãy cài gói python3-venv (Debian/Ubuntu: sudo apt install python3-venv) rồi chạy lại."; exit 1; }

.venv/.runtime: .venv/bin/python requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --only-binary :all: -r requirements.txt && touch $@

.venv/.tests: .venv/bin/python requirements.txt requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check --only-binary :all: -r requirements.txt -r requirements-dev.txt && touch $@ .venv/.runtime
