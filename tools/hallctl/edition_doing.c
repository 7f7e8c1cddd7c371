/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_doing.h.
 */
#include "tools/hallctl/edition_doing.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/staff_role.h"

#define TRIES 20 /* as many may change it at one moment */

/* --- the words --- */

static int read_numbers(const struct edition_words *w, struct edition_deed *d, int64_t *ret_office)
{
    int64_t percent = 0, stop = 0;
    int code = options_number(w->command, "--office", w->office, 0, 9999, ret_office);

    if (code < 0 && w->version && w->kind == EDITION_CATALOGUE)
        code = options_number(w->command, "--version", w->version, 1, INT_MAX, &d->version);
    if (code < 0 && w->percent)
        code = options_number(w->command, "--percent", w->percent, 0, 100, &percent);
    if (code < 0 && w->stop_after)
        code = options_number(w->command, "--stop-after", w->stop_after, 1, 100000, &stop);
    if (code < 0 && w->at)
        code = options_time(w->command, "--at", w->at, &d->at);
    d->next = (int)percent;
    d->stop_after = (int)stop;
    return code;
}

/* -1: go on; else the exit code. */
static int read_words(const struct edition_words *w, struct edition_deed *d)
{
    int64_t office = 0;
    int code = read_numbers(w, d, &office);

    code = code < 0 ? hallctl_line(w->command, "--staff", w->staff, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(w->command, "--reason", w->reason, EDITION_WHY_MAX) : code;
    if (code < 0 && w->terminals && strlen(w->terminals) > EDITION_CHOSEN_MAX)
        code = options_wrong(w->command, "--terminals is too long: name some now and some later");
    d->data = w->data;
    d->kind = w->kind;
    d->name = w->kind == EDITION_SYSTEM && w->version ? w->version : "";
    d->chosen = w->terminals;
    d->by = (struct edition_by){
        .id = "", .name = w->staff, .office = (int)office, .why = w->reason ? w->reason : "", .now = clock_wall_ms()};
    return code;
}

int edition_doing_run(struct edition_doing *d, int (*fn)(struct edition_doing *d, struct err *e))
{
    struct err e = {0};
    int code = read_words(d->words, &d->deed);

    if (code >= 0)
        return code;
    int rc = store_open(d->words->data, &d->store, &e);
    if (rc == 0)
        rc = fn(d, &e);
    store_close(d->store);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- who may --- */

static int in_transaction(struct edition_doing *d, int (*fn)(struct edition_doing *d, struct err *e), struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        struct err why = {0};

        rc = store_begin(d->store, &why);
        if (rc == 0 && (rc = fn(d, &why)) < 0)
            store_rollback(d->store);
        else if (rc == 0)
            rc = store_commit(d->store, &why);
        *e = why;
    }
    return rc;
}

/* "catalogue 43", "system 1.5.9"; where none is named yet the first word alone. */
static void name(const struct edition_doing *d, char out[SYSTEM_VERSION_LEN + 40])
{
    size_t cap = SYSTEM_VERSION_LEN + 40;

    if (d->words->kind == EDITION_SYSTEM)
        snprintf(out, cap, "system%s%.*s", *d->deed.name ? " " : "", SYSTEM_VERSION_LEN, d->deed.name);
    else
        snprintf(out, cap, "catalogue %lld", (long long)d->deed.version);
}

static int refused(const struct edition_doing *d, struct err *e)
{
    char what[SYSTEM_VERSION_LEN + 40];

    name(d, what);
    return err_set(e, ERR_EXISTS, "%s: %s: %s", what, edition_refusal_word(d->refusal), edition_refusal_about(d->refusal));
}

static int no_role(struct edition_doing *d, struct err *e)
{
    const struct edition_by *by = &d->deed.by;
    char what[SYSTEM_VERSION_LEN + 40];

    name(d, what);
    return store_audit(d->store, by->office, by->name, d->words->kind == EDITION_SYSTEM ? "system" : "catalogue", what,
                       "refused: no-role", e);
}

int edition_doing_may(struct edition_doing *d, struct err *e)
{
    bool may = false;
    int rc = staff_may(d->store, d->deed.by.office, true, d->deed.by.name, ROLE_USE_PUBLISH, &may, e);

    if (rc < 0 || may)
        return rc;
    d->refusal = EDITION_NO_ROLE_REFUSED;
    rc = in_transaction(d, no_role, e);
    return rc == 0 ? refused(d, e) : rc;
}

int edition_doing_change(struct edition_doing *d, int (*fn)(struct edition_doing *d, struct err *e), struct err *e)
{
    int rc = edition_doing_may(d, e);

    return rc == 0 ? in_transaction(d, fn, e) : rc;
}

/* --- what becomes of it --- */

void edition_doing_say(const struct edition_doing *d)
{
    const struct edition *ed = &d->row.edition;
    bool system = ed->kind == EDITION_SYSTEM;
    char what[SYSTEM_VERSION_LEN + 40];
    struct hallctl_object o;

    if (!d->words->json) {
        name(d, what);
        printf("%s: %s\n", what, edition_state_about(ed->state));
        if (ed->next != EDITION_NO_STAGE)
            printf("the stage of %d percent waits; the hall begins it (hallctl %s status)\n", ed->next,
                   system ? "system" : "catalog");
        return;
    }
    hallctl_object_open(&o);
    if (system)
        jsonw_str(&o.w, "version", ed->name);
    else
        jsonw_int(&o.w, "version", ed->version);
    jsonw_str(&o.w, "state", edition_state_word(ed->state));
    if (ed->percent != EDITION_NO_STAGE)
        jsonw_int(&o.w, "percent", ed->percent);
    if (ed->next != EDITION_NO_STAGE)
        jsonw_int(&o.w, "next", ed->next);
    hallctl_object_print(&o);
}

static int do_it(struct edition_doing *d, struct err *e)
{
    return edition_do(d->store, &d->deed, &d->refusal, &d->row, e);
}

static int step(struct edition_doing *d, struct err *e)
{
    struct edition_row r;
    int rc = edition_step(d->store, d->words->kind, d->words->data, d->deed.by.now, &r, e);

    return rc < 0 ? rc : edition_read(d->store, d->words->kind, d->row.edition.version, &d->row, e);
}

/* Before a first stage: who waits for the one before is told of, for nobody asks again. */
static int say_passed(const struct edition_doing *d, struct err *e)
{
    struct edition_passed p;
    bool rolls = d->words->kind == EDITION_SYSTEM && d->deed.act == EDITION_ACT_ROLLOUT;
    int rc = rolls ? edition_passes(d->store, &d->row.edition, d->deed.by.now, &p, e) : 0;

    if (rolls && rc == 0 && p.waits && !d->words->json)
        printf("%d terminals still wait for system %s: when %s begins they are given that no more, and wait for this one\n",
               p.waits, p.name, d->row.edition.name);
    return rc;
}

static int act(struct edition_doing *d, struct err *e)
{
    char what[SYSTEM_VERSION_LEN + 40];
    int64_t offered;
    int rc = edition_doing_may(d, e);

    if (rc == 0)
        rc = edition_prepare(d->store, &d->deed, e);
    if (rc == 0)
        rc = edition_doing_change(d, do_it, e);
    name(d, what);
    if (rc == 0 && d->refusal == EDITION_NO_EDITION_REFUSED)
        return err_set(e, ERR_NOTFOUND, "no %s was brought", what);
    if (rc == 0 && d->refusal != EDITION_MAY)
        return refused(d, e);
    if (rc == 0)
        rc = say_passed(d, e);
    if (rc == 0)
        rc = in_transaction(d, step, e);
    if (rc == 0 && d->words->kind == EDITION_CATALOGUE)
        rc = edition_settle(d->store, d->words->data, &offered, e);
    if (rc == 0)
        edition_doing_say(d);
    return rc;
}

int edition_doing_act(const struct edition_words *w)
{
    struct edition_doing d = {.words = w};

    edition_act_by_word(w->verb, &d.deed.act);
    return edition_doing_run(&d, act);
}
