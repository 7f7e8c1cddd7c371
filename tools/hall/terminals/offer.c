/* SPDX-License-Identifier: Apache-2.0
 *
 * See offer.h. What is read lies in a `struct look` until the loop's thread takes it over; what is due by itself is found by
 * a reader, and done by the writer.
 */
#include "tools/hall/terminals/offer.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/editions/edition_deed.h"

#define EDITIONS_MAX 8 /* the highest: the one that is rolled out, and those before that were withdrawn */
#define COUNT_EVERY_MS 2000
#define DAY_MS INT64_C(86400000)

struct one {
    struct edition_row row;
    struct buf manifest, sig, head, head_sig;
    int64_t head_at;                     /* 0: none is signed: nobody is offered it */
    char (*chosen)[TERMINAL_ID_MAX + 1]; /* by bytes */
    size_t n_chosen;
};
struct list {
    struct one of[EDITIONS_MAX];
    size_t n;
};
struct look {
    struct read_job job; /* first: the reader hands it back */
    struct offer *offer;
    bool out, counts;
    int64_t above;
    int64_t seqs[2 * EDITIONS_MAX]; /* versions and changes that are known */
    struct list list;               /* what is new; n 0 with `same`: nothing is */
    bool same, due;
};
struct step {
    struct write_job job; /* first: the writer hands it back */
    struct offer *offer;
    struct edition_row row;
    bool changed;
};
struct offer {
    struct offer_config config;
    struct event *tick;
    struct look look;
    struct list list;
    struct manifest_root root;
    int64_t version, counted_at;
    bool has_root, stopped, stepping, failed;
};

/* --- lists --- */

static void list_finish(struct list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        buf_finish(&l->of[i].manifest);
        buf_finish(&l->of[i].sig);
        buf_finish(&l->of[i].head);
        buf_finish(&l->of[i].head_sig);
        free(l->of[i].chosen);
    }
    *l = (struct list){.n = 0};
}

static void seqs_of(const struct list *l, int64_t out[2 * EDITIONS_MAX])
{
    memset(out, 0, sizeof(int64_t) * 2 * EDITIONS_MAX);
    for (size_t i = 0; i < l->n; i++) {
        out[2 * i] = l->of[i].row.edition.version;
        out[2 * i + 1] = l->of[i].row.seq;
    }
}

/* --- looking, in a reader's thread --- */

/* Some terminals may have it, or will. */
static int find_begun(void *ctx, const struct edition_row *r)
{
    struct list *l = ctx;
    enum edition_state s = r->edition.state;
    bool never = s == EDITION_WITHDRAWN && r->edition.percent == EDITION_NO_STAGE;

    if (s == EDITION_BROUGHT || s == EDITION_APPROVED || never)
        return 0;
    l->of[l->n] = (struct one){.row = *r};
    buf_init(&l->of[l->n].manifest, MANIFEST_MAX);
    buf_init(&l->of[l->n].sig, MANIFEST_MAX);
    buf_init(&l->of[l->n].head, MANIFEST_MAX);
    buf_init(&l->of[l->n].head_sig, MANIFEST_MAX);
    return ++l->n == EDITIONS_MAX;
}

static int keep_chosen(void *ctx, const char *terminal)
{
    struct one *one = ctx;

    if ((one->n_chosen & (one->n_chosen - 1)) == 0) { /* it is full at each power of two */
        size_t cap = one->n_chosen ? 2 * one->n_chosen : 1;
        void *more = realloc(one->chosen, cap * sizeof *one->chosen);

        if (!more)
            return 1;
        one->chosen = more;
    }
    text_copy(one->chosen[one->n_chosen++], sizeof *one->chosen, terminal);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int load(struct look *l, struct store *s, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < l->list.n; i++) {
        struct one *one = &l->list.of[i];

        rc = edition_signed(s, one->row.edition.version, &one->manifest, &one->sig, e);
        if (rc == 0)
            rc = edition_each_chosen(s, &one->row.edition, keep_chosen, one, e);
        if (one->n_chosen) /* databases order by other rules */
            qsort(one->chosen, one->n_chosen, sizeof *one->chosen, by_name);
    }
    return rc;
}

