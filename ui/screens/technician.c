/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's page: what needs doing first, then how everything is, then what can be done here. The one page whose
 * second lines may end in "…".
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/card_fault.h"
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/staff_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"

#define GAP 20
#define ICON 48
#define DAY_MS (24 * INT64_C(3600000))
#define DISK_LOW_PERCENT 10

/* One line; what does not fit ends in "…". */
static const char *cut(struct scene *s, struct type t, int w, const char *text)
{
    char out[200];
    size_t n;

    if (scene_width(s, t, text) <= w)
        return text;
    text_copy(out, sizeof out - 3, text);
    for (n = utf8_count(out); n > 0; n--) {
        strcpy(out + utf8_prefix(out, n), "…");
        if (scene_width(s, t, out) <= w)
            break;
    }
    return scene_keep(s, out);
}

/* --- what needs doing ---------------------------------------------------------------------------------------------------
 */

struct todo {
    const char *first; /* the most urgent */
    int n;
};

static void need(struct todo *t, bool needed, const char *words)
{
    if (!needed)
        return;
    if (!t->n++)
        t->first = words;
}

static bool disk_low(const struct staff_facts *f)
{
    return f->total_mb > 0 && f->free_mb * 100 < f->total_mb * DISK_LOW_PERCENT;
}

/* What is to be done about the fault the reader told last. */
static const char *reader_need(const struct view *v)
{
    enum card_fault why = card_fault_by_word(v->staff.facts.fault[DEVICE_READER].what);

    return why == CARD_FAULT_NONE ? SAY(staff_need_reader) : card_fault_remedy(why, v->settings.language);
}

static void need_ends(struct todo *t, struct scene *s, const struct view *v, bool over)
{
    const char *const names[STAFF_ENDS] = {SAY(staff_end_certificate), SAY(staff_end_root), SAY(staff_end_sealing)};
    const struct staff_facts *f = &v->staff.facts;

    for (int i = 0; i < STAFF_ENDS; i++)
        if (over ? f->ends[i].over : f->ends[i].near)
            need(t, true,
                 over ? SAY_WITH(staff_need_over, names[i], staff_words_day(s, f->ends[i].ms))
                      : SAY_WITH(staff_need_near, names[i], staff_words_day(s, f->ends[i].ms)));
}

static int todo(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct staff_facts *f = &v->staff.facts;
    struct todo t = {.n = 0};

    need(&t, v->staff.trouble == STAFF_UNRECORDED || !v->health.storage, SAY(staff_need_storage));
    need(&t, f->chain == CHAIN_BAD, SAY(staff_need_chain));
    need(&t, !v->health.catalogue, SAY(staff_need_catalogue));
    need_ends(&t, s, v, true);
    need(&t, f->needs > 0, SAY_WITH(staff_need_level, words_number(s, f->needs), words_number(s, f->level)));
    need(&t, v->health.reader != READER_READY, reader_need(v));
    need(&t, f->stuck[0] || f->stuck[1], SAY(staff_need_power));
    need(&t, *f->stranger, SAY_WITH(staff_need_stranger, f->stranger));
    need(&t, f->asks_width[0], SAY_WITH(staff_need_width, SAY(staff_receipt)));
    need(&t, f->asks_width[1], SAY_WITH(staff_need_width, SAY(staff_ticket)));
    need(&t, !condition_prints(v->health.printer[DEVICE_RECEIPT]),
         SAY_WITH(staff_need_receipt, condition_printer(v, v->health.printer[DEVICE_RECEIPT])));
    need(&t, !condition_prints(v->health.printer[DEVICE_TICKET]),
         SAY_WITH(staff_need_ticket, condition_printer(v, v->health.printer[DEVICE_TICKET])));
    need(&t, disk_low(f), SAY(staff_need_disk));
    need(&t, f->last > 0 && !f->sync, SAY(staff_need_sync));
    need_ends(&t, s, v, false);
    need(&t, v->health.printer[DEVICE_RECEIPT] == PRINTER_LOW || v->health.printer[DEVICE_TICKET] == PRINTER_LOW,
         SAY(staff_need_paper));
    need(&t, v->out.on, SAY(staff_need_resume));
    if (!t.n)
        return banner(s, page.x, y, page.w, BANNER_OK, "ok", SAY(staff_need_none), NULL);
    return banner(s, page.x, y, page.w, BANNER_WARN, "alert", SAY_WITH(staff_need, words_number(s, t.n)), t.first);
}

