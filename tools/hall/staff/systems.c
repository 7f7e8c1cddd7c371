/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/systems: {"at","holds":"1.5.9","editions":[{…edition_view.h…}],"running":[{"version","n"}]}: systems, the one
 * published last first, at most twenty; the one that holds for terminals ("": none); what they run ("": they have not said).
 *
 * GET /api/system/1.5.9: {"at","before":"1.5.8","before_waits":3,"edition":{…,"board","size","signer","replaces"},
 * "running":[…],"rows":[{"terminal","office","zone","spot","device","place","running","slot","other","state","version","why",
 * "since","pending","from","to","chosen","heard"}],"more":false}: the terminals it is for, those on which it failed first.
 * `why`: why it failed; `pending`: why it is not further (rules/rollout.def); `before_waits`: how many lose the one before
 * when this one begins (edition_passes()). With ?rows=no the figures alone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/staff/edition_view.h"
#include "tools/hall/store/store_system.h"
#include "wire/system.h"

#define EDITIONS_MAX 20
#define ROWS_MAX 100
#define RUNNING_MAX 8

struct before {
    int64_t than, found;
};

static int find_other(void *ctx, const struct edition_row *r)
{
    struct before *b = ctx;

    if (r->edition.percent == EDITION_NO_STAGE || r->edition.version == b->than)
        return 0;
    b->found = r->edition.version;
    return 1;
}

int system_above(struct store *s, const struct edition *ed, int64_t *ret, struct err *e)
{
    struct before b = {.than = ed->version};
    int rc = edition_each(s, EDITION_SYSTEM, 0, find_other, &b, e);

    *ret = b.found;
    return rc;
}

struct running {
    struct jsonw *w;
    int n;
};

static int put_version(void *ctx, const char *version, int64_t n)
{
    struct running *r = ctx;

    jsonw_obj(r->w, NULL);
    jsonw_str(r->w, "version", version);
    jsonw_int(r->w, "n", n);
    jsonw_end(r->w);
    return ++r->n == RUNNING_MAX;
}

static int put_running(struct ask *a, struct store *s, struct err *e)
{
    struct running r = {.w = &a->w};

    jsonw_arr(&a->w, "running");
    int rc = system_each_running(s, put_version, &r, e);
    jsonw_end(&a->w);
    return rc;
}

/* --- all --- */

struct all {
    struct edition_row rows[EDITIONS_MAX];
    size_t n;
};

static int keep(void *ctx, const struct edition_row *r)
{
    struct all *l = ctx;

    l->rows[l->n++] = *r;
    return l->n == EDITIONS_MAX;
}

static int put_one_of(struct ask *a, struct store *s, const struct edition_row *r, struct err *e)
{
    int64_t above;
    int rc = system_above(s, &r->edition, &above, e);

    jsonw_obj(&a->w, NULL);
    if (rc == 0)
        rc = edition_put_view(a, s, &a->w, r, above, e);
    jsonw_end(&a->w);
    return rc;
}

