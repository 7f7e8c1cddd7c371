/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_halt.h.
 */
#include "tools/hallctl/catalog_halt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hall/editions/halt_deed.h"
#include "tools/hall/editions/halt_stand.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/staff_role.h"

#define COMMAND "hallctl catalog"
#define TRIES 20 /* as many may change it at one moment */

/* --- off, on --- */

struct doing {
    struct halt_deed deed;
    enum halt_refusal refusal;
    struct halt_row row;
    int n_off; /* items, after it */
};

static int count(void *ctx, const struct halt_row *r)
{
    ++*(int *)ctx;
    return 0;
}

/* -1: go on; else the exit code. */
static int read_words(const struct catalog_words *w, struct halt_deed *d)
{
    int64_t office = 0;
    int code = options_number(COMMAND, "--office", w->office, 0, 9999, &office);

    code = code < 0 ? hallctl_line(COMMAND, "ITEM", w->what, ITEM_CODE_MAX) : code;
    code = code < 0 ? hallctl_line(COMMAND, "--staff", w->staff, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(COMMAND, "--reason", w->reason, HALT_WHY_MAX) : code;
    code = code < 0 ? hallctl_line(COMMAND, "--zh", w->zh, HALT_WORD_MAX) : code;
    code = code < 0 ? hallctl_line(COMMAND, "--en", w->en, HALT_WORD_MAX) : code;
    d->data = w->data;
    d->on = strcmp(w->verb, "on") == 0;
    d->task_code = w->what;
    d->zh = w->zh;
    d->en = w->en ? w->en : "";
    d->by = (struct edition_by){.id = "", .name = w->staff, .office = (int)office, .why = w->reason, .now = clock_wall_ms()};
    return code;
}

static int no_role(struct store *s, const struct halt_deed *d, struct err *e)
{
    return store_audit(s, d->by.office, d->by.name, d->on ? "catalogue-on" : "catalogue-off", d->task_code,
                       "refused: no-role", e);
}

static int change_once(struct store *s, struct doing *d, struct err *e)
{
    bool may = false;
    int rc = staff_may(s, d->deed.by.office, true, d->deed.by.name, ROLE_USE_PUBLISH, &may, e);

    d->refusal = HALT_NO_ROLE_REFUSED;
    if (rc == 0)
        rc = store_begin(s, e);
    if (rc < 0)
        return rc;
    rc = may ? halt_do(s, &d->deed, &d->refusal, &d->row, e) : no_role(s, &d->deed, e);
    d->n_off = 0;
    if (rc == 0)
        rc = halt_each(s, count, &d->n_off, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

/* Again where somebody else was faster. */
static int change(struct store *s, struct doing *d, struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        struct err why = {0};

        rc = change_once(s, d, &why);
        *e = why;
    }
    if (rc < 0 || d->refusal == HALT_MAY_REFUSED)
        return rc;
    return err_set(e, d->refusal == HALT_NO_ITEM_REFUSED ? ERR_NOTFOUND : ERR_EXISTS, "item %s: %s: %s", d->deed.task_code,
                   halt_refusal_word(d->refusal), halt_refusal_about(d->refusal));
}

static void say(const struct doing *d, bool json)
{
    const struct halt_row *r = &d->row;
    struct hallctl_object o;

    if (!json) {
        printf("%s (%s) is %s; terminals hear of it within seconds: hallctl catalog halts\n", r->halt.task_code, r->name,
               r->off ? "off" : "back");
        if (r->off && d->n_off > HALTS_FEW)
            printf(
                "%d items are off: terminals of earlier software take only the %d that were changed longest ago, and still "
                "offer the others\n",
                d->n_off, HALTS_FEW);
        return;
    }
    hallctl_object_open(&o);
    jsonw_str(&o.w, "item", r->halt.task_code);
    jsonw_str(&o.w, "name", r->name);
    jsonw_bool(&o.w, "off", r->off);
    jsonw_int(&o.w, "upto", r->halt.upto);
    jsonw_int(&o.w, "version", r->version);
    hallctl_object_print(&o);
}

int catalog_halt(const struct catalog_words *w)
{
    struct doing d = {.refusal = HALT_MAY_REFUSED};
    struct store *s = NULL;
    struct err e = {0};
    int code = read_words(w, &d.deed);

    if (code >= 0)
        return code;
    int rc = store_open(w->data, &s, &e);
    if (rc == 0)
        rc = change(s, &d, &e);
    store_close(s);
    if (rc == 0)
        say(&d, w->json);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- halts --- */

struct listing {
    struct hallctl_list list;
    struct halt_row rows[HALTS_MAX];
    int n;
    struct halt_stands *stands;
    int has[HALTS_MAX], newer[HALTS_MAX], all; /* terminals */
    int of;                                    /* whose terminals are listed; -1: none's */
};

static int keep_row(void *ctx, const struct halt_row *r)
{
    struct listing *l = ctx;

    l->rows[l->n++] = *r;
    return l->n == HALTS_MAX;
}

static void put_time(struct buf *out, const char *before, int64_t ms)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ms, at);
    buf_addf(out, "%s%s", before, at);
}

static void put_terminal(struct listing *l, const struct halt_seen *t)
{
    static const char *const words[] = {
        [HALT_STAND_OFF] = "off there", [HALT_STAND_WAITS] = "not yet", [HALT_STAND_NEWER] = "offers a newer version"};
    enum halt_stand is = halt_stand(l->stands, l->of, &l->rows[l->of], t);
    struct buf row;
    struct jsonw w;

    buf_init(&row, 4096);
    if (l->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "terminal", t->id);
        jsonw_int(&w, "office", t->office);
        jsonw_bool(&w, "off", is == HALT_STAND_OFF);
        jsonw_bool(&w, "newer", is == HALT_STAND_NEWER);
        jsonw_int(&w, "version", t->version);
        jsonw_int(&w, "since", t->at_ms);
        jsonw_int(&w, "heard", t->heard_ms);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%-20s office %04d  %s", t->id, t->office, words[is]);
        if (is == HALT_STAND_OFF)
            put_time(&row, ", list since ", t->at_ms);
        if (t->heard_ms)
            put_time(&row, "  heard ", t->heard_ms);
        else
            buf_adds(&row, "  never heard of");
    }
    hallctl_row(&l->list, &row);
}

