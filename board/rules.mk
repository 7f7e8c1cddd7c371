# SPDX-License-Identifier: Apache-2.0
#
# What a machine needs, put where it belongs: by hand on any Debian, into a package or an image with DESTDIR. Programs that
# people type are in PATH as links: each looks for its helpers beside what it links to.

prefix ?= /usr
sysconfdir ?= /etc
libexecdir = $(prefix)/libexec/tongban
datadir = $(prefix)/share/tongban
mandir = $(prefix)/share/man/man8
completiondir = $(prefix)/share/bash-completion/completions
docdir = $(prefix)/share/doc/tongban

IN = $(DESTDIR)$(1)
PUT = install -m 644 -t $(call IN,$(2)) $(1)
DIRS = install -d $(foreach d,$(1),$(call IN,$(d)))

.PHONY: install install-terminal install-hall install-flash install-update
install: install-terminal install-hall install-flash ## all of it onto this machine (DESTDIR=…); install-terminal, install-hall, install-flash: a part

# PROGRAMS COMMANDS
define put_programs
	$(call DIRS,$(libexecdir) $(prefix)/bin $(mandir) $(completiondir) $(docdir) $(sysconfdir)/tongban $(datadir) $(prefix)/lib/systemd/system \
	    $(prefix)/lib/sysusers.d $(prefix)/lib/tmpfiles.d)
	install $(if $(filter 0,$(SAN)),-s --strip-program=$(CROSS)strip) -m 755 -t $(call IN,$(libexecdir)) $(foreach p,$(1),$(B)/$(p))
	for p in $(2); do ln -sf ../libexec/tongban/$$p $(call IN,$(prefix)/bin)/$$p; done
	for p in $(1); do tools/man.sh $(B) $$p >$(call IN,$(mandir))/$$p.8; done
	for p in $(2); do install -m 644 board/common/completion.bash $(call IN,$(completiondir))/$$p; done
	$(call PUT,README.md LICENSE,$(docdir))
endef

# a file of settings that somebody has changed stays
put_settings = test -e $(call IN,$(sysconfdir)/tongban/$(notdir $(1))) || $(call PUT,$(1),$(sysconfdir)/tongban)

