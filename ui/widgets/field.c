/* SPDX-License-Identifier: Apache-2.0
 *
 * See field.h.
 */
#include "ui/widgets/field.h"

#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "session/intent.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/entry_text.h"
#include "ui/widgets/words.h"

#define BOX_HEIGHT 104
#define GAP 8
#define CHOICE_GAP 16
#define COLUMNS_MAX 3
#define STACKED_MAX 6 /* choices one below the other */
#define STACKED_HIGH 232
#define STACKED_GAP 20

static const struct form_field *field_of(const struct view *v, int field)
{
    return &v->item.item->form.fields[field];
}

const char *field_value(struct scene *s, const struct view *v, int field)
{
    const struct form *f = &v->item.item->form;
    char out[FORM_VALUE_MAX + 64];

    if (!v->values)
        return "";
    form_display(f, v->values, (size_t)field, f->fields[field].locked, v->settings.language, out, sizeof out);
    const char *kept = scene_keep(s, out);

    secret_wipe(out, sizeof out);
    return kept;
}

/* While it is typed: no unit behind the caret, and a date in its parts. */
static const char *typed_value(struct scene *s, const struct view *v, int field)
{
    const char *raw = v->values ? v->values->text[field] : "";
    size_t n = strlen(raw);
    char out[16];

    if (v->form.focus != field || (field_of(v, field)->type != FIELD_MONEY && field_of(v, field)->type != FIELD_DATE))
        return field_value(s, v, field);
    if (field_of(v, field)->type == FIELD_MONEY || n > 8)
        return scene_keep(s, raw);
    snprintf(out, sizeof out, "%.4s%s%.2s%s%s", raw, n > 4 ? " " : "", n > 4 ? raw + 4 : "", n > 6 ? " " : "",
             n > 6 ? raw + 6 : "");
    const char *kept = scene_keep(s, out);

    secret_wipe(out, sizeof out);
    return kept;
}

static const char *raw_value(const struct view *v, int field)
{
    return v->values ? v->values->text[field] : "";
}

/* --- faults --- */

/* Money's limits are in cents. */
static const char *limit_words(struct scene *s, const struct form_field *f, long n)
{
    return words_number(s, f->type == FIELD_MONEY ? n / 100 : n);
}

/* "还差 1 位。手机号是 11 位，请点这里补上。" where the type has one length, else only what is missing. */
static const char *short_words(struct scene *s, const struct view *v, const struct form_field *f, long n)
{
    const char *missing = words_number(s, n);

    switch ((int)f->type) {
    case FIELD_MOBILE:
        return SAY_WITH(fault_short_mobile, missing);
    case FIELD_CITIZEN_NUMBER:
    case FIELD_CREDIT_CODE:
        return SAY_WITH(fault_short_18, missing);
    case FIELD_DATE:
        return SAY_WITH(fault_short_date, missing);
    default:
        return SAY_WITH(fault_short, missing);
    }
}

static const char *long_words(struct scene *s, const struct view *v, const struct form_field *f, long n)
{
    const char *more = words_number(s, n);

    return f->type == FIELD_MOBILE ? SAY_WITH(fault_long_mobile, more) : SAY_WITH(fault_long, more);
}

static bool chosen_type(const struct form_field *f)
{
    return f->type == FIELD_CHOICE || f->type == FIELD_CHOICES || f->type == FIELD_YES_NO;
}

/* What is wrong, in words that say how to mend it; "" when nothing is. */
static const char *field_fault_words(struct scene *s, const struct view *v, int field)
{
    const struct form_fault *f = &v->form.faults[field];
    const struct form_field *of = field_of(v, field);

    switch (f->kind) {
    case FORM_OK:
        return "";
    case FORM_EMPTY:
        return chosen_type(of) ? SAY(fault_choose) : SAY(fault_empty);
    case FORM_SHORT:
        return short_words(s, v, of, f->n);
    case FORM_LONG:
        return long_words(s, v, of, f->n);
    case FORM_NOT_DIGITS:
        return SAY(fault_not_digits);
    case FORM_CHARACTERS:
        return SAY(fault_characters);
    case FORM_MOBILE_START:
        return SAY(fault_mobile_start);
    case FORM_CHECK:
        return SAY(fault_check);
    case FORM_DATE:
        return SAY(fault_date);
    case FORM_RANGE_LOW:
        return SAY_WITH(fault_low, limit_words(s, of, f->n));
    case FORM_RANGE_HIGH:
        return SAY_WITH(fault_high, limit_words(s, of, f->n));
    case FORM_NOT_A_CHOICE:
        return SAY(fault_choose);
    case FORM_RULE:
        return v->item.item->form.rules[f->n].message;
    }
    return "";
}