static int see(void *ctx, const struct halt_seen *t)
{
    struct listing *l = ctx;

    l->all++;
    for (int i = 0; i < l->n; i++) {
        enum halt_stand is = halt_stand(l->stands, i, &l->rows[i], t);

        l->has[i] += is == HALT_STAND_OFF;
        l->newer[i] += is == HALT_STAND_NEWER;
    }
    if (l->of >= 0)
        put_terminal(l, t);
    return 0;
}

static void put_row(struct listing *l, int i)
{
    const struct halt_row *r = &l->rows[i];
    struct buf row;
    struct jsonw w;

    buf_init(&row, 4096);
    if (l->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "item", r->halt.task_code);
        jsonw_str(&w, "name", r->name);
        jsonw_int(&w, "upto", r->halt.upto);
        jsonw_int(&w, "since", r->halt.at_ms);
        jsonw_str(&w, "zh", r->halt.zh);
        jsonw_str(&w, "en", r->halt.en);
        jsonw_str(&w, "by", r->by);
        jsonw_str(&w, "why", r->why);
        jsonw_int(&w, "has", l->has[i]);
        jsonw_int(&w, "lacks", l->all - l->has[i] - l->newer[i]);
        jsonw_int(&w, "newer", l->newer[i]);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%s  %s (up to version %d): %s%s%s", r->halt.task_code, r->name, r->halt.upto, r->halt.zh,
                 r->halt.en[0] ? " / " : "", r->halt.en);
        put_time(&row, "\n  off since ", r->halt.at_ms);
        buf_addf(&row, " by %s: %s\n  off on %d of %d terminals", r->by, r->why, l->has[i], l->all);
        if (l->newer[i])
            buf_addf(&row, "; %d have a newer version of it and offer that", l->newer[i]);
    }
    hallctl_row(&l->list, &row);
}

/* -ERR_NOTFOUND: that one is not off. */
static int choose(struct listing *l, const char *item, struct err *e)
{
    l->of = -1;
    for (int i = 0; item && i < l->n; i++)
        if (strcmp(l->rows[i].halt.task_code, item) == 0)
            l->of = i;
    return item && l->of < 0 ? err_set(e, ERR_NOTFOUND, "item %s is not off", item) : 0;
}

static int list(struct store *s, const char *item, struct listing *l, struct err *e)
{
    int rc = halt_each(s, keep_row, l, e);

    if (rc == 0)
        rc = choose(l, item, e);
    if (rc == 0 && l->list.json)
        fputs("[", stdout);
    if (rc == 0)
        rc = halt_each_terminal(s, see, l, e);
    for (int i = 0; rc == 0 && !item && i < l->n; i++)
        put_row(l, i);
    if (rc == 0 && !item && !l->n && !l->list.json)
        puts("no item is off");
    if (rc == 0 && l->list.json)
        fputs("\n]\n", stdout);
    return rc;
}

int catalog_halts(const struct catalog_words *w)
{
    struct listing *l = calloc(1, sizeof *l);
    struct store *s = NULL;
    struct err e = {0};
    int rc = 0;

    if (!l || !(l->stands = halt_stands_create(w->data)))
        rc = err_set(&e, ERR_NOMEM, "the halted items");
    if (rc == 0)
        rc = store_open(w->data, &s, &e);
    if (rc == 0) {
        l->list.json = w->json;
        rc = list(s, w->item, l, &e);
    }
    store_close(s);
    if (l)
        halt_stands_destroy(l->stands);
    free(l);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
