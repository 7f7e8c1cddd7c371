/* SPDX-License-Identifier: Apache-2.0
 *
 * A virtual device that answers as a real one did: from a file of `kioskctl capture`. To each question of the driver it
 * gives what was answered to the next same question in it. What was not asked then has no answer.
 */
#ifndef TESTS_CAPTURE_REPLAY_H
#define TESTS_CAPTURE_REPLAY_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/capture/conversation_wire.h"
#include "drivers/capture/mask.h"
#include "drivers/virtual/device.h"

#define REPLAY_EXCHANGES 512
#define REPLAY_REPLIES 16
#define REPLAY_POOL (512 * 1024)
#define REPLAY_KEY 16

struct replay_piece {
    uint8_t endpoint;
    size_t at, len; /* in the pool */
};

/* Finds the questions in what goes to the device. */
struct replay_scanner {
    bool printer;
    struct mask mask;
    uint8_t frame[REPLAY_KEY];
    size_t n;
};

struct replay {
    struct virtual_device base;
    uint8_t descriptors[256];
    size_t n_descriptors;
    struct {
        uint8_t key[REPLAY_KEY];
        size_t n_key;
        struct replay_piece replies[REPLAY_REPLIES];
        int n_replies;
    } list[REPLAY_EXCHANGES];
    int n, at; /* exchanges; the next one to be played */
    uint8_t pool[REPLAY_POOL];
    size_t n_pool;
    struct replay_scanner live;
    struct replay_piece queue[64];
    int n_queue;
    int answered, strayed; /* questions */
};

/* A question has just ended with this byte: its length, else 0. */
static size_t replay_scan(struct replay_scanner *s, uint8_t byte, uint8_t key[REPLAY_KEY])
{
    size_t whole;

    if (s->printer) {
        unsigned long before = s->mask.asked;
        mask_to_device(&s->mask, &byte, 1);
        memcpy(key, s->mask.question, sizeof s->mask.question);
        return s->mask.asked != before ? (size_t)s->mask.n_question : 0;
    }
    if (s->n == 0 && byte != 0xAA)
        return 0;
    if (s->n < sizeof s->frame)
        s->frame[s->n++] = byte;
    whole = s->n >= 7 ? 7 + ((size_t)s->frame[5] << 8 | s->frame[6]) : sizeof s->frame;
    if (s->n < whole)
        return 0;
    memcpy(key, s->frame, s->n);
    s->n = 0;
    return whole;
}

static void replay_load_out(struct replay *r, struct replay_scanner *s, const struct conversation_transfer *t)
{
    for (size_t i = 0; i < t->len && r->n < REPLAY_EXCHANGES; i++) {
        size_t n = replay_scan(s, t->data[i], r->list[r->n].key);
        if (n)
            r->list[r->n++].n_key = n;
    }
}

static void replay_load_in(struct replay *r, const struct conversation_transfer *t)
{
    if (!t->len || !r->n || r->list[r->n - 1].n_replies == REPLAY_REPLIES || r->n_pool + t->len > sizeof r->pool)
        return;
    r->list[r->n - 1].replies[r->list[r->n - 1].n_replies++] = (struct replay_piece){t->endpoint, r->n_pool, t->len};
    memcpy(r->pool + r->n_pool, t->data, t->len);
    r->n_pool += t->len;
}

static void replay_load_interface(struct replay *r, const char *line)
{
    unsigned number, alternate, class_, subclass, protocol, endpoint, type, packet;
    int at = 0, step;
    uint8_t *start = r->descriptors + r->n_descriptors, *p = start + 9;

    if (sscanf(line, "interface %u %u %x %x %x%n", &number, &alternate, &class_, &subclass, &protocol, &at) != 5)
        return;
    const uint8_t head[] = {
        9, 4, (uint8_t)number, (uint8_t)alternate, 0, (uint8_t)class_, (uint8_t)subclass, (uint8_t)protocol, 0};
    memcpy(start, head, sizeof head);
    for (; sscanf(line + at, " %x:%u:%u%n", &endpoint, &type, &packet, &step) == 3; at += step, start[4]++) {
        const uint8_t ep[] = {7, 5, (uint8_t)endpoint, (uint8_t)type, (uint8_t)packet, (uint8_t)(packet >> 8), 10};
        memcpy(p, ep, sizeof ep);
        p += sizeof ep;
    }
    r->n_descriptors = (size_t)(p - r->descriptors);
    r->descriptors[18 + 2] = (uint8_t)(r->n_descriptors - 18);
    r->descriptors[18 + 4]++;
}