/* --- parts --- */

/* Label and, behind or below it, the hint. */
static int label_block(struct scene *s, int x, int y, int w, const struct form_field *f, bool draw)
{
    struct type label = TYPE(BODY, MEDIUM, INK), hint = TYPE(SMALL, REGULAR, INK_2);
    int wide = scene_width(s, label, f->label), h = scene_height(s, w, label, f->label);
    bool beside = f->help && wide + 16 + scene_width(s, hint, f->help) <= w;

    if (draw)
        scene_draw(s, x, y, w, label, f->label);
    if (f->help && draw)
        scene_draw(s, beside ? x + wide + 16 : x, beside ? y + 3 : y + h, beside ? w - wide - 16 : w, hint, f->help);
    if (f->help && !beside)
        h += scene_height(s, w, hint, f->help);
    return h + GAP;
}

static int fault_block(struct scene *s, const struct view *v, int x, int y, int w, int field, bool draw)
{
    struct type t = TYPE(BODY, MEDIUM, BAD);
    const char *words = field_fault_words(s, v, field);

    if (!*words)
        return 0;
    if (draw) {
        scene_icon(s, x, y + GAP + 2, 40, "alert", TOKEN_BAD);
        scene_text(s, x + 52, y + GAP, w - 52, t, words);
    }
    return GAP + scene_height(s, w - 52, t, words);
}

static void typed_box(struct scene *s, const struct view *v, struct box b, int field)
{
    const struct form_field *f = field_of(v, field);
    bool focus = v->form.focus == field, wrong = v->form.faults[field].kind != FORM_OK;
    const char *value = *raw_value(v, field) ? typed_value(s, v, field) : "";
    int border = focus || wrong ? (s->env.contrast ? 8 : 6) : (s->env.contrast ? 4 : 3);
    struct box in = box_inset(b, 28, 0);

    scene_frame(s, b, 16, TOKEN_SURFACE, wrong && !focus ? TOKEN_BAD : focus ? TOKEN_PRIMARY : TOKEN_EDGE, border);
    if (!*value && !focus)
        scene_line_in(s, in, TYPE(LEAD, REGULAR, INK_2), f->example ? f->example : SAY(form_placeholder));
    else
        entry_text(s, v, in, type_secret(TYPE(LEAD, REGULAR, INK)), value, focus);
    struct node *n = scene_target(s, NODE_FIELD, f->id, b, f->label, DO(FOCUS, field, 0));

    n->value = scene_keep(s, value);
    n->typed = focus ? n->value : NULL;
    n->focused = focus;
    n->secret = true;
    if (f->help)
        n->words = SAY_WITH(form_field_words, f->label, f->help);
}

/* --- choices --- */

struct option {
    const char *id, *label;
};

static int options_of(const struct view *v, const struct form_field *f, struct option *ret)
{
    if (f->type == FIELD_YES_NO && f->n_choices == 0) {
        ret[0] = (struct option){"yes", SAY(common_yes)};
        ret[1] = (struct option){"no", SAY(common_no)};
        return 2;
    }
    for (size_t i = 0; i < f->n_choices; i++)
        ret[i] = (struct option){f->choices[i].id, f->choices[i].label};
    return (int)f->n_choices;
}

/* The value of `choices` is ids joined by spaces. */
static bool is_chosen(const char *value, const char *id)
{
    size_t len = strlen(id);

    for (const char *p = strstr(value, id); p; p = strstr(p + 1, id))
        if ((p == value || p[-1] == ' ') && (p[len] == ' ' || !p[len]))
            return true;
    return false;
}

static struct button option_button(const struct view *v, int field, const struct option *o, int i)
{
    bool chosen = is_chosen(raw_value(v, field), o->id);

