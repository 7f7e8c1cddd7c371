/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam.h. Written from the protocol document (AA AA AA 96 69, length, command, checksum), not from our driver.
 */
#include "drivers/virtual/sam.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define HEADER_LEN 7 /* preamble and length: what the split transport sends on a pipe of its own */
#define REPLY_MAX 1400
#define REPLIES_MAX 4
#define COMMAND_MAX 64
#define PHOTO_LEN 1024

struct reply {
    uint8_t bytes[REPLY_MAX];
    int len, header;        /* bytes in all, and of those that go through the first pipe */
    int at_header, at_body; /* what each pipe has sent */
    int64_t ready_ms;
    bool stall, record;
};

enum fault { FAULT_SILENT, FAULT_STALL, FAULT_GARBAGE, FAULT_JUNK, FAULTS };
static const char *const fault_names[FAULTS] = {"silent", "stall", "garbage", "junk"};

struct transport {
    const char *name;
    bool split;
    uint8_t out, out_body, in, in_body, type;
};
static const struct transport transports[] = {
    {"split", true, 0x02, 0x06, 0x81, 0x85, 2},
    {"whole", false, 0x02, 0, 0x81, 0, 2},
    {"interrupt", false, 0x02, 0, 0x81, 0, 3},
    {"odd", false, 0x02, 0, 0x81, 0x83, 2},
};

struct sam {
    struct virtual_device base;
    const struct transport *transport;
    uint8_t descriptors[18 + 9 + 9 + 4 * 7];
    size_t n_descriptors;
    uint8_t command[COMMAND_MAX];
    int command_len;
    struct reply replies[REPLIES_MAX];
    int n_replies;
    uint8_t record[VIRTUAL_RECORD_LEN];
    bool present, found, selected, was_read;
    int faults[FAULTS]; /* replies left, -1: until cleared */
    bool no_card_error, self_test;
    int card_error, slow_ms;
    int64_t given_ms; /* when the last card record had left the reader */
};

static struct sam *sam_of(struct virtual_device *d)
{
    return (struct sam *)d;
}

/* --- descriptors ------------------------------------------------------------------------------------------------------ */

static size_t put_endpoint(uint8_t *out, uint8_t address, uint8_t type)
{
    const uint8_t d[7] = {7, 5, address, type, 64, 0, type == 3 ? 1 : 0};
    if (address == 0)
        return 0;
    memcpy(out, d, sizeof d);
    return sizeof d;
}

static void build_descriptors(struct sam *s)
{
    static const uint8_t device[18] = {18, 1, 0x10, 0x01, 0, 0, 0, 64, 0x00, 0x04, 0x5A, 0xC3, 0x63, 0x00, 1, 2, 0, 1};
    const struct transport *t = s->transport;
    uint8_t *p = s->descriptors;
    memcpy(p, device, sizeof device);
    size_t n = sizeof device + 9 + 9;
    n += put_endpoint(p + n, t->out, t->type);
    n += put_endpoint(p + n, t->out_body, t->type);
    n += put_endpoint(p + n, t->in, t->type);
    n += put_endpoint(p + n, t->in_body, t->type);
    uint8_t endpoints = (uint8_t)((n - sizeof device - 18) / 7);
    const uint8_t head[18] = {9, 2, (uint8_t)(n - sizeof device), 0, 1, 1, 0, 0xC0, 50, 9, 4, 0, 0, endpoints, 0xFF, 0,
                              0, 0};
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

/* --- replies ---------------------------------------------------------------------------------------------------------- */

static bool take_fault(struct sam *s, enum fault f)
{
    if (s->faults[f] > 0)
        s->faults[f]--;
    else if (s->faults[f] == 0)
        return false;
    return true;
}

static int build_reply(uint8_t *out, uint8_t sw3, const uint8_t *data, size_t len)
{
    size_t body = 3 + len + 1;
    const uint8_t head[10] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, (uint8_t)(body >> 8), (uint8_t)body, 0, 0, sw3};
    memcpy(out, head, sizeof head);
    if (len > 0)
        memcpy(out + sizeof head, data, len);
    uint8_t sum = 0;
    for (size_t i = 5; i < sizeof head + len; i++)
        sum ^= out[i];
    out[sizeof head + len] = sum;
    return (int)(sizeof head + len + 1);
}

