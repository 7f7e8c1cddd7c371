/* SPDX-License-Identifier: Apache-2.0
 *
 * The result card and the four marks (四办). Names of items are long: the card grows, the name is never cut.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define PAD_X 28
#define PAD_Y 32
#define PAD_BRIEF 20
#define SHORT_NAME 20 /* characters; longer ones are set smaller and send the state chip down */
#define SHORT_LATIN 40

static const char *name_of(struct scene *s, const struct view *v, const struct item_row *row)
{
    return words_either(s, v, row->name, row->name_en);
}

/* In English the Chinese name stands below, for showing to a clerk. */
static bool has_two_names(const struct view *v, const struct item_row *row)
{
    return v->settings.language == LANGUAGE_EN && row->name_en[0];
}

static bool short_name(struct scene *s, const struct view *v, const struct item_row *row)
{
    return utf8_count(name_of(s, v, row)) <= (has_two_names(v, row) ? SHORT_LATIN : SHORT_NAME);
}

static struct type name_type(struct scene *s, const struct view *v, const struct item_row *row)
{
    return short_name(s, v, row) ? TYPE(RESULT, MEDIUM, INK) : TYPE(LABEL, MEDIUM, INK);
}

/* What was looked for stands out: the part of the Chinese name by which it was found. */
static int draw_name(struct scene *s, const struct view *v, int x, int y, int w, const struct item_row *row)
{
    struct type t = name_type(s, v, row);
    struct span spans[3] = {{NULL, t.weight, t.colour}, {NULL, WEIGHT_BOLD, TOKEN_PRIMARY}, {NULL, t.weight, t.colour}};
    const char *name = name_of(s, v, row); /* traditional characters have as many bytes */
    size_t len = strlen(name), from = (size_t)row->match_from, to = (size_t)row->match_to;

    if (has_two_names(v, row) || to <= from || to > len)
        return scene_draw(s, x, y, w, t, name);
    spans[0].text = scene_keep_n(s, name, from);
    spans[1].text = scene_keep_n(s, name + from, to - from);
    spans[2].text = scene_keep(s, name + to);
    return scene_draw_spans(s, x, y, w, t, spans, 3);
}

static int names(struct scene *s, const struct view *v, int x, int y, int w, const struct item_row *row, bool draw)
{
    struct type small = TYPE(SMALL, REGULAR, INK_2);
    /* bold is not wider than medium: what is measured in one weight holds in both */
    int h = draw ? draw_name(s, v, x, y, w, row) : scene_height(s, w, name_type(s, v, row), name_of(s, v, row));

    if (!has_two_names(v, row))
        return h;
    return h + (draw ? scene_draw(s, x, y + h, w, small, row->name) : scene_height(s, w, small, row->name));
}

/* Found by a name it does not bear: by which, for else nobody sees why it is here. */
static int also(struct scene *s, const struct view *v, int x, int y, int w, const struct item_row *row, bool draw)
{
    struct type t = TYPE(SMALL, BOLD, INK);

    if (!row->also[0])
        return 0;
    const char *text = SAY_WITH(search_also, words_own(s, v, row->also));

    return draw ? scene_draw(s, x, y, w, t, text) : scene_height(s, w, t, text);
}

#define MARK_GAP 12

struct mark {
    enum chip_kind kind;
    const char *icon, *text;
};

/* Where it can be done at this minute. */
static struct mark state_mark(const struct view *v, bool here, bool newer, bool halted)
{
    if (halted)
        return (struct mark){CHIP_BAD, "stop", SAY(ui_halted)};
    if (newer)
        return (struct mark){CHIP_WARN, "sync", SAY(ui_not_yet)};
    if (!here)
        return (struct mark){CHIP_WARN, "nearby", SAY(ui_at_window)};
    if (v->reading || v->health.reader != READER_READY || !v->health.storage || v->health.no_applications)
        return (struct mark){CHIP_BAD, "stop", SAY(ui_here_paused)};
    return (struct mark){CHIP_OK, "ok", SAY(ui_here)};
}

