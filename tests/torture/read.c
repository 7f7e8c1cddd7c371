/* SPDX-License-Identifier: Apache-2.0
 *
 * A card is laid on the reader, left there for a while, and taken away.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "drivers/idcard/idcard.h"
#include "drivers/virtual/card_file.h"
#include "drivers/virtual/sam.h"
#include "torture/flow.h"

#define READY_MS 60000 /* the ladder with its slowest rung, twice */
#define TOLD_MS 60000
#define STAYS_MS 3000 /* the card, after it was read */

static const char card[] = "name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 北京市朝阳区测试路1号\n"
                           "number 11010519491231002X\nauthority 北京市公安局朝阳分局\nfrom 20200102\nto 20400102\n";

static struct flow_report *report;
static struct idcard *reader;
static char story[256]; /* a letter each: s seen, R read, F failed, U unknown, L lifted */
static bool expecting;  /* nothing is wrong: it must be read */

static void note(char c)
{
    size_t n = strlen(story);
    if (n + 1 < sizeof story)
        story[n] = c;
    else
        flow_fail(report, "it does not stop telling: %s", story);
}

static void on_state(void *ctx, enum reader_health state)
{
}

static void on_seen(void *ctx)
{
    note('s');
}

static void on_read(void *ctx, const struct identity *c)
{
    note('R');
    if (strcmp(c->name, "测试甲") || strcmp(c->number, "11010519491231002X"))
        flow_fail(report, "it read another card: %s %s", c->name, c->number);
}

static void on_failed(void *ctx, enum card_fault why)
{
    note('F');
}

static void on_unknown(void *ctx)
{
    note('U');
}

static void on_lies(void *ctx)
{
    note('O');
}

static void on_lifted(void *ctx)
{
    note('L');
}

static const struct idcard_events events = {.state = on_state,
                                            .seen = on_seen,
                                            .read = on_read,
                                            .failed = on_failed,
                                            .unknown = on_unknown,
                                            .lies = on_lies,
                                            .lifted = on_lifted};

static bool is_ready(void)
{
    return idcard_get_state(reader) == READER_READY;
}

static bool is_told(void)
{
    return strpbrk(story, "RFU") != NULL;
}

static bool is_lifted(void)
{
    size_t n = strlen(story);
    return n > 0 && story[n - 1] == 'L';
}

static void place(void)
{
    struct virtual_card placed;
    struct err e = {0};
    if (card_file_parse(card, &placed, &e) < 0)
        flow_fail(report, "%s", e.text);
    virtual_sam_place(virtual_bus_find(flow_bus, "device"), &placed);
    virtual_bus_poke(flow_bus, "device");
}

/* (s [RFU] L | O L)* */
static void check_story(void)
{
    const char *s = story;
    while (*s) {
        bool seen = s[0] == 's' && s[1] && strchr("RFU", s[1]), ended = s[0] == 'O' || seen;
        if (!ended || s[seen ? 2 : 1] != 'L') {
            flow_fail(report, "the story is \"%s\": each s must be followed by one of R F U, and that or O by L", story);
            return;
        }
        s += seen ? 3 : 2;
    }
}

/* One card, from laying it down until the reader has seen it go. */
static void read_one(void)
{
    int64_t begin = clock_mono_ms();
    memset(story, 0, sizeof story);
    place();
    flow_until(TOLD_MS, is_told);
    flow_pass(STAYS_MS);
    virtual_bus_command(flow_bus, "device", "lift", NULL);
    if (story[0])
        flow_until(READY_MS, is_lifted);
    report->took_ms = clock_mono_ms() - begin;
    check_story();
    if (expecting && strcmp(story, "sRL"))
        flow_fail(report, "without a fault the story is \"%s\" instead of \"sRL\"", story);
    else if (!expecting && strchr(story, 'U'))
        flow_fail(report, "a good card is called unknown: \"%s\"", story);
}

void flow_read(const struct flow_case *c, struct flow_report *r)
{
    struct err e = {0};
    struct virtual_device *d = virtual_sam_create(c->model, &e);
    report = r;
    flow_set_up(c, d);
    reader = idcard_create(flow_loop, flow_usb, &events, NULL);
    idcard_poll(reader, true);
    flow_until(READY_MS, is_ready);
    expecting = c->n == 0;
    read_one();
    r->transfers = virtual_bus_faults(flow_bus, "device")->counted;
    snprintf(r->outcome, sizeof r->outcome, "%.20s", story[0] ? story : "not seen");
    flow_heal();
    if (!flow_until(READY_MS, is_ready))
        flow_fail(r, "after the fault the reader does not become ready");
    expecting = true;
    read_one();
    idcard_destroy(reader);
    virtual_bus_settle(flow_bus);
    usb_destroy(flow_usb);
    virtual_bus_destroy(flow_bus);
    loop_destroy(flow_loop);
}
