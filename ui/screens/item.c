/* SPDX-License-Identifier: Apache-2.0
 *
 * The guide of an item: days, fee, visits first; what to bring; how it goes; whom to call. The truth stands before the
 * button. What stands in the law is one touch away. Long guides have pages.
 */
#include <stddef.h>

#include "base/text.h"
#include "session/intent.h"
#include "ui/screens/item.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define GAP 20
#define KEY_COLUMN 176
#define MATERIAL_ROW 84
#define MATERIAL_CHIP 156

int item_heading(struct scene *s, struct card *c, const char *text, const char *note)
{
    struct type head = TYPE(LABEL, BOLD, INK), small = TYPE(SMALL, REGULAR, INK_2);
    int wide = note ? scene_width(s, small, note) : 0;
    int h = scene_text(s, c->in.x, c->in.y, c->in.w - wide - 16, head, text);

    if (note)
        scene_text(s, c->in.x + c->in.w - wide, c->in.y + h - scene_line(s, small) - 2, wide + 2, small, note);
    return c->in.y + h;
}

/* Up to 16 characters title-1, up to 40 title-2, above that lead. */
static struct type title_type(const char *name)
{
    size_t n = utf8_count(name);

    return n <= 16 ? TYPE(TITLE_1, BOLD, INK) : n <= 40 ? TYPE(TITLE_2, BOLD, INK) : TYPE(LEAD, BOLD, INK);
}

/* Stands on every page of the guide; what is left of the page is returned. */
static struct box title(struct scene *s, const struct view *v, struct box page)
{
    const char *name = v->item.item->task_name;
    int h = scene_title(s, page.x, page.y, page.w, title_type(name), name) + 12;

    return (struct box){page.x, page.y + h, page.w, page.h - h};
}

static int marks(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;
    int x = page.x;

    x += chip(s, x, y, 0, item->terminal ? CHIP_OK : CHIP_WARN, item->terminal ? "ok" : "nearby",
              item->terminal ? SAY(ui_here) : SAY(ui_at_window)) +
         12;
    marks_draw(s, v, x, y, (struct marks){item->on_the_spot, item->online, item->nearby, item->one_visit});
    return y + CHIP_HEIGHT;
}

/* What stands before everything else when something is not as it should be. */
static int notices(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;

    if (!item->terminal)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "nearby", SAY(item_window),
                      SAY_WITH(item_window_rest, item->transact_addr ? item->transact_addr : item->dept_name));
    if (v->health.reader != READER_READY)
        return banner(s, page.x, y + GAP, page.w, BANNER_WARN, "stop", SAY(item_reader_off), SAY(item_reader_off_rest));
    if (!condition_prints(v->health.receipt))
        return banner(s, page.x, y + GAP, page.w, BANNER_INFO, "paper-out",
                      SAY_WITH(item_receipt_off, condition_printer(v, v->health.receipt)), SAY(item_receipt_off_rest));
    return y;
}

struct fact {
    const char *big, *small;
};

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
    const char *why = item->limit_scene_explain ? item->limit_scene_explain : "";

    f[0] = (struct fact){words_days(s, v, p->day, p->unit), p->day <= 0 ? SAY(item_at_once)
                                                            : legal     ? legal
                                                                        : SAY(item_promise_only)};
    f[1] = (struct fact){words_fee(s, v, cent), cent ? pay : SAY(item_free_note)};
    f[2] = (struct fact){SAY_WITH(item_visits, words_number(s, item->limit_scene_num)), !item->limit_scene_num
                                                                                            ? SAY(item_visits_none)
                                                                                        : *why ? why
                                                                                               : SAY(item_visits_some)};
}