    return (struct button){.kind = BUTTON_CHOICE,
                           .label = o->label,
                           .role = field_of(v, field)->type == FIELD_CHOICES ? NODE_CHECKBOX : NODE_RADIO,
                           .chosen = chosen,
                           .action = DO(CHOOSE, field, i)};
}

/* As many columns, up to three, as leave every label on one line; one column when even halves do not. */
static int option_columns(const struct scene *s, const struct option *o, int n, int w)
{
    for (int columns = n < COLUMNS_MAX ? n : COLUMNS_MAX; columns > 1; columns--) {
        struct box cell = box_column((struct box){0, 0, w, 0}, columns, CHOICE_GAP, 0);
        bool fits = columns == n || columns == 2;

        for (int i = 0; i < n && fits; i++) {
            const struct button b = {.kind = BUTTON_CHOICE, .label = o[i].label, .chosen = true};

            fits = button_width(s, &b) <= cell.w;
        }
        if (fits)
            return columns;
    }
    return 1;
}

/* How high each is when they stand one below the other and share `room`; 0: they cannot. */
static int stacked_high(const struct scene *s, const struct view *v, int w, int room, int field, const struct option *o,
                        int n)
{
    int high = room > 0 && n <= STACKED_MAX ? (room - (n - 1) * STACKED_GAP) / n : 0;

    for (int i = 0; i < n && high; i++) {
        const struct button b = option_button(v, field, &o[i], i);

        high = button_height(s, w, &b) > high ? 0 : high;
    }
    return high > STACKED_HIGH ? STACKED_HIGH : high;
}

static int options_block(struct scene *s, const struct view *v, struct box at, int field, bool draw)
{
    struct option options[FORM_CHOICES_MAX];
    const struct form_field *f = field_of(v, field);
    int x = at.x, y = at.y, w = at.w, from = y, n = options_of(v, f, options);
    int stacked = stacked_high(s, v, w, at.h, field, options, n), gap = stacked ? STACKED_GAP : CHOICE_GAP;
    int columns = stacked ? 1 : option_columns(s, options, n, w);

    for (int i = 0; i < n; i += columns) {
        int high = stacked;

        for (int k = i; k < n && k < i + columns; k++) {
            struct button b = option_button(v, field, &options[k], k);
            int h = button_height(s, box_column((struct box){x, y, w, 0}, columns, CHOICE_GAP, k - i).w, &b);

            high = h > high ? h : high;
        }
        for (int k = i; draw && k < n && k < i + columns; k++) {
            struct button b = option_button(v, field, &options[k], k);
            char id[NODE_ID_MAX];

            snprintf(id, sizeof id, "%s.%s", f->id, options[k].id);
            b.id = id;
            b.words = SAY_WITH(form_field_words, f->label, options[k].label);
            button(s, box_column((struct box){x, y, w, high}, columns, CHOICE_GAP, k - i), &b);
        }
        y += high + (i + columns < n ? gap : 0);
    }
    return y - from;
}

int field_label_height(struct scene *s, const struct view *v, int w, int field)
{
    return label_block(s, 0, 0, w, field_of(v, field), false);
}

static void chosen_node(struct scene *s, const struct view *v, struct box b, int field)
{
    const struct form_field *f = field_of(v, field);
    struct node *n = scene_node(s, NODE_TEXT, f->id, b, f->label);

    n->value = field_value(s, v, field);
    n->secret = true;
}

int field_block(struct scene *s, const struct view *v, int x, int y, int w, int room, int field, bool draw)
{
    const struct form_field *f = field_of(v, field);
    int from = y;

    y += label_block(s, x, y, w, f, draw);
    if (chosen_type(f)) {
        if (draw)
            chosen_node(s, v, (struct box){x, from, w, y - from}, field);
        int left = room - (y - from) - fault_block(s, v, x, y, w, field, false);

        y += options_block(s, v, (struct box){x, y, w, room ? left : 0}, field, draw);
    } else {
        if (draw)
            typed_box(s, v, (struct box){x, y, w, BOX_HEIGHT}, field);
        y += BOX_HEIGHT;
    }
    return y + fault_block(s, v, x, y, w, field, draw) - from;
}

