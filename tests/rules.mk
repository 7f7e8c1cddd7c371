# SPDX-License-Identifier: Apache-2.0
# How the tests are built and run. `make test` re-enters make after the packages are there, because what they contain is
# asked of pkg-config when a Makefile is read.

JOBS := $(shell nproc 2>/dev/null || echo 2)
SUB = $(MAKE) --no-print-directory -j$(JOBS)

setup: ## install the Debian packages that building and testing need (by apt, with sudo where not root)
	@tools/setup.sh

demo: setup ## play the main job: with a display in a window, without one as pictures in a folder
	@echo "building the programs"
	@$(SUB) -s programs
	@tools/demo.sh build/release

test: setup ## the short honest set: ASan and UBSan, unit tests, scenarios, seeds of fuzz targets, checks
	@echo "building programs and tests with sanitizers"
	@$(SUB) -s SAN=1 npm-packages programs tests build/test/torture build/test/tests/fuzz/play
	@echo "building the programs as they are used"
	@$(SUB) -s programs build/release/tests/ui/test_shots
	@tests/all.sh

# fetched while the rest is built; the tests that need them say why they are skipped where that cannot be
npm-packages:
	@tests/npm.sh || true

test-all: test ## the same, then all that takes longer: scenarios as they are used, clang, a real pointer, every sync, Debian 13, virtual machines, long fuzz
	@tools/setup.sh --guest || echo "test-all: what the virtual machine needs cannot be installed: its test is skipped"
	@tools/setup.sh --hall || echo "test-all: PostgreSQL cannot be installed: the hall's tests on it are skipped"
	@tools/setup.sh --image || echo "test-all: what the image needs cannot be installed: its test is skipped"
	@echo "building for the bench, with clang, and the fuzz targets"
	@$(SUB) -s build/release/bench build/release/guest-visit
	@$(SUB) -s CC=clang B=build/clang programs tests
	@$(SUB) -s FUZZ=1 fuzzers
	@$(SUB) -s compile_commands.json
	@tests/all.sh --long

fuzz: setup ## every fuzz target for SECONDS=60, or for RUNS=10000000 executions; TARGET="sam" for some of them
	@$(SUB) -s FUZZ=1 fuzzers
	@tests/fuzz/run.sh build/fuzz $(or $(SECONDS),$(if $(RUNS),0,60)) $(or $(RUNS),0) $(TARGET)

torture: setup ## each USB transfer of a card read and of a print job times out, stalls, comes back short, loses the device
	@$(SUB) -s SAN=1 build/test/torture
	@build/test/torture

bench: setup ## figures of this machine beside their budgets and peers; PART="start touch …" for some of them; AGAINST=COMMIT beside that commit's
	@tools/setup.sh --bench || echo "bench: Chromium or nginx cannot be installed: the lines that have it as their peer say so"
	@$(SUB) -s programs build/release/bench build/release/bench-search build/release/bench-patch build/release/bench-cases build/release/bench-get build/release/bench-handwriting build/release/bench-journal build/release/sealed-record
	@$(if $(AGAINST),tests/bench/against.py $(AGAINST),tests/bench/run.sh) build/release $(PART)

