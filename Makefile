# SPDX-License-Identifier: Apache-2.0
#
# One Makefile. Each folder of LAYERS becomes an archive; a program is one main file linked with all of them and takes only
# what it uses. SAN=1 (the test build) adds ASan and UBSan and lives in a folder of its own.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
comma := ,
SAN ?= 0
FUZZ ?= 0
ifeq ($(FUZZ),1)
B ?= build/fuzz
CC := clang
OPT := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDOPT := -fsanitize=fuzzer,address,undefined
else ifeq ($(SAN),1)
B ?= build/test
OPT := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LDOPT := -fsanitize=address,undefined
else
B ?= build/release
OPT := -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LDOPT := -Wl,-z,relro,-z,now
endif

CC ?= gcc
# for another machine: CROSS=aarch64-linux-gnu-. What runs while it is built is this machine's
BUILD_CC := $(CC)
CROSS ?=
ifneq ($(CROSS),)
CC := $(CROSS)gcc
AR := $(CROSS)ar
endif
# the linkers that are faster than the usual one; a fuzzer's clang and a cross compiler have their own
FAST_LD := $(if $(FUZZ:0=)$(CROSS),,$(firstword $(foreach l,lld gold,$(if $(shell command -v ld.$(l)),$(l)))))
LDOPT += $(if $(FAST_LD),-fuse-ld=$(FAST_LD))
PKGS := sdl2 SDL2_ttf libusb-1.0 libcurl libevent libevent_openssl libevent_pthreads libssl libcrypto jansson libqrencode \
        freetype2 sqlite3 libzstd libpng libseccomp rime x11 xtst libusbredirparser-0.5 libpq libgfshare pangocairo libsodium p11-kit-1 espeak-ng alsa
PKG_CFLAGS := $(shell $(CROSS)pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(CROSS)pkg-config --libs $(PKGS) 2>/dev/null)
# programs of the test build bear no commit: what did not change is not linked anew for one, and not tested again
VERSION := $(if $(SAN:0=),test,$(shell git describe --always --dirty 2>/dev/null || echo unknown))
BUILT_S := $(if $(SAN:0=),1767225600,$(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null || echo 0)))

# lines of a backtrace are enough, and a sixth of the time of compiling: G=-g for a debugger that shows variables
G ?= -g1
# a char has a sign on ARM too
SIGNED_CHAR := $(if $(CROSS)$(filter-out x86_64,$(shell uname -m)),-fsigned-char)
CFLAGS := -std=c11 $(SIGNED_CHAR) $(G) $(OPT) -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum -Wvla \
          -Wformat=2 -Wno-unused-parameter -fno-common
CPPFLAGS := -D_GNU_SOURCE -Ifirmware -I. -Itests -I$(B)/gen $(PKG_CFLAGS) -MMD -MP
# what changes with every commit stands in no archive: programs are linked anew for it, tests are not
VERSION_O := $(B)/firmware/base/version.o
LIBS := $(VERSION_O) -Wl,--as-needed $(PKG_LIBS) -lmbedcrypto -lpthread -ldl -lm

