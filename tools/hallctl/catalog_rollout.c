/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_rollout.h: what changes something.
 */
#include "tools/hallctl/catalog_rollout.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/hall/editions/edition_deed.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/staff_role.h"

#define COMMAND "hallctl catalog"
#define TRIES 20 /* as many may change it at one moment */

/* One command on its way. */
struct doing {
    const struct catalog_words *words;
    struct store *store;
    struct edition_deed deed;
    struct manifest_catalog manifest; /* bringing */
    struct verify_raw raw;
    enum edition_refusal refusal;
    struct edition_row row;
};

static int read_numbers(const struct catalog_words *w, struct edition_deed *d, int64_t *ret_office)
{
    int64_t percent = 0, stop = 0;
    int code = options_number(COMMAND, "--office", w->office, 0, 9999, ret_office);

    if (code < 0 && w->version)
        code = options_number(COMMAND, "--version", w->version, 1, INT_MAX, &d->version);
    if (code < 0 && w->percent)
        code = options_number(COMMAND, "--percent", w->percent, 0, 100, &percent);
    if (code < 0 && w->stop_after)
        code = options_number(COMMAND, "--stop-after", w->stop_after, 1, 100000, &stop);
    if (code < 0 && w->at)
        code = options_time(COMMAND, "--at", w->at, &d->at);
    d->next = (int)percent;
    d->stop_after = (int)stop;
    return code;
}

