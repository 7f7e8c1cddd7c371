/* SPDX-License-Identifier: Apache-2.0
 *
 * Which electronic licences are used: a card for each material that one may stand in for, with what was found, and for what
 * is held the choice. While the hall is asked, and where it does not say, the way on is as near: all are brought then.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/asking.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20
#define WAY_GAP 12

/* NULL: the hall said nothing of it. */
static const struct my_licence *found(const struct view *v, int i)
{
    const struct my_licences *m = v->licences.known;

    return m ? my_licence_of(m, v->item.item->materials[i].licence_kind) : NULL;
}

static bool is_held(const struct view *v, int i)
{
    const struct my_licence *l = found(v, i);

    return l && l->state == MY_LICENCE_HELD;
}

static bool uses(const struct view *v, int i)
{
    return v->values && v->values->licences.use >> i & 1;
}

static bool brings(const struct view *v, int i)
{
    return v->values && v->values->licences.bring >> i & 1;
}

static void count(const struct view *v, int *all, int *held)
{
    *all = *held = 0;
    for (size_t i = 0; i < v->item.item->n_materials; i++)
        if (my_licence_wanted(&v->item.item->materials[i])) {
            ++*all;
            *held += is_held(v, (int)i);
        }
}

/* --- what was found, in words --- */

struct finding {
    enum chip_kind kind;
    const char *icon, *chip, *words, *more; /* more NULL: nothing */
};

static const char *why_words(const struct view *v, enum my_licence_why why)
{
    static const enum str_id words[MY_LICENCE_WHYS] = {[MY_LICENCE_NOT_ASKED] = STR_licences_not_asked,
                                                       [MY_LICENCE_AWAY] = STR_licences_away,
                                                       [MY_LICENCE_SOURCE_AWAY] = STR_licences_source_away,
                                                       [MY_LICENCE_NOT_TOLD] = STR_licences_not_told};

    return str(v->settings.language, words[why]);
}

static struct finding finding(struct scene *s, const struct view *v, int i)
{
    const struct my_licence *l = found(v, i);

    if (!l)
        return (struct finding){CHIP_WARN, "doc-bring", SAY(licences_to_bring), SAY(licences_unknown), NULL};
    switch (l->state) {
    case MY_LICENCE_HELD:
        return (struct finding){CHIP_OK, "doc-have", SAY(licences_held),
                                l->until.year
                                    ? SAY_WITH(licences_held_until, words_own(s, v, l->issuer), words_day(s, v, l->until))
                                    : SAY_WITH(licences_held_ever, words_own(s, v, l->issuer)),
                                NULL};
    case MY_LICENCE_EXPIRED:
        return (struct finding){CHIP_BAD, "stop", SAY(licences_expired),
                                SAY_WITH(licences_expired_on, words_day(s, v, l->until)),
                                SAY_WITH(licences_expired_do, words_own(s, v, l->issuer))};
    case MY_LICENCE_NOT_GOOD:
        return (struct finding){CHIP_BAD, "stop", SAY(licences_not_good),
                                SAY_WITH(licences_not_good_do, words_own(s, v, l->issuer)), NULL};
    case MY_LICENCE_NONE:
        return (struct finding){CHIP_WARN, "doc-bring", SAY(licences_to_bring), SAY(licences_none), NULL};
    case MY_LICENCE_UNCHECKED:
    case MY_LICENCE_STATES:
        break;
    }
    return (struct finding){CHIP_WARN, "doc-bring", SAY(licences_unchecked), why_words(v, l->why), NULL};
}

/* --- a card --- */

static struct button way(struct scene *s, const struct view *v, int i, bool use)
{
    const char *label = use ? SAY(licences_use) : SAY(licences_bring);
    char id[40];

    snprintf(id, sizeof id, "licence.%d.%s", i, use ? "use" : "bring");
    return (struct button){.kind = BUTTON_CHOICE,
                           .id = scene_keep(s, id),
                           .label = label,
                           .role = NODE_RADIO,
                           .chosen = use ? uses(v, i) : brings(v, i),
                           .action = DO(LICENCE, i, use)};
}