# --- what is built ----------------------------------------------------------------------------------------------------
HALL := tools/hall tools/hall/calling tools/hall/cases tools/hall/door tools/hall/editions tools/hall/exchange tools/hall/keys tools/hall/open tools/hall/papers tools/hall/reports tools/hall/rules tools/hall/staff tools/hall/store tools/hall/terminals
LAYERS := $(wildcard firmware/base firmware/model firmware/crypto firmware/wire firmware/catalog firmware/session \
          firmware/journal firmware/sync firmware/ime firmware/voice firmware/kiosk $(patsubst %/,%,$(wildcard drivers/*/)) \
          ui ui/node ui/screens ui/widgets ui/draw ui/input $(HALL) tools/hallctl tools/kioskctl tools/desk \
          tools/scenario tools/fleet tools/flash tools/install tools/platform)
# main files and what is loaded into other programs stay out of the archives
MAINS := firmware/kiosk.c firmware/kiosk_sync.c firmware/kiosk_ime.c firmware/kiosk_voice.c firmware/kiosk_page.c firmware/kiosk_panel.c tools/hall/main.c tools/hall/open/main.c tools/hallctl/main.c tools/kioskctl/main.c \
         tools/desk/main.c tools/scenario/main.c tools/fleet/main.c tools/flash/main.c tools/install/main.c tools/platform/main.c
SHARED := drivers/virtual/usbfs_preload.c tools/scenario/disk_log.c

archive = $(B)/$(subst /,-,$(1)).a
sources = $(filter-out $(MAINS) $(SHARED) firmware/base/version.c,$(wildcard $(1)/*.c))
ARCHIVES := $(foreach l,$(LAYERS),$(if $(call sources,$(l)),$(call archive,$(l))))

PROGRAMS := $(B)/kiosk $(B)/kiosk-sync $(B)/kiosk-ime $(B)/kiosk-voice $(B)/kiosk-page $(B)/kiosk-panel $(B)/hall $(B)/hall-open $(B)/hallctl $(B)/kioskctl $(B)/desk $(B)/scenario $(B)/fleet $(B)/flash $(B)/install $(B)/platform
main_of_kiosk := firmware/kiosk.c
main_of_kiosk-ime := firmware/kiosk_ime.c
main_of_kiosk-voice := firmware/kiosk_voice.c
main_of_kiosk-page := firmware/kiosk_page.c
main_of_kiosk-panel := firmware/kiosk_panel.c
main_of_kiosk-sync := firmware/kiosk_sync.c
main_of_hall := tools/hall/main.c
main_of_hall-open := tools/hall/open/main.c
main_of_hallctl := tools/hallctl/main.c
main_of_kioskctl := tools/kioskctl/main.c
main_of_desk := tools/desk/main.c
main_of_scenario := tools/scenario/main.c
main_of_fleet := tools/fleet/main.c
main_of_flash := tools/flash/main.c
main_of_install := tools/install/main.c
main_of_platform := tools/platform/main.c
PROGRAMS := $(foreach p,$(PROGRAMS),$(if $(wildcard $(firstword $(main_of_$(notdir $(p))))),$(p)))
PRELOADS := $(if $(wildcard drivers/virtual/usbfs_preload.c),$(B)/libusbfs.so) \
            $(if $(wildcard tools/scenario/disk_log.c),$(B)/libdisklog.so)

ifeq ($(FUZZ),1) # only what decodes bytes
LAYERS := $(filter firmware/base firmware/model firmware/crypto firmware/wire firmware/catalog firmware/session firmware/journal \
          firmware/sync firmware/voice drivers/% $(HALL) tools/hallctl tools/fleet tools/flash tools/install,$(LAYERS))
ARCHIVES := $(foreach l,$(LAYERS),$(if $(call sources,$(l)),$(call archive,$(l))))
endif

TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c tests/*/*/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
# the languages of the screen beside zh-CN, by their tags
LANGUAGES := $(filter-out zh-CN,$(shell sed -n 's/^LANGUAGE.[A-Z_]*, "\([^"]*\)".*/\1/p' firmware/model/language.def))
STRINGS := $(foreach l,zh-CN $(LANGUAGES),$(sort $(wildcard assets/strings/$(l)/*.tsv)))
ASSETS := $(B)/assets.stamp $(B)/ime.stamp $(B)/staff.stamp

.PHONY: FORCE all programs tests fuzzers help clean npm-packages test test-all demo bench check tidy hooks setup fuzz shots udev torture
all: programs tests
programs: $(PROGRAMS) $(PRELOADS) $(ASSETS)
tests: $(TESTS)
fuzzers: $(FUZZERS)

# The texts are compiled into one object. All others know the ids alone, and those keep their time while no id comes or goes.
$(B)/gen/strings.inc: $(STRINGS) tools/check/strings.awk firmware/model/language.def
	@mkdir -p $(@D)
	awk -v others='$(LANGUAGES)' -v ids=$(B)/gen/string_ids.new -f tools/check/strings.awk $(STRINGS) > $@
	@$(call move_if_changed,$(B)/gen/string_ids)
# what flash says: a table of its own, no part of the terminal
$(B)/gen/flash_words.inc: tools/check/strings.awk $(wildcard assets/strings/flash/*/flash.tsv)
	@mkdir -p $(@D)
	awk -v console=1 -v ids=$(B)/gen/flash_word_ids.new -f $< assets/strings/flash/zh-CN/flash.tsv assets/strings/flash/en/flash.tsv > $@
	@$(call move_if_changed,$(B)/gen/flash_word_ids)
# what kiosk-page says where nothing starts, likewise
$(B)/gen/stuck_words.inc: tools/check/strings.awk $(wildcard assets/strings/stuck/*/stuck.tsv)
	@mkdir -p $(@D)
	awk -v ids=$(B)/gen/stuck_word_ids.new -f $< assets/strings/stuck/zh-CN/stuck.tsv assets/strings/stuck/en/stuck.tsv > $@
	@$(call move_if_changed,$(B)/gen/stuck_word_ids)
# what the papers of a case say, likewise
$(B)/gen/paper_words.inc: tools/check/strings.awk assets/strings/hall/zh-CN/papers.tsv
	@mkdir -p $(@D)
	awk -v ids=$(B)/gen/paper_word_ids.new -f $^ > $@
	@$(call move_if_changed,$(B)/gen/paper_word_ids)
# the page that verifies papers, a text in hallctl
$(B)/gen/verify_page.inc: tools/hall/papers/verify_page.html
	@mkdir -p $(@D)
	@sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $< > $@
$(B)/tools/hall/papers/verify_page.o: $(B)/gen/verify_page.inc
# what the hall's board shows and its voice says
$(B)/gen/queue_words.inc: tools/check/strings.awk assets/strings/hall/zh-CN/queue.tsv
	@mkdir -p $(@D)
	awk -v ids=$(B)/gen/queue_word_ids.new -f $^ > $@
	@$(call move_if_changed,$(B)/gen/queue_word_ids)
# what applicants and posts are told
$(B)/gen/notice_words.inc: tools/check/strings.awk assets/strings/hall/zh-CN/notices.tsv
	@mkdir -p $(@D)
	awk -v ids=$(B)/gen/notice_word_ids.new -f $^ > $@
	@$(call move_if_changed,$(B)/gen/notice_word_ids)
# the staff's pages, as the hall serves them
STAFF_PAGES := $(filter-out %.json %.md,$(wildcard tools/hall/staff/pages/*.*))
$(B)/staff.stamp: $(STAFF_PAGES) $(wildcard tools/hall/staff/pages/vendor/*.js tools/hall/staff/pages/vendor/LICENSE.* assets/strings/hall/*/console*.tsv)
	@rm -rf $(B)/staff && mkdir -p $(B)/staff/vendor $(B)/staff/words
	@cp $(STAFF_PAGES) $(B)/staff/ && cp tools/hall/staff/pages/vendor/*.js tools/hall/staff/pages/vendor/LICENSE.* $(B)/staff/vendor/
	@for l in zh-CN en; do for f in assets/strings/hall/$$l/console*.tsv; do n=$${f##*/console}; n=$${n%.tsv}; cp $$f $(B)/staff/words/$$l$$n.tsv; done; done
	@gzip -9nkf $(B)/staff/*.* $(B)/staff/vendor/*.js $(B)/staff/words/*
	@touch $@
# what its reports say, likewise
$(B)/gen/report_words.inc: tools/check/strings.awk assets/strings/hall/zh-CN/reports.tsv
	@mkdir -p $(@D)
	awk -v ids=$(B)/gen/report_word_ids.new -f $^ > $@
	@$(call move_if_changed,$(B)/gen/report_word_ids)
# what differs between two catalogues, likewise
$(B)/gen/edition_words.inc: tools/check/strings.awk assets/strings/hall/zh-CN/editions.tsv
	@mkdir -p $(@D)
	awk -v ids=$(B)/gen/edition_word_ids.new -f $^ > $@
	@$(call move_if_changed,$(B)/gen/edition_word_ids)
move_if_changed = if cmp -s $(1).new $(1).inc; then rm $(1).new; else mv $(1).new $(1).inc; fi
$(B)/gen/string_ids.inc: $(B)/gen/strings.inc ;
$(B)/gen/flash_word_ids.inc: $(B)/gen/flash_words.inc ;
$(B)/gen/stuck_word_ids.inc: $(B)/gen/stuck_words.inc ;
$(B)/gen/paper_word_ids.inc: $(B)/gen/paper_words.inc ;
$(B)/gen/queue_word_ids.inc: $(B)/gen/queue_words.inc ;
$(B)/gen/notice_word_ids.inc: $(B)/gen/notice_words.inc ;
$(B)/gen/report_word_ids.inc: $(B)/gen/report_words.inc ;
$(B)/gen/edition_word_ids.inc: $(B)/gen/edition_words.inc ;

# how Chinese is read, compiled into hallctl and kiosk-voice
$(B)/gen/%.inc: firmware/voice/pinyin/%.tsv
	@mkdir -p $(@D)
	@awk -F '\t' '{printf "READING(\"%s\", \"%s\")\n", $$1, $$2}' $< > $@
$(B)/firmware/voice/pinyin.o: $(B)/gen/readings.inc $(B)/gen/phrases.inc
# … how it is written in traditional characters, and back
$(B)/gen/%_lines.inc: firmware/model/hant/%.tsv
	@mkdir -p $(@D)
	@sed 's/.*/"&\\n"/' $< > $@
$(B)/firmware/model/hant.o: $(B)/gen/hant_lines.inc $(B)/gen/hans_lines.inc
# … and the names that the Chinese keyboard knows by heart, where their characters alone would be read otherwise
$(B)/gen/voice_%.inc: firmware/voice/pinyin/%.awk assets/ime/readings.txt assets/ime/surnames.txt
	@mkdir -p $(@D)
	@awk -f $< assets/ime/readings.txt assets/ime/surnames.txt > $@
$(B)/firmware/voice/named.o: $(B)/gen/voice_places.inc $(B)/gen/voice_families.inc $(B)/gen/tones.inc

# TONGBAN_VERSION and TONGBAN_BUILT_S are the macros that change with every commit: only version.o knows them
$(VERSION_O): CPPFLAGS += -DTONGBAN_VERSION='"$(VERSION)"' -DTONGBAN_BUILT_S=$(BUILT_S)
$(VERSION_O): $(B)/gen/version
$(B)/gen/version: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION) $(BUILT_S)' | cmp -s - $@ || echo '$(VERSION) $(BUILT_S)' > $@
FORCE:

# the loops over pixels and places are worth the vectors that -O2 of gcc 12 does not make
$(B)/ui/draw/canvas.o $(B)/firmware/catalog/search.o $(B)/firmware/catalog/search_scan.o: CFLAGS += $(if $(filter build/release,$(B)),-O3)

$(B)/%.o: %.c | $(B)/gen/string_ids.inc $(B)/gen/flash_word_ids.inc $(B)/gen/stuck_word_ids.inc $(B)/gen/paper_word_ids.inc $(B)/gen/notice_word_ids.inc \
            $(B)/gen/queue_word_ids.inc $(B)/gen/report_word_ids.inc $(B)/gen/edition_word_ids.inc
	@mkdir -p $(@D)
	@echo "  $(if $(FUZZ:0=),fuzz,$(if $(SAN:0=),test,release)) $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# made anew when what belongs into it may have changed
define archive_rule
$(call archive,$(1)): $(patsubst %.c,$(B)/%.o,$(call sources,$(1))) Makefile
	@rm -f $$@
	ar crs $$@ $$(filter %.o,$$^)
endef
$(foreach l,$(LAYERS),$(if $(call sources,$(l)),$(eval $(call archive_rule,$(l)))))
$(ARCHIVES): | $(VERSION_O)

define program_rule
$(B)/$(1): $(patsubst %.c,$(B)/%.o,$(main_of_$(1))) $(ARCHIVES) $(VERSION_O)
	$$(CC) $$(LDOPT) -o $$@ $$(filter-out $$(VERSION_O),$$(filter %.o,$$^)) -Wl,--start-group $$(ARCHIVES) -Wl,--end-group $$(LIBS)
endef
$(foreach p,$(notdir $(PROGRAMS)),$(eval $(call program_rule,$(p))))

$(B)/tests/%: $(B)/tests/%.o $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
# all fuzz targets in one program that needs no fuzzer
ifneq ($(FUZZ),1)
PLAYED := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
PLAYED_O := $(patsubst %,$(B)/tests/fuzz/%.o,$(PLAYED))
$(PLAYED_O): CPPFLAGS += -DLLVMFuzzerTestOneInput=$(basename $(notdir $@))
$(B)/gen/fuzz_targets.inc: $(wildcard tests/fuzz)
	@mkdir -p $(@D)
	@printf 'FUZZ_TARGET(%s)\n' $(patsubst fuzz_%,%,$(PLAYED)) > $@
$(B)/tests/fuzz/play.o: $(B)/gen/fuzz_targets.inc
$(B)/tests/fuzz/play: $(B)/tests/fuzz/play.o $(PLAYED_O) $(ARCHIVES)
	$(CC) $(LDOPT) -o $@ $(filter %.o,$^) -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
endif
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(LDOPT) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LIBS)
.PRECIOUS: $(B)/tests/%.o $(B)/%.o

-include $(shell find $(B) -name '*.d' 2>/dev/null)
-include drivers/virtual/rules.mk tools/scenario/rules.mk assets/rules.mk board/rules.mk tests/rules.mk

# what editors and clang-tidy ask. Nothing is compiled; only the lists that files include are made.
compile_commands.json: FORCE $(patsubst %,$(B)/gen/%.inc,strings flash_words stuck_words paper_words queue_words notice_words report_words edition_words readings phrases tones voice_places voice_families verify_page hant_lines hans_lines fuzz_targets) ## for editors: how each file is compiled
	@git ls-files -co --exclude-standard '*.c' | jq -nR --arg folder '$(CURDIR)' --arg loaded ' $(USBFS_SOURCES) ' \
		--arg own '$(CC) $(filter-out -MMD -MP,$(CPPFLAGS)) $(UMOCK_CFLAGS) $(CFLAGS) -c ' --arg other '$(CC) -I. $(USBFS_CFLAGS) -c ' \
		'[inputs | {directory: $$folder, file: ., command: ((if inside($$loaded) then $$other else $$own end) + .)}]' >$@

clean: ## remove everything that was built
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z_.-]+:.*## /{printf "  make %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