static int facts(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    struct fact f[3];
    int bottom = 0;

    list_facts(s, v, f);
    for (int i = 0; i < 3; i++) {
        struct box col = box_column(c.in, 3, 24, i);
        int at = col.y;

        at += scene_text(s, col.x, at, col.w, TYPE(TITLE_2, BOLD, INK), f[i].big);
        at += scene_text(s, col.x, at, col.w, TYPE(SMALL, REGULAR, INK_2), f[i].small);
        bottom = at > bottom ? at : bottom;
    }
    for (int i = 1; i < 3; i++)
        scene_rect(s, (struct box){box_column(c.in, 3, 24, i).x - 24, c.in.y, 2, bottom - c.in.y}, 0, TOKEN_LINE);
    return card_close(s, &c, bottom);
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
    int at = c.in.y;

    if (item->n_results)
        at += pair_draw(s, c.in.x, at, c.in.w,
                        &(struct pair){NULL, SAY(item_result), results(s, v), KEY_COLUMN, false, false});
    if (item->accept_condition)
        at += (at > c.in.y ? 12 : 0) +
              pair_draw(s, c.in.x, at + (at > c.in.y ? 12 : 0), c.in.w,
                        &(struct pair){NULL, SAY(item_who), item->accept_condition, KEY_COLUMN, false, false});
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

static int material(struct scene *s, const struct view *v, struct box row, const struct item_material *m)
{
    static const struct {
        enum chip_kind kind;
        const char *icon;
    } looks[] = {{CHIP_OK, "doc-have"}, {CHIP_WARN, "doc-bring"}, {CHIP_PLAIN, "doc-later"}};
    const char *const names[] = {SAY(item_have), SAY(item_bring), SAY(item_later)};
    struct type name = TYPE(BODY, REGULAR, INK), small = TYPE(SMALL, REGULAR, INK_2);
    const char *note = material_note(s, v, m);
    int room = row.w - MATERIAL_CHIP - 24, wide = scene_width(s, name, m->name);
    bool beside = wide + 16 + scene_width(s, small, note) <= room;
    int h = scene_height(s, room, name, m->name), more = *note && !beside ? scene_height(s, room, small, note) : 0;
    int high = h + more + 24 < MATERIAL_ROW ? MATERIAL_ROW : h + more + 24, y = row.y + (high - h - more) / 2;

    scene_text(s, row.x, y, room, name, m->name);
    if (*note)
        scene_text(s, beside ? row.x + wide + 16 : row.x, beside ? y + 4 : y + h, beside ? room - wide - 16 : room, small,
                   note);
    chip(s, box_right(row) - MATERIAL_CHIP, row.y + (high - CHIP_HEIGHT) / 2, MATERIAL_CHIP, looks[m->state].kind,
         looks[m->state].icon, names[m->state]);
    return high;
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

/* A card with as many as fit above `bottom`, at least one. *from moves on. */
static int materials(struct scene *s, const struct view *v, struct box page, int y, int bottom, size_t *from)
{
    const struct item *item = v->item.item;
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    int at = item_heading(s, &c, SAY(item_materials), item->n_materials ? material_count(s, v) : NULL);
    size_t i = *from;

    for (; i < item->n_materials; i++) {
        if (i > *from)
            hairline(s, c.in.x, at, c.in.w);
        int next = at + material(s, v, (struct box){c.in.x, at, c.in.w, 0}, &item->materials[i]);

        at = next;
        if (i + 1 < item->n_materials && next + MATERIAL_ROW + c.pad > bottom) {
            i++;
            break;
        }
    }
    if (!item->n_materials)
        at += 8 + scene_text(s, c.in.x, at + 8, c.in.w, TYPE(BODY, REGULAR, INK), SAY(item_materials_none));
    *from = i;
    return card_close(s, &c, at - (item->n_materials ? 12 : 0));
}

static int process(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    int at = item_heading(s, &c, SAY(item_process), NULL) + 16;

    return card_close(s, &c, process_line(s, v, c.in.x, at, c.in.w, v->item.item));
}

static int contact(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct item *item = v->item.item;
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){32, 8, 24, TOKEN_SURFACE, false});
    struct type body = TYPE(BODY, REGULAR, INK), strong = type_aligned(TYPE(BODY, BOLD, INK), ALIGN_RIGHT);
    int at = c.in.y, left = c.in.x + 64, wide = item->link_way ? scene_width(s, strong, item->link_way) : 0;
    struct box more = {c.in.x, at, c.in.w, 0};

    if (item->link_way) {
        int h = scene_height(s, c.in.w - 64 - wide - 16, body, item->dept_name), row = h + 42 < 88 ? 88 : h + 42;

        scene_icon(s, c.in.x, at + (row - 48) / 2, 48, "phone", TOKEN_PRIMARY);
        scene_text(s, left, at + (row - h) / 2, c.in.w - 64 - wide - 16, body, item->dept_name);
        scene_text(s, c.in.x + c.in.w - wide, at + (row - scene_line(s, strong)) / 2, wide, strong, item->link_way);
        hairline(s, c.in.x, at + row, c.in.w);
        at += row + 2;
    }
    more = (struct box){c.in.x, at, c.in.w, 96};
    if (scene_pressed(s, "more"))
        scene_rect(s, box_inset(more, -16, 4), 16, TOKEN_SUNK);
    scene_icon(s, c.in.x, at + 24, 48, "guide", TOKEN_PRIMARY);
    scene_line_in(s, (struct box){left, at, c.in.w - 64 - 64, 96}, body, SAY(item_more));
    scene_icon(s, c.in.x + c.in.w - 48, at + 24, 48, "chevron-down", TOKEN_EDGE);
    scene_target(s, NODE_BUTTON, "more", more, SAY(item_more), DO(PAGE, 1, 0));
    return card_close(s, &c, at + 96);
}