static const uint8_t *replay_descriptors(const struct virtual_device *d, size_t *ret_len)
{
    *ret_len = ((const struct replay *)d)->n_descriptors;
    return ((const struct replay *)d)->descriptors;
}

static const char *replay_string(const struct virtual_device *d, int n)
{
    return NULL;
}

static bool replay_is(const struct replay *r, int i, const uint8_t *key, size_t n)
{
    return r->list[i].n_key == n && !memcmp(r->list[i].key, key, n);
}

static void replay_give(struct replay *r, int i)
{
    for (int k = 0; k < r->list[i].n_replies && r->n_queue < 64; k++)
        r->queue[r->n_queue++] = r->list[i].replies[k];
}

/* The next same question's answer; the driver of today may ask more often: then what was answered to it last. */
static void replay_answer(struct replay *r, const uint8_t *key, size_t n)
{
    for (int i = r->at; i < r->n; i++) {
        if (!replay_is(r, i, key, n))
            continue;
        replay_give(r, i);
        r->at = i + 1;
        r->answered++;
        return;
    }
    r->strayed++;
    for (int i = r->n - 1; i >= 0; i--) {
        if (!replay_is(r, i, key, n))
            continue;
        replay_give(r, i);
        return;
    }
}

static int replay_out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct replay *r = (struct replay *)d;
    uint8_t key[REPLAY_KEY];

    for (int i = 0; i < len; i++) {
        size_t n = replay_scan(&r->live, data[i], key);
        if (n)
            replay_answer(r, key, n);
    }
    return len;
}

static int replay_in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct replay *r = (struct replay *)d;

    for (int i = 0; i < r->n_queue; i++) {
        struct replay_piece *p = &r->queue[i];
        if (p->endpoint != endpoint)
            continue;
        int n = p->len < (size_t)cap ? (int)p->len : cap;
        memcpy(data, r->pool + p->at, (size_t)n);
        p->at += (size_t)n;
        p->len -= (size_t)n;
        if (!p->len)
            memmove(p, p + 1, (size_t)(--r->n_queue - i) * sizeof *p);
        return n;
    }
    return VIRTUAL_NAK;
}

static int replay_control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms)
{
    return VIRTUAL_STALL;
}

static void replay_clear_halt(struct virtual_device *d, uint8_t endpoint)
{
}

static void replay_reset(struct virtual_device *d)
{
}

static int64_t replay_tick(struct virtual_device *d, int64_t now_ms)
{
    return -1;
}

static void replay_destroy(struct virtual_device *d)
{
    free(d);
}

/* NULL when there is no such file, or it is not one. */
static struct replay *replay_load(const char *path)
{
    static const struct virtual_device_ops ops = {.kind = "replay",
                                                  .descriptors = replay_descriptors,
                                                  .string = replay_string,
                                                  .out = replay_out,
                                                  .in = replay_in,
                                                  .control = replay_control,
                                                  .clear_halt = replay_clear_halt,
                                                  .reset = replay_reset,
                                                  .tick = replay_tick,
                                                  .destroy = replay_destroy};
    static char line[2 * CONVERSATION_BYTES_MAX + 128];
    static struct conversation_transfer t;
    struct replay_scanner s = {.printer = false};
    struct replay *r = calloc(1, sizeof *r);
    FILE *f = fopen(path, "r");
    unsigned vendor, product;
    char role[12];

    if (!r || !f || !fgets(line, sizeof line, f) ||
        sscanf(line, "tongban-conversation 1 %11s %x:%x masked", role, &vendor, &product) != 3)
        return NULL;
    s.printer = r->live.printer = strcmp(role, "reader") != 0;
    mask_init(&s.mask, true);
    mask_init(&r->live.mask, true);
    const uint8_t head[] = {18,
                            1,
                            0x10,
                            1,
                            0,
                            0,
                            0,
                            64,
                            (uint8_t)vendor,
                            (uint8_t)(vendor >> 8),
                            (uint8_t)product,
                            (uint8_t)(product >> 8),
                            0,
                            1,
                            0,
                            0,
                            0,
                            1,
                            9,
                            2,
                            0,
                            0,
                            0,
                            1,
                            0,
                            0xC0,
                            0};
    memcpy(r->descriptors, head, sizeof head);
    r->n_descriptors = sizeof head;
    r->base.ops = &ops;
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        replay_load_interface(r, line);
        if (!conversation_take(line, &t))
            continue;
        if (t.direction == '>')
            replay_load_out(r, &s, &t);
        else if (t.direction == '<')
            replay_load_in(r, &t);
    }
    fclose(f);
    return r;
}

#endif
