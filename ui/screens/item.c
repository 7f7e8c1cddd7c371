/* SPDX-License-Identifier: Apache-2.0
 *
 * The guide of an item: days, fee, visits first; what to bring; how it goes; whom to call. The truth stands before the
 * button. What stands in the law is one touch away. Long guides have pages.
 */
#include <stddef.h>

#include "base/text.h"
#include "model/demand.h"
#include "session/intent.h"
#include "ui/screens/item.h"
#include "ui/screens/outage.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/members.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 20
#define MATERIAL_ROW 84
#define MATERIAL_CHIP 156

/* Up to 16 characters title-1, up to 40 title-2, above that lead. */
static struct type title_type(const char *name)
{
    size_t n = utf8_count(name);

    return n <= 16 ? TYPE(TITLE_1, BOLD, INK) : n <= 40 ? TYPE(TITLE_2, BOLD, INK) : TYPE(LEAD, BOLD, INK);
}

/* The Chinese name stays beside the other language's, for showing to a clerk. */
static const char *chinese_name(const struct view *v)
{
    const struct item *zh = v->item.item->in[LANGUAGE_ZH_CN];

    return v->settings.language == LANGUAGE_EN && zh ? zh->task_name : NULL;
}

static void title(struct scene *s, const struct view *v, struct box *page)
{
    const char *name = v->item.item->task_name;
    const struct head head = {name, chinese_name(v), title_type(name), 12, true, 0};

    page->y -= 8;
    page->h += 8;
    frame_head(s, v, page, &head, NULL);
}

static const struct halt *halted(const struct view *v)
{
    return halts_item(&v->halts, v->item.item);
}

static int marks(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;
    const struct marks m = {true,
                            item->is_service_terminals,
                            item->newer,
                            halted(v) != NULL,
                            item->on_the_spot,
                            item->online,
                            item->nearby,
                            item->one_visit};

    return marks_draw(s, v, page.x, y, page.w, m);
}

/* A terminal that works, or "another terminal". */
static const char *other_terminal(struct scene *s, const struct view *v)
{
    for (int i = 0; i < v->n_places; i++)
        if (!v->places[i].window)
            return words_either(s, v, v->places[i].name, v->places[i].name_en);
    return SAY(reading_other);
}

/* What stands before everything else when something is not as it should be. */
static int notices(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;
    const char *window = item->transact_addr ? item->transact_addr : item->dept_name;
    const struct halt *halt = halted(v);

    if (halt)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "stop",
                      SAY_WITH(item_halted, words_own(s, v, halt_words(halt, v->settings.language))),
                      v->values ? SAY_WITH(item_halted_typed, window) : SAY_WITH(item_halted_rest, window));
    if (!item->is_service_terminals)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "nearby", SAY(item_window),
                      SAY_WITH(item_window_rest, window));
    if (v->reading)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "stop", SAY_WITH(reading_item, outage_clause(v)),
                      SAY_WITH(reading_item_rest, other_terminal(s, v), window));
    if (v->health.no_applications)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "stop", SAY(item_key_over),
                      SAY_WITH(reading_item_rest, other_terminal(s, v), window));
    if (v->health.reader != READER_READY)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "stop", SAY(item_reader_off), SAY(item_reader_off_rest));
    if (!condition_prints(v->health.printer[DEVICE_RECEIPT]))
        return banner(s, page.x, y + GAP, page.w, BANNER_INFO, "paper-out",
                      SAY_WITH(item_receipt_off, condition_printer(v, v->health.printer[DEVICE_RECEIPT])),
                      SAY(item_receipt_off_rest));
    return y;
}

struct fact {
    const char *big, *small;
};