static int list_marks(const struct view *v, struct marks m, struct mark list[5])
{
    const struct {
        bool has;
        struct mark mark;
    } all[] = {{m.state, state_mark(v, m.here, m.newer, m.halted)},
               {m.on_the_spot, {CHIP_MARK, "instant", SAY(ui_mark_on_the_spot)}},
               {m.online, {CHIP_MARK, "online", SAY(ui_mark_online)}},
               {m.nearby, {CHIP_MARK, "nearby", SAY(ui_mark_nearby)}},
               {m.one_visit, {CHIP_MARK, "once", SAY(ui_mark_one_visit)}}};
    int n = 0;

    for (int i = 0; i < 5; i++)
        if (all[i].has)
            list[n++] = all[i].mark;
    return n;
}

static int marks(struct scene *s, const struct view *v, int x, int y, int w, struct marks m, bool draw)
{
    struct mark list[5];
    int n = list_marks(v, m, list), at = x;

    for (int i = 0; i < n; i++) {
        int wide = chip_width(s, list[i].text);

        if (at > x && at + wide > x + w) {
            at = x;
            y += chip_height(s) + MARK_GAP;
        }
        if (draw)
            chip(s, at, y, 0, list[i].kind, list[i].icon, list[i].text);
        at += wide + MARK_GAP;
    }
    return n ? y + chip_height(s) : y;
}

int marks_draw(struct scene *s, const struct view *v, int x, int y, int w, struct marks m)
{
    return marks(s, v, x, y, w, m, true);
}

static int marks_height(struct scene *s, const struct view *v, int w, struct marks m)
{
    return marks(s, v, 0, 0, w, m, false);
}

static const char *result_days(struct scene *s, const struct view *v, const struct item_row *row)
{
    if (row->promise_day <= 0)
        return SAY(ui_done_at_once);
    return SAY_WITH(ui_done_in, words_days(s, v, row->promise_day, row->promise_unit));
}

static struct mark row_mark(const struct view *v, const struct item_row *row)
{
    return state_mark(v, row->terminal, row->newer, halts_code(&v->halts, row->task_code) != NULL);
}

static const char *state_words(const struct view *v, const struct item_row *row)
{
    return row_mark(v, row).text;
}

/* The chip stands beside a short name that leaves it room, else with the marks. */
static bool chip_beside(struct scene *s, const struct view *v, int room, const struct item_row *row)
{
    return short_name(s, v, row) &&
           scene_width(s, name_type(s, v, row), name_of(s, v, row)) + 24 + chip_width(s, state_words(v, row)) <= room;
}

/* Of what is only looked up, the window says how long it takes and what it costs. */
static bool looked_up(const struct item_row *row)
{
    return row->promise_day < 0;
}

/* Department, days, fee. */
static int facts(struct scene *s, const struct view *v, int x, int y, int w, const struct item_row *row, bool draw)
{
    struct type small = TYPE(SMALL, REGULAR, INK_2);
    const char *name = words_either(s, v, row->dept_name, row->dept_name_en);
    const char *const parts[] = {name, words_fee(s, v, row->fee_cent)};
    char dept[160], fee[80];

    text_fill(dept, sizeof dept, name[0] ? "{0}　" : "", parts, 2);
    text_fill(fee, sizeof fee, "　{1}", parts, 2);
    const struct span spans[] = {{scene_keep(s, dept), WEIGHT_REGULAR, TOKEN_INK_2},
                                 {result_days(s, v, row), WEIGHT_BOLD, TOKEN_INK},
                                 {scene_keep(s, fee), WEIGHT_REGULAR, TOKEN_INK_2}};
    struct wrap_line lines[WRAP_LINES_MAX];
    size_t n = looked_up(row) ? 1 : 3;

    if (draw)
        return scene_draw_spans(s, x, y, w, small, spans, n);
    return wrap(&s->env.metrics, spans, n, type_px(small.role, s->env.size), w, lines) * scene_line(s, small);
}

