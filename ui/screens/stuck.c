/* SPDX-License-Identifier: Apache-2.0
 *
 * See stuck.h. It never says that nothing is lost, which nobody knows here: it says what was not touched.
 */
#include "ui/screens/stuck.h"

#include <string.h>

#include "base/text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 24
#define STEPS 3
#define TEXT_MAX 400

/* A table of their own: residents' pages have no use for these words. */
enum stuck_word {
#define STR(id) STUCK_##id,
#include "stuck_word_ids.inc"
#undef STR
    STUCK_WORDS,
};
static const char *const texts[STUCK_WORDS][2] = {
#define STR(id, zh, en) [STUCK_##id] = {zh, en},
#include "stuck_words.inc"
#undef STR
};

static const struct stuck {
    const char *code;
    enum stuck_word what, steps[STEPS];
} all[] = {
#define STUCK(name, code, words) {code, STUCK_##words, {STUCK_##words##_1, STUCK_##words##_2, STUCK_##words##_3}},
#include "ui/screens/stuck.def"
#undef STUCK
};

#define ZH 0
#define EN 1

static const char *fill(struct scene *s, int language, enum stuck_word id, const char *const *args, size_t n)
{
    char out[TEXT_MAX];

    text_fill(out, sizeof out, texts[id][language], args, n);
    return scene_keep(s, out);
}

static const struct stuck *find(const char *code)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].code, code) == 0)
            return &all[i];
    return NULL;
}

bool stuck_code_known(const char *code)
{
    return find(code) != NULL;
}

static int safe(struct scene *s, int language, const struct stuck_page *p, struct box page, int y)
{
    const char *count = words_number(s, p->unsent);
    enum stuck_word first = p->unsent == 0 ? STUCK_safe_sent : p->unsent > 0 ? STUCK_safe_n : STUCK_safe;

    return safe_card(s, page.x, y, page.w, fill(s, language, first, &count, 1), texts[STUCK_safe_note][language]);
}

static int steps_height(struct scene *s, int w, struct type head, struct type type, const char *const lines[STEPS + 1])
{
    int h = scene_height(s, w, head, texts[STUCK_technician][ZH]) + 8;

    for (int i = 0; i <= STEPS; i++)
        h += scene_height(s, w, type, lines[i]) + 4;
    return h;
}

/* Up from the lower edge, for whoever mends it: in bad light, so as large as there is room below `above`. */
static void steps(struct scene *s, const struct stuck_page *p, const struct stuck *why, struct box page, int above)
{
    struct type type = TYPE(LABEL, REGULAR, ON_NIGHT_2), head = TYPE(TITLE_2, BOLD, ON_NIGHT);
    const char *lines[STEPS + 1], *const of[] = {p->boot.version, p->boot.slot, p->code};

    for (int i = 0; i < STEPS; i++) {
        const char *const args[] = {words_number(s, i + 1), texts[why->steps[i]][ZH]};

        lines[i] = fill(s, ZH, STUCK_step, args, 2);
    }
    lines[STEPS] = fill(s, ZH, STUCK_version, of, 3);
    int y = box_bottom(page) - 24 - steps_height(s, page.w, head, type, lines);
    if (y < above) {
        type = TYPE(SMALL, REGULAR, ON_NIGHT_2);
        head = TYPE(LABEL, BOLD, ON_NIGHT);
        y = box_bottom(page) - 24 - steps_height(s, page.w, head, type, lines);
    }
    y += scene_text(s, page.x, y, page.w, head, texts[STUCK_technician][ZH]) + 8;
    for (int i = 0; i <= STEPS; i++)
        y += scene_text(s, page.x, y, page.w, type, lines[i]) + 4;
}

void build_stuck(struct scene *s, const struct stuck_page *p)
{
    struct view zh = boot_view(LANGUAGE_ZH_CN, p->boot.place);
    struct type lead = TYPE(LEAD, REGULAR, ON_NIGHT_2), small = TYPE(SMALL, REGULAR, ON_NIGHT_2);
    const struct stuck *why = find(p->code);
    struct box page = frame_night(s, &zh, false, false);
    int x = page.x, w = page.w, y = page.y + 40;

    plate(s, (struct box){x, y, 128, 128}, 32, TOKEN_GLOW, "tools", 88, TOKEN_ON_GLOW);
    y += 128 + 32;
    y += scene_title(s, x, y, w, TYPE(DISPLAY, BOLD, ON_NIGHT), texts[STUCK_title][ZH]) + 12;
    y += scene_text(s, x, y, w, lead, texts[why->what][ZH]) + 8;
    y += scene_text(s, x, y, w, small, texts[why->what][EN]) + GAP;
    y = safe(s, ZH, p, page, y) + GAP;
    y = safe(s, EN, p, page, y) + GAP;
    y = boot_call(s, &p->boot, p->code, texts[STUCK_call], page, y);
    steps(s, p, why, page, y + GAP);
}
