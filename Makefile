# `make demo` and `make test` do all their own set-up on a bare Debian 12. Everything is built by CMake presets into build/.
.PHONY: setup build demo test install format golden-update bench fuzz-smoke check

PACKAGES := g++ cmake ninja-build ccache antlr4 libantlr4-runtime-dev libabsl-dev libfmt-dev nlohmann-json3-dev libcli11-dev \
            libicu-dev libgtest-dev libbenchmark-dev libz3-dev libmd-dev pkg-config libical-dev libexpat1-dev \
            python3-icalendar khal todoman gringo python3-jsonschema libsqlite3-dev sqlite3 libpq-dev postgresql \
            libzip-dev libpugixml-dev libxlsxwriter-dev libcsv-dev libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils \
            fonts-liberation chromium chromium-driver python3-selenium python3-docx python3-openpyxl
JOBS ?= $(shell nproc)
ORDO := build/bin/ordo
PLAN := examples/hai_duong_2026/plan.ordo
OUT := out/hai_duong_2026
ANNEX := $(OUT)/nhiệm_vụ_2026.txt

# Runs a command with its output in a log; shows the end of the log only on failure.
define quietly
@mkdir -p build && echo "$(1)" && \
  { ( $(2) ) > build/$(3).log 2>&1 || { tail -n 60 build/$(3).log; echo "failed; full log: build/$(3).log"; exit 1; }; }
endef

# Installs only what is missing, as root or with sudo.
setup:
	@missing=""; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi; \
	  mkdir -p build && echo "installing:$$missing" && \
	  { ( $$sudo apt-get update && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing ) \
	    > build/setup.log 2>&1 || { tail -n 40 build/setup.log; echo "failed; full log: build/setup.log"; exit 1; }; }; \
	fi

build/build.ninja: | setup
	$(call quietly,configuring,cmake --preset default,configure)

build: build/build.ninja
	$(call quietly,building (the first time takes some minutes),cmake --build --preset default -j $(JOBS) --target ordo,build)

# The findings of a real plan, and its annex. Findings are what the plan deserves: exit status 1 of check is no failure here.
demo: build
	@$(ORDO) check $(PLAN) > build/findings.txt; status=$$?; \
	head -n 40 build/findings.txt; echo "…"; tail -n 3 build/findings.txt; \
	if [ $$status -gt 1 ]; then echo "ordo check: exit status $$status"; exit 1; fi
	@$(ORDO) build $(PLAN) -o $(OUT) > build/written.log
	@echo; echo "$(OUT): $$(ls $(OUT) | wc -l) files; the annex, $(ANNEX):"; head -n 40 "$(ANNEX)"

test: build/build.ninja
	$(call quietly,building (the first time takes some minutes),cmake --build --preset default -j $(JOBS),build)
	@ctest --preset default -j $(JOBS)

# The program and the library for other programs: `make install PREFIX=$$HOME/ordo`.
PREFIX ?= /usr/local
install: build
	$(call quietly,building the library,cmake --build --preset default -j $(JOBS) --target ordo_shared,build)
	@cmake --install build --prefix "$(PREFIX)"

format:
	@git ls-files '*.cc' '*.h' | xargs clang-format -i

golden-update: build/build.ninja
	@cmake --build --preset default -j $(JOBS) --target golden-update

bench: build/build.ninja
	@cmake --build --preset default -j $(JOBS) --target bench

fuzz-smoke: build/build.ninja
	@cmake --build --preset default -j $(JOBS) --target fuzz-smoke

# What .ci/run does, without the demand of a clean tree.
check: test fuzz-smoke
