/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam.h. The virtual reader's USB side: descriptors and pipes.
 */
#include "drivers/virtual/sam.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "drivers/virtual/sam_parts.h"

#define REPORT 64 /* of HID: always whole */
#define HID_REPORT 0x22

static const struct sam_kind kinds[] = {
    {"split", 0x0400, 0xC35A, 0xFF, true, 0x02, 0x06, 0x81, 0x85, 2},
    {"whole", 0x0400, 0xC35A, 0xFF, false, 0x02, 0, 0x81, 0, 2},
    {"interrupt", 0x0400, 0xC35A, 0xFF, false, 0x02, 0, 0x81, 0, 3},
    {"odd", 0x0400, 0xC35A, 0xFF, false, 0x02, 0, 0x81, 0x83, 2},
    {"synjones", 0x0316, 0x5020, 0xFF, false, 0x03, 0, 0x82, 0, 2},
    {"hid", 0x2B8B, 0x2721, 0x03, false, 0x01, 0, 0x81, 0, 3},
    {"dfu", 0x0483, 0xDF11, 0xFE, false, 0, 0, 0, 0, 0},
};

/* --- descriptors ------------------------------------------------------------------------------------------------------ */

static size_t put_endpoint(uint8_t *out, uint8_t address, uint8_t type)
{
    const uint8_t d[7] = {7, 5, address, type, 64, 0, type == 3 ? 1 : 0};
    if (address == 0)
        return 0;
    memcpy(out, d, sizeof d);
    return sizeof d;
}

/* HID 1.11 §6.2.2: whole packets of bytes that mean nothing to a kernel, one form in and one out. Kernels ask for it. */
static const uint8_t reports[] = {0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, /* vendor's own */
                                  0x09, 0x02, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, REPORT, 0x81, 0x02, /* in */
                                  0x09, 0x03, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, REPORT, 0x91, 0x02, /* out */
                                  0xC0};

/* HID 1.11 §6.2.1. */
static size_t put_hid(uint8_t *out, const struct sam *s)
{
    static const uint8_t d[9] = {9, 0x21, 0x11, 0x01, 0, 1, HID_REPORT, sizeof reports, 0};
    if (!sam_is_hid(s))
        return 0;
    memcpy(out, d, sizeof d);
    return sizeof d;
}

static void build_descriptors(struct sam *s)
{
    const struct sam_kind *k = s->kind;
    const uint8_t device[18] = {18,
                                1,
                                0x10,
                                0x01,
                                0,
                                0,
                                0,
                                64,
                                (uint8_t)k->vendor,
                                (uint8_t)(k->vendor >> 8),
                                (uint8_t)k->product,
                                (uint8_t)(k->product >> 8),
                                0x63,
                                0x00,
                                1,
                                2,
                                0,
                                1};
    uint8_t *p = s->descriptors;
    memcpy(p, device, sizeof device);
    size_t first = sizeof device + 9 + 9, n = first;
    n += put_hid(p + n, s);
    size_t endpoints = n;
    n += put_endpoint(p + n, k->out, k->type);
    n += put_endpoint(p + n, k->out_body, k->type);
    n += put_endpoint(p + n, k->in, k->type);
    n += put_endpoint(p + n, k->in_body, k->type);
    const uint8_t head[18] = {9, 2, (uint8_t)(n - sizeof device),   0,         1, 1, 0, 0xC0, 50, 9, 4,
                              0, 0, (uint8_t)((n - endpoints) / 7), k->class_, 0, 0, 0};
    memcpy(p + sizeof device, head, sizeof head);
    s->n_descriptors = n;
}

static const uint8_t *descriptors(const struct virtual_device *d, size_t *ret_len)
{
    const struct sam *s = (const struct sam *)d;
    *ret_len = s->n_descriptors;
    return s->descriptors;
}

static const char *string(const struct virtual_device *d, int n)
{
    return n == 1 ? "Tongban" : n == 2 ? "Virtual SAM" : NULL;
}

/* --- pipes ------------------------------------------------------------------------------------------------------------ */

static int out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct sam *s = sam_of(d);
    bool split = s->kind->split, header_due = s->n_typed < SAM_HEADER;
    if (sam_is_hid(s) && len != REPORT)
        return len; /* no report: lost */
    if (split && header_due != (endpoint == s->kind->out)) {
        s->n_typed = 0; /* out of step: this half is lost */
        return len;
    }
    for (int i = 0; i < len; i++) {
        if (split && endpoint == s->kind->out && s->n_typed == SAM_HEADER)
            s->n_typed = 0; /* the first pipe takes the header and nothing else */
        sam_take_byte(s, data[i], now_ms);
    }
    return len;
}

static int whole_report(const struct sam *s, uint8_t *data, int n)
{
    if (!sam_is_hid(s))
        return n;
    memset(data + n, 0, (size_t)(REPORT - n));
    return REPORT;
}