/* Is something due by itself? */
static int look_due(struct look *l, struct store *s, struct err *e)
{
    int64_t now = clock_wall_ms(), running = 0;
    int rc = edition_running(s, EDITION_CATALOGUE, &running, e);

    l->due = rc == 0 && running && running <= l->above; /* it was passed, or is the one of all */
    for (size_t i = 0; rc == 0 && i < l->list.n; i++) {
        struct edition ed = l->list.of[i].row.edition;
        struct edition_figures f;

        if (ed.state == EDITION_CURRENT)
            l->due = true;
        if (ed.state == EDITION_RUNS && (rc = edition_count(s, &ed, now, &f, e)) == 0)
            l->due |= edition_tick(&ed, &f, now);
    }
    return rc;
}

static int look_run(struct read_job *j, struct store *s, struct err *e)
{
    struct look *l = (struct look *)j;
    int64_t seqs[2 * EDITIONS_MAX];
    int rc = edition_each(s, EDITION_CATALOGUE, l->above, find_begun, &l->list, e);

    seqs_of(&l->list, seqs);
    l->same = rc == 0 && memcmp(seqs, l->seqs, sizeof seqs) == 0;
    if (rc == 0 && (l->counts || !l->same))
        rc = look_due(l, s, e);
    if (rc == 0 && !l->same)
        rc = load(l, s, e);
    return rc;
}

/* --- what is due, in the writer's thread --- */

static int step_run(struct write_job *j, struct store *s, struct err *e)
{
    struct step *t = (struct step *)j;
    int64_t version;
    int rc = edition_step(s, EDITION_CATALOGUE, t->offer->config.data, clock_wall_ms(), &t->row, e);

    t->changed = rc == 1;
    return rc < 0 ? rc : edition_settle(s, t->offer->config.data, &version, e);
}

static void look_now(struct offer *o, bool counts);

static void step_done(struct write_job *j, int rc, const struct err *e)
{
    struct step *t = (struct step *)j;
    struct offer *o = t->offer;

    o->stepping = false;
    if (rc < 0)
        log_error("hall", "a catalogue's rollout: %s", e->text);
    if (rc == 0 && t->changed) {
        log_info("hall", "catalogue %lld is %s: %s", (long long)t->row.edition.version,
                 edition_state_word(t->row.edition.state), t->row.why);
        if (t->row.edition.state == EDITION_STOPPED)
            o->config.told(
                o->config.ctx, "catalogue-stopped",
                "a catalogue's rollout has stopped by itself, because terminals refused it: hallctl catalog status");
    }
    free(t);
    if (rc == 0)
        look_now(o, false);
}

static void push_step(struct offer *o)
{
    struct step *t = o->stepping || o->stopped ? NULL : calloc(1, sizeof *t);

    if (!t)
        return;
    *t = (struct step){.job = {.run = step_run, .done = step_done, .rows = 2, .bytes = sizeof *t}, .offer = o};
    o->stepping = writer_push(o->config.writer, &t->job);
    if (!o->stepping)
        free(t);
}

/* --- taking over --- */

/* Verified by the root of today, its head signed: or nobody is offered it. */
static void sign(struct offer *o, struct one *one)
{
    struct manifest_catalog c;
    struct err e = {0};
    int64_t now = clock_wall_ms();

    buf_reset(&one->head);
    buf_reset(&one->head_sig);
    one->head_at = 0;
    int rc = o->has_root ? manifest_catalog_open(&o->root, one->manifest.data, one->manifest.len, one->sig.data,
                                                 one->sig.len, &c, &e)
                         : -ERR_KEY;
    if (rc == 0)
        rc = publish_head(*o->config.publish, c.version, now, &one->head, &one->head_sig, &e);
    if (rc == 0)
        one->head_at = now;
    else if (o->has_root)
        log_error("hall", "catalogue %lld is offered to nobody: %s", (long long)one->row.edition.version, e.text);
}

static void sign_all(struct offer *o)
{
    for (size_t i = 0; i < o->list.n; i++)
        sign(o, &o->list.of[i]);
}