shots: setup ## draw the reference pictures in tests/shots/ anew and say which changed: look at those
	@$(SUB) -s SAN=1 programs build/test/tests/ui/shots
	@build/test/tests/ui/shots --reference build/test/assets tests/shots
	@build/test/scenario --build build/test --shots $$(grep -l '^shot ' tests/scenarios/*.txt)

udev: setup ## write the udev rules of board/ from the driver lists
	@tools/check/udev.sh >board/common/60-tongban-usb.rules

check: setup ## layers, circles of includes, source, formatting, what READMEs cite
	@tools/check/layers.sh && tools/check/includes.sh && tools/check/source.sh && tools/check/readmes.sh && tools/check/words.sh

tidy: setup compile_commands.json ## clang-tidy over all C files, with the checks of .clang-tidy
	@tools/check/tidy.sh

hooks: ## look at each commit before it is made (tools/hooks), in this clone
	@git config core.hooksPath tools/hooks
	@echo "each commit is looked at by tools/hooks; git config --unset core.hooksPath ends it"

BENCH := $(patsubst %,$(B)/tests/bench/%.o,bench table finger start visits memory devices receipt publish backlog)
$(B)/bench: $(BENCH) $(ARCHIVES) $(B)/bench-window
	$(CC) $(LDOPT) -o $@ $(BENCH) -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
BENCH_SEARCH := $(patsubst %,$(B)/tests/bench/%.o,search search_grown table)
$(B)/bench-search: $(BENCH_SEARCH) $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $(BENCH_SEARCH) -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
$(B)/bench-patch: $(B)/tests/bench/patch.o $(B)/tests/bench/table.o $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $(B)/tests/bench/patch.o $(B)/tests/bench/table.o -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
$(B)/bench-cases: $(B)/tests/bench/cases.o $(B)/tests/bench/table.o $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $(B)/tests/bench/cases.o $(B)/tests/bench/table.o -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
$(B)/bench-journal: $(B)/tests/bench/journal.o $(B)/tests/bench/table.o $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $(B)/tests/bench/journal.o $(B)/tests/bench/table.o -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
$(B)/bench-handwriting: $(patsubst %,$(B)/%.o,tests/bench/handwriting tests/bench/table tools/hand/printed tools/hand/sample tools/hand/skeleton) $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $(filter %.o,$^) -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
$(B)/bench-get: $(B)/tests/bench/get.o $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
$(B)/bench-window: $(B)/tests/bench/window.o | $(VERSION_O)
	$(CC) $(LDOPT) -o $@ $< $(LIBS)

# what runs inside the virtual machine of tests/guest
$(B)/guest-visit: $(B)/tests/guest/visit.o $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)

# its poll() and clocks come before libc's, for libusb too
TORTURE := $(patsubst %,$(B)/tests/torture/%.o,torture flow read print virtual_time)
$(B)/torture: $(TORTURE) $(ARCHIVES) $(B)/libusbfs.so
	$(CC) $(LDOPT) -rdynamic -o $@ $(TORTURE) -Wl,--start-group $(ARCHIVES) -Wl,--end-group \
		-Wl,--no-as-needed $(B)/libusbfs.so -Wl,-rpath,'$$ORIGIN' $(LIBS)

# what brings a year into a hall (tests/hall/year.sh)
tests: $(B)/tests/hall/year

# the reader's tests with the real libudev: umockdev serves the bus, libusbfs.so stays away
UMOCK := $(if $(FUZZ:0=),,$(shell pkg-config --exists umockdev-1.0 2>/dev/null && echo $(B)/umockdev/test_idcard))
tests: $(UMOCK)
UMOCK_CFLAGS := $(shell pkg-config --cflags umockdev-1.0 2>/dev/null)
UMOCK_LIBS := $(shell pkg-config --libs umockdev-1.0 2>/dev/null) -lutil
$(B)/umockdev/test_idcard: tests/idcard/test_idcard.c tests/virtual/umockdev/umock_bus.c tests/virtual/umockdev/umock_bus.h $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -MF $@.d $(CFLAGS) $(UMOCK_CFLAGS) $(LDOPT) -include virtual/umockdev/umock_bus.h \
		-Dvirtual_bus_create=umock_bus_create -o $@ tests/idcard/test_idcard.c tests/virtual/umockdev/umock_bus.c \
		-Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS) $(UMOCK_LIBS)

# these go dot by dot over a picture: what counts branches there would only slow a fuzzer down
ifeq ($(FUZZ),1)
$(patsubst %,$(B)/drivers/virtual/%.o,sheet sheet_line font qr_read): CFLAGS += -O2 -fno-sanitize=fuzzer-no-link
endif