/* --- devices ------------------------------------------------------------------------------------------------------------
 */

struct device {
    const char *icon, *name, *note, *state;
    bool good;
};

static int device_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct device *d = (const struct device *)ctx + i;
    int x = at.x, y = at.y, w = at.w;
    struct type name = TYPE(BODY, BOLD, INK), note = TYPE(SMALL, REGULAR, INK_2);
    int high = scene_line(s, name) + scene_line(s, note), wide = chip_width(s, d->state), tall = high + 24;
    int room = w - ICON - 20 - wide - 16;

    scene_icon(s, x, y + (tall - ICON) / 2, ICON, d->icon, d->good ? TOKEN_OK : TOKEN_WARN);
    scene_draw(s, x + ICON + 20, y + 12, room, name, cut(s, name, room, d->name));
    scene_draw(s, x + ICON + 20, y + 12 + scene_line(s, name), room, note, cut(s, note, room, d->note));
    chip(s, x + w - wide, y + (tall - CHIP_HEIGHT) / 2, 0, d->good ? CHIP_OK : CHIP_WARN, d->good ? "ok" : "alert",
         d->state);
    scene_node(s, NODE_STATUS, "", (struct box){x, y, w, tall}, d->name)->value = scene_keep(
        s, SAY_WITH(staff_state_note, d->state, d->note));
    return y + tall;
}

/* A printer's recorded word, as it is said of one today; what else a record says stands as it is. */
static const char *fault_note(struct scene *s, const struct view *v, enum device_role d)
{
    static const char *const words[] = {[PRINTER_LOW] = "low",
                                        [PRINTER_NO_PAPER] = "no-paper",
                                        [PRINTER_OPEN] = "open",
                                        [PRINTER_FAULT] = "fault",
                                        [PRINTER_ABSENT] = "absent"};
    const char *what = v->staff.facts.fault[d].what;
    int64_t at = v->staff.facts.fault[d].at;

    for (size_t i = 0; at && d != DEVICE_READER && i < sizeof words / sizeof *words; i++)
        if (words[i] && !strcmp(what, words[i]))
            return SAY_WITH(staff_fault_printer, staff_words_moment(s, v, at), condition_printer(v, (enum printer_health)i));
    return at ? SAY_WITH(staff_fault, staff_words_moment(s, v, at), what) : SAY(staff_no_fault);
}

/* What came of the test page, else the last fault. */
static const char *printer_note(struct scene *s, const struct view *v, int role)
{
    switch (v->staff.test[role].print) {
    case PRINT_RUNNING:
    case PRINT_SLOW:
        return SAY(staff_test_running);
    case PRINT_DONE:
        return SAY(staff_test_done);
    case PRINT_NOT:
        return SAY_WITH(staff_test_not, condition_printer(v, v->staff.test[role].why));
    case PRINT_UNKNOWN:
        return SAY(staff_test_unknown);
    case PRINT_IDLE:
        break;
    }
    if (v->staff.facts.asks_width[role])
        return SAY_WITH(staff_width_note, device_word((enum device_role)role));
    if (v->health.printer[role] == PRINTER_LOW && v->staff.facts.left_mm[role] >= 0)
        return SAY_WITH(staff_left, words_number(s, v->staff.facts.left_mm[role] / 1000),
                        words_number(s, v->staff.facts.left_mm[role] % 1000 / 100));
    return fault_note(s, v, role == 0 ? DEVICE_RECEIPT : DEVICE_TICKET);
}

static const char *reader_note(struct scene *s, const struct view *v)
{
    const struct staff_facts *f = &v->staff.facts;

    return !f->fault[DEVICE_READER].at && *f->sam ? SAY_WITH(staff_sam, f->sam) : fault_note(s, v, DEVICE_READER);
}

static const char *printer_state(const struct view *v, enum printer_health h)
{
    return h == PRINTER_READY ? SAY(staff_good) : condition_printer(v, h);
}

static const char *hall_note(struct scene *s, const struct view *v)
{
    return !v->staff.facts.sync   ? SAY(staff_no_sync)
           : v->health.clock_sure ? SAY(staff_clock_sure)
                                  : SAY(staff_clock_unsure);
}