static void look_done(struct read_job *j, int rc, const struct err *e)
{
    struct look *l = (struct look *)j;
    struct offer *o = l->offer;

    l->out = false;
    if (rc < 0 && !o->failed)
        log_warn("hall", "look for editions of the catalogue: %s; it is tried each second", e->text);
    o->failed = rc < 0;
    if (rc == 0 && !l->same && l->above == o->version) {
        list_finish(&o->list);
        o->list = l->list;
        l->list = (struct list){.n = 0};
        sign_all(o);
        o->config.changed(o->config.ctx);
    }
    list_finish(&l->list);
    if (rc == 0 && l->due)
        push_step(o);
}

static void look_now(struct offer *o, bool counts)
{
    struct look *l = &o->look;

    if (l->out || o->stopped || !o->has_root)
        return;
    l->job = (struct read_job){.run = look_run, .done = look_done};
    l->offer = o;
    l->counts = counts;
    l->due = false;
    l->above = o->version;
    seqs_of(&o->list, l->seqs);
    l->out = reader_push(o->config.reader, &l->job);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    struct offer *o = ctx;
    int64_t now = clock_mono_ms(), wall = clock_wall_ms();
    bool counts = now - o->counted_at >= COUNT_EVERY_MS;

    if (counts)
        o->counted_at = now;
    for (size_t i = 0; i < o->list.n; i++)
        if (o->list.of[i].head_at && (wall - o->list.of[i].head_at >= DAY_MS || wall < o->list.of[i].head_at))
            sign(o, &o->list.of[i]);
    look_now(o, counts);
}

void offer_published(struct offer *o, int64_t version, const struct manifest_root *root)
{
    o->version = version;
    o->root = *root;
    o->has_root = true;
    sign_all(o);
    look_now(o, true);
}

/* --- who is offered what --- */

static bool is_chosen(const struct one *one, const char *terminal)
{
    for (size_t from = 0, to = one->n_chosen; from < to;) {
        size_t at = (from + to) / 2;
        int order = strcmp(terminal, one->chosen[at]);

        if (order == 0)
            return true;
        if (order < 0)
            to = at;
        else
            from = at + 1;
    }
    return false;
}

/* The highest that it is offered. */
static const struct one *of_terminal(const struct offer *o, const struct registry_entry *entry)
{
    struct edition_terminal t = {.id = entry->terminal.id, .catalogue = entry->catalogue};

    for (size_t i = 0; i < o->list.n; i++) {
        const struct one *one = &o->list.of[i];

        t.chosen = is_chosen(one, t.id);
        if (one->head_at && one->row.edition.version > o->version && edition_offered(&one->row.edition, &t, o->version))
            return one;
    }
    return NULL;
}

int64_t offer_version(struct offer *o, const char *terminal, int64_t known)
{
    struct registry_entry *entry = o->list.n ? registry_find(o->config.registry, terminal) : NULL;

    if (!entry)
        return 0;
    if (known > entry->catalogue)
        entry->catalogue = known;
    const struct one *one = of_terminal(o, entry);
    return one ? one->row.edition.version : 0;
}

const struct buf *offer_file(struct offer *o, const char *terminal, const char *name)
{
    const struct registry_entry *entry = o->list.n ? registry_find(o->config.registry, terminal) : NULL;
    const struct one *one = entry ? of_terminal(o, entry) : NULL;

    if (!one)
        return NULL;
    if (strcmp(name, "catalog.json") == 0)
        return &one->manifest;
    if (strcmp(name, "catalog.sig") == 0)
        return &one->sig;
    if (strcmp(name, "head.json") == 0)
        return &one->head;
    return strcmp(name, "head.sig") == 0 ? &one->head_sig : NULL;
}

int offer_create(struct event_base *base, const struct offer_config *config, struct offer **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct offer *o = calloc(1, sizeof *o);

    if (o)
        o->tick = event_new(base, -1, EV_PERSIST, on_tick, o);
    if (!o || !o->tick) {
        free(o);
        return err_set(e, ERR_NOMEM, "editions of the catalogue");
    }
    o->config = *config;
    event_add(o->tick, &second);
    *ret = o;
    return 0;
}

void offer_stop(struct offer *o)
{
    if (!o)
        return;
    o->stopped = true;
    event_del(o->tick);
}

void offer_destroy(struct offer *o)
{
    if (!o)
        return;
    event_free(o->tick);
    list_finish(&o->list);
    list_finish(&o->look.list);
    free(o);
}
