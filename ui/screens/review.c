/* SPDX-License-Identifier: Apache-2.0
 *
 * Review: everything once more, each page of the form with its own 修改, the consent, the signature, and the one button that
 * hands in. Consent, signature and button stay in sight; a long review has pages above them.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/item.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define GAP 18
#define KEY_LEAST 176
#define KEY_MOST 340
#define PAD 240
#define PAD_MARGIN 64 /* of the line to write on */
#define HEAD_GAP 12
#define PEN 7

static const struct card_style slim = {32, 16, 24, TOKEN_SURFACE, false};

static int values(struct scene *s, const struct view *v, struct card *c, int y, const int *fields, int n)
{
    const struct form *f = &v->item.item->form;
    int column = KEY_LEAST;

    for (int i = 0; i < n; i++) {
        int wide = scene_width(s, TYPE(BODY, REGULAR, INK_2), f->fields[fields[i]].label) + 28;

        column = wide > column ? wide : column;
    }
    column = column > KEY_MOST ? KEY_MOST : column;
    for (int i = 0; i < n; i++) {
        const char *value = field_value(s, v, fields[i]);

        y += pair_draw(s, c->in.x, y, c->in.w,
                       &(struct pair){f->fields[fields[i]].id, f->fields[fields[i]].label,
                                      *value ? value : SAY(review_empty), column, true, true}) +
             8;
    }
    return y;
}

static int item_card(struct scene *s, const struct view *v, struct box area, int y)
{
    struct card c = card_open(s, area.x, y, area.w, &slim);
    struct type head = TYPE(LABEL, BOLD, INK), to = TYPE(BODY, REGULAR, INK_2);
    const char *where = SAY_WITH(review_to, v->item.item->dept_name);
    int at = c.in.y + 10, side = scene_width(s, to, where);
    bool beside = scene_width(s, head, v->item.item->task_name) + 24 + side <= c.in.w;

    if (beside)
        scene_text(s, c.in.x + c.in.w - side, at + 1, side + 2, to, where);
    at += scene_text(s, c.in.x, at, c.in.w, head, v->item.item->task_name);
    if (!beside)
        at += scene_text(s, c.in.x, at, c.in.w, to, where);
    at += 8;
    return card_close(s, &c, values(s, v, &c, at, v->form.locked, v->form.n_locked));
}

static int group_card(struct scene *s, const struct view *v, struct box area, int y, int group)
{
    struct card c = card_open(s, area.x, y, area.w, &slim);
    const char *title = v->form.groups[group].title;
    char id[24];

    snprintf(id, sizeof id, "edit.%d", group);
    struct button edit = {.kind = BUTTON_QUIET,
                          .id = id,
                          .label = SAY(review_edit),
                          .icon = "edit",
                          .off = v->form.submitting,
                          .action = DO(EDIT, group, 0)};
    int w = button_width(s, &edit), room = c.in.w - w - 8;
    struct type head = TYPE(LABEL, BOLD, INK);
    int h = scene_height(s, room, head, title), row = h > BUTTON_LEAST ? h : BUTTON_LEAST;

    scene_text(s, c.in.x, c.in.y + (row - h) / 2, room, head, title);
    button(s, (struct box){c.in.x + c.in.w - w + 28, c.in.y, w, BUTTON_LEAST}, &edit);
    s->nodes[s->n_nodes - 1].label = s->nodes[s->n_nodes - 1].words = SAY_WITH(review_edit_group, title);
    return card_close(s, &c, values(s, v, &c, c.in.y + row, v->form.groups[group].fields, v->form.groups[group].n_fields));
}

static int cards(struct scene *s, const struct view *v, struct box area, int wanted)
{
    struct flow f = flow_begin(s, area, wanted);

    flow_done(s, &f, item_card(s, v, area, flow_block(s, &f)), GAP);
    for (int i = 0; i < v->form.pages; i++)
        while (!flow_done(s, &f, group_card(s, v, area, flow_block(s, &f), i), GAP))
            ;
    return f.page + 1;
}

/* --- consent --- */

static const char *consent_words(const struct view *v)
{
    const char *own = v->item.item->form.consent;

    return own && *own ? own : SAY(review_consent);
}

static int consent_height(const struct scene *s, const struct view *v, int w)
{
    int h = scene_height(s, w - 64 - CHECK_BOX - 20, TYPE(BODY, REGULAR, INK), consent_words(v));

    if (v->form.consent_missing)
        h += scene_line(s, TYPE(BODY, MEDIUM, BAD)) + 8;
    return (h > CHECK_BOX ? h : CHECK_BOX) + 48;
}

