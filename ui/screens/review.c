/* SPDX-License-Identifier: Apache-2.0
 *
 * Review: everything once more, each page of the form with its own 修改, the consent, the signature, and the one button that
 * hands in. Where it takes several pages, consent, signature and that button stand on the last: nobody agrees to what was
 * not yet in sight.
 */
#include <stddef.h>
#include <stdio.h>

#include "model/demand.h"
#include "session/intent.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/field.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/hand_in.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/members.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define GAP 18
#define PAD 240
#define PAD_MARGIN 64 /* of the line to write on */
#define HEAD_GAP 12
#define PEN 7

static const struct card_style slim = {32, 16, 24, TOKEN_SURFACE, false};

/* What a card of the review is about: the item with what the card said (group -1), or a group of fields. */
struct part {
    int group, column, n;
    const int *fields;
};

static struct part part_of(struct scene *s, const struct view *v, int group)
{
    const struct form *f = &v->item.item->form;
    struct part p = {group, 0, group < 0 ? v->form.n_locked : v->form.groups[group].n_fields,
                     group < 0 ? v->form.locked : v->form.groups[group].fields};
    const char *labels[VIEW_FIELDS_MAX];

    for (int i = 0; i < p.n; i++)
        labels[i] = f->fields[p.fields[i]].label;
    p.column = pair_column(s, labels, p.n);
    return p;
}

static int value(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct part *p = ctx;
    const struct form_field *f = &v->item.item->form.fields[p->fields[i]];
    const char *text = field_value(s, v, p->fields[i]);

    return at.y + pair_draw(s, at.x, at.y, at.w,
                            &(struct pair){f->id, f->label, *text ? text : SAY(review_empty), p->column, true, true});
}

/* The name, and to whom it goes; of a bundle the card below says that. */
static int item_top(struct scene *s, const struct view *v, struct box in, const void *ctx)
{
    struct type head = TYPE(LABEL, BOLD, INK), to = TYPE(BODY, REGULAR, INK_2);

    if (v->item.item->n_joined)
        return in.y + 18 + scene_text(s, in.x, in.y + 10, in.w, head, v->item.item->task_name);
    const char *where = SAY_WITH(review_to, v->item.item->dept_name);
    int at = in.y + 10, side = scene_width(s, to, where);
    bool beside = scene_width(s, head, v->item.item->task_name) + 24 + side <= in.w;

    if (beside)
        scene_text(s, in.x + in.w - side, at + 1, side + 2, to, where);
    at += scene_text(s, in.x, at, in.w, head, v->item.item->task_name);
    if (!beside)
        at += scene_text(s, in.x, at, in.w, to, where);
    return at + 8;
}

static int group_top(struct scene *s, const struct view *v, struct box in, const void *ctx)
{
    const struct part *p = ctx;
    const char *title = v->form.groups[p->group].title;
    char id[24];

    snprintf(id, sizeof id, "edit.%d", p->group);
    struct button edit = {.kind = BUTTON_QUIET,
                          .id = id,
                          .label = SAY(review_edit),
                          .icon = "edit",
                          .off = v->form.submitting,
                          .action = DO(EDIT, p->group, 0)};
    int w = button_width(s, &edit), room = in.w - w - 8, high = button_height(s, w, &edit);
    struct type head = TYPE(LABEL, BOLD, INK);
    int h = scene_height(s, room, head, title), row = h > high ? h : high;

    scene_text(s, in.x, in.y + (row - h) / 2, room, head, title);
    button(s, (struct box){in.x + in.w - w + 28, in.y, w, high}, &edit);
    s->nodes[s->n_nodes - 1].label = s->nodes[s->n_nodes - 1].words = SAY_WITH(review_edit_group, title);
    return in.y + row;
}

static int cards(struct scene *s, const struct view *v, struct leaves *l)
{
    int y = l->area.y - GAP;

    for (int i = -1; i < v->form.pages; i++) {
        const struct part p = part_of(s, v, i);
        const struct leaves_card c = {.head = i < 0 ? NULL : v->form.groups[i].title,
                                      .top = i < 0 ? item_top : group_top,
                                      .n = p.n,
                                      .row = value,
                                      .ctx = &p,
                                      .gap = 8,
                                      .style = &slim};

        leaves_break(s, l, y + GAP);
        y = leaves_card(s, v, l, y + GAP, &c);
        if (i < 0 && v->item.item->n_joined) {
            leaves_break(s, l, y + GAP);
            y = members_card(s, v, l, y + GAP);
        }
    }
    return y;
}

/* --- what comes afterwards --- */

/* What the answers come to: how often to come and where, what is still to be handed in. */
struct after {
    struct pair rows[3];
    int n;
};

static const char *join(struct scene *s, const struct view *v, const char *a, const char *b)
{
    return a && b ? SAY_WITH(review_place, a, b) : a ? a : b;
}