/* Side by side where both labels stand on one line; `pages`: blocks of their own. Returns the y below. */
static int ways(struct scene *s, const struct view *v, struct leaves *pages, struct box in, int i)
{
    const struct button list[2] = {way(s, v, i, true), way(s, v, i, false)};
    struct box half = box_column(in, 2, WAY_GAP, 0);
    bool beside = true;
    int y = in.y;

    for (int k = 0; k < 2; k++) { /* with the mark of what is chosen: nothing moves when it comes */
        const struct button marked = {.kind = BUTTON_CHOICE, .label = list[k].label, .chosen = true};

        beside &= button_width(s, &marked) <= half.w;
    }
    for (int k = 0; k < 2; k++) {
        struct box b = beside ? box_column(in, 2, WAY_GAP, k) : in;

        b.y = y;
        b.h = button_height(s, b.w, &list[k]);
        if (pages && (!beside || !k))
            leaves_break(s, pages, b.y);
        button(s, b, &list[k]);
        struct node *n = &s->nodes[s->n_nodes - 1];

        n->label = n->words = SAY_WITH(licences_of, v->item.item->materials[i].name, list[k].label);
        if (!beside || k)
            y = box_bottom(b) + WAY_GAP;
    }
    return y - WAY_GAP;
}

/* Name and chip beside each other, or one below the other. */
static int head(struct scene *s, struct box in, const char *name, const struct finding *f)
{
    struct type t = TYPE(LEAD, BOLD, INK);
    int side = chip_width(s, f->chip), room = in.w - side - 24;
    bool beside = scene_width(s, t, name) <= room;
    int h = scene_text(s, in.x, in.y, beside ? room : in.w, t, name);

    if (beside) {
        chip(s, box_right(in) - side, in.y + (h - chip_height(s)) / 2, 0, f->kind, f->icon, f->chip);
    } else {
        chip(s, in.x, in.y + h + 4, 0, f->kind, f->icon, f->chip);
        h += 4 + chip_height(s) + 8;
    }
    return in.y + h;
}

/* With large letters the choice stands below the card, and where both are higher than a page, on the next. */
static int one(struct scene *s, const struct view *v, struct leaves *pages, struct box at, int i)
{
    bool roomy = s->env.size < SIZE_LARGER && !v->settings.low_reach;
    int y = at.y;
    struct card c = card_open(s, at.x, y, at.w, &CARD_PLAIN);
    const struct finding f = finding(s, v, i);
    bool open = is_held(v, i) && v->licences.missing && !uses(v, i) && !brings(v, i);

    y = head(s, c.in, v->item.item->materials[i].name, &f);
    y += scene_text(s, c.in.x, y, c.in.w, type_secret(TYPE(BODY, REGULAR, INK_2)), f.words);
    if (f.more)
        y += scene_text(s, c.in.x, y, c.in.w, type_secret(TYPE(BODY, REGULAR, INK)), f.more);
    if (open)
        y += scene_text(s, c.in.x, y, c.in.w, TYPE(BODY, MEDIUM, BAD), SAY(licences_choose));
    if (roomy && is_held(v, i))
        y = ways(s, v, NULL, (struct box){c.in.x, y + 12, c.in.w, 0}, i);
    y = card_close(s, &c, y);
    if (roomy || !is_held(v, i))
        return y;
    struct box below = {at.x, y + WAY_GAP, at.w, 0};
    const struct scene_place before = scene_place(s);
    bool fits = ways(s, v, NULL, below, i) + GAP - at.y <= pages->area.h - pager_height(s, v, at.w, LEAVES_MAX);

    scene_take_back(s, before);
    return ways(s, v, fits ? NULL : pages, below, i);
}