static int devices(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    bool reader = v->health.reader == READER_READY;
    const struct device rows[] = {
        {"receipt", SAY(staff_receipt), printer_note(s, v, 0), printer_state(v, v->health.printer[DEVICE_RECEIPT]),
         v->health.printer[DEVICE_RECEIPT] == PRINTER_READY},
        {"queue", SAY(staff_ticket), printer_note(s, v, 1), printer_state(v, v->health.printer[DEVICE_TICKET]),
         v->health.printer[DEVICE_TICKET] == PRINTER_READY},
        {"reader", SAY(staff_reader), reader_note(s, v),
         reader                              ? SAY(staff_good)
         : v->health.reader == READER_ABSENT ? SAY(ui_printer_absent)
                                             : SAY(ui_printer_fault),
         reader},
        {"network", SAY(staff_hall), hall_note(s, v), v->health.hall ? SAY(staff_hall_up) : SAY(staff_hall_down),
         v->health.hall},
    };
    return leaves_card(s, v, l, y,
                       &(struct leaves_card){.n = sizeof rows / sizeof *rows,
                                             .row = device_row,
                                             .ctx = rows,
                                             .lines = true,
                                             .style = &(struct card_style){28, 8, 24, TOKEN_SURFACE, false}});
}

/* --- backlog and chain --------------------------------------------------------------------------------------------------
 */

struct figure {
    const char *label, *value, *note;
    enum token colour;
};

static int figure(struct scene *s, const struct view *v, struct box b, const struct figure *f, bool draw)
{
    struct type label = TYPE(SMALL, REGULAR, INK_2), value = type_coloured(TYPE(TITLE_2, BOLD, INK), f->colour);
    int y = b.y + 20, w = b.w - 56;

    if (draw) {
        scene_draw(s, b.x + 28, y, w, label, cut(s, label, w, f->label));
        scene_draw(s, b.x + 28, y + scene_line(s, label), w, value, cut(s, value, w, f->value));
        scene_draw(s, b.x + 28, y + scene_line(s, label) + scene_line(s, value), w, label, cut(s, label, w, f->note));
        scene_node(s, NODE_STATUS, "", b, f->label)->value = scene_keep(s, SAY_WITH(staff_state_note, f->value, f->note));
    }
    return 40 + 2 * scene_line(s, label) + scene_line(s, value);
}

static struct figure chain_figure(struct scene *s, const struct view *v)
{
    const struct staff_facts *f = &v->staff.facts;
    struct figure g = {SAY(staff_chain), SAY(staff_chain_unchecked),
                       SAY_WITH(staff_chain_note, words_number(s, (long)f->last), words_number(s, (long)f->acked)),
                       TOKEN_INK};

    if (f->chain == CHAIN_CHECKING)
        g.value = SAY(staff_chain_checking);
    if (f->chain == CHAIN_GOOD) {
        g.value = SAY(staff_chain_good);
        g.colour = TOKEN_OK;
    }
    if (f->chain == CHAIN_BAD) {
        g.value = SAY(staff_chain_bad);
        g.note = SAY_WITH(staff_chain_bad_note, words_number(s, (long)f->checked));
        g.colour = TOKEN_BAD;
    }
    return g;
}

static int figures(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct staff_facts *f = &v->staff.facts;
    struct figure list[2] = {
        {SAY(staff_backlog), SAY_WITH(staff_backlog_n, words_number(s, (long)(f->last - f->acked))),
         f->oldest_ms ? SAY_WITH(staff_oldest, staff_words_moment(s, v, f->oldest_ms)) : SAY(staff_backlog_none), TOKEN_INK},
        chain_figure(s, v)};
    int high = figure(s, v, (struct box){0, 0, 488, 0}, &list[0], false);

    for (int i = 0; i < 2; i++) {
        struct box b = box_column((struct box){page.x, y, page.w, high}, 2, 24, i);

        card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_SURFACE, false});
        figure(s, v, b, &list[i], true);
    }
    return y + high;
}

/* --- versions and storage -----------------------------------------------------------------------------------------------
 */

static int fact(struct scene *s, const struct view *v, const struct card *c, int y, const char *label, const char *value,
                const char *note)
{
    struct type dim = TYPE(SMALL, REGULAR, INK_2), strong = TYPE(SMALL, BOLD, INK);
    int column = 190, right = scene_width(s, dim, note), most = c->in.w * 55 / 100, h = scene_line(s, strong) + 4;

    right = right < most ? right : most; /* what it leaves is the value's, which counts more */
    int w = c->in.w - column - right;
    scene_draw(s, c->in.x, y, column, dim, cut(s, dim, column - 12, label));
    scene_draw(s, c->in.x + column, y, w, strong, cut(s, strong, w - 12, value));
    scene_draw(s, c->in.x + c->in.w - right, y, right, type_aligned(dim, ALIGN_RIGHT), cut(s, dim, right, note));
    scene_node(s, NODE_STATUS, "", (struct box){c->in.x, y, c->in.w, h}, label)->value = scene_keep(
        s, SAY_WITH(staff_state_note, value, note));
    return y + h;
}

