/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/editions: {"at","offered":42,"editions":[{…edition_view.h…}]}, the highest version first, at most twenty.
 *
 * GET /api/edition/43: {"at","offered","edition":{…},"rows":[{"terminal","office","zone","spot","device","place","why",
 * "catalogue","chosen","heard"}],"more":false}: the terminals that are offered it, who refused it first.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/hall/staff/edition_view.h"
#include "tools/hall/staff/edition_wire.h"

#define EDITIONS_MAX 20
#define ROWS_MAX 100

void edition_put_at(struct jsonw *w, const char *name, int64_t ms)
{
    char at[CLOCK_RFC3339_LEN + 1];

    if (ms <= 0) {
        jsonw_null(w, name);
        return;
    }
    clock_format_rfc3339(ms, at);
    jsonw_str(w, name, at);
}

int edition_put_view(struct ask *a, struct store *s, struct jsonw *w, const struct edition_row *r, int64_t above,
                     struct err *e)
{
    const struct edition *ed = &r->edition;
    struct edition_figures f;
    int rc = edition_count(s, ed, a->now, &f, e);

    if (rc < 0)
        return rc;
    if (ed->kind == EDITION_SYSTEM)
        jsonw_str(w, "version", ed->name);
    else
        jsonw_int(w, "version", ed->version);
    jsonw_int(w, "seq", r->seq);
    jsonw_str(w, "state", edition_state_word(ed->state));
    jsonw_int(w, "percent", ed->percent);
    jsonw_int(w, "next", ed->next);
    edition_put_at(w, "next_at", ed->next == EDITION_NO_STAGE ? 0 : ed->next_at);
    jsonw_int(w, "stop_after", ed->stop_after);
    edition_put_at(w, "expires", ed->kind == EDITION_SYSTEM ? 0 : ed->expires_ms);
    jsonw_str(w, "brought_by", r->brought_by);
    edition_put_at(w, "brought", r->brought);
    jsonw_bool(w, "own", *r->brought_id ? strcmp(r->brought_id, a->me.id) == 0 : strcmp(r->brought_by, a->me.name) == 0);
    jsonw_str(w, "approved_by", r->approved_by);
    edition_put_at(w, "approved", r->approved);
    jsonw_str(w, "changed_by", r->changed_by);
    edition_put_at(w, "changed", r->changed);
    jsonw_str(w, "why", r->why);
    jsonw_bool(w, "over", ed->version <= above);
    jsonw_obj(w, "terminals");
    for (int i = 0; i < EDITION_PLACES; i++)
        jsonw_int(w, edition_place_word((enum edition_place)i), f.of[i]);
    jsonw_end(w);
    return 0;
}

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