static const char *visits(struct scene *s, const struct view *v, const struct demand *d)
{
    const struct item *item = v->item.item;
    const struct demand_place place = demand_place(item, d);
    const char *times = d->most > 0 ? SAY_WITH(review_visits_count, words_number(s, d->most)) : SAY(review_visits_none);

    return join(s, v, join(s, v, times, place.name), join(s, v, place.address, place.hours));
}

/* Whose electronic licence is used: nobody brings them. */
static const char *held(struct scene *s, const struct view *v, const struct demand *d)
{
    const char *all = NULL;

    for (size_t i = 0; i < v->item.item->n_materials; i++)
        if (d->materials[i] == DEMANDED_HELD)
            all = join(s, v, all, v->item.item->materials[i].name);
    return all;
}

static const char *due(struct scene *s, const struct view *v, const struct demand *d)
{
    const struct item *item = v->item.item;
    const char *all = NULL;

    for (size_t i = 0; i < item->n_materials; i++) {
        const struct item_material *m = &item->materials[i];

        if (d->materials[i] == DEMANDED_YES)
            all = join(s, v, all,
                       m->state == MATERIAL_LATER ? SAY_WITH(review_due_later, m->name, words_number(s, m->defer_day))
                                                  : m->name);
    }
    return all;
}

static struct after after_of(struct scene *s, const struct view *v)
{
    struct after a = {.n = 1};
    struct demand d;

    demand_of(v->item.item, v->values, &d);
    const char *bring = due(s, v, &d), *use = held(s, v, &d);
    const char *const keys[] = {SAY(review_visits), bring ? SAY(review_due) : SAY(review_held), SAY(review_held)};
    int column = pair_column(s, keys, 1 + (bring != NULL) + (use != NULL));

    a.rows[0] = (struct pair){"visits", keys[0], visits(s, v, &d), column, true, true};
    if (bring)
        a.rows[a.n++] = (struct pair){"due", keys[1], bring, column, true, true};
    if (use)
        a.rows[a.n++] = (struct pair){"held", SAY(review_held), use, column, true, true};
    return a;
}

static int after_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    return at.y + pair_draw(s, at.x, at.y, at.w, &((const struct after *)ctx)->rows[i]);
}

static int after_card(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct after a = after_of(s, v);
    const struct leaves_card c = {.n = a.n, .row = after_row, .ctx = &a, .gap = 8, .style = &slim};

    leaves_break(s, l, y + GAP);
    return leaves_card(s, v, l, y + GAP, &c);
}

/* --- consent --- */

static const char *consent_words(const struct view *v)
{
    const char *own = v->item.item->form.consent;

    return own && *own ? own : SAY(review_consent);
}

static int consent_fault_height(const struct scene *s, const struct view *v, int w)
{
    return scene_height(s, w - 64 - CHECK_BOX - 20 - 52, TYPE(BODY, MEDIUM, BAD), SAY(review_consent_missing));
}

static int consent_height(const struct scene *s, const struct view *v, int w)
{
    int h = scene_height(s, w - 64 - CHECK_BOX - 20, TYPE(BODY, REGULAR, INK), consent_words(v));

    if (v->form.consent_missing)
        h += consent_fault_height(s, v, w) + 8;
    return (h > CHECK_BOX ? h : CHECK_BOX) + 48;
}

/* The row is the target; with a signature below it stands in the same card. */
static void consent(struct scene *s, const struct view *v, struct box b)
{
    bool wrong = v->form.consent_missing && !v->form.consent, down = scene_pressed(s, "consent");
    struct type t = TYPE(BODY, REGULAR, INK), bad = TYPE(BODY, MEDIUM, BAD);
    const char *words = consent_words(v);
    int x = b.x + 32 + CHECK_BOX + 20, w = b.w - (x - b.x) - 32, h = scene_height(s, w, t, words);
    int all = h + (wrong ? consent_fault_height(s, v, b.w) + 8 : 0), y = b.y + (b.h - all) / 2;

    if (down)
        scene_rect(s, b, 24, TOKEN_SUNK);
    if (wrong)
        scene_frame(s, b, 24, TOKEN_NONE, TOKEN_BAD, 6);
    check_box(s, b.x + 32, b.y + (b.h - CHECK_BOX) / 2, v->form.consent, wrong);
    scene_text(s, x, y, w, t, words);
    if (wrong) {
        scene_icon(s, x, y + h + 10, 40, "alert", TOKEN_BAD);
        scene_text(s, x + 52, y + h + 8, w - 52, bad, SAY(review_consent_missing));
    }
    struct node *n = scene_target(s, NODE_CHECKBOX, "consent", b, SAY(review_consent_label), DO(CONSENT, 0, 0));

    n->checked = v->form.consent;
    n->enabled = !v->form.submitting;
    n->words = words;
}

/* --- signature --- */

static struct button sign_again(const struct view *v)
{
    return (struct button){.kind = BUTTON_QUIET,
                           .id = "sign-again",
                           .label = SAY(review_sign_again),
                           .icon = "undo",
                           .off = v->form.submitting,
                           .action = DO(SIGN_AGAIN, 0, 0)};
}