install-terminal: programs
	@$(call put_programs,kiosk kiosk-sync kiosk-ime kiosk-voice kiosk-page kiosk-panel kioskctl install,kioskctl)
	@for s in crash ready hall-address time logs; do install -m 755 board/common/$$s.sh $(call IN,$(libexecdir))/$$s; done
	@$(call DIRS,$(prefix)/lib/udev/rules.d $(prefix)/lib/modprobe.d $(datadir)/ime $(datadir)/printers)
	@$(call PUT,$(B)/assets/icons.bin $(B)/assets/divisions.tsv,$(datadir))
	@$(call PUT,$(B)/assets/ime/*,$(datadir)/ime)
	@$(call PUT,$(B)/assets/printers/*.json,$(datadir)/printers)
	@$(call PUT,$(wildcard board/common/*.service board/common/*.path board/common/*.target),$(prefix)/lib/systemd/system)
	@$(call PUT,board/common/wall.nft board/common/chrony.conf,$(datadir))
	@install -D -m 644 board/common/tongban-time.conf $(call IN,$(prefix)/lib/systemd/system)/chrony.service.d/tongban-time.conf
	@install -m 644 board/common/tongban-sysusers.conf $(call IN,$(prefix)/lib/sysusers.d)/tongban.conf
	@install -m 644 board/common/tongban-tmpfiles.conf $(call IN,$(prefix)/lib/tmpfiles.d)/tongban.conf
	@install -m 644 board/common/tongban-usblp.conf $(call IN,$(prefix)/lib/modprobe.d)/tongban-usblp.conf
	@$(call PUT,$(wildcard board/common/*.rules),$(prefix)/lib/udev/rules.d)
	@$(call PUT,board/common/59-tongban-site.rules.example,$(docdir))
	@install -m 644 board/README.md $(call IN,$(docdir))/board.md
	@$(call put_settings,board/common/terminal.conf)

install-hall: programs
	@$(call put_programs,hall hall-open hallctl,hallctl)
	@$(call DIRS,$(datadir)/catalog/calendar $(datadir)/catalog/icons)
	@cp -R assets/catalog/sample $(call IN,$(datadir)/catalog)
	@$(call PUT,assets/catalog/README.md,$(datadir)/catalog)
	@$(call PUT,assets/catalog/calendar/*,$(datadir)/catalog/calendar)
	@$(call PUT,assets/icons/*.svg,$(datadir)/catalog/icons)
	@$(call DIRS,$(datadir)/staff/vendor $(datadir)/staff/words)
	@$(call PUT,$(B)/staff/*.*,$(datadir)/staff)
	@$(call PUT,$(B)/staff/vendor/*,$(datadir)/staff/vendor)
	@$(call PUT,$(B)/staff/words/*,$(datadir)/staff/words)
	@for s in daily backup; do install -m 755 board/hall/$$s.sh $(call IN,$(libexecdir))/$$s; done
	@$(call PUT,$(wildcard board/hall/*.service board/hall/*.timer),$(prefix)/lib/systemd/system)
	@install -m 644 board/hall/tongban-hall-sysusers.conf $(call IN,$(prefix)/lib/sysusers.d)/tongban-hall.conf
	@install -m 644 board/hall/tongban-hall-tmpfiles.conf $(call IN,$(prefix)/lib/tmpfiles.d)/tongban-hall.conf
	@$(call put_settings,board/hall/hall.conf)

install-flash: programs
	@$(call put_programs,flash,flash)

install-update: # what an image has beside, which is made of two slots
	@$(call DIRS,$(libexecdir) $(sysconfdir)/rauc $(prefix)/lib/systemd/system $(prefix)/lib/tmpfiles.d $(prefix)/share/dbus-1/system.d)
	@install -m 755 -t $(call IN,$(libexecdir)) board/update/slots board/update/update
	@sed 's/@BOARD@/$(BOARD)/' board/update/system.conf >$(call IN,$(sysconfdir)/rauc)/system.conf
	@$(call PUT,board/update/tongban-update.path board/update/tongban-update.service board/update/tongban-judge.service,$(prefix)/lib/systemd/system)
	@install -m 644 board/update/tongban-update-tmpfiles.conf $(call IN,$(prefix)/lib/tmpfiles.d)/tongban-update.conf
	@install -m 644 board/update/rauc-dbus.conf $(call IN,$(prefix)/share/dbus-1/system.d)/de.pengutronix.rauc.conf

# --- the image of a terminal -------------------------------------------------------------------------------------------

BOARD ?= x86_64
.PHONY: image stick image-lock image-twice bundle test-image guide staff-guide
image: ## the image of a terminal, build/image/BOARD.img.zst, for BOARD=x86_64 (arm64: build/image/arm64/)
	@board/image/build.sh $(BOARD)

stick: ## the image, and a stick that installs it: build/image/BOARD-stick.{img,bmap,sig}, for flash
	@board/image/build.sh $(BOARD) --stick

bundle: ## the image and its update, build/image/BOARD.raucb, signed (SYSTEM_VERSION=…; REPLACES=VERSION: leave to go back from it)
	@board/image/build.sh $(BOARD) --bundle

image-lock: ## ask Debian's archive anew which packages an image is made of
	@. board/$(BOARD)/machine && mkdir -p build && for l in packages:$$debian builder:$$builder; do n=$${l%:*}; \
	    board/image/packages.sh lock board/$(BOARD)/$$n $${l#*:} >build/$$n.lock && mv build/$$n.lock board/$(BOARD)/$$n.lock || exit 1; done

image-twice: ## make the image twice, compiling all anew, and compare them byte by byte
	@board/image/twice.sh $(BOARD)

test-image: ## start the image in a virtual machine, look at its screen, and ask it what it is like from inside
	@tools/setup.sh --image || echo "test-image: what it needs cannot be installed: it is skipped"
	@$(SUB) -s build/release/desk
	@tests/image/run.sh $(BOARD)

guide: setup ## the technician's guide, build/guide/guide.html: one page, its pictures drawn now
	@$(SUB) -s SAN=1 build/test/tests/ui/shots build/test/assets.stamp
	@$(SUB) -s build/release/flash build/release/kioskctl
	@board/guide/make.sh build/release build/test build/guide/guide.html

staff-guide: setup ## the guide for those who work at the hall, build/staff-guide/guide.html: one page, its pictures taken now
	@tools/setup.sh --bench
	@$(SUB) -s SAN=1 build/test/hall build/test/hallctl build/test/hall-open build/test/sealed-record build/test/staff.stamp
	@tests/npm.sh
	@rm -rf build/staff-guide && SHOTS=build/staff-guide/shots node tests/hall/staff_walk.mjs build/test | grep -v '^ok' || true
	@tools/hall/staff/guide/make.sh build/staff-guide/shots build/staff-guide/guide.html
