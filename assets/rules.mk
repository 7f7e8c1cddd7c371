# SPDX-License-Identifier: Apache-2.0
#
# Icons, shadows and illustrations become one file the terminal maps: $(B)/assets/icons.bin. Icons are rasterised at the
# sizes the look names; a size more is a number more here.

ICON_SIZES := 32 40 44 48 52 56 60 64 72 80 88 112 128
ICON_FILES := $(sort $(wildcard assets/icons/*.svg))
SHADOW_FILES := $(sort $(wildcard assets/shadow/card-*.png))
# like the lexicon below, the same for every build
ART := build/art

# PICTURE: name in the program, source, view box, px. The views show the lower half of the terminal, large. The arrow lies
# on the picture `card`, 704 px from its left and 650 from its top.
ART_LIST := card:terminal-card:44_101_392_540:1000:1378 arrow:arrow:319.968_355.8_46.256_58.016:118:148 \
            reading:terminal-reading:44_101_392_540:1000:1378 \
            lift:terminal-lift:44_101_392_540:1000:1378 reading-low:terminal-reading:44_260_392_300:1000:765 \
            lift-low:terminal-lift:44_260_392_300:1000:765 receipt:terminal-receipt:134_295_220_380:440:760 \
            ticket:terminal-ticket:77_325_170_331:440:858 receipt-wide:terminal-receipt:44_350_392_250:1000:638 \
            ticket-wide:terminal-ticket:44_350_392_250:1000:638 \
            $(foreach r,open take put shut try,roll-$(r):roll-$(r):0_0_700_560:560:448) \
            stick-out:stick-out:0_-57_480_457:860:819 mark:mark:0_0_56_56:56:56 mark-night:mark:0_0_56_56:56:56 mark-contrast:mark:0_0_56_56:56:56
art_part = $(word $(2),$(subst :, ,$(1)))

$(B)/pack: tools/assets/pack.c
	@mkdir -p $(@D)
	$(BUILD_CC) -std=c11 -O2 -Wall -Wextra -o $@ $< $(shell pkg-config --cflags --libs libpng)

$(ART)/sheet-%.png: $(ICON_FILES) tools/assets/sheet.awk
	@mkdir -p $(@D)
	@awk -v size=$* -f tools/assets/sheet.awk $(ICON_FILES) > $(@:.png=.svg)
	@rsvg-convert -o $@ $(@:.png=.svg)

define art_rule
$(ART)/$(call art_part,$(1),1).png: assets/illustration/$(call art_part,$(1),2).svg assets/rules.mk
	@mkdir -p $$(@D)
	@sed '1s/viewBox="[^"]*" width="[^"]*" height="[^"]*"/viewBox="$(subst _, ,$(call art_part,$(1),3))" width="$(call art_part,$(1),4)" height="$(call art_part,$(1),5)"/$(if $(findstring night,$(1)),;s/#0F4F66/#17566C/)$(if $(findstring contrast,$(1)),;s/#0F4F66/#000000/;s/#F2B754/#FFD83D/)' $$< > $$(@:.png=.svg)
	@rsvg-convert -o $$@ $$(@:.png=.svg)
endef
$(foreach a,$(ART_LIST),$(eval $(call art_rule,$(a))))

ART_FILES := $(foreach s,$(ICON_SIZES),$(ART)/sheet-$(s).png) $(foreach a,$(ART_LIST),$(ART)/$(call art_part,$(a),1).png)

$(B)/assets.stamp: $(B)/pack $(ART_FILES) $(SHADOW_FILES) $(wildcard assets/printers/*.json) assets/rules.mk
	@mkdir -p $(B)/assets/printers
	@cp $(wildcard assets/printers/*.json) $(B)/assets/printers/
	@{ for i in $(basename $(notdir $(ICON_FILES))) check-bold; do echo "name $$i"; done; \
	   for s in $(ICON_SIZES); do echo "sheet $$s $(ART)/sheet-$$s.png"; done; \
	   for r in $(patsubst card-%,%,$(basename $(notdir $(SHADOW_FILES)))); do echo "mask shadow-$$r assets/shadow/card-$$r.png"; done; \
	   for a in $(foreach a,$(ART_LIST),$(call art_part,$(a),1)); do echo "picture $$a $(ART)/$$a.png"; done; } > $(B)/pictures
	$(B)/pack $(B)/assets/icons.bin < $(B)/pictures
	@rsvg-convert --version > $(B)/assets/drawn-with
	@touch $@

# --- the Chinese keyboard's lexicon: see assets/ime/README.md. It is the same for every build, and made once for all ---
RIME_DATA := /usr/share/rime-data
UNIHAN := /usr/share/unicode/Unihan_Readings.txt.bz2
IME := build/ime
IME_SCHEMAS := $(wildcard assets/ime/*.yaml)

$(IME)/readings: $(UNIHAN)
	@mkdir -p $(@D)
	@bzcat $< | grep kTGHZ2013 | grep '^U' > $@
$(IME)/titles: $(wildcard assets/catalog/sample/*.json)
	@mkdir -p $(@D)
	@cat $^ | LC_ALL=C.UTF-8 grep -oE '"(task_name|dept_name|keywords|themes|life_events|material_name)": *("[^"]*"|\[[^]]*\])' \
	    | LC_ALL=C.UTF-8 sed 's/^"[a-z_]*"://; s/[][",(){}（）、，。 ]/ /g' | sort -u > $@
IME_WORDS := $(patsubst %,assets/ime/%.txt,use names readings) assets/divisions/divisions.tsv assets/ime/words.txt assets/ime/surnames.txt
$(IME)/tongban.dict.yaml: assets/ime/utf8.awk assets/ime/lexicon.awk $(IME)/readings $(IME_WORDS) $(IME)/titles
	@LC_ALL=C awk -f assets/ime/utf8.awk -f assets/ime/lexicon.awk $(RIME_DATA)/pinyin_simp.dict.yaml $(IME)/readings $(IME_WORDS) $(IME)/titles > $@
$(IME)/strokes.dict.yaml: assets/ime/utf8.awk assets/ime/strokes.awk $(IME)/readings assets/ime/strokes.txt
	@LC_ALL=C awk -f assets/ime/utf8.awk -f assets/ime/strokes.awk $(RIME_DATA)/pinyin_simp.dict.yaml $(IME)/readings $(RIME_DATA)/stroke.dict.yaml \
	    assets/ime/strokes.txt > $@
# what the characters look like, written by hand: learnt from how they are printed
HAND := $(IME)/hand-learn
HAND_FONTS := $(patsubst %,/usr/share/fonts/opentype/noto/Noto%CJK-Regular.ttc,Sans Serif)

$(HAND): $(wildcard tools/hand/*.[ch]) firmware/ime/ink_shape.c firmware/ime/ink_shape.h firmware/ime/hand_model.h firmware/model/ink.h
	@mkdir -p $(@D)
	$(BUILD_CC) -std=c11 -D_GNU_SOURCE -O2 -ffp-contract=off -Wall -Wextra -Ifirmware -I. -o $@ $(filter %.c,$^) $(shell pkg-config --cflags --libs freetype2) -lm
$(IME)/characters: assets/ime/utf8.awk assets/ime/hand.awk $(IME)/readings
	@LC_ALL=C awk -f assets/ime/utf8.awk -f assets/ime/hand.awk $(RIME_DATA)/pinyin_simp.dict.yaml $(IME)/readings > $@
$(IME)/hand.model: $(HAND) $(IME)/characters
	$(HAND) $(IME)/characters $(HAND_FONTS) $@
$(IME)/made.stamp: $(IME)/tongban.dict.yaml $(IME)/strokes.dict.yaml $(IME)/hand.model $(IME_SCHEMAS)
	@cp $(IME_SCHEMAS) $(IME)/
	@touch -d @1 $(patsubst assets/ime/%,$(IME)/%,$(IME_SCHEMAS)) # the compiler writes their dates into what it makes
	@rm -rf $(IME)/made $(IME)/user && mkdir -p $(IME)/made $(IME)/user
	@rime_deployer --build $(IME)/user $(IME) $(IME)/made > $(IME)/log 2>&1 || { cat $(IME)/log; exit 1; }
	@cp $(IME)/hand.model $(IME)/made/
	@touch $@
$(B)/ime.stamp: $(IME)/made.stamp assets/divisions/divisions.tsv
	@rm -rf $(B)/assets/ime && mkdir -p $(B)/assets
	@cp -r $(IME)/made $(B)/assets/ime
	@cp assets/divisions/divisions.tsv $(B)/assets/
	@touch $@