static struct marks marks_of(const struct view *v, const struct item_row *row, bool state, bool brief)
{
    return (struct marks){state,
                          row->terminal,
                          row->newer,
                          halts_code(&v->halts, row->task_code) != NULL,
                          !brief && row->on_the_spot,
                          !brief && row->online,
                          !brief && row->nearby,
                          !brief && row->one_visit};
}

/* In short, why it is here and whose it is share a line. */
static int also_and_dept(struct scene *s, const struct view *v, int x, int y, int w, const struct item_row *row, bool draw)
{
    struct type small = TYPE(SMALL, REGULAR, INK_2);
    const char *dept = words_either(s, v, row->dept_name, row->dept_name_en);
    const struct span spans[] = {{SAY_WITH(search_also, words_own(s, v, row->also)), WEIGHT_BOLD, TOKEN_INK},
                                 {dept[0] ? SAY_WITH(ui_place, "", dept) : "", WEIGHT_REGULAR, TOKEN_INK_2}};
    struct wrap_line lines[WRAP_LINES_MAX];

    if (draw)
        return scene_draw_spans(s, x, y, w, small, spans, 2);
    return wrap(&s->env.metrics, spans, 2, type_px(small.role, s->env.size), w, lines) * scene_line(s, small);
}

/* Draws, or only measures; returns the height. */
static int result(struct scene *s, const struct view *v, struct box b, const struct item_row *row, bool brief, bool draw)
{
    int pad = brief ? PAD_BRIEF : PAD_Y, x = b.x + PAD_X, room = b.w - 2 * PAD_X, y = b.y + pad;
    bool beside = chip_beside(s, v, room, row);
    struct marks m = marks_of(v, row, !beside, brief);

    if (draw && beside) {
        struct mark state = row_mark(v, row);

        chip(s, x + room - chip_width(s, state.text), y + 2, 0, state.kind, state.icon, state.text);
    }
    y += names(s, v, x, y, room, row, draw) + 8;
    if (brief && row->also[0]) {
        y += also_and_dept(s, v, x, y, room, row, draw);
    } else {
        y += also(s, v, x, y, room, row, draw);
        y += facts(s, v, x, y, room, row, draw);
    }
    int high = marks_height(s, v, room, m);

    if (high && draw)
        marks_draw(s, v, x, y + 16, room, m);
    return y + (high ? 16 + high : 0) + pad - b.y;
}

int result_height(struct scene *s, const struct view *v, int w, const struct item_row *row, bool brief)
{
    return result(s, v, (struct box){0, 0, w, 0}, row, brief, false);
}

void result_card(struct scene *s, const struct view *v, struct box b, const struct item_row *row, bool brief, const char *id,
                 struct node_action action)
{
    bool down = scene_pressed(s, id);

    card_box(s, b, &(struct card_style){0, 0, 24, down ? TOKEN_SUNK : TOKEN_SURFACE, down});
    result(s, v, b, row, brief, true);
    struct node *n = scene_target(s, NODE_BUTTON, id, b, name_of(s, v, row), action);

    n->words = looked_up(row) ? SAY_WITH(ui_result_looked_up, name_of(s, v, row), state_words(v, row))
                              : SAY_WITH(ui_result_words, name_of(s, v, row), state_words(v, row), result_days(s, v, row),
                                         words_fee(s, v, row->fee_cent));
    n->value = state_words(v, row);
    if (!row->also[0])
        return;
    const char *why = SAY_WITH(search_also, words_own(s, v, row->also));

    n->words = SAY_WITH(ui_result_looked_up, n->words, why);
    n->value = SAY_WITH(ui_result_looked_up, n->value, why);
}