static int cards(struct scene *s, const struct view *v, struct leaves *l)
{
    int y = l->area.y;

    for (size_t i = 0; i < v->item.item->n_materials; i++) {
        if (!my_licence_wanted(&v->item.item->materials[i]))
            continue;
        if (y > l->area.y)
            leaves_break(s, l, y);
        y = one(s, v, l, (struct box){l->area.x, y, l->area.w, 0}, (int)i) + GAP;
    }
    return y;
}

/* --- the page --- */

/* The way on stands on the last of several pages: nobody passes over a card that was not in sight. */
static struct actions actions(struct scene *s, const struct view *v, struct box *page, bool more)
{
    static const int share[] = {400, 576};
    int all, held;
    const struct button next = {.kind = BUTTON_MAIN,
                                .id = "next",
                                .label = v->licences.known ? SAY(licences_next) : SAY(form_next),
                                .action = DO(NEXT, 0, 0)};
    const struct button turn = {
        .kind = BUTTON_MAIN, .id = "more", .label = SAY(review_more), .action = {NODE_DO_PAGE, s->env.page + 1, 0}};
    const struct button bring = {
        .kind = BUTTON_SECOND, .id = "bring-all", .label = SAY(licences_bring_all), .action = DO(LICENCES_BRING, 0, 0)};
    const struct button again = {
        .kind = BUTTON_SECOND, .id = "retry", .label = SAY(licences_again), .action = DO(RETRY, 0, 0)};
    const struct button on = more ? turn : next;

    count(v, &all, &held);
    if (!held && v->licences.known)
        return actions_take(s, page, &on, NULL, 1);
    return actions_take(s, page, (const struct button[]){held ? bring : again, on}, share, 2);
}

static void waiting(struct scene *s, const struct view *v)
{
    const struct button skip = {
        .kind = BUTTON_SECOND, .id = "bring-all", .label = SAY(licences_skip), .action = DO(LICENCES_BRING, 0, 0)};
    const struct verdict head = {"sync", SAY(licences_asking), SAY(asking_soon), false, true};
    struct box page = frame_paper(s, v);
    const struct actions row = actions_take(s, &page, &skip, NULL, 1);
    int y = verdict(s, page.x, page.y + 32, page.w, &head) + 32;

    hint(s, page.x, y, page.w, "hidden", SAY(asking_sealed));
    actions_draw(s, &row);
    frame_dock(s, v);
}

static struct head title(struct scene *s, const struct view *v)
{
    const struct asking_words refused = asking_words(v->licences.why, v->licences.silent);
    int all, held;

    count(v, &all, &held);
    return (struct head){held ? SAY(licences_title) : SAY(licences_title_none),
                         v->licences.missing  ? SAY(licences_missing)
                         : held               ? SAY_WITH(licences_note, words_number(s, all), words_number(s, held))
                         : !v->licences.known ? str(v->settings.language, refused.title)
                                              : SAY(licences_note_none),
                         TYPE(TITLE_1, BOLD, INK),
                         20,
                         true,
                         0};
}

void build_LICENCES(struct scene *s, const struct view *v)
{
    if (v->licences.asking == ASKED_WAITING) {
        waiting(s, v);
        return;
    }
    struct box page = frame_paper(s, v), under[2] = {page, page};
    const struct actions rows[2] = {actions(s, v, &under[0], false), actions(s, v, &under[1], true)};
    const struct head top = title(s, v);
    int all, held;

    page.h = under[0].h < under[1].h ? under[0].h : under[1].h; /* what stands on a page does not hang on its button */
    frame_head(s, v, &page, &top, NULL);
    struct leaves l = leaves_begin(s, page);
    int y = cards(s, v, &l);

    count(v, &all, &held);
    if (held) {
        leaves_break(s, &l, y);
        y = banner(s, page.x, y, page.w, BANNER_INFO, "shield", SAY(licences_recorded), SAY(licences_recorded_rest)) + GAP;
    }
    leaves_end(s, v, &l, y - GAP);
    actions_draw(s, &rows[s->env.page + 1 < s->own_pages]);
    frame_dock(s, v);
}