/* The row is the target; with a signature below it stands in the same card. */
static void consent(struct scene *s, const struct view *v, struct box b)
{
    bool wrong = v->form.consent_missing && !v->form.consent, down = scene_pressed(s, "consent");
    struct type t = TYPE(BODY, REGULAR, INK), bad = TYPE(BODY, MEDIUM, BAD);
    const char *words = consent_words(v);
    int x = b.x + 32 + CHECK_BOX + 20, w = b.w - (x - b.x) - 32, h = scene_height(s, w, t, words);
    int all = h + (wrong ? scene_line(s, bad) + 8 : 0), y = b.y + (b.h - all) / 2;

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

static const char *signature_words(struct scene *s, const struct view *v)
{
    return v->form.signature_missing ? SAY(review_sign_missing) : "";
}

static int signature_height(struct scene *s, const struct view *v, int w)
{
    const char *words = signature_words(s, v);

    if (v->form.signature < 0)
        return 0;
    return BUTTON_LEAST + HEAD_GAP + PAD + 28 +
           (*words ? scene_height(s, w - 64 - 52, TYPE(BODY, MEDIUM, BAD), words) + 12 : 0);
}

static void signature_head(struct scene *s, const struct view *v, struct box row)
{
    struct button again = {.kind = BUTTON_QUIET,
                           .id = "sign-again",
                           .label = SAY(review_sign_again),
                           .icon = "undo",
                           .off = v->form.submitting,
                           .action = DO(SIGN_AGAIN, 0, 0)};
    int w = button_width(s, &again);
    bool any = v->values && v->values->ink.n > 0;

    scene_text(s, row.x, row.y + (row.h - scene_line(s, TYPE(BODY, BOLD, INK))) / 2, row.w - (any ? w : 0),
               TYPE(BODY, BOLD, INK), SAY(review_sign));
    if (any)
        button(s, (struct box){box_right(row) - w + 28, row.y, w, row.h}, &again);
}

static void signature(struct scene *s, const struct view *v, struct box b)
{
    struct box pad = {b.x + 32, b.y + BUTTON_LEAST + HEAD_GAP, b.w - 64, PAD};
    const char *words = signature_words(s, v);
    bool wrong = *words;

    signature_head(s, v, (struct box){pad.x, b.y, pad.w, BUTTON_LEAST});
    scene_frame(s, pad, 16, TOKEN_WHITE, wrong ? TOKEN_BAD : TOKEN_EDGE, wrong ? 6 : 3);
    scene_rect(s, (struct box){pad.x + PAD_MARGIN, box_bottom(pad) - 52, pad.w - 2 * PAD_MARGIN, 3}, 0, TOKEN_LINE);
    if (v->values) {
        scene_clip(s, box_inset(pad, 6, 6));
        scene_ink(s, pad, &v->values->ink, PEN, TOKEN_BLACK);
        scene_clip(s, (struct box){0, 0, 0, 0});
    }
    struct node *n = scene_target(s, NODE_PAD, "signature", pad, SAY(review_sign_box), DO(NONE, 0, 0));

    n->enabled = !v->form.submitting;
    n->checked = v->values && v->values->text[v->form.signature][0];
    if (wrong) {
        scene_icon(s, pad.x, box_bottom(pad) + 14, 40, "alert", TOKEN_BAD);
        scene_text(s, pad.x + 52, box_bottom(pad) + 12, pad.w - 52, TYPE(BODY, MEDIUM, BAD), words);
    }
}

static void actions(struct scene *s, const struct view *v, struct box row)
{
    bool busy = v->form.submitting;
    int narrow = 252;

    button(s, (struct box){row.x, row.y, narrow, row.h},
           &(struct button){.kind = BUTTON_SECOND,
                            .id = "previous",
                            .label = SAY(form_previous),
                            .icon = "back",
                            .off = busy,
                            .action = DO(PREVIOUS, 0, 0)});
    button(s, (struct box){row.x + narrow + 24, row.y, row.w - narrow - 24, row.h},
           &(struct button){.kind = BUTTON_MAIN,
                            .id = "submit",
                            .label = busy ? SAY(review_submitting) : SAY(review_submit),
                            .off = busy,
                            .action = DO(SUBMIT, 0, 0)});
}

void build_REVIEW(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int steps = v->form.pages + 1, agree = consent_height(s, v, page.w), sign = signature_height(s, v, page.w);
    int y = stepper(s, v, page.x, page.y + 20, page.w, SAY(review_title), steps, steps) + GAP;
    struct box b = {page.x, box_bottom(page) - agree - sign, page.w, agree + sign};

    y = notice_card(s, v, page.x, y, page.w, GAP);
    item_pages(s, v, (struct box){page.x, y, page.w, b.y - GAP - y}, cards);
    card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_SURFACE, false});
    consent(s, v, (struct box){b.x, b.y, b.w, agree - (sign ? HEAD_GAP : 0)});
    if (v->form.signature >= 0)
        signature(s, v, (struct box){b.x, b.y + agree, b.w, sign});
    actions(s, v, row);
    frame_dock(s, v);
}