/* How often to come: by all answers, or between what they still lie. */
static struct fact visits(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;
    const char *why = item->limit_scene_explain ? item->limit_scene_explain : "";
    struct demand d;

    demand_of(item, NULL, &d);
    const char *most = words_number(s, d.most);

    if (d.least == d.most)
        return (struct fact){SAY_WITH(item_visits, most), !d.most ? SAY(item_visits_none)
                                                          : *why  ? why
                                                                  : SAY(item_visits_some)};
    if (d.least <= 0)
        return (struct fact){SAY_WITH(item_visits_most, most), SAY(item_visits_depends)};
    return (struct fact){SAY_WITH(item_visits_between, words_number(s, d.least), most), SAY(item_visits_depends)};
}

static void list_facts(struct scene *s, const struct view *v, struct fact f[3])
{
    const struct item *item = v->item.item;
    long cent = 0;

    for (size_t i = 0; i < item->n_fees; i++)
        cent += item->fees[i].amount_cent;
    const struct item_limit *a = &item->anticipate, *p = &item->promise;
    const char *legal = NULL; /* "法定 20 个" behind "5 个工作日" */

    if (a->day > 0 && a->unit == DAY_WORKING && p->unit == DAY_WORKING)
        legal = SAY_WITH(item_promise_same, words_number(s, a->day));
    else if (a->day > 0)
        legal = SAY_WITH(item_promise, words_days(s, v, a->day, a->unit));
    const char *pay = item->n_fees && item->fees[0].pay_at ? SAY_WITH(item_fee_note, item->fees[0].pay_at)
                                                           : SAY(item_fee_plain);

    f[0] = (struct fact){words_days(s, v, p->day, p->unit), p->day <= 0 ? SAY(item_at_once)
                                                            : legal     ? legal
                                                                        : SAY(item_promise_only)};
    f[1] = (struct fact){words_fee(s, v, cent), cent ? pay : SAY(item_free_note)};
    f[2] = visits(s, v);
}

/* Beside each other, or where the words are too wide for a third, below each other. */
static int facts_row(struct scene *s, struct card *c, const struct fact f[3], int columns)
{
    int bottom = 0;

    for (int i = 0; i < 3; i++) {
        struct box col = columns == 3 ? box_column(c->in, 3, 24, i) : c->in;
        int at = columns == 3 ? col.y : i ? bottom + 28 : col.y;

        if (i && columns == 1)
            hairline(s, col.x, bottom + 14, col.w);
        at += scene_text(s, col.x, at, col.w, TYPE(TITLE_2, BOLD, INK), f[i].big);
        at += scene_text(s, col.x, at, col.w, TYPE(SMALL, REGULAR, INK_2), f[i].small);
        bottom = at > bottom ? at : bottom;
    }
    for (int i = 1; i < columns; i++)
        scene_rect(s, (struct box){box_column(c->in, 3, 24, i).x - 24, c->in.y, 2, bottom - c->in.y}, 0, TOKEN_LINE);
    return bottom;
}

static int facts(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    struct fact f[3];
    int columns = 3;

    list_facts(s, v, f);
    for (int i = 0; i < 3; i++)
        if (scene_width(s, TYPE(TITLE_2, BOLD, INK), f[i].big) > box_column(c.in, 3, 24, i).w)
            columns = 1;
    return card_close(s, &c, facts_row(s, &c, f, columns));
}

static const char *results(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;
    const char *all = item->n_results ? item->results[0] : "";

    for (size_t i = 1; i < item->n_results; i++) {
        const char *const parts[] = {all, SAY(item_separator), item->results[i]};
        char out[600];

        text_fill(out, sizeof out, "{0}{1}{2}", parts, 3);
        all = scene_keep(s, out);
    }
    return all;
}

static int summary(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    const char *const keys[] = {SAY(item_result), SAY(item_who)};
    int at = c.in.y, column = pair_column(s, keys, 2);

    if (item->n_results)
        at += pair_draw(s, c.in.x, at, c.in.w, &(struct pair){NULL, SAY(item_result), results(s, v), column, false, false});
    if (item->accept_condition)
        at += (at > c.in.y ? 12 : 0) +
              pair_draw(s, c.in.x, at + (at > c.in.y ? 12 : 0), c.in.w,
                        &(struct pair){NULL, SAY(item_who), item->accept_condition, column, false, false});
    return card_close(s, &c, at);
}

