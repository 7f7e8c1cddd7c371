/* SPDX-License-Identifier: Apache-2.0
 *
 * A receipt is printed; then another one. What lies in the tray is compared with what a clean run left there.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/profile.h"
#include "drivers/virtual/printer.h"
#include "drivers/virtual/printer_profile.h"
#include "printer/papers.h"
#include "torture/flow.h"

#define READY_MS 60000
#define DEADLINE_MS(clean_ms) (60000 + 4 * (clean_ms)) /* checks and clearing; 30 s and four times the paper's time */
#define LATER_MS 60000                                 /* nothing more may come after the outcome */
#define PIECES_MAX 8

static const char *const numbers[FLOW_PAPERS] = {PAPERS_NUMBER, "1103003261119000286"};

struct piece {
    struct flow_paper paper;
    bool blank;
};

static struct flow_report *report;
static struct printers *printers;
static struct piece pieces[PIECES_MAX];
static int n_pieces, n_outcomes;
static enum printer_outcome outcome;

static void on_state(void *ctx, int role, enum printer_health s)
{
}

static void on_progress(void *ctx, int role, int percent, bool held)
{
}

static void on_outcome(void *ctx, int role, const char *job, enum printer_outcome o, enum printer_health why)
{
    n_outcomes++;
    outcome = o;
}

static const struct printers_events events = {.state = on_state, .progress = on_progress, .outcome = on_outcome};

static uint64_t hash(uint64_t h, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001B3u; /* FNV-1a */
    return h;
}

static void on_paper(void *ctx, const struct virtual_paper *p)
{
    if (n_pieces == PIECES_MAX) {
        flow_fail(report, "more than %d pieces of paper", PIECES_MAX);
        return;
    }
    struct piece *piece = &pieces[n_pieces++];
    size_t row = (size_t)(p->width + 7) / 8;
    *piece = (struct piece){.blank = true, .paper.cut = p->cut, .paper.picture = 0xCBF29CE484222325u};
    snprintf(piece->paper.text, sizeof piece->paper.text, "%s", p->text);
    for (int i = 0; i < p->n_qr; i++) {
        size_t at = strlen(piece->paper.qr);
        snprintf(piece->paper.qr + at, sizeof piece->paper.qr - at, "%s\n", p->qr[i]);
    }
    for (int y = 0; y < p->height; y++) {
        const uint8_t *from = p->rows + (size_t)y * (size_t)p->stride;
        piece->paper.picture = hash(piece->paper.picture, from, row);
        for (size_t i = 0; i < row; i++)
            piece->blank &= from[i] == 0;
    }
}

static int role(void)
{
    return printers_state(printers, DEVICE_RECEIPT) != PRINTER_ABSENT  ? DEVICE_RECEIPT
           : printers_state(printers, DEVICE_TICKET) != PRINTER_ABSENT ? DEVICE_TICKET
                                                                       : -1;
}

static bool is_ready(void)
{
    int r = role();
    return r >= 0 && printers_state(printers, r) <= PRINTER_LOW;
}

static bool has_outcome(void)
{
    return n_outcomes > 0;
}

static int occurrences(const char *text, const char *of)
{
    int n = 0;
    for (size_t len = strlen(of); len > 0 && (text = strstr(text, of)); text += len)
        n++;
    return n;
}

/* How often this receipt lies in the tray, whole; *ret_exact: once of them dot for dot. Without a cutter all of them are one
 * piece, and only its text tells. */
static int count_whole(const struct flow_paper *clean, bool *ret_exact)
{
    int n = 0;
    *ret_exact = false;
    for (int i = 0; i < n_pieces; i++) {
        const struct piece *p = &pieces[i];
        if (!clean->cut) {
            n += occurrences(p->paper.text, clean->text);
            *ret_exact = true;
        } else if (p->paper.cut && !strcmp(p->paper.text, clean->text) && !strcmp(p->paper.qr, clean->qr)) {
            n++;
            *ret_exact |= p->paper.picture == clean->picture;
        }
    }
    return n;
}

static bool any_ink(void)
{
    for (int i = 0; i < n_pieces; i++) {
        if (!pieces[i].blank)
            return true;
    }
    return false;
}

static void print(int i)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    f.number = numbers[i];
    struct paper *p = receipt_compose(&f);
    struct err e = {0};
    int r = role();
    n_outcomes = 0;
    if (printers_print(printers, r < 0 ? DEVICE_RECEIPT : r, p, i ? "JOB2" : "JOB1", &e) < 0)
        flow_fail(report, "the job is refused: %s", e.text);
    paper_destroy(p);
}

/* The job's outcome, and what lies in the tray then. */
static const char *await_outcome(const struct flow_case *c)
{
    static const char *const words[] = {"done", "not printed", "unknown"};
    int64_t begin = clock_mono_ms(), limit = DEADLINE_MS(c->clean ? c->clean->took_ms : 60000);
    if (!flow_until(limit, has_outcome)) {
        flow_fail(report, "no outcome after %lld s", (long long)limit / 1000);
        return "none";
    }
    report->took_ms = clock_mono_ms() - begin;
    flow_pass(LATER_MS);
    if (n_outcomes > 1)
        flow_fail(report, "%d outcomes for one job", n_outcomes);
    return words[outcome];
}