static int put_all(struct ask *a, struct store *s, struct all *l, struct err *e)
{
    struct edition holds;
    int rc = system_rollout(s, &holds, e);

    if (rc == 0)
        rc = edition_each(s, EDITION_SYSTEM, 0, keep, l, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_str(&a->w, "holds", holds.name);
    jsonw_arr(&a->w, "editions");
    for (size_t i = 0; rc == 0 && i < l->n; i++)
        rc = put_one_of(a, s, &l->rows[i], e);
    jsonw_end(&a->w);
    return rc == 0 ? put_running(a, s, e) : rc;
}

static int systems_read(struct ask *a, struct store *s, struct err *e)
{
    struct all *l = calloc(1, sizeof *l);
    int rc = l ? put_all(a, s, l, e) : err_set(e, ERR_NOMEM, "systems");

    free(l);
    return rc;
}

const struct api api_systems = {.read = systems_read, .watches = true};

/* --- one --- */

static const enum edition_place order[] = {EDITION_REFUSED, EDITION_WAITS, EDITION_SILENT, EDITION_LEFT, EDITION_HAS};
#define ORDER_N (sizeof order / sizeof *order)

struct rows {
    const struct edition *edition;
    int64_t now;
    struct {
        struct {
            int office;
            char id[TERMINAL_ID_MAX + 1];
        } of[ROWS_MAX];
        size_t n;
    } place[EDITION_PLACES];
    bool more;
};

static int keep_terminal(void *ctx, const struct system_terminal *t)
{
    struct rows *l = ctx;
    enum edition_place p = rollout_place(l->edition, &t->rule, l->now);
    size_t *n = &l->place[p].n;

    if (p == EDITION_OUTSIDE)
        return 0;
    if (*n == ROWS_MAX) {
        l->more = true;
        return 0;
    }
    l->place[p].of[*n].office = t->office;
    text_copy(l->place[p].of[(*n)++].id, TERMINAL_ID_MAX + 1, t->id);
    return 0;
}

static void put_report(struct jsonw *w, const struct system_terminal *t, bool failed)
{
    const struct system_report *r = &t->rule.report;

    jsonw_str(w, "running", r->running);
    jsonw_str(w, "slot", r->slot);
    jsonw_str(w, "other", r->other);
    jsonw_str(w, "state", system_state_word(r->state));
    jsonw_str(w, "version", r->version);
    jsonw_str(w, "why", failed ? r->why : "");
    edition_put_at(w, "since", r->at_s * 1000);
}

static int put_terminal(struct ask *a, struct store *s, const struct rows *l, int office, const char *id, struct err *e)
{
    struct system_terminal t;
    enum rollout_reason why;
    struct jsonw *w = &a->w;
    int rc = system_decide(s, l->edition, office, id, &t, &why, e);

    if (rc < 0)
        return rc;
    enum edition_place p = rollout_place(l->edition, &t.rule, l->now);
    jsonw_obj(w, NULL);
    jsonw_str(w, "terminal", t.id);
    jsonw_int(w, "office", t.office);
    jsonw_str(w, "zone", t.place.zone);
    jsonw_str(w, "spot", t.place.spot);
    jsonw_str(w, "device", t.place.device);
    jsonw_str(w, "place", edition_place_word(p));
    put_report(w, &t, p == EDITION_REFUSED);
    jsonw_str(w, "pending", rollout_word(why));
    jsonw_int(w, "from", t.rule.from_min);
    jsonw_int(w, "to", t.rule.to_min);
    jsonw_bool(w, "chosen", t.rule.chosen);
    edition_put_at(w, "heard", t.rule.heard_ms);
    jsonw_end(w);
    return 0;
}

static int put_rows(struct ask *a, struct store *s, struct rows *l, struct err *e)
{
    size_t n = 0;
    int rc = 0;

    jsonw_arr(&a->w, "rows");
    for (size_t k = 0; k < ORDER_N; k++)
        for (size_t i = 0; rc == 0 && i < l->place[order[k]].n; i++)
            if (n++ < ROWS_MAX)
                rc = put_terminal(a, s, l, l->place[order[k]].of[i].office, l->place[order[k]].of[i].id, e);
    jsonw_end(&a->w);
    jsonw_bool(&a->w, "more", l->more || n > ROWS_MAX);
    return rc;
}

static int put_terminals(struct ask *a, struct store *s, const struct edition *ed, struct err *e)
{
    struct rows *l = calloc(1, sizeof *l);

    if (!l)
        return err_set(e, ERR_NOMEM, "terminals of a system");
    l->edition = ed;
    l->now = a->now;
    int rc = system_each(s, ed, -1, false, keep_terminal, l, e);
    if (rc == 0)
        rc = put_rows(a, s, l, e);
    free(l);
    return rc;
}

static int put_bundle(struct ask *a, struct store *s, const struct edition *ed, struct err *e)
{
    struct system_release r;
    int rc = system_release(s, ed->name, &r, e);

    if (rc < 0)
        return rc;
    jsonw_str(&a->w, "board", r.board);
    jsonw_int(&a->w, "size", r.size);
    jsonw_str(&a->w, "signer", r.signer);
    jsonw_str(&a->w, "replaces", r.replaces);
    return 0;
}

static int put_system(struct ask *a, struct store *s, const struct edition_row *r, struct err *e)
{
    struct edition_passed before;
    int64_t above;
    int rc = system_above(s, &r->edition, &above, e);

    if (rc == 0)
        rc = edition_passes(s, &r->edition, a->now, &before, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_str(&a->w, "before", before.name);
    jsonw_int(&a->w, "before_waits", before.waits);
    jsonw_obj(&a->w, "edition");
    rc = edition_put_view(a, s, &a->w, r, above, e);
    if (rc == 0)
        rc = put_bundle(a, s, &r->edition, e);
    jsonw_end(&a->w);
    if (rc == 0)
        rc = put_running(a, s, e);
    return rc == 0 && !a->figures ? put_terminals(a, s, &r->edition, e) : rc;
}

static void take(struct ask *a, const void *body, size_t len)
{
    char rows[4];

    if (!text_copy(a->name, sizeof a->name, exchange_tail(a->exchange)) || !system_version_valid(a->name))
        ask_refuse(a, 404, "edition-no-edition");
    a->figures = exchange_word(a->exchange, "rows", rows, sizeof rows) && strcmp(rows, "no") == 0;
}

static int system_read(struct ask *a, struct store *s, struct err *e)
{
    struct edition_row r;
    struct err none = {0};
    int64_t number;
    int rc = system_number(s, a->name, &number, &none);

    if (rc == 0)
        rc = edition_read(s, EDITION_SYSTEM, number, &r, &none);
    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 404, "edition-no-edition");
        return 0;
    }
    if (rc < 0)
        *e = none;
    return rc == 0 ? put_system(a, s, &r, e) : rc;
}

const struct api api_one_system = {.take = take, .read = system_read, .watches = true};
