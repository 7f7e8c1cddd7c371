/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl terminals: which terminals there are, and how each stands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/outage.h"
#include "tools/hall/store/store_fleet.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/hallctl.h"
#include "wire/record.h"

static const char list_usage[] =
    "hallctl terminals --data DIR [--json]\n"
    "Lists the terminals: office, registration number, what is stored of each, and which of\n"
    "them staff have taken out of service, with the reason; and how each stands by its last word: where somebody\n"
    "must go, which are silent. With --json also its devices and when it was last heard of.\n";

/* The newest word of each terminal on whether it is in service. */
struct word {
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    struct record_header last;
};
struct listing {
    struct hallctl_list *out;
    struct store *store;
    struct word *words;
    size_t n;
};

static int hear(void *ctx, const struct store_found *f)
{
    struct listing *l = ctx;
    struct record_header h;
    size_t i = 0;

    if (strcmp(f->record.kind, record_kind_word(RECORD_AVAILABILITY)) || f->record.state == STORE_HEADER_BAD ||
        record_header_decode(f->record.header, f->record.header_len, &h, NULL) ||
        (strcmp(h.what, OUTAGE_BEGINS) && strcmp(h.what, OUTAGE_ENDS)))
        return 0;
    while (i < l->n && (strcmp(l->words[i].terminal, f->terminal) || memcmp(l->words[i].epoch, f->epoch, EPOCH_LEN)))
        i++;
    if (i == l->n) {
        struct word *more = realloc(l->words, (l->n + 1) * sizeof *more);
        if (!more)
            return -ERR_NOMEM;
        l->words = more;
        l->words[l->n++] = (struct word){.last = h};
        memcpy(l->words[i].epoch, f->epoch, EPOCH_LEN);
        memcpy(l->words[i].terminal, h.terminal, sizeof h.terminal);
    }
    l->words[i].last = h; /* records come in the order of their chain */
    return 0;
}

/* NULL: it is in service. */
static const struct record_header *outage(const struct listing *l, const struct terminal *t)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->words[i].terminal, t->id) && !memcmp(l->words[i].epoch, t->epoch, EPOCH_LEN))
            return strcmp(l->words[i].last.what, OUTAGE_BEGINS) ? NULL : &l->words[i].last;
    return NULL;
}

static void put_outage(struct jsonw *w, const struct record_header *o)
{
    jsonw_bool(w, "in_service", !o);
    if (!o)
        return;
    jsonw_str(w, "out_reason", o->role);
    jsonw_int(w, "out_since", o->at);
    if (o->until)
        jsonw_int(w, "out_until", o->until);
    jsonw_str(w, "out_staff", o->staff);
}

/* How it stands now: by what it last said of itself. */
static int keep_fleet(void *ctx, const struct fleet_terminal *f)
{
    *(struct fleet_terminal *)ctx = *f;
    return 1;
}

static int read_fleet(const struct listing *l, const struct terminal *t, struct fleet_terminal *ret)
{
    struct err e = {0};
    int rc = fleet_each(l->store, t->office, t->id, keep_fleet, ret, &e);

    if (rc < 0)
        fprintf(stderr, "hallctl: %s\n", e.text);
    return rc;
}

static void put_situation(struct jsonw *w, const struct fleet_terminal *f, const struct situation_now *now)
{
    jsonw_str(w, "situation", situation_word(now->situation));
    jsonw_arr(w, "why");
    for (size_t i = 0; i < now->n; i++)
        jsonw_str(w, NULL, now->why[i]);
    jsonw_end(w);
    jsonw_int(w, "heard", fleet_heard(f));
    for (int i = 0; f->told && i < DEVICE_ROLES; i++)
        if (f->health.device[i][0])
            jsonw_str(w, device_word((enum device_role)i), f->health.device[i]);
    if (f->told)
        jsonw_str(w, "told_out", f->health.out[0] ? f->health.out : "-");
}

static void put_json(struct buf *out, const struct terminal *t, const struct record_header *o,
                     const struct fleet_terminal *f, const struct situation_now *now)
{
    static const uint8_t none[SHA256_LEN];
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "terminal", t->id);
    jsonw_int(&w, "office", t->office);
    jsonw_int(&w, "registration", t->registration);
    jsonw_bool(&w, "registered", t->registered);
    jsonw_bool(&w, "certificate", memcmp(t->certs.cert, none, sizeof none) != 0);
    jsonw_bool(&w, "renewal", memcmp(t->certs.next, none, sizeof none) != 0); /* the new one was not seen in use yet */
    if (t->registered)
        jsonw_hex(&w, "epoch", t->epoch, EPOCH_LEN);
    jsonw_int(&w, "stored", (int64_t)t->stored.seq);
    if (t->registered)
        jsonw_hex(&w, "hash", t->stored.hash, HASH_LEN);
    jsonw_str(&w, "zone", t->place.zone);
    jsonw_str(&w, "device", t->place.device);
    put_outage(&w, o);
    put_situation(&w, f, now);
    jsonw_end(&w);
}

static void put_text(struct buf *out, const struct terminal *t, const struct record_header *o,
                     const struct fleet_terminal *f, const struct situation_now *now)
{
    char heard[CLOCK_RFC3339_LEN + 1];

    buf_addf(out, "%-20s office %04d  registration %03d  stored %llu%s%s%s  %s", t->id, t->office, t->registration,
             (unsigned long long)t->stored.seq, t->registered ? "" : "  (not enrolled)", o ? "  out of service: " : "",
             o ? o->role : "", situation_word(now->situation));
    for (size_t i = 0; i < now->n; i++)
        buf_addf(out, "%s%s", i ? ", " : ": ", now->why[i]);
    if (!fleet_heard(f))
        return;
    clock_format_rfc3339(fleet_heard(f), heard);
    buf_addf(out, "  heard %s", heard);
}

static int print_terminal(void *ctx, const struct terminal *t)
{
    const struct listing *l = ctx;
    const struct record_header *o = outage(l, t);
    struct fleet_terminal f = {.office = -1};
    struct situation_now now;
    struct buf row;

    if (read_fleet(l, t, &f) < 0)
        return -1;
    fleet_judge(&f, clock_wall_ms(), &now);
    buf_init(&row, 4096);
    if (l->out->json)
        put_json(&row, t, o, &f, &now);
    else
        put_text(&row, t, o, &f, &now);
    hallctl_row(l->out, &row);
    return 0;
}

static int each_terminal(struct store *s, struct hallctl_list *l, struct err *e)
{
    struct listing all = {.out = l, .store = s};
    int rc = store_each_record(s, hear, &all, e);

    if (rc >= 0)
        rc = terminal_each(s, print_terminal, &all, e);
    free(all.words);
    return rc;
}

int hallctl_terminals(int argc, char **argv)
{
    return hallctl_listing("hallctl terminals", argc, argv, list_usage, each_terminal);
}