static void answer(struct sam *s, uint8_t sw3, const void *data, size_t len, int64_t now_ms)
{
    if (take_fault(s, FAULT_SILENT) || s->n_replies == REPLIES_MAX)
        return;
    struct reply *r = &s->replies[s->n_replies++];
    *r = (struct reply){.ready_ms = now_ms + s->slow_ms};
    r->stall = take_fault(s, FAULT_STALL);
    int junk = take_fault(s, FAULT_JUNK) ? 3 : 0;
    memcpy(r->bytes, "\xAA\x00\x96", (size_t)junk);
    r->len = junk + build_reply(r->bytes + junk, sw3, data, len);
    if (take_fault(s, FAULT_GARBAGE))
        memset(r->bytes, 0x55, (size_t)r->len);
    r->header = r->at_body = s->transport->split ? junk + HEADER_LEN : r->len;
}

static void drop_reply(struct sam *s, int i)
{
    explicit_bzero(s->replies[i].bytes, REPLY_MAX);
    memmove(&s->replies[i], &s->replies[i + 1], (size_t)(s->n_replies - i - 1) * sizeof s->replies[0]);
    s->n_replies--;
}

/* --- commands of the host --------------------------------------------------------------------------------------------- */

static void no_card(struct sam *s, int64_t now_ms)
{
    answer(s, s->no_card_error ? 0x24 : 0x80, NULL, 0, now_ms);
}

static void find_card(struct sam *s, int64_t now_ms)
{
    s->found = s->present && !s->was_read;
    s->selected = false;
    if (s->found)
        answer(s, 0x9F, "\0\0\0\0", 4, now_ms);
    else
        no_card(s, now_ms);
}

static void read_card(struct sam *s, int64_t now_ms)
{
    static const uint8_t photo[PHOTO_LEN] = {0x57, 0x4C, 0x66, 0x00, 0x7E, 0x00, 0x32, 0x00, 0x00, 0xFF, 0x85};
    uint8_t data[4 + VIRTUAL_RECORD_LEN + PHOTO_LEN] = {VIRTUAL_RECORD_LEN >> 8, VIRTUAL_RECORD_LEN & 255, PHOTO_LEN >> 8,
                                                        PHOTO_LEN & 255};
    if (!s->selected || s->card_error) {
        answer(s, s->card_error ? (uint8_t)s->card_error : 0x41, NULL, 0, now_ms);
        return;
    }
    memcpy(data + 4, s->record, VIRTUAL_RECORD_LEN);
    memcpy(data + 4 + VIRTUAL_RECORD_LEN, photo, sizeof photo);
    s->was_read = true;
    answer(s, 0x90, data, sizeof data, now_ms);
    if (s->n_replies > 0)
        s->replies[s->n_replies - 1].record = true;
    explicit_bzero(data, sizeof data);
}

static void obey(struct sam *s, int command, int64_t now_ms)
{
    static const uint8_t id[16] = {5, 0, 1, 0, 0x09, 0xB8, 0x32, 0x01, 0x05, 0xBE, 0x12, 0x00, 0xAD, 0xC5, 0xB1, 0x11};
    switch (s->self_test ? -1 : command) {
    case -1:
        answer(s, 0x60, NULL, 0, now_ms);
        break;
    case 0x10FF:
    case 0x11FF:
        answer(s, 0x90, NULL, 0, now_ms);
        break;
    case 0x12FF:
        answer(s, 0x90, id, sizeof id, now_ms);
        break;
    case 0x2001:
        find_card(s, now_ms);
        break;
    case 0x2002:
        s->selected = s->found && s->present;
        answer(s, s->selected ? 0x90 : 0x81, "\0\0\0\0\0\0\0\0", s->selected ? 8 : 0, now_ms);
        break;
    case 0x3001:
        read_card(s, now_ms);
        break;
    case 0x3003: /* no newest address on this card, if there is one */
        answer(s, s->was_read ? 0x91 : 0x41, NULL, 0, now_ms);
        break;
    default:
        answer(s, 0x21, NULL, 0, now_ms);
    }
}

