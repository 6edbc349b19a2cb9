# make run     start Leavewell and open it in the browser (PORT=8600 ADDRESS=192.168.1.5
#              SITE=our.example, the name under which a proxy with TLS is reached)
# make test    every test; what they need is installed first
# make fast    those that start no browser, no server and no other program
# make lint    ruff and mypy
# make bench   how long the slow things take (ONLY=placement for one of them)
# make pictures the README's picture and the icons, made anew
# make audit   asks osv.dev whether faults are known of what requirements.txt pins
# make renew   what requirements.in names, and all that it needs, pinned anew with its hashes; sbom.json after it
# make corpora where ../shared/corpora lies beside the project, runs the reader over all of it

PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= 127.0.0.1

# Called as modules: the scripts in .venv/bin break when the folder is moved.
VENV := .venv/bin/python
PIP := $(VENV) -m pip --disable-pip-version-check -q

# A .venv whose Python was upgraded away is made anew.
$(shell test -x $(VENV) || rm -f .venv/.runtime .venv/.tools)

# Without a .venv, look at the machine first: "fit", "bare" (no module to make one with), or else too old.
ifeq ($(wildcard .venv/.runtime),)
LOOK := import sys; from importlib.util import find_spec as has; \
	print("old" if sys.version_info < (3, 11) else "fit" if has("venv") and has("ensurepip") else "bare")
MACHINE := $(shell $(PYTHON) -c '$(LOOK)' 2>/dev/null)
VERSION := $(or $(shell $(PYTHON) --version 2>/dev/null),not there)
ifeq ($(MACHINE),bare)
SENTENCE := $(PYTHON) cannot make a virtual environment: install its venv module \
	(on Debian and Ubuntu: sudo apt install python3-venv) and try again.
else ifneq ($(MACHINE),fit)
SENTENCE := Leavewell needs Python 3.11 or newer, and $(PYTHON) is $(VERSION): \
	install a newer one, or name it (make run PYTHON=python3.13).
endif
ifdef SENTENCE
$(shell printf '%s\n' '$(SENTENCE)' >&2)
# -q makes make do nothing and end with status 1, without a line of its own after the sentence.
override MAKEFLAGS := -q
endif
endif

.PHONY: run test fast lint bench renew audit corpora pictures

# The pages answer only to the hosts they know, so another ADDRESS and a proxy's SITE become some.
HOSTS := $(patsubst %,--server.allowedHosts=%,$(filter-out 127.0.0.1 localhost,$(ADDRESS) $(SITE)))
OWN := --server.allowedHosts=127.0.0.1 --server.allowedHosts=localhost
# The system's allocator (glibc) overwrites what it frees: no PIN stays in memory after its drawer.
run: export GLIBC_TUNABLES := glibc.malloc.tcache_count=0:glibc.malloc.perturb=165
run: .venv/.runtime
	@$(VENV) -m streamlit run app.py --server.port=$(PORT) --server.address=$(ADDRESS) \
		$(if $(HOSTS),$(OWN) $(HOSTS))

# Two at a time; whoever is done takes over half of what the other one has left.
PYTEST := $(VENV) -m pytest -n 2 --dist worksteal
# A file of browser tests stays with one server.
BROWSERS := $(VENV) -m pytest -n 2 --dist loadfile -p no:randomly
report = $(if $(REPORT),--junitxml=$(REPORT)/$(1).xml)
# Browsers and servers wait half of their time, so two of them come first on the machine; all else
# fills the gaps.
# What the servers and commands of the tests are compiled to is kept for the next one, also where
# the system says not to.
test fast: export PYTHONDONTWRITEBYTECODE :=
# .venv/bin comes last in PATH: node lies there where the system has none.
test: export PATH := $(PATH):$(CURDIR)/.venv/bin
test: .venv/.tools
	@$(VENV) tests/support/install.py
	@kept=$$(mktemp); trap 'rm -f "$$kept"' EXIT; \
		nice -n 19 $(PYTEST) --ignore=tests/browser $(call report,others) > "$$kept" 2>&1 & others=$$!; \
		$(BROWSERS) tests/browser $(call report,browser); browser=$$?; \
		wait $$others; others=$$?; cat "$$kept"; exit $$(( browser | others ))

fast: .venv/.tools
	@$(PYTEST) -m "not outside"

lint: .venv/.tools
	@$(VENV) -m ruff check
	@$(VENV) -m ruff format --check
	@$(VENV) -m mypy

bench: .venv/.tools
	@$(VENV) -m bench $(ONLY)

# For every system and each Python from 3.11 on; a package that changed under its number is refused.
LOCK := -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--custom-compile-command 'make renew' --no-emit-index-url --no-emit-find-links
renew: .venv/.tools
	@$(VENV) $(LOCK) requirements.in -o requirements.txt
	@$(VENV) $(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt
	@$(VENV) tests/support/supply.py sbom

audit: .venv/.runtime
	@$(VENV) tests/support/supply.py audit

corpora: .venv/.tools
	@PYTHONPATH=. $(VENV) tests/support/corpora.py

# urllib3-future writes itself over urllib3, which was pinned and compared, and at each start again.
OWN_URLLIB3 := rm -f .venv/lib/python*/site-packages/urllib3_future.pth && \
	awk '/^urllib3==/ { own = 1 } own { print } own && !/\\$$/ { exit }' requirements.txt > .venv/urllib3.txt && \
	$(PIP) install --no-deps --force-reinstall -r .venv/urllib3.txt

pictures: .venv/.tools
	@PYTHONPATH=. $(VENV) tests/support/pictures.py

OFFLINE := The packages did not arrive: is this machine online? The next make starts over.

# The stamps are touched last and removed first, so an interrupted installation starts over.
.venv/.runtime: requirements.txt
	@echo "Installing what Leavewell needs into .venv; the first time this takes a minute or two."
	@if test -e $@; then rm $@; else $(PYTHON) -m venv --clear .venv; fi
	@$(PIP) install -r requirements.txt || { echo "$(OFFLINE)" >&2; exit 1; }
	@$(OWN_URLLIB3)
	@touch $@

.venv/.tools: requirements-dev.txt .venv/.runtime
	@echo "Installing what the tests need into .venv."
	@rm -f $@
	@$(PIP) install -r requirements.txt -r requirements-dev.txt
	@touch $@
