# Each target is thin: the work is in manage.py and pytest.
PYTHON ?= python3
BIN := .venv/bin
EMPTY_FLAG := $(if $(filter-out 0,$(EMPTY)),--empty,)

.PHONY: run prepare test lint messages demo bench torture lock sbom

run: .venv/.runtime
	@$(BIN)/python manage.py quickstart $(EMPTY_FLAG)

prepare: .venv/.runtime
	@$(BIN)/python manage.py quickstart --no-serve $(EMPTY_FLAG)

test: .venv/.tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q -rs

lint: .venv/.tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

messages: .venv/.tests
	@$(BIN)/python manage.py check_messages

# pip, not python: a venv without python3-venv is half made, and must not stay in the way of the next try
.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; echo "Thiếu venv: hãy cài gói python3-venv (Debian/Ubuntu: sudo apt install python3-venv) rồi chạy lại."; exit 1; }

# The lock holds the hash of every file: pip refuses a package that is not the one we tested
.venv/.runtime: .venv/bin/pip requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --only-binary :all: -r requirements.lock && touch $@

.venv/.tests: .venv/bin/pip requirements.txt requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check --only-binary :all: -r requirements.txt -r requirements-dev.txt && touch $@ .venv/.runtime

# An invented office in a second database: SIZE agreements (300), ten commitments each
demo: export DATA_DIR := $(CURDIR)/data-demo
demo: .venv/.runtime
	@$(BIN)/python manage.py quickstart --no-serve --empty
	@test -e $(DATA_DIR)/demo_filled || { $(BIN)/python manage.py demo --size $(or $(SIZE),300) && touch $(DATA_DIR)/demo_filled; }
	@$(BIN)/python manage.py quickstart --empty

bench: .venv/.tests
	@$(BIN)/python benchmarks/run.py

# Kills, races, damage and random files against imports, backups and logs: some half an hour
torture: .venv/.tests
	@$(BIN)/python benchmarks/torture.py

# After a change of requirements.txt: the hashes of all its packages, and the list of them for auditors (CycloneDX)
lock: .venv/.tests
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements.lock requirements.txt
	@$(MAKE) -s sbom

sbom: .venv/.tests
	@PYTHONWARNINGS=ignore $(BIN)/uv tool run -q --from cyclonedx-bom==7.5.0 cyclonedx-py requirements --output-reproducible --of JSON --pyproject pyproject.toml -o docs/sbom.json requirements.txt
	@$(BIN)/python -c "import json, pathlib; p = pathlib.Path('docs/sbom.json'); d = json.loads(p.read_text()); [c.pop('externalReferences', None) for c in (d, d['metadata']['component'], *d['components'], *d['metadata'].get('tools', {}).get('components', []))]; p.write_text(json.dumps(d, indent=2) + '\n')" # no addresses of shops
