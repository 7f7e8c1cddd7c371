/* SPDX-License-Identifier: Apache-2.0
 *
 * The two systems, what waits and why, how the last update went; the catalogue, and until when what is signed is good and
 * what happens then.
 */
#include <stddef.h>
#include <string.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/staff_words.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"

#define GAP 20
#define DAY_MS (24 * INT64_C(3600000))

/* --- the two systems --- */

struct slot {
    const char *name, *version, *note, *chip, *icon;
    enum chip_kind kind;
    bool runs;
};

static struct slot slot_of(struct scene *s, const struct view *v, const struct system_report *r, bool first)
{
    bool runs = (strcmp(r->slot, "b") != 0) == first;
    struct slot k = {.name = first ? SAY(versions_slot_a) : SAY(versions_slot_b), .runs = runs};

    if (runs) {
        k.version = r->running;
        k.note = SAY_WITH(staff_up, words_number(s, (long)(v->staff.facts.up_ms / DAY_MS)),
                          words_number(s, (long)(v->staff.facts.up_ms % DAY_MS / 3600000)));
        k.chip = SAY(versions_runs);
        k.icon = "ok";
        k.kind = CHIP_OK;
        return k;
    }
    k.version = r->other[0] ? r->other : SAY(versions_empty);
    switch (system_report_other(r)) {
    case SYSTEM_OTHER_EMPTY:
        k.note = SAY(versions_empty_note);
        break;
    case SYSTEM_OTHER_GOOD:
        k.note = SAY(versions_good_note);
        break;
    case SYSTEM_OTHER_TRIAL:
        k.note = SAY(versions_trial_note);
        break;
    case SYSTEM_OTHER_GIVEN_UP:
        k.note = SAY(versions_given_up_note);
        break;
    }
    k.chip = SAY(versions_stands_by);
    k.icon = "wait";
    k.kind = CHIP_PLAIN;
    return k;
}

static int slot_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    struct slot k = slot_of(s, v, ctx, i == 0);
    struct type name = TYPE(SMALL, BOLD, INK_2), version = TYPE(TITLE_2, BOLD, INK), note = TYPE(SMALL, REGULAR, INK_2);
    int wide = chip_width(s, k.chip), room = at.w - wide - 16, y = at.y;

    chip(s, at.x + at.w - wide, y, 0, k.kind, k.icon, k.chip);
    y += scene_draw(s, at.x, y, room, name, k.name);
    y += scene_draw(s, at.x, y, room, version, k.version);
    y += scene_draw(s, at.x, y, at.w, note, k.note);
    scene_node(s, NODE_STATUS, i == 0 ? "slot-a" : "slot-b", (struct box){at.x, at.y, at.w, y - at.y}, k.name)->value =
        scene_keep(s, SAY_WITH(versions_slot_said, k.version, k.chip, k.note));
    return y;
}

/* --- what waits, and what became of the last one --- */

struct pairs {
    const char *title, *label[4], *value[4];
    int n, column;
};

static void add(struct pairs *p, const char *label, const char *value)
{
    if (!*value)
        return;
    p->label[p->n] = label;
    p->value[p->n++] = value;
}

static int pairs_top(struct scene *s, const struct view *v, struct box in, const void *ctx)
{
    const struct pairs *p = ctx;

    return in.y + scene_text(s, in.x, in.y, in.w, TYPE(LABEL, BOLD, INK), p->title) + 8;
}

static int pairs_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct pairs *p = ctx;

    return at.y + pair_draw(s, at.x, at.y, at.w, &(struct pair){NULL, p->label[i], p->value[i], p->column, false, false});
}

static int pairs_card(struct scene *s, const struct view *v, struct leaves *l, int y, struct pairs *p)
{
    p->column = pair_column(s, p->label, p->n);
    leaves_break(s, l, y);
    return leaves_card(s, v, l, y,
                       &(struct leaves_card){.top = pairs_top, .n = p->n, .row = pairs_row, .ctx = p, .gap = 8}) +
           GAP;
}

static int waiting(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct system_facts *f = &v->staff.facts.system;
    const char *why = *f->wanted ? staff_words_waits(s, v, f) : "";
    struct pairs p = {.n = 0};

    if (!*why || f->asked == SYSTEM_ASKED_ORDER)
        return y;
    p.title = SAY_WITH(versions_waits, f->wanted);
    add(&p, SAY(versions_because), why);
    add(&p, SAY(versions_fetched), f->here ? SAY(versions_fetched_yes) : SAY(versions_fetched_no));
    add(&p, SAY(versions_since), SAY_WITH(versions_since_word, staff_words_moment(s, v, f->since_ms)));
    add(&p, SAY(versions_next),
        f->until_ms < v->now_ms                             ? SAY(versions_next_silent)
        : !strcmp(f->why, "go") || !strcmp(f->why, "hours") ? SAY(versions_next_hours)
                                                            : SAY(versions_next_hall));
    return pairs_card(s, v, l, y, &p);
}

static int last_one(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct system_report *r = &v->staff.facts.system.report;
    struct pairs p = {.title = staff_words_update(s, v, r)};

    if (r->state != SYSTEM_NONE) {
        add(&p, SAY(versions_because), staff_words_update_why(s, v, r->why));
        add(&p, SAY(versions_code), r->why);
        add(&p, SAY(versions_since), r->at_s ? staff_words_moment(s, v, r->at_s * 1000) : "");
        add(&p, SAY(versions_next), r->state == SYSTEM_FELLBACK ? SAY(versions_next_retry) : "");
    }
    return pairs_card(s, v, l, y, &p);
}