static void take_command(struct sam *s, int64_t now_ms)
{
    const uint8_t *c = s->command;
    int len = c[5] << 8 | c[6];
    uint8_t sum = 0;
    for (int i = 5; i < HEADER_LEN + len - 1; i++)
        sum ^= c[i];
    if (sum != c[HEADER_LEN + len - 1])
        answer(s, 0x10, NULL, 0, now_ms);
    else if (len != 3)
        answer(s, 0x11, NULL, 0, now_ms);
    else
        obey(s, c[7] << 8 | c[8], now_ms);
}

/* A reader hangs on bytes it does not understand until the next preamble; so does this one. */
static void take_byte(struct sam *s, uint8_t byte, int64_t now_ms)
{
    static const uint8_t preamble[5] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
    if (s->command_len == 3 && byte == preamble[2])
        return; /* one AA too many */
    if (s->command_len < 5 && byte != preamble[s->command_len])
        s->command_len = 0;
    if (s->command_len < 5 && byte != preamble[s->command_len])
        return;
    s->command[s->command_len++] = byte;
    int len = s->command_len >= HEADER_LEN ? s->command[5] << 8 | s->command[6] : 0;
    if (len > COMMAND_MAX - HEADER_LEN) {
        s->command_len = 0;
        answer(s, 0x11, NULL, 0, now_ms);
    } else if (len > 0 && s->command_len == HEADER_LEN + len) {
        s->command_len = 0;
        take_command(s, now_ms);
    }
}

static int out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct sam *s = sam_of(d);
    bool header_due = s->command_len < HEADER_LEN;
    if (s->transport->split && header_due != (endpoint == s->transport->out)) {
        s->command_len = 0; /* out of step: this half is lost */
        return len;
    }
    for (int i = 0; i < len; i++) {
        if (s->transport->split && endpoint == s->transport->out && s->command_len == HEADER_LEN)
            s->command_len = 0; /* the first pipe takes the header and nothing else */
        take_byte(s, data[i], now_ms);
    }
    return len;
}

static int in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct sam *s = sam_of(d);
    bool body = s->transport->split && endpoint == s->transport->in_body;
    for (int i = 0; i < s->n_replies; i++) {
        struct reply *r = &s->replies[i];
        int *at = body ? &r->at_body : &r->at_header, end = body ? r->len : r->header;
        if (*at == end)
            continue;
        if (now_ms < r->ready_ms)
            return VIRTUAL_NAK;
        if (r->stall) {
            drop_reply(s, i);
            return VIRTUAL_STALL;
        }
        int n = end - *at < cap ? end - *at : cap;
        memcpy(data, r->bytes + *at, (size_t)n);
        *at += n;
        if (r->at_header == r->header && r->at_body == r->len) {
            s->given_ms = r->record ? now_ms : s->given_ms;
            drop_reply(s, i);
        }
        return n;
    }
    return VIRTUAL_NAK;
}

static int control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms)
{
    return VIRTUAL_STALL;
}

static void clear_halt(struct virtual_device *d, uint8_t endpoint)
{
}

/* Also a loss of power: a card lying there is new to it. */
static void reset(struct virtual_device *d)
{
    struct sam *s = sam_of(d);
    while (s->n_replies > 0)
        drop_reply(s, s->n_replies - 1);
    s->command_len = 0;
    s->found = s->selected = s->was_read = false;
}

static int64_t tick(struct virtual_device *d, int64_t now_ms)
{
    const struct sam *s = sam_of(d);
    for (int i = 0; i < s->n_replies; i++) {
        if (s->replies[i].ready_ms > now_ms)
            return s->replies[i].ready_ms;
    }
    return -1;
}

/* --- commands of a person --------------------------------------------------------------------------------------------- */

void virtual_sam_lift(struct virtual_device *d)
{
    struct sam *s = sam_of(d);
    s->present = s->found = s->selected = s->was_read = false;
    explicit_bzero(s->record, sizeof s->record);
}