static int babble(struct sam *s, uint8_t *data, int64_t now_ms)
{
    static const uint8_t broken[11] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 4, 0, 0, 0x90, 0xFF};
    if (now_ms < s->babble_ms)
        return VIRTUAL_NAK;
    s->babble--;
    s->babble_ms = now_ms + SAM_BABBLE_MS;
    memcpy(data, broken, sizeof broken);
    return whole_report(s, data, sizeof broken);
}

/* The next piece of a reply; what has been sent through both pipes is dropped. */
static int send_piece(struct sam *s, int i, bool body, uint8_t *data, int cap, int64_t now_ms)
{
    struct sam_answer *r = &s->answers[i];
    int *at = body ? &r->at_body : &r->at_header, end = body ? r->len : r->header;
    int n = end - *at < cap ? end - *at : cap;
    if (s->chop > 0 && n > s->chop && !sam_is_hid(s))
        n = s->chop;
    memcpy(data, r->bytes + *at, (size_t)n);
    *at += n;
    if (r->at_header == r->header && r->at_body == r->len) {
        s->given_ms = r->text ? now_ms : s->given_ms;
        sam_drop_answer(s, i);
    }
    return whole_report(s, data, n);
}

static int in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct sam *s = sam_of(d);
    bool body = s->kind->split && endpoint == s->kind->in_body;
    if (!body && s->babble > 0)
        return babble(s, data, now_ms);
    for (int i = 0; i < s->n_answers; i++) {
        struct sam_answer *r = &s->answers[i];
        if (body ? r->at_body == r->len : r->at_header == r->header)
            continue;
        if (now_ms < r->ready_ms)
            return VIRTUAL_NAK;
        if (r->stall) {
            sam_drop_answer(s, i);
            return VIRTUAL_STALL;
        }
        return send_piece(s, i, body, data, cap, now_ms);
    }
    return VIRTUAL_NAK;
}

static int control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms)
{
    int n = setup->length < sizeof reports ? setup->length : (int)sizeof reports;
    bool asked = setup->request_type == 0x81 && setup->request == 6 && setup->value == HID_REPORT << 8;
    if (!sam_is_hid(sam_of(d)) || !asked)
        return VIRTUAL_STALL;
    memcpy(data, reports, (size_t)n);
    return n;
}

static void clear_halt(struct virtual_device *d, uint8_t endpoint)
{
    sam_cure(sam_of(d), CURE_CLEAR_HALT);
}

static void released(struct virtual_device *d)
{
    sam_cure(sam_of(d), CURE_RELEASE);
}

/* Also a loss of power: a card lying there is new to it. */
static void reset(struct virtual_device *d)
{
    struct sam *s = sam_of(d);
    while (s->n_answers > 0)
        sam_drop_answer(s, s->n_answers - 1);
    s->n_typed = 0;
    s->found = s->selected = s->was_read = false;
    sam_cure(s, CURE_USB_RESET);
}

static int64_t tick(struct virtual_device *d, int64_t now_ms)
{
    const struct sam *s = (const struct sam *)d;
    if (s->babble > 0 && s->babble_ms > now_ms)
        return s->babble_ms;
    for (int i = 0; i < s->n_answers; i++) {
        if (s->answers[i].ready_ms > now_ms && s->answers[i].ready_ms != SAM_HELD)
            return s->answers[i].ready_ms;
    }
    return -1;
}

/* --- cards ------------------------------------------------------------------------------------------------------------ */

void virtual_sam_lift(struct virtual_device *d)
{
    struct sam *s = sam_of(d);
    s->present = s->found = s->selected = s->was_read = false;
    explicit_bzero(&s->card, sizeof s->card);
}

void virtual_sam_place(struct virtual_device *d, const struct virtual_card *card)
{
    virtual_sam_lift(d);
    sam_of(d)->card = *card;
    sam_of(d)->present = true;
}

static void destroy(struct virtual_device *d)
{
    explicit_bzero(d, sizeof(struct sam));
    free(d);
}

static const struct virtual_device_ops ops = {
    .kind = "reader",
    .descriptors = descriptors,
    .string = string,
    .out = out,
    .in = in,
    .control = control,
    .clear_halt = clear_halt,
    .reset = reset,
    .released = released,
    .tick = tick,
    .command = sam_command,
    .destroy = destroy,
};

const char *const *virtual_sam_readers(void)
{
    static const char *names[sizeof kinds / sizeof *kinds + 1];
    int n = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, "odd") && strcmp(kinds[i].name, "dfu"))
            names[n++] = kinds[i].name;
    return names;
}

struct virtual_device *virtual_sam_create(const char *kind, struct err *e)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kind, kinds[i].name))
            continue;
        struct sam *s = calloc(1, sizeof *s);
        must(s, "out of memory");
        s->base.ops = &ops;
        s->kind = &kinds[i];
        build_descriptors(s);
        return &s->base;
    }
    err_set(e, ERR_NOTFOUND, "there is no reader \"%s\": split, whole, interrupt, odd, synjones, hid, dfu", kind);
    return NULL;
}