/* --- materials --- */

static const char *material_note(struct scene *s, const struct view *v, const struct item_material *m)
{
    if (m->from_card)
        return SAY(item_from_card);
    if (m->explain && *m->explain)
        return m->explain;
    if (m->state == MATERIAL_LATER && m->defer_day)
        return SAY_WITH(item_defer, words_number(s, m->defer_day));
    return "";
}

static int material(struct scene *s, const struct view *v, struct box row, int i, const void *ctx)
{
    static const struct {
        enum chip_kind kind;
        const char *icon;
    } looks[] = {{CHIP_OK, "doc-have"}, {CHIP_WARN, "doc-bring"}, {CHIP_PLAIN, "doc-later"}, {CHIP_PLAIN, "doc"}};
    const struct item_material *m = &v->item.item->materials[i];
    const char *const names[] = {SAY(item_have), SAY(item_bring), SAY(item_later), SAY(item_perhaps)};
    int state = m->depends ? MATERIAL_OPTIONAL : (int)m->state; /* no answer says yet of whom it is demanded */
    struct type name = TYPE(BODY, REGULAR, INK), small = TYPE(SMALL, REGULAR, INK_2);
    const char *note = material_note(s, v, m);
    int chips = MATERIAL_CHIP; /* all of one width, so that they stand in a column */

    for (int k = 0; k < 4; k++)
        chips = chip_width(s, names[k]) > chips ? chip_width(s, names[k]) : chips;
    int room = row.w - chips - 24, wide = scene_width(s, name, m->name);
    bool beside = wide + 16 + scene_width(s, small, note) <= room;
    int h = scene_height(s, room, name, m->name), more = *note && !beside ? scene_height(s, room, small, note) : 0;
    int high = h + more + 24 < MATERIAL_ROW ? MATERIAL_ROW : h + more + 24, y = row.y + (high - h - more) / 2;

    scene_text(s, row.x, y, room, name, m->name);
    if (*note)
        scene_text(s, beside ? row.x + wide + 16 : row.x, beside ? y + (h - scene_line(s, small)) * 2 / 3 : y + h,
                   beside ? room - wide - 16 : room, small, note);
    chip(s, box_right(row) - chips, row.y + (high - chip_height(s)) / 2, chips, looks[state].kind, looks[state].icon,
         names[state]);
    return row.y + high;
}

static const char *material_count(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;
    int have = 0;

    for (size_t i = 0; i < item->n_materials; i++)
        have += item->materials[i].state == MATERIAL_HAVE;
    const char *all = words_number(s, (long)item->n_materials);

    return have ? SAY_WITH(item_materials_count, all, words_number(s, have)) : SAY_WITH(item_materials_all, all);
}

static int no_material(struct scene *s, const struct view *v, struct box row, int i, const void *ctx)
{
    return row.y + scene_text(s, row.x, row.y, row.w, TYPE(BODY, REGULAR, INK), SAY(item_materials_none));
}

static int materials(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    int n = (int)v->item.item->n_materials;
    const struct leaves_card some = {
        .head = SAY(item_materials), .note = material_count(s, v), .n = n, .row = material, .lines = true, .gap = 2};
    const struct leaves_card none = {.head = SAY(item_materials), .n = 1, .row = no_material};

    return leaves_card(s, v, l, y, n ? &some : &none);
}

static int process(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    int at = c.in.y + scene_text(s, c.in.x, c.in.y, c.in.w, TYPE(LABEL, BOLD, INK), SAY(item_process)) + 16;

    return card_close(s, &c, process_line(s, v, c.in.x, at, c.in.w, v->item.item));
}