static void look_at_tray(void)
{
    virtual_printer_unfinished(virtual_bus_find(flow_bus, "device"), on_paper, NULL);
}

static void print_clean(struct flow_report *r, const struct flow_case *c)
{
    for (int i = 0; i < FLOW_PAPERS; i++) {
        n_pieces = 0;
        print(i);
        snprintf(r->outcome, sizeof r->outcome, "%s", await_outcome(c));
        if (i == 0)
            r->transfers = virtual_bus_faults(flow_bus, "device")->counted;
        look_at_tray();
        if (strcmp(r->outcome, "done") && !strncmp(c->model, "odd-", 4)) {
            snprintf(r->skip, sizeof r->skip, "its lie alone makes a job's outcome \"%s\": faults would add nothing",
                     r->outcome);
            return;
        }
        if (strcmp(r->outcome, "done") || n_pieces != 1 || !pieces[0].paper.text[0])
            flow_fail(r, "without a fault: %s, %d pieces", r->outcome, n_pieces);
        r->papers[i] = pieces[0].paper;
    }
    if (!r->papers[0].cut) /* the first hangs on the second */
        memmove(r->papers[1].text, r->papers[1].text + strlen(r->papers[0].text),
                strlen(r->papers[1].text) - strlen(r->papers[0].text) + 1);
}

/* The first job met the fault: its outcome must be what the tray says. */
static void judge_first(struct flow_report *r, const struct flow_case *c)
{
    bool exact;
    print(0);
    snprintf(r->outcome, sizeof r->outcome, "%s", await_outcome(c));
    int finished = n_pieces;
    look_at_tray();
    int whole = count_whole(&c->clean->papers[0], &exact);
    if (n_outcomes && outcome == PRINTER_DONE && whole != 1)
        flow_fail(r, "done, but %d whole papers lie there", whole);
    if (n_outcomes && outcome == PRINTER_DONE && !exact)
        flow_fail(r, "done, but the picture is not as it should be");
    if (n_outcomes && outcome == PRINTER_NOT_PRINTED && any_ink())
        flow_fail(r, "not printed, but there is ink on the paper");
    if (whole > 1)
        flow_fail(r, "printed %d times", whole);
    n_pieces = finished;
}

/* Without a fault, on the same program. */
static void judge_second(struct flow_report *r, const struct flow_case *c)
{
    bool exact;
    flow_heal();
    if (!flow_until(READY_MS, is_ready)) {
        flow_fail(r, "after the fault (%s) the printer does not become ready", r->outcome);
        return;
    }
    print(1);
    const char *second = await_outcome(c);
    if (strcmp(second, "done"))
        flow_fail(r, "after the fault (%s) the next job is %s", r->outcome, second);
    look_at_tray();
    if (count_whole(&c->clean->papers[1], &exact) != 1 || !exact)
        flow_fail(r, "after the fault (%s) the next paper is not as it should be", r->outcome);
    if (count_whole(&c->clean->papers[0], &exact) > 1)
        flow_fail(r, "the first paper came out again");
}

/* What nobody knows is named, as a technician would: its ruler is no part of a job. */
static struct bind_config named(const char *model, struct err *e)
{
    const struct virtual_printer_profile *v = virtual_printer_profile(model, e);
    struct usb_info info = {.vendor = v->vendor, .product = v->product};
    struct bind_config c;
    struct profiles *ps;
    const char *why;

    bind_read(NULL, &c, e);
    if (profiles_load("assets/printers", &ps, e) < 0)
        return c;
    text_copy(info.model, sizeof info.model, v->model ? v->model : "");
    if (profiles_match(ps, &info, &why)->asks_width) {
        c.roles[DEVICE_RECEIPT].named = true;
        text_copy(c.roles[DEVICE_RECEIPT].profile, sizeof c.roles[DEVICE_RECEIPT].profile,
                  v->dots == 384 ? "generic-58" : "generic-80");
    }
    profiles_free(ps);
    return c;
}

void flow_print(const struct flow_case *c, struct flow_report *r)
{
    struct err e = {0};
    struct bind_config config = named(c->model, &e);
    struct virtual_device *d = virtual_printer_create(c->model, &e);
    report = r;
    virtual_printer_on_job(d, on_paper, NULL);
    flow_set_up(c, d);
    printers = printers_create(flow_loop, flow_usb, "assets/printers", &config, NULL, &events, NULL, &e);
    if (!printers) {
        flow_fail(r, "%s", e.text);
        return;
    }
    flow_until(READY_MS, is_ready);
    if (c->n == 0) {
        print_clean(r, c);
    } else {
        judge_first(r, c);
        judge_second(r, c);
    }
    printers_destroy(printers);
    virtual_bus_settle(flow_bus);
    usb_destroy(flow_usb);
    virtual_bus_destroy(flow_bus);
    loop_destroy(flow_loop);
}
