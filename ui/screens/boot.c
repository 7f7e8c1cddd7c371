/* SPDX-License-Identifier: Apache-2.0
 *
 * See boot.h. The mark is drawn from circles, so that it needs no picture, and nothing of it moves.
 */
#include "ui/screens/boot.h"

#include <stdio.h>
#include <string.h>

#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 24
#define CODE_SIDE 280
#define FOOT 80 /* above the lower edge */

struct view boot_view(enum language language, const struct place *place)
{
    static const struct place nowhere;

    return (struct view){.settings = {.language = language}, .place = place ? place : &nowhere};
}

static struct type centred(struct type t)
{
    return type_aligned(t, ALIGN_CENTRE);
}

/* --- starting ---------------------------------------------------------------------------------------------------------- */

static void mark(struct scene *s, int x, int y)
{
    const int r = 250, sun = 130, line = 12, ground = 162; /* the arc ends 162 below its centre */
    struct box arc = {x - r - line / 2, y - r - line / 2, 2 * r + line, 2 * r + line};
    struct box disc = {x - sun, y + ground - 2 * sun - line / 2 - 4, 2 * sun, 2 * sun};

    scene_ring(s, arc, line, TOKEN_ON_NIGHT, 1000);
    scene_disc_in(s, disc, disc, 0, TOKEN_GLOW);
    scene_rect(s, (struct box){arc.x, y + ground, arc.w, r - ground + line}, 0, TOKEN_PRIMARY_DEEP);
    scene_rect(s, (struct box){x - 276, y + ground - line / 2, 552, line}, line / 2, TOKEN_ON_NIGHT);
}

/* Which machine, which version, from which slot. */
static void foot(struct scene *s, const struct boot_page *b)
{
    struct view zh = boot_view(LANGUAGE_ZH_CN, b->place), *v = &zh;
    const char *where = b->place ? SAY_WITH(ui_place, b->place->spot, b->place->device) : "";
    const char *parts[] = {where, b->version, b->slot};
    char line[256] = "";

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (*parts[i] && *line)
            strncat(line, "　", sizeof line - strlen(line) - 1);
        strncat(line, parts[i], sizeof line - strlen(line) - 1);
    }
    scene_text(s, 0, s->env.screen.h - FOOT, s->env.screen.w, centred(TYPE(SMALL, REGULAR, ON_NIGHT_2)), line);
}

void build_boot(struct scene *s, const struct boot_page *b)
{
    struct type second = centred(TYPE(LABEL, REGULAR, ON_NIGHT_2));
    struct view zh = boot_view(LANGUAGE_ZH_CN, b->place), en = boot_view(LANGUAGE_EN, b->place), *v = &zh;
    int w = s->env.screen.w, y = s->env.screen.h * 56 / 100;

    scene_rect(s, s->env.screen, 0, TOKEN_PRIMARY_DEEP);
    mark(s, w / 2, s->env.screen.h * 436 / 1000);
    y += scene_title(s, 0, y, w, centred(TYPE(TITLE_1, BOLD, ON_NIGHT)), b->slow ? SAY(boot_slow_title) : SAY(boot_title)) +
         4;
    y += scene_text(s, 0, y, w, second, b->slow ? SAY(boot_slow_second) : SAY(boot_second)) + 8;
    v = &en;
    y += scene_text(s, 0, y, w, second, b->slow ? SAY(boot_slow_title) : SAY(boot_title));
    if (b->slow)
        scene_text(s, 0, y, w, second, SAY(boot_slow_second));
    foot(s, b);
}

/* --- ended again and again --------------------------------------------------------------------------------------------- */

static const char *technician(struct scene *s, const struct view *v, const struct crash_page *c)
{
    const char *times = words_number(s, c->times), *version = c->boot.version, *slot = c->boot.slot;

    return c->other ? SAY_WITH(crash_technician_back, times, version, slot, c->code, c->other)
                    : SAY_WITH(crash_technician, times, version, slot, c->code);
}

int boot_call(struct scene *s, const struct boot_page *b, const char *code, const char *const call[2], struct box page,
              int y)
{
    struct view zh = boot_view(LANGUAGE_ZH_CN, b->place), en = boot_view(LANGUAGE_EN, b->place), *v = &zh;
    struct card card = card_open(s, page.x, y, page.w, &(struct card_style){36, 32, 32, TOKEN_SURFACE, true});
    const struct place *p = b->place;
    char proof[160];
    int x = card.in.x, w = card.in.w - CODE_SIDE - GAP, at = card.in.y;

    snprintf(proof, sizeof proof, "TONGBAN %s %s %s %s", p ? p->terminal : "-", code, b->version, b->slot);
    if (p) {
        at += scene_text(s, x, at, w, TYPE(TITLE_2, BOLD, INK), call[0]);
        at += scene_text(s, x, at, w, TYPE(DISPLAY, BOLD, INK), p->hotline);
        at += scene_text(s, x, at, w, TYPE(TITLE_2, BOLD, INK), SAY_WITH(crash_say, p->device, code)) + 12;
        v = &en;
        at += scene_text(s, x, at, w, TYPE(SMALL, REGULAR, INK_2), call[1]);
        at += scene_text(s, x, at, w, TYPE(SMALL, REGULAR, INK_2),
                         SAY_WITH(crash_say, words_either(s, v, p->device, p->device_en), code));
    } else {
        at += scene_text(s, x, at, w, TYPE(TITLE_2, BOLD, INK), SAY_WITH(crash_code, code));
    }
    qr_block(s, (struct box){card.in.x + card.in.w - CODE_SIDE, card.in.y, CODE_SIDE, CODE_SIDE}, proof);
    return card_close(s, &card, at > card.in.y + CODE_SIDE ? at : card.in.y + CODE_SIDE);
}

void build_crash(struct scene *s, const struct crash_page *c)
{
    struct view zh = boot_view(LANGUAGE_ZH_CN, c->boot.place), en = boot_view(LANGUAGE_EN, c->boot.place), *v = &zh;
    struct type lead = TYPE(LEAD, REGULAR, ON_NIGHT_2), small = TYPE(SMALL, REGULAR, ON_NIGHT_2);
    const char *const words[2] = {str(LANGUAGE_ZH_CN, STR_crash_call), str(LANGUAGE_EN, STR_crash_call)};
    struct box page = frame_night(s, v, false, false);
    int x = page.x, w = page.w, y = page.y + 40;

    plate(s, (struct box){x, y, 128, 128}, 32, TOKEN_GLOW, "tools", 88, TOKEN_ON_GLOW);
    y += 128 + 32;
    y += scene_title(s, x, y, w, TYPE(DISPLAY, BOLD, ON_NIGHT), SAY(crash_title)) + 12;
    y += scene_text(s, x, y, w, lead, SAY_WITH(crash_since, c->since));
    y += scene_text(s, x, y, w, lead, c->other ? SAY(crash_back) : SAY(crash_again)) + 16;
    v = &en;
    y += scene_text(s, x, y, w, small, SAY_WITH(crash_since, c->since));
    y += scene_text(s, x, y, w, small, c->other ? SAY(crash_back) : SAY(crash_again)) + GAP + 8;
    v = &zh;
    y = safe_card(s, x, y, w, SAY(crash_safe), SAY(crash_safe_note)) + GAP;
    v = &en;
    y = safe_card(s, x, y, w, SAY(crash_safe), SAY(crash_safe_note)) + GAP;
    boot_call(s, &c->boot, c->code, words, page, y);
    v = &zh;
    y = box_bottom(page) - 40 - scene_height(s, w, small, technician(s, v, c));
    scene_text(s, x, y, w, small, technician(s, v, c));
}