/* --- the page --- */

static int guide(struct scene *s, const struct view *v, struct box area, int wanted)
{
    const struct item *item = v->item.item;
    size_t material_at = 0, from;

    area = title(s, v, area);
    struct flow f = flow_begin(s, area, wanted);

    flow_done(s, &f, notices(s, v, area, marks(s, v, area, flow_block(s, &f))), GAP);
    while (!flow_done(s, &f, facts(s, v, area, flow_block(s, &f)), GAP))
        ;
    if (item->n_results || item->accept_condition)
        while (!flow_done(s, &f, summary(s, v, area, flow_block(s, &f)), GAP))
            ;
    do {
        from = material_at;
        int end = materials(s, v, area, flow_block(s, &f), box_bottom(area), &material_at);

        if (!flow_done(s, &f, end, GAP))
            material_at = from;
    } while (material_at < item->n_materials);
    if (item->n_steps)
        while (!flow_done(s, &f, process(s, v, area, flow_block(s, &f)), GAP))
            ;
    while (!flow_done(s, &f, contact(s, v, area, flow_block(s, &f)), GAP))
        ;
    return f.page + 1;
}

static void actions(struct scene *s, const struct view *v, struct box row)
{
    button(s, row,
           &(struct button){.kind = BUTTON_MAIN,
                            .id = "apply",
                            .label = SAY(item_apply),
                            .note = SAY(item_apply_note),
                            .action = DO(APPLY, 0, 0)});
}

void item_pages(struct scene *s, const struct view *v, struct box page,
                int (*fill)(struct scene *s, const struct view *v, struct box area, int wanted))
{
    struct flow f = flow_begin(s, page, 0);
    int pages;

    flow_block(s, &f);
    pages = fill(s, v, page, s->env.page);
    if (pages > 1) { /* once more, with the pager's row taken off */
        s->n_ops = f.save_ops;
        s->n_nodes = f.save_nodes;
        s->used = f.save_text;
        struct box less = {page.x, page.y, page.w, page.h - PAGER_HEIGHT};

        pages = fill(s, v, less, s->env.page);
        pager(s, v, &page, s->env.page < pages ? s->env.page : pages - 1, pages, NODE_DO_PAGE);
    }
    s->own_pages = pages;
}

void build_ITEM(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = {0, 0, 0, 0};

    if (v->item.item->terminal)
        row = frame_actions(&page);
    else
        page.h -= 24;
    page.y += 24;
    page.h -= 24;
    item_pages(s, v, page, v->item.page ? item_details : guide);
    if (v->item.item->terminal)
        actions(s, v, row);
    frame_dock(s, v);
}