/* -1: go on; else the exit code. */
static int read_words(const struct catalog_words *w, struct edition_deed *d)
{
    int64_t office = 0;
    int code = read_numbers(w, d, &office);

    code = code < 0 ? hallctl_line(COMMAND, "--staff", w->staff, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(COMMAND, "--reason", w->reason, EDITION_WHY_MAX) : code;
    if (code < 0 && w->terminals && strlen(w->terminals) > EDITION_CHOSEN_MAX)
        code = options_wrong(COMMAND, "--terminals is too long: name some now and some later");
    d->data = w->data;
    d->chosen = w->terminals;
    d->by = (struct edition_by){.id = "", .name = w->staff, .office = (int)office, .why = w->reason, .now = clock_wall_ms()};
    return code;
}

/* In one transaction, again where somebody else was faster. */
static int change(struct doing *d, int (*fn)(struct doing *d, struct err *e), struct err *e)
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

/* 0, and d->refusal says whether he may. */
static int ask_role(struct doing *d, struct err *e)
{
    bool may = false;
    int rc = staff_may(d->store, d->deed.by.office, true, d->deed.by.name, ROLE_USE_PUBLISH, &may, e);

    d->refusal = may ? EDITION_MAY : EDITION_NO_ROLE_REFUSED;
    return rc;
}

static int refused(const struct doing *d, struct err *e)
{
    return err_set(e, ERR_EXISTS, "catalogue %lld: %s: %s", (long long)d->deed.version, edition_refusal_word(d->refusal),
                   edition_refusal_about(d->refusal));
}

static int no_role(struct doing *d, struct err *e)
{
    char subject[40];

    snprintf(subject, sizeof subject, "catalogue %lld", (long long)d->deed.version);
    return store_audit(d->store, d->deed.by.office, d->deed.by.name, "catalogue", subject, "refused: no-role", e);
}

static void say(const struct doing *d)
{
    const struct edition *ed = &d->row.edition;
    struct hallctl_object o;

    if (!d->words->json) {
        printf("catalogue %lld: %s\n", (long long)ed->version, edition_state_about(ed->state));
        if (ed->next != EDITION_NO_STAGE)
            printf("the stage of %d percent waits; the hall begins it (hallctl catalog status)\n", ed->next);
        return;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, "version", ed->version);
    jsonw_str(&o.w, "state", edition_state_word(ed->state));
    if (ed->percent != EDITION_NO_STAGE)
        jsonw_int(&o.w, "percent", ed->percent);
    if (ed->next != EDITION_NO_STAGE)
        jsonw_int(&o.w, "next", ed->next);
    hallctl_object_print(&o);
}

/* --- bring --- */

static int enter(struct doing *d, struct err *e)
{
    int rc = edition_enter(d->store, &d->manifest, &d->raw.json, &d->raw.sig, &d->deed.by, e);

    return rc == 0 ? edition_read(d->store, d->manifest.version, &d->row, e) : rc;
}

/* -ERR_EXISTS: nobody's files are written over. */
static int is_new(struct doing *d, struct err *e)
{
    int rc = edition_read(d->store, d->manifest.version, &d->row, e);

    if (rc == -ERR_NOTFOUND)
        return 0;
    return rc < 0 ? rc
                  : err_set(e, ERR_EXISTS, "version %lld was brought before: build with a higher --version",
                            (long long)d->manifest.version);
}

static int take(struct doing *d, const char *staging, struct err *e)
{
    struct manifest_root root;
    int64_t above;
    int rc = edition_files_root(d->words->data, &root, e);

    if (rc == 0)
        rc = edition_above(d->store, d->words->data, &above, e);
    if (rc == 0)
        rc = edition_files_signed(&root, above, d->raw.json.data, d->raw.json.len, d->raw.sig.data, d->raw.sig.len,
                                  &d->manifest, e);
    if (rc == 0)
        rc = is_new(d, e);
    if (rc == 0)
        rc = edition_files_take(d->words->data, staging, &d->manifest, e);
    d->deed.version = d->manifest.version;
    return rc;
}

static void clear(const char *staging, const struct manifest_catalog *c)
{
    static const char *const names[] = {"catalog.json", "catalog.sig"};
    char path[PATH_MAX];

    for (size_t i = 0; i < 2; i++)
        if (fs_join(path, sizeof path, staging, names[i]) == 0)
            unlink(path);
    if (fs_join(path, sizeof path, staging, c->file.name) == 0)
        unlink(path);
    for (size_t i = 0; i < c->n_patches; i++)
        if (fs_join(path, sizeof path, staging, c->patches[i].file.name) == 0)
            unlink(path);
}

static int bring(struct doing *d, struct err *e)
{
    char staging[PATH_MAX];
    int held = -1,
        rc = fs_join(staging, sizeof staging, d->words->data, "staging") < 0 ? err_set(e, ERR_TOOLONG, "the folder") : 0;

    if (rc == 0)
        rc = ask_role(d, e);
    if (rc < 0)
        return rc;
    if (d->refusal != EDITION_MAY) {
        rc = change(d, no_role, e);
        return rc == 0 ? refused(d, e) : rc;
    }
    rc = verify_read(staging, "catalog", &d->raw, e);
    if (rc < 0)
        return err_wrap(e, rc, "nothing is signed and staged; `hallctl catalog sign` does that");
    rc = edition_files_hold(d->words->data, &held, e);
    if (rc == 0)
        rc = take(d, staging, e);
    if (rc == 0)
        rc = change(d, enter, e);
    if (held >= 0)
        close(held);
    verify_raw_finish(&d->raw);
    if (rc == 0) {
        clear(staging, &d->manifest);
        say(d);
    }
    return rc;
}

static int run(struct doing *d, int (*fn)(struct doing *d, struct err *e))
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

int catalog_bring(const struct catalog_words *w)
{
    struct doing d = {.words = w};

    return run(&d, bring);
}

/* --- what becomes of it --- */

static int do_it(struct doing *d, struct err *e)
{
    return edition_do(d->store, &d->deed, &d->refusal, &d->row, e);
}

static int step(struct doing *d, struct err *e)
{
    struct edition_row r;
    int rc = edition_step(d->store, d->words->data, d->deed.by.now, &r, e);

    return rc < 0 ? rc : edition_read(d->store, d->deed.version, &d->row, e);
}

/* What is due at once is done without a hall that runs. */
static int act(struct doing *d, struct err *e)
{
    int64_t offered;
    int rc = ask_role(d, e);

    if (rc == 0)
        rc = change(d, d->refusal == EDITION_MAY ? do_it : no_role, e);
    if (rc == 0 && d->refusal == EDITION_NO_EDITION_REFUSED)
        return err_set(e, ERR_NOTFOUND, "no catalogue %lld was brought", (long long)d->deed.version);
    if (rc == 0 && d->refusal != EDITION_MAY)
        return refused(d, e);
    if (rc == 0)
        rc = change(d, step, e);
    if (rc == 0)
        rc = edition_settle(d->store, d->words->data, &offered, e);
    if (rc == 0)
        say(d);
    return rc;
}

int catalog_act(const struct catalog_words *w)
{
    struct doing d = {.words = w};

    edition_act_by_word(w->verb, &d.deed.act);
    return run(&d, act);
}