static const char *head_note(struct scene *s, const struct view *v)
{
    int64_t until = v->staff.facts.head_expires_ms;

    if (!until)
        return SAY(staff_head_unknown);
    return until < v->now_ms ? SAY_WITH(staff_head_over, staff_words_moment(s, v, until))
                             : SAY_WITH(staff_head, staff_words_moment(s, v, until));
}

static const char *disk_value(struct scene *s, const struct view *v)
{
    const struct staff_facts *f = &v->staff.facts;

    return f->total_mb ? SAY_WITH(staff_disk, words_number(s, (long)(f->free_mb * 100 / f->total_mb))) : SAY(staff_unknown);
}

static const char *address_note(struct scene *s, const struct view *v)
{
    const struct uplink_report *r = &v->staff.facts.uplink;
    const struct uplink_found *proxy = &r->of[UPLINK_PROXY];
    const char *way = proxy->what[0] ? SAY_WITH(network_row_proxy, proxy->what) : SAY(network_proxy_none);

    enum uplink_finding address = r->of[UPLINK_ADDRESS].finding;

    if (address == UPLINK_ADDRESS_DHCP)
        return SAY_WITH(network_row_dhcp, way);
    if (address == UPLINK_ADDRESS_FIXED)
        return SAY_WITH(network_row_fixed, way);
    return proxy->finding == UPLINK_NOT_REACHED ? "" : way;
}

/* The present address; where there is none, why. */
static const char *address_value(struct scene *s, const struct view *v)
{
    const struct uplink_found *f = &v->staff.facts.uplink.of[UPLINK_ADDRESS];

    return uplink_grade(f->finding) == UPLINK_IS_GOOD  ? f->what
           : uplink_grade(f->finding) == UPLINK_IS_BAD ? staff_words_found(s, v, f)
                                                       : SAY(staff_unknown);
}

static int facts(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){28, 20, 24, TOKEN_SURFACE, false});
    const struct staff_facts *f = &v->staff.facts;
    int at = c.in.y;

    at = fact(s, v, &c, at, SAY(staff_software), f->version,
              SAY_WITH(staff_up, words_number(s, (long)(f->up_ms / DAY_MS)),
                       words_number(s, (long)(f->up_ms % DAY_MS / 3600000))));
    at = fact(s, v, &c, at, SAY(staff_catalogue),
              f->catalogue ? SAY_WITH(staff_version, words_number(s, f->catalogue)) : SAY(staff_none), head_note(s, v));
    at = fact(s, v, &c, at, SAY(staff_storage), disk_value(s, v),
              SAY_WITH(staff_disk_free, words_number(s, (long)f->free_mb)));
    at = fact(s, v, &c, at, SAY(network_row), address_value(s, v), address_note(s, v));
    at = fact(s, v, &c, at, SAY(staff_terminal), f->terminal,
              v->out.on ? SAY_WITH(staff_out_since, staff_words_moment(s, v, v->out.since_ms)) : SAY(staff_in_service));
    return card_close(s, &c, at);
}

/* --- what the devices have done ---------------------------------------------------------------------------------------- */

/* By estimate, once the site has said how long a roll is, or it is near its end; else what was seen coming off it. */
static const char *paper_left(struct scene *s, const struct view *v, int role)
{
    int mm = v->staff.facts.left_mm[role];

    if (mm >= 0)
        return SAY_WITH(staff_paper_left, words_number(s, mm / 1000), words_number(s, mm % 1000 / 100));
    if (v->staff.facts.roll[role].at)
        return SAY_WITH(staff_roll_used, words_number(s, v->staff.facts.roll[role].mm / 1000));
    return v->health.printer[role] == PRINTER_READY ? SAY(staff_paper_unknown)
                                                    : condition_printer(v, v->health.printer[role]);
}