static int under_way(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct system_facts *f = &v->staff.facts.system;
    const char *first = NULL, *rest = NULL;
    bool bad = !f->asked && f->nobody;

    if (bad) {
        first = SAY(versions_nobody);
        rest = SAY(versions_nobody_do);
    } else if (f->asked == SYSTEM_ASKED_STICK && !f->heard) {
        first = SAY(versions_stick_reads);
        rest = SAY(versions_stick_reads_do);
    } else if (f->asked) {
        first = SAY(versions_works);
        rest = SAY(versions_works_do);
    } else {
        return y;
    }
    leaves_break(s, l, y);
    return banner(s, l->area.x, y, l->area.w, bad ? BANNER_BAD : BANNER_INFO, bad ? "error" : "wait", first, rest) + GAP;
}

/* --- what is signed, and until when --- */

struct end {
    const char *name, *value, *note, *chip, *icon;
    enum chip_kind kind;
};
#define ENDS (STAFF_ENDS + 1)

static struct end end_of(struct scene *s, const struct view *v, const char *name, const char *note, int64_t ms, bool near,
                         bool over)
{
    long days = (long)((ms - v->now_ms + DAY_MS - 1) / DAY_MS);
    struct end e = {.name = name, .note = note, .value = ms ? staff_words_day(s, ms) : ""};

    e.kind = !ms ? CHIP_PLAIN : over ? CHIP_BAD : near ? CHIP_WARN : CHIP_OK;
    e.icon = !ms ? "info" : over ? "error" : near ? "alert" : "ok";
    e.chip = !ms ? SAY(staff_unknown) : over ? SAY(versions_over) : SAY_WITH(versions_days, words_number(s, days));
    return e;
}

static struct end end_at(struct scene *s, const struct view *v, int i)
{
    const char *const names[STAFF_ENDS] = {SAY(versions_certificate), SAY(versions_root), SAY(versions_sealing)};
    const char *const notes[STAFF_ENDS] = {SAY(versions_certificate_then), SAY(versions_root_then),
                                           SAY(versions_sealing_then)};
    const struct staff_facts *f = &v->staff.facts;

    if (i < STAFF_ENDS)
        return end_of(s, v, names[i], notes[i], f->ends[i].ms, f->ends[i].near, f->ends[i].over);
    return end_of(s, v, SAY(versions_head), SAY(versions_head_then), f->head_expires_ms, false,
                  f->head_expires_ms && f->head_expires_ms < v->now_ms);
}

static int end_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    struct end e = end_at(s, v, i);
    struct type name = TYPE(BODY, BOLD, INK), small = TYPE(SMALL, REGULAR, INK_2);
    int wide = chip_width(s, e.chip), room = at.w - wide - 16, y = at.y;

    chip(s, at.x + at.w - wide, y, 0, e.kind, e.icon, e.chip);
    y += scene_draw(s, at.x, y, room, name, *e.value ? SAY_WITH(versions_end, e.name, e.value) : e.name);
    if (y < at.y + chip_height(s))
        y = at.y + chip_height(s);
    y += scene_draw(s, at.x, y, at.w, small, e.note);
    scene_node(s, NODE_STATUS, "", (struct box){at.x, at.y, at.w, y - at.y}, e.name)->value = scene_keep(
        s, SAY_WITH(versions_end_said, e.value, e.chip, e.note));
    return y;
}

/* --- the page --- */

static struct actions presses(struct scene *s, const struct view *v, struct box *page)
{
    const struct system_facts *f = &v->staff.facts.system;
    bool may = f->report.running[0] && !f->asked, other = may && system_report_startable(&f->report);
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "back", .icon = "back", .label = SAY(ui_back), .action = DO(BACK, 0, 0)},
        {.kind = BUTTON_SECOND,
         .id = "update-stick",
         .icon = "usb",
         .label = v->staff.sure == STAFF_SURE_STICK ? SAY(versions_sure) : SAY(versions_stick),
         .off = !may,
         .action = DO(STAFF_STICK, 0, 0)},
        {.kind = BUTTON_SECOND,
         .id = "update-other",
         .icon = "undo",
         .label = v->staff.sure == STAFF_SURE_OTHER ? SAY(versions_sure) : SAY(versions_other),
         .off = !other,
         .action = DO(STAFF_OTHER, 0, 0)}};

    return actions_take(s, page, list, NULL, 3);
}

void build_VERSIONS(struct scene *s, const struct view *v)
{
    const struct system_report *r = &v->staff.facts.system.report;
    struct box page = frame_paper(s, v);
    struct actions row = presses(s, v, &page);
    int y = page.y + 24;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, INK), SAY(versions_title)) + 12;
    struct box in = {page.x, y, page.w, box_bottom(page) - y};
    struct leaves pages = leaves_begin(s, in);

    y = under_way(s, v, &pages, y);
    leaves_break(s, &pages, y);
    if (r->running[0])
        y = leaves_card(s, v, &pages, y,
                        &(struct leaves_card){.n = 2, .row = slot_row, .ctx = r, .lines = true, .gap = 28}) +
            GAP;
    else
        y = banner(s, page.x, y, page.w, BANNER_INFO, "info", SAY(versions_no_image), SAY(versions_no_image_note)) + GAP;
    y = waiting(s, v, &pages, y);
    if (r->running[0])
        y = last_one(s, v, &pages, y);
    leaves_break(s, &pages, y);
    y = leaves_card(
        s, v, &pages, y,
        &(struct leaves_card){.head = SAY(versions_ends),
                              .note = v->staff.facts.catalogue
                                          ? SAY_WITH(versions_catalogue, words_number(s, v->staff.facts.catalogue))
                                          : SAY(versions_no_catalogue),
                              .n = ENDS,
                              .row = end_row,
                              .lines = true,
                              .gap = 24});
    leaves_end(s, v, &pages, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