/* --- from the card --- */

#define LOCKED_ROW 72

/* Where it comes from stands at the right, or with large text above the rows. */
struct locked {
    struct type label, value, from;
    int column, side, above, room;
};

static struct locked locked_layout(struct scene *s, const struct view *v, int w)
{
    struct locked l = {
        TYPE(BODY, REGULAR, INK_2), type_secret(TYPE(LABEL, MEDIUM, INK)), TYPE(SMALL, REGULAR, INK_2), 0, 0, 0, 0};
    const char *labels[VIEW_FIELDS_MAX];

    for (int i = 0; i < v->form.n_locked; i++)
        labels[i] = field_of(v, v->form.locked[i])->label;
    l.column = pair_column(s, labels, v->form.n_locked) + 14;
    l.side = 50 + scene_width(s, l.from, SAY(form_from_card));
    if (w - 56 - l.column - l.side - 24 < 400) {
        l.side = 0;
        l.above = scene_line(s, l.from) + 8;
    }
    l.room = w - 56 - l.column - (l.side ? l.side + 24 : 0);
    return l;
}

/* One row; returns its height. */
static int locked_row(struct scene *s, const struct view *v, struct box row, const struct locked *l, int field, bool draw)
{
    const struct form_field *f = field_of(v, field);
    const char *text = field_value(s, v, field);
    bool below = pair_below(s, l->room, l->value, text);
    int label_w = below ? row.w : l->column - 16, room = below ? row.w : l->room;
    int value_h = scene_height(s, room, l->value, text), label_h = scene_height(s, label_w, l->label, f->label);
    int tall = below               ? label_h + value_h
               : value_h > label_h ? value_h
                                   : label_h,
        high = tall + 24 < LOCKED_ROW ? LOCKED_ROW : tall + 24;

    if (!draw)
        return high;
    int top = row.y + (high - tall) / 2;

    scene_draw(s, row.x, below ? top : row.y + (high - label_h) / 2, label_w, l->label, f->label);
    scene_draw(s, below ? row.x : row.x + l->column, below ? top + label_h : row.y + (high - value_h) / 2, room, l->value,
               text);
    struct node *n = scene_node(s, NODE_TEXT, f->id, (struct box){row.x, row.y, row.w, high}, f->label);

    n->value = text;
    n->secret = true;
    return high;
}

/* The card's owner knows the address that is printed on it: another one is explained. NULL: nothing is. */
static const char *moved_note(const struct view *v)
{
    for (int i = 0; v->identity && v->identity->newest_address && i < v->form.n_locked; i++) {
        const char *source = field_of(v, v->form.locked[i])->source;

        if (source && !strcmp(source, "card.address"))
            return SAY(form_newest_address);
    }
    return NULL;
}

int field_locked(struct scene *s, const struct view *v, int x, int y, int w, bool draw)
{
    const char *note = moved_note(v);
    struct locked l = locked_layout(s, v, w);
    struct box row = {x + 28, y + 14 + l.above, w - 56, 0};
    int h = 28 + l.above;

    for (int i = 0; i < v->form.n_locked; i++)
        h += locked_row(s, v, row, &l, v->form.locked[i], false);
    int note_h = note ? scene_height(s, w - 56, l.from, note) + 14 : 0;

    h += note_h;
    if (!draw)
        return h;
    card_box(s, (struct box){x, y, w, h}, &(struct card_style){0, 0, 24, TOKEN_SUNK, true});
    if (note)
        scene_text(s, x + 28, y + h - note_h - 7, w - 56, l.from, note);
    for (int i = 0; i < v->form.n_locked; i++)
        row.y += locked_row(s, v, row, &l, v->form.locked[i], true);
    struct box from = l.side ? (struct box){x + w - 28 - l.side, y, l.side, h - note_h}
                             : (struct box){x + 28, y + 14, w - 56, l.above};

    scene_icon(s, from.x, from.y + (from.h - 40) / 2, 40, "lock", TOKEN_INK_2);
    scene_line_in(s, (struct box){from.x + 50, from.y, from.w - 50, from.h}, l.from, SAY(form_from_card));
    return h;
}