void virtual_sam_place(struct virtual_device *d, const uint8_t record[VIRTUAL_RECORD_LEN])
{
    virtual_sam_lift(d);
    memcpy(sam_of(d)->record, record, VIRTUAL_RECORD_LEN);
    sam_of(d)->present = true;
}

static int place_raw(struct virtual_device *d, const char *hex)
{
    uint8_t record[VIRTUAL_RECORD_LEN];
    size_t len;
    int rc = hex_decode(hex, strlen(hex), record, sizeof record, &len);
    if (rc == 0 && len != sizeof record)
        rc = -ERR_INVALID;
    if (rc == 0)
        virtual_sam_place(d, record);
    return rc;
}

static void clear_faults(struct sam *s)
{
    memset(s->faults, 0, sizeof s->faults);
    s->no_card_error = s->self_test = false;
    s->card_error = s->slow_ms = 0;
}

static bool set_fault(struct sam *s, const char *name, int count)
{
    for (int f = 0; f < FAULTS; f++) {
        if (strcmp(name, fault_names[f]))
            continue;
        s->faults[f] = count;
        return true;
    }
    return false;
}

static void leave_stale_reply(struct sam *s)
{
    if (s->n_replies == REPLIES_MAX)
        return;
    struct reply *r = &s->replies[s->n_replies++];
    *r = (struct reply){0};
    r->len = build_reply(r->bytes, 0x80, NULL, 0);
    r->header = r->at_body = s->transport->split ? HEADER_LEN : r->len;
}

static void report(const struct sam *s, struct buf *reply)
{
    buf_addf(reply, "{\"transport\":\"%s\",\"card\":%s", s->transport->name, s->present ? "true" : "false");
    if (s->given_ms)
        buf_addf(reply, ",\"given_ms\":%lld", (long long)s->given_ms);
    buf_addc(reply, '}');
}

static int command(struct virtual_device *d, const char *words, struct buf *reply)
{
    struct sam *s = sam_of(d);
    char name[16] = "";
    const char *rest = strchr(words, ' ');
    size_t n = rest ? (size_t)(rest - words) : strlen(words);
    if (n >= sizeof name)
        return -ERR_INVALID;
    memcpy(name, words, n);
    char *end = NULL;
    long number = rest ? strtol(rest + 1, &end, strcmp(name, "card-error") ? 10 : 16) : -1;
    bool good = !rest || (*end == '\0' && number >= 0 && number < 600000);
    if (!strcmp(name, "place") && rest && !strncmp(rest, " raw ", 5))
        return place_raw(d, rest + 5);
    if (!good)
        return -ERR_INVALID;
    if (!strcmp(name, "lift"))
        virtual_sam_lift(d);
    else if (!strcmp(name, "slow") && rest)
        s->slow_ms = (int)number;
    else if (!strcmp(name, "stale"))
        leave_stale_reply(s);
    else if (!strcmp(name, "no-card-error"))
        s->no_card_error = true;
    else if (!strcmp(name, "card-error"))
        s->card_error = rest ? (int)(number & 255) : 0x41;
    else if (!strcmp(name, "self-test"))
        s->self_test = true;
    else if (!strcmp(name, "clear"))
        clear_faults(s);
    else if (!strcmp(name, "status"))
        report(s, reply);
    else if (!set_fault(s, name, (int)number))
        return -ERR_INVALID;
    return 0;
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
    .tick = tick,
    .command = command,
    .destroy = destroy,
};

struct virtual_device *virtual_sam_create(const char *transport, struct err *e)
{
    for (size_t i = 0; i < sizeof transports / sizeof *transports; i++) {
        if (strcmp(transport, transports[i].name))
            continue;
        struct sam *s = calloc(1, sizeof *s);
        if (!s) {
            log_error("sam", "out of memory");
            abort();
        }
        s->base.ops = &ops;
        s->transport = &transports[i];
        build_descriptors(s);
        return &s->base;
    }
    err_set(e, ERR_NOTFOUND, "there is no reader \"%s\": split, whole, interrupt, odd", transport);
    return NULL;
}