static int counters(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){28, 20, 24, TOKEN_SURFACE, false});
    const char *const names[DEVICE_ROLES] = {SAY(staff_count_receipt), SAY(staff_count_ticket), SAY(staff_count_reader)};
    int at = c.in.y;

    for (int i = 0; i < DEVICE_ROLES; i++) {
        const char *done = words_number(s, v->staff.facts.count[i].done);
        int failed = v->staff.facts.count[i].not_done + v->staff.facts.count[i].unknown;
        const char *value = i == DEVICE_READER ? SAY_WITH(staff_count_cards, done) : SAY_WITH(staff_count_papers, done);
        const char *note = SAY_WITH(staff_count_failed, words_number(s, failed),
                                    words_number(s, v->staff.facts.count[i].unplugged));

        at = fact(s, v, &c, at, names[i], value,
                  i == DEVICE_READER ? note : SAY_WITH(staff_count_note, note, paper_left(s, v, i)));
    }
    return card_close(s, &c, at);
}

/* --- what can be done ---------------------------------------------------------------------------------------------------
 */

#define ACTIONS 9

static struct button choice(const char *id, const char *icon, const char *label, struct node_action action)
{
    return (struct button){.kind = BUTTON_SECOND, .id = id, .icon = icon, .label = label, .action = action};
}

static void list_actions(const struct view *v, struct button list[ACTIONS])
{
    bool out = v->out.on, sure = v->staff.restart;

    list[0] = choice("paper", "receipt", SAY(staff_paper), DO(STAFF_PAPER, 0, 0));
    list[1] = choice("tests", "tools", SAY(staff_tests), DO(STAFF_TESTS, 0, 0));
    list[2] = choice("verify", "shield", SAY(staff_verify), DO(STAFF_VERIFY, 0, 0));
    list[3] = choice("sync", "sync", SAY(staff_sync), DO(STAFF_SYNC, 0, 0));
    list[4] = out ? choice("resume", "ok", SAY(staff_resume), DO(STAFF_RESUME, 0, 0))
                  : choice("pause", "stop", SAY(staff_pause), DO(STAFF_PAUSE, 0, 0));
    list[5] = choice("versions", "storage", SAY(staff_versions), DO(STAFF_VERSIONS, 0, 0));
    list[6] = choice("logs", "doc", SAY(staff_logs), DO(STAFF_LOGS, 0, 0));
    list[7] = choice("network", "network", SAY(staff_network), DO(STAFF_NETWORK, 0, 0));
    list[8] = choice("restart", "power", sure ? SAY(staff_restart_sure) : SAY(staff_restart), DO(STAFF_RESTART, 0, 0));
    list[8].kind = BUTTON_DANGER;
    list[2].off = v->staff.facts.chain == CHAIN_CHECKING;
    list[3].off = !v->staff.facts.sync;
}

/* Three in a row where every label fits, else two. Takes its room off the page's lower end. */
static void actions(struct scene *s, const struct view *v, struct box *page)
{
    struct button list[ACTIONS];
    int columns = 3, high = BUTTON_HEIGHT;

    list_actions(v, list);
    for (int i = 0; i < ACTIONS; i++)
        if (button_width(s, &list[i]) > (page->w - 2 * 16) / 3)
            columns = 2;
    for (int i = 0; i < ACTIONS; i++) {
        int h = button_height(s, (page->w - (columns - 1) * 16) / columns, &list[i]);
        high = h > high ? h : high;
    }
    int rows = (ACTIONS + columns - 1) / columns, all = rows * high + (rows - 1) * 16 + 2 * GAP;
    page->h -= all;
    for (int i = 0; i < ACTIONS; i++) {
        struct box row = {page->x, box_bottom(*page) + GAP + i / columns * (high + 16), page->w, high};
        button(s, box_column(row, columns, 16, i % columns), &list[i]);
    }
}

void build_TECHNICIAN(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);

    scene_node(s, NODE_TITLE, "", (struct box){page.x, page.y, page.w, 1}, SAY(staff_title));
    actions(s, v, &page);
    struct box in = {page.x, page.y + GAP, page.w, page.h - GAP};
    struct leaves pages = leaves_begin(s, in);
    int y = in.y;

    leaves_break(s, &pages, y);
    y = todo(s, v, page, y) + GAP;
    leaves_break(s, &pages, y);
    y = devices(s, v, &pages, y) + GAP;
    leaves_break(s, &pages, y);
    y = figures(s, v, page, y) + GAP;
    leaves_break(s, &pages, y);
    y = facts(s, v, page, y) + GAP;
    leaves_break(s, &pages, y);
    y = counters(s, v, page, y);
    leaves_end(s, v, &pages, y);
    frame_dock(s, v);
}
