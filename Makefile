# Everything a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
UV ?= uv
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help install install-dev run test check semgrep audit sbom bench lock clean
.DELETE_ON_ERROR:

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: .venv/.run ## the environment in .venv, system packages, the default models
	@$(BIN)/voice-app models install

run: install ## start the service: PORT=8123 make run for another port
	@$(BIN)/voice-app serve --port $(PORT)

install-dev: .venv/.dev .venv-oracle/.done .venv-semgrep/.done install ## what the tests, checks and benchmarks need besides
	@bash .ci/packages chromium:chromium espeak-ng:espeak-ng nodejs:node npm:npm \
		pulseaudio:pulseaudio pulseaudio-utils:pactl
	@$(MAKE) --no-print-directory tests/oracles/node_modules/.done
	@$(BIN)/voice-app models install vosk-ko

tests/oracles/node_modules/.done: tests/oracles/package-lock.json
	@echo "Installing verifiers that are not ours, to check the badges with"
	@npm ci --prefix tests/oracles --ignore-scripts --no-audit --no-fund --silent
	@touch $@

test: install-dev ## every test: pure, content, journeys, engines, browser
	@node --test --test-reporter=dot $(wildcard tests/web/*.test.js)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: .venv/.dev semgrep ## lint, types, architecture, security, content
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml voice_app
	@$(BIN)/voice-app content check
	@$(BIN)/voice-app prompts check

semgrep: .venv-semgrep/.done ## what must not be written here: the rules of .semgrep, without a network
	@SEMGREP_SETTINGS_FILE=.venv-semgrep/settings.yml .venv-semgrep/bin/semgrep scan --quiet --error \
		--metrics=off --disable-version-check --exclude vendor --config .semgrep/rules.yaml voice_app web

audit: .venv/.dev ## ask the public list of known weaknesses about every locked package
	@bash .ci/audit $(BIN)/pip-audit $(wildcard requirements/*.txt)

sbom: .venv/.dev ## what the service is made of, as CycloneDX, in build/sbom.json
	@$(BIN)/python .ci/sbom.py build/sbom.json

bench: install-dev ## print what was measured, with its conditions (about an hour)
	@$(BIN)/voice-app models install kokoro kokoro-voices
	@$(BIN)/python -m benchmarks.text
	@$(BIN)/python -m benchmarks.decide
	@$(BIN)/python -m benchmarks.load
	@$(BIN)/python -m benchmarks.badges
	@$(BIN)/python -m benchmarks.hostile
	@$(BIN)/python -m benchmarks.tasks
	@$(BIN)/python -m benchmarks.tasks.orders
	@$(BIN)/python -m benchmarks.marking
	@$(BIN)/python -m benchmarks.assessor

lock: ## resolve the dependencies anew (needs uv)
	$(UV) pip compile pyproject.toml --all-extras --group build --group dev $(LOCK) -o requirements/dev.txt
	$(UV) pip compile pyproject.toml --group build -c requirements/dev.txt $(LOCK) -o requirements/run.txt
	$(UV) pip compile --group oracle --group build $(LOCK) -o requirements/oracle.txt
	$(UV) pip compile --group semgrep --group build $(LOCK) -o requirements/semgrep.txt

LOCK := --python-version 3.11 --generate-hashes --allow-unsafe --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet

.venv/bin/python:
	@bash .ci/packages --venv $(PYTHON)
	@echo "Making the environment in .venv"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the service needs (about 160 MB, once)"
	@$(PIP) -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "Installing what tests and checks need"
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv-oracle/.done: requirements/oracle.txt | .venv/bin/python
	@echo "Installing an implementation of Open Badges that is not ours, to check the badges with"
	@$(PYTHON) -m venv .venv-oracle
	@.venv-oracle/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/oracle.txt
	@touch $@

.venv-semgrep/.done: requirements/semgrep.txt | .venv/bin/python
	@echo "Installing semgrep, in an environment of its own (about 380 MB, once)"
	@$(PYTHON) -m venv .venv-semgrep
	@.venv-semgrep/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/semgrep.txt
	@touch $@

clean: ## forget the environments (models, recordings and badges stay)
	rm -rf .venv .venv-oracle .venv-semgrep tests/oracles/node_modules