static int put_all(struct ask *a, struct store *s, struct all *l, struct err *e)
{
    int64_t offered;
    int rc = edition_files_offered(a->desk->data, &offered, e);

    if (rc == 0)
        rc = edition_each(s, EDITION_CATALOGUE, 0, keep, l, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_int(&a->w, "offered", offered);
    jsonw_arr(&a->w, "editions");
    for (size_t i = 0; rc == 0 && i < l->n; i++) {
        jsonw_obj(&a->w, NULL);
        rc = edition_put_view(a, s, &a->w, &l->rows[i], offered, e);
        jsonw_end(&a->w);
    }
    jsonw_end(&a->w);
    return rc;
}

static int editions_read(struct ask *a, struct store *s, struct err *e)
{
    struct all *l = calloc(1, sizeof *l);
    int rc = l ? put_all(a, s, l, e) : err_set(e, ERR_NOMEM, "editions");

    free(l);
    return rc;
}

const struct api api_editions = {.read = editions_read, .watches = true};

/* --- one --- */

struct rows {
    struct ask *ask;
    const struct edition *edition;
    struct edition_seen *list;
    size_t n;
    bool more;
};

static enum edition_place place_of(const struct rows *l, const struct edition_seen *t)
{
    return edition_place(l->edition, &t->rule, l->ask->now);
}

/* Who refused it is never cut off for those who have it. */
static int keep_row(void *ctx, const struct edition_seen *t)
{
    struct rows *l = ctx;
    enum edition_place p = place_of(l, t);
    size_t at = l->n;

    if (p == EDITION_OUTSIDE)
        return 0;
    if (l->n == ROWS_MAX) {
        l->more = true;
        if (p == EDITION_HAS)
            return 0;
        for (at = 0; at < l->n && place_of(l, &l->list[at]) != EDITION_HAS;)
            at++;
        if (at == l->n)
            return 0;
    } else {
        l->n++;
    }
    l->list[at] = *t;
    l->list[at].rule.id = l->list[at].id;
    return 0;
}

static void put_row(const struct rows *l, const struct edition_seen *t)
{
    enum edition_place p = place_of(l, t);
    struct jsonw *w = &l->ask->w;

    jsonw_obj(w, NULL);
    jsonw_str(w, "terminal", t->id);
    jsonw_int(w, "office", t->office);
    jsonw_str(w, "zone", t->place.zone);
    jsonw_str(w, "spot", t->place.spot);
    jsonw_str(w, "device", t->place.device);
    jsonw_str(w, "place", edition_place_word(p));
    if (p == EDITION_REFUSED)
        jsonw_str(w, "why", t->rule.refused == l->edition->version ? t->heard.why : "software-too-old");
    jsonw_int(w, "catalogue", t->rule.catalogue);
    jsonw_bool(w, "chosen", t->rule.chosen);
    edition_put_at(w, "heard", t->rule.heard_ms);
    jsonw_end(w);
}

static void put_rows(struct rows *l)
{
    static const enum edition_place order[] = {EDITION_REFUSED, EDITION_WAITS, EDITION_SILENT, EDITION_LEFT, EDITION_HAS};

    jsonw_arr(&l->ask->w, "rows");
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < l->n; i++)
            if (place_of(l, &l->list[i]) == order[k])
                put_row(l, &l->list[i]);
    jsonw_end(&l->ask->w);
    jsonw_bool(&l->ask->w, "more", l->more);
}

static int put_one(struct ask *a, struct store *s, const struct edition_row *r, struct rows *l, struct err *e)
{
    int64_t offered;
    int rc = edition_files_offered(a->desk->data, &offered, e);

    if (rc == 0)
        rc = edition_each_terminal(s, r->edition.version, keep_row, l, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_int(&a->w, "offered", offered);
    jsonw_obj(&a->w, "edition");
    rc = edition_put_view(a, s, &a->w, r, offered, e);
    jsonw_end(&a->w);
    if (rc == 0)
        put_rows(l);
    return rc;
}

static void take(struct ask *a, const void *body, size_t len)
{
    const char *tail = exchange_tail(a->exchange);
    size_t n = strspn(tail, "0123456789");

    a->version = n > 0 && n <= 9 && !tail[n] ? strtol(tail, NULL, 10) : 0;
    if (a->version <= 0)
        ask_refuse(a, 404, "edition-no-edition");
}

static int edition_read_one(struct ask *a, struct store *s, struct err *e)
{
    struct edition_row r;
    struct err none = {0};
    int rc = edition_read(s, EDITION_CATALOGUE, a->version, &r, &none);

    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 404, "edition-no-edition");
        return 0;
    }
    struct rows l = {.ask = a, .edition = &r.edition, .list = calloc(ROWS_MAX, sizeof *l.list)};
    if (rc < 0)
        *e = none;
    else
        rc = l.list ? put_one(a, s, &r, &l, e) : err_set(e, ERR_NOMEM, "terminals of an edition");
    free(l.list);
    return rc;
}

const struct api api_edition = {.take = take, .read = edition_read_one, .watches = true};
