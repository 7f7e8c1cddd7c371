/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl catalog status: editions, how far each is, and who has it.
 */
#include <limits.h>
#include <stdio.h>

#include "tools/hall/editions/edition_deed.h"
#include "tools/hallctl/catalog_rollout.h"
#include "tools/hallctl/edition_show.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl catalog"

struct status {
    struct store *store;
    struct hallctl_list list;
    struct edition edition; /* of the terminals */
    int64_t now;
};

struct all {
    struct edition_row *rows;
    size_t n;
};
#define EDITIONS_MAX 200

static int keep(void *ctx, const struct edition_row *r)
{
    struct all *a = ctx;

    a->rows[a->n++] = *r;
    return a->n == EDITIONS_MAX;
}

static int list_editions(struct status *st, struct err *e)
{
    static struct edition_row rows[EDITIONS_MAX];
    struct all a = {.rows = rows};
    int rc = edition_each(st->store, EDITION_CATALOGUE, 0, keep, &a, e);

    for (size_t i = 0; rc == 0 && i < a.n; i++) {
        struct edition_figures f;
        struct buf row;

        rc = edition_count(st->store, &rows[i].edition, st->now, &f, e);
        if (rc < 0)
            break;
        buf_init(&row, 4096);
        (st->list.json ? edition_show_json : edition_show_line)(&row, &rows[i], &f);
        hallctl_row(&st->list, &row);
    }
    return rc;
}

/* --- each terminal --- */

/* Why it refused; "": it did not. */
static const char *reason_of(const struct edition *ed, const struct edition_seen *t)
{
    if (edition_place(ed, &t->rule, t->rule.heard_ms) != EDITION_REFUSED)
        return "";
    return t->rule.refused == ed->version ? t->heard.why : "software-too-old";
}

static int put_terminal(void *ctx, const struct edition_seen *t)
{
    struct status *st = ctx;
    const char *place = edition_place_word(edition_place(&st->edition, &t->rule, st->now));
    const char *why = reason_of(&st->edition, t);
    struct buf row;
    struct jsonw w;

    buf_init(&row, 4096);
    if (st->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "terminal", t->id);
        jsonw_int(&w, "office", t->office);
        jsonw_str(&w, "place", place);
        jsonw_bool(&w, "chosen", t->rule.chosen);
        jsonw_int(&w, "catalogue", t->rule.catalogue);
        jsonw_str(&w, "why", why);
        jsonw_int(&w, "heard", t->rule.heard_ms);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%-20s office %04d  has %lld  %s%s%s%s", t->id, t->office, (long long)t->rule.catalogue, place,
                 *why ? ": " : "", why, t->rule.chosen ? " (chosen)" : "");
        if (t->rule.heard_ms)
            edition_show_time(&row, "  heard ", t->rule.heard_ms);
        else
            buf_adds(&row, "  never heard of");
    }
    hallctl_row(&st->list, &row);
    return 0;
}

static int status(struct status *st, int64_t version, struct err *e)
{
    struct edition_row r;

    if (!version)
        return list_editions(st, e);
    int rc = edition_read(st->store, EDITION_CATALOGUE, version, &r, e);
    if (rc < 0)
        return rc;
    st->edition = r.edition;
    return edition_each_terminal(st->store, version, put_terminal, st, e);
}

int catalog_status(const struct catalog_words *w)
{
    struct status st = {.list = {.json = w->json}, .now = clock_wall_ms()};
    struct err e = {0};
    int64_t version = 0;
    int code = w->version ? options_number(COMMAND, "--version", w->version, 1, INT_MAX, &version) : -1;

    if (code >= 0)
        return code;
    int rc = store_open(w->data, &st.store, &e);
    if (rc == 0 && w->json)
        fputs("[", stdout);
    if (rc == 0)
        rc = status(&st, version, &e);
    store_close(st.store);
    if (rc == 0 && w->json)
        fputs("\n]\n", stdout);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