/* The line above the box asks, or says what is missing, and at its end offers to sign again. */
struct sign_head {
    const char *words;
    struct type type;
    int icon, room, high, again_w, again_h; /* 0: none */
};

static struct sign_head sign_head(struct scene *s, const struct view *v, int w)
{
    struct button again = sign_again(v);
    bool any = v->values && v->values->ink.n > 0, wrong = v->form.signature_missing;
    struct sign_head h = {.words = wrong ? SAY(review_sign_missing) : SAY(review_sign),
                          .type = wrong ? TYPE(BODY, MEDIUM, BAD) : TYPE(BODY, BOLD, INK),
                          .icon = wrong ? 52 : 0};

    h.again_w = any ? button_width(s, &again) : 0;
    h.again_h = any ? button_height(s, h.again_w, &again) : BUTTON_LEAST;
    h.room = w - h.icon - h.again_w;
    h.high = scene_height(s, h.room, h.type, h.words);
    h.high = h.high > h.again_h ? h.high : h.again_h;
    return h;
}

static int signature_height(struct scene *s, const struct view *v, int w)
{
    return v->form.signature < 0 ? 0 : sign_head(s, v, w - 64).high + HEAD_GAP + PAD + 28;
}

static void signature_head(struct scene *s, const struct view *v, struct box row, const struct sign_head *h)
{
    struct button again = sign_again(v);

    if (h->icon)
        scene_icon(s, row.x, row.y + (row.h - 40) / 2, 40, "alert", TOKEN_BAD);
    scene_text(s, row.x + h->icon, row.y + (row.h - scene_height(s, h->room, h->type, h->words)) / 2, h->room, h->type,
               h->words);
    if (h->again_w)
        button(s, (struct box){box_right(row) - h->again_w + 28, row.y, h->again_w, h->again_h}, &again);
}

static void signature(struct scene *s, const struct view *v, struct box b)
{
    const struct sign_head h = sign_head(s, v, b.w - 64);
    struct box pad = {b.x + 32, b.y + h.high + HEAD_GAP, b.w - 64, PAD};
    bool wrong = v->form.signature_missing;

    signature_head(s, v, (struct box){pad.x, b.y, pad.w, h.high}, &h);
    scene_frame(s, pad, 16, TOKEN_WHITE, wrong ? TOKEN_BAD : TOKEN_EDGE, wrong ? 6 : 3);
    scene_rect(s, (struct box){pad.x + PAD_MARGIN, box_bottom(pad) - 52, pad.w - 2 * PAD_MARGIN, 3}, 0, TOKEN_LINE);
    if (v->values) {
        scene_clip(s, box_inset(pad, 6, 6));
        scene_ink(s, pad, &v->values->ink, ink_signature, PEN, TOKEN_BLACK);
        scene_clip(s, (struct box){0, 0, 0, 0});
    }
    struct node *n = scene_pad(s, "signature", pad, ink_signature, SAY(review_sign_box));

    n->enabled = !v->form.submitting;
    n->checked = v->values && v->values->text[v->form.signature][0];
}

/* Consent and signature in one card where a page holds it, else in one each. Returns the y below. */
static int agreement(struct scene *s, const struct view *v, struct box area, int y, struct leaves *l)
{
    const struct card_style style = {0, 0, 24, TOKEN_SURFACE, false};
    int agree = consent_height(s, v, area.w), sign = signature_height(s, v, area.w);
    bool parted = l && agree + sign > l->area.h - pager_height(s, v, l->area.w, LEAVES_MAX);
    struct box one = {area.x, y, area.w, parted ? agree : agree + sign};

    card_box(s, one, &style);
    consent(s, v, (struct box){one.x, one.y, one.w, agree - (sign && !parted ? HEAD_GAP : 0)});
    if (v->form.signature < 0)
        return box_bottom(one);
    struct box two = {area.x, y + agree + (parted ? GAP : 0), area.w, sign + (parted ? 12 : 0)};

    if (parted) {
        leaves_break(s, l, two.y);
        card_box(s, two, &style);
    }
    signature(s, v, (struct box){two.x, two.y + (parted ? 12 : 0), two.w, sign});
    return box_bottom(two);
}

void build_REVIEW(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), tells;
    const struct hand_in row = hand_in_take(s, v, &page, SAY(review_submit), v->form.submitting);
    int steps = v->form.pages + 1, agree = consent_height(s, v, page.w) + signature_height(s, v, page.w);

    stepper(s, v, &page, SAY(review_title), steps, steps, 0, &tells);
    int y = notice_card(s, v, page.x, page.y + GAP, page.w, GAP);
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = after_card(s, v, &l, cards(s, v, &l));
    bool one = y + GAP + agree <= box_bottom(page); /* then they stand right above the button */
    if (one) {
        agreement(s, v, page, box_bottom(page) - agree, NULL);
        y = box_bottom(page);
    } else {
        leaves_break(s, &l, y + GAP);
        y = agreement(s, v, page, y + GAP, &l);
    }
    leaves_end(s, v, &l, y);
    hand_in_draw(s, &row);
    frame_dock(s, v);
}