/* Whom to call: the number beside the department, or below it where both are long. */
static int phone(struct scene *s, const struct item *item, struct box in)
{
    struct type body = TYPE(BODY, REGULAR, INK), strong = TYPE(BODY, BOLD, INK);
    int left = in.x + 64, room = in.w - 64, wide = scene_width(s, strong, item->link_way);
    bool beside = scene_width(s, body, item->dept_name) + 16 + wide <= room;
    int h = scene_height(s, room, body, item->dept_name), number = scene_height(s, room, strong, item->link_way);
    int high = beside ? h : h + number, row = high + 42 < 88 ? 88 : high + 42, y = in.y + (row - high) / 2;

    scene_icon(s, in.x, in.y + (row - 48) / 2, 48, "phone", TOKEN_PRIMARY);
    scene_text(s, left, y, beside ? room - wide - 16 : room, body, item->dept_name);
    scene_text(s, beside ? box_right(in) - wide : left, beside ? y : y + h, beside ? wide + 2 : room, strong,
               item->link_way);
    return in.y + row;
}

static int contact(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){32, 8, 24, TOKEN_SURFACE, false});
    struct type body = TYPE(BODY, REGULAR, INK);
    int at = c.in.y, high = scene_height(s, c.in.w - 128, body, SAY(item_more)) + 40;

    if (item->link_way) {
        at = phone(s, item, c.in);
        hairline(s, c.in.x, at, c.in.w);
        at += 2;
    }
    struct box more = {c.in.x, at, c.in.w, high < 96 ? 96 : high};

    if (scene_pressed(s, "more"))
        scene_rect(s, box_inset(more, -16, 4), 16, TOKEN_SUNK);
    scene_icon(s, c.in.x, at + (more.h - 48) / 2, 48, "guide", TOKEN_PRIMARY);
    scene_line_in(s, (struct box){c.in.x + 64, at, c.in.w - 128, more.h}, body, SAY(item_more));
    scene_icon(s, c.in.x + c.in.w - 48, at + (more.h - 48) / 2, 48, "chevron-down", TOKEN_EDGE);
    scene_target(s, NODE_BUTTON, "more", more, SAY(item_more), DO(PAGE, 1, 0));
    return card_close(s, &c, box_bottom(more));
}

/* --- the page --- */

static int guide(struct scene *s, const struct view *v, struct leaves *l)
{
    const struct item *item = v->item.item;
    struct box area = l->area;
    int y = notices(s, v, area, marks(s, v, area, area.y)) + GAP;

    leaves_break(s, l, y);
    if (!item->look_up)
        y = facts(s, v, area, y) + GAP;
    leaves_break(s, l, y);
    if (item->n_joined)
        y = members_card(s, v, l, y) + GAP;
    leaves_break(s, l, y);
    if (item->n_results || item->accept_condition)
        y = summary(s, v, area, y) + GAP;
    leaves_break(s, l, y);
    if (!item->look_up)
        y = materials(s, v, l, y) + GAP;
    leaves_break(s, l, y);
    if (item->n_steps && !item->n_joined)
        y = process(s, v, area, y) + GAP;
    leaves_break(s, l, y);
    return contact(s, v, area, y);
}

static int content(struct scene *s, const struct view *v, struct leaves *l)
{
    return v->item.page ? item_details(s, v, l) : guide(s, v, l);
}

void build_ITEM(struct scene *s, const struct view *v)
{
    const struct button apply = {.kind = BUTTON_MAIN,
                                 .id = "apply",
                                 .label = SAY(item_apply),
                                 .note = SAY(item_apply_note),
                                 .action = DO(APPLY, 0, 0)};
    bool here = v->item.item->is_service_terminals && !v->reading && !v->health.no_applications && !halted(v);
    struct box page = frame_paper(s, v);
    struct actions row = {.n = 0};

    if (here)
        row = actions_take(s, &page, &apply, NULL, 1);
    else
        page.h -= 24;
    title(s, v, &page);
    struct leaves l = leaves_begin(s, page);
    struct scene_place before = scene_place(s);
    int y = content(s, v, &l);

    if (y > box_bottom(page)) { /* once more, filling each page with as many rows as it takes */
        scene_take_back(s, before);
        l = leaves_begin(s, page);
        l.fill = true;
        y = content(s, v, &l);
    }
    leaves_end(s, v, &l, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
