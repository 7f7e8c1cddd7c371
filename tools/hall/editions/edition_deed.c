/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_deed.h.
 */
#include "tools/hall/editions/edition_deed.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "tools/hall/editions/edition_patches.h"
#include "tools/hall/store/store_queue.h"

static int note(struct store *s, const struct edition_by *by, const char *action, int64_t version, const char *why,
                struct err *e)
{
    char what[40], subject[40];

    snprintf(what, sizeof what, "catalogue-%s", action);
    snprintf(subject, sizeof subject, "catalogue %lld", (long long)version);
    return store_audit(s, by->office, *by->id ? by->id : by->name, what, subject, why, e);
}

/* --- bringing --- */

static int find_begun(void *ctx, const struct edition_row *r)
{
    if (r->edition.percent == EDITION_NO_STAGE)
        return 0;
    *(int64_t *)ctx = r->edition.version;
    return 1;
}

int edition_above(struct store *s, const char *data, int64_t *ret_version, struct err *e)
{
    int rc = edition_files_offered(data, ret_version, e);

    return rc == 0 ? edition_each(s, *ret_version, find_begun, ret_version, e) : rc;
}

int edition_enter(struct store *s, const struct manifest_catalog *c, const struct buf *manifest,
                  const struct buf *signatures, const struct edition_by *by, struct err *e)
{
    struct edition_row r = {.edition = {.version = c->version,
                                        .state = EDITION_BROUGHT,
                                        .percent = EDITION_NO_STAGE,
                                        .next = EDITION_NO_STAGE,
                                        .stop_after = EDITION_STOP_AFTER,
                                        .needs = c->needs,
                                        .expires_ms = c->expires_ms},
                            .brought = by->now};

    text_copy(r.brought_id, sizeof r.brought_id, by->id);
    text_copy(r.brought_by, sizeof r.brought_by, by->name);
    text_copy(r.why, sizeof r.why, by->why);
    int rc = edition_add(s, &r, manifest, signatures, e);
    return rc == 0 ? note(s, by, "bring", c->version, by->why, e) : rc;
}

/* --- deeds --- */

/* The next of some names with commas. False: there is none, or it is too long to be one. */
static bool next_name(const char **at, char out[TERMINAL_ID_MAX + 1])
{
    size_t n = strcspn(*at, ",");

    if (!**at || n > TERMINAL_ID_MAX)
        return false;
    memcpy(out, *at, n);
    out[n] = '\0';
    *at += n + ((*at)[n] == ',');
    return true;
}

/* 1: the hall knows all of them. */
static int knows_all(struct store *s, const char *names, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1];
    int rc = 1;

    while (rc == 1 && *names)
        rc = next_name(&names, id) ? edition_knows(s, id, e) : 0;
    return rc;
}

static int choose_all(struct store *s, int64_t version, const char *names, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1];
    int rc = 0;

    while (rc == 0 && next_name(&names, id))
        rc = edition_choose(s, version, id, e);
    return rc;
}

static int found_one(void *ctx, const char *terminal)
{
    return *(bool *)ctx = true;
}

static bool is_own(const struct edition_row *r, const struct edition_by *by)
{
    return *r->brought_id && *by->id ? strcmp(r->brought_id, by->id) == 0 : strcmp(r->brought_by, by->name) == 0;
}

/* All that the rule asks for. */
static int gather(struct store *s, const struct edition_deed *d, const struct edition_row *r, struct edition_ask *ret,
                  struct err *e)
{
    const char *names = d->chosen ? d->chosen : "";

    *ret = (struct edition_ask){
        .act = d->act, .own = is_own(r, &d->by), .next = d->next, .chosen = *names != '\0', .now = d->by.now};
    int rc = edition_files_offered(d->data, &ret->offered, e);
    if (rc == 0 && r->edition.percent == EDITION_NO_STAGE) /* none begins below what some terminals have */
        rc = edition_each(s, r->edition.version, find_begun, &ret->offered, e);
    if (rc == 0)
        rc = edition_running(s, &ret->running, e);
    if (rc == 0 && !ret->chosen)
        rc = edition_each_chosen(s, d->version, found_one, &ret->chosen, e);
    return rc;
}

static void path_of(const struct edition_deed *d, char out[PATH_MAX])
{
    char name[MANIFEST_NAME_MAX + 1];

    snprintf(name, sizeof name, "public/files/catalog-%lld.db", (long long)d->version);
    if (fs_join(out, PATH_MAX, d->data, name) < 0)
        out[0] = '\0';
}

/* It was verified when it was brought; all terminals do so again. */
static int judge_file(struct store *s, const struct edition_deed *d, enum edition_refusal *ret, struct err *e)
{
    struct manifest_catalog c;
    char path[PATH_MAX];
    struct stat st;
    struct buf manifest;

    buf_init(&manifest, MANIFEST_MAX);
    int rc = edition_signed(s, d->version, &manifest, NULL, e);
    if (rc == 0)
        rc = manifest_catalog_decode(manifest.data, manifest.len, &c, e);
    buf_finish(&manifest);
    path_of(d, path);
    if (rc == 0 && (stat(path, &st) < 0 || st.st_size != c.file.size))
        *ret = EDITION_DAMAGED_REFUSED;
    return rc;
}

static int judge(struct store *s, const struct edition_deed *d, const struct edition_row *r, struct edition_ask *ask,
                 enum edition_refusal *ret, struct err *e)
{
    int rc = gather(s, d, r, ask, e);

    if (rc < 0)
        return rc;
    *ret = edition_judge(&r->edition, ask);
    if (*ret == EDITION_MAY && d->chosen && (rc = knows_all(s, d->chosen, e)) == 0)
        *ret = EDITION_TERMINAL_REFUSED;
    if (rc >= 0 && *ret == EDITION_MAY && (d->act == EDITION_ACT_APPROVE || d->act == EDITION_ACT_ROLLOUT))
        rc = judge_file(s, d, ret, e);
    return rc < 0 ? rc : 0;
}

/* A terminal that has it gives numbers of its queues. */
static int keep_queues(struct store *s, const struct edition_deed *d, struct err *e)
{
    struct queue queues[QUEUES_NOW_MAX];
    struct catalog *c = NULL;
    char path[PATH_MAX];

    path_of(d, path);
    int rc = catalog_open(path, &c, e), n = rc == 0 ? catalog_queues(c, queues, QUEUES_NOW_MAX) : 0;
    for (int i = 0; rc == 0 && i < n; i++)
        if ((rc = queue_known_add(s, queues[i].id, d->version, e)) == 0)
            rc = queue_describe(s, &queues[i], e);
    catalog_close(c);
    return rc;
}

/* A resumed one must not stop again at once for the same refusals. */
static int choose_stop(struct store *s, const struct edition_deed *d, const struct edition *ed, int *ret, struct err *e)
{
    struct edition_figures f;

    *ret = d->stop_after ? d->stop_after : ed->stop_after;
    if (d->stop_after || d->act != EDITION_ACT_RESUME)
        return 0;
    int rc = edition_count(s, ed, d->by.now, &f, e);
    if (rc == 0 && f.of[EDITION_REFUSED] >= *ret)
        *ret = f.of[EDITION_REFUSED] + 1;
    return rc;
}

static int carry_out(struct store *s, const struct edition_deed *d, const struct edition_ask *ask, struct edition_row *r,
                     struct err *e)
{
    int stop_after, rc = choose_stop(s, d, &r->edition, &stop_after, e);

    if (rc == 0 && d->act == EDITION_ACT_ROLLOUT && d->chosen)
        rc = choose_all(s, d->version, d->chosen, e);
    if (rc == 0 && d->act == EDITION_ACT_ROLLOUT && r->edition.percent == EDITION_NO_STAGE)
        rc = keep_queues(s, d, e);
    if (rc < 0)
        return rc;
    edition_apply(&r->edition, ask, d->at ? d->at : d->by.now, stop_after);
    text_copy(r->changed_by, sizeof r->changed_by, d->by.name);
    text_copy(r->why, sizeof r->why, d->by.why);
    r->changed = d->by.now;
    if (d->act == EDITION_ACT_APPROVE) {
        text_copy(r->approved_by, sizeof r->approved_by, d->by.name);
        r->approved = d->by.now;
    }
    rc = edition_put(s, r, e);
    return rc == 0 ? note(s, &d->by, edition_act_word(d->act), d->version, d->by.why, e) : rc;
}

int edition_do(struct store *s, const struct edition_deed *d, enum edition_refusal *ret_refusal, struct edition_row *ret,
               struct err *e)
{
    struct edition_ask ask;
    char why[60];
    struct err none = {0};
    int rc = edition_read(s, d->version, ret, &none);

    *ret_refusal = EDITION_NO_EDITION_REFUSED;
    if (rc < 0 && rc != -ERR_NOTFOUND) {
        *e = none;
        return rc;
    }
    if (rc == 0)
        rc = judge(s, d, ret, &ask, ret_refusal, e);
    else
        rc = 0;
    if (rc == 0 && *ret_refusal == EDITION_MAY)
        return carry_out(s, d, &ask, ret, e);
    snprintf(why, sizeof why, "refused: %s", edition_refusal_word(*ret_refusal));
    return rc == 0 ? note(s, &d->by, edition_act_word(d->act), d->version, why, e) : rc;
}

/* --- what is due by itself --- */

static int write_step(struct store *s, struct edition_row *r, const char *why, int64_t now, struct err *e)
{
    const struct edition_by itself = {.id = "", .name = "hall", .why = why, .now = now};

    text_copy(r->changed_by, sizeof r->changed_by, "");
    text_copy(r->why, sizeof r->why, why);
    r->changed = now;
    int rc = edition_put(s, r, e);
    if (rc == 0)
        rc = note(s, &itself, edition_state_word(r->edition.state), r->edition.version, why, e);
    return rc < 0 ? rc : 1;
}

static int tick(struct store *s, int64_t now, struct edition_row *r, struct err *e)
{
    struct edition_figures f;
    char why[80];
    int rc = edition_count(s, &r->edition, now, &f, e);

    if (rc < 0 || !edition_tick(&r->edition, &f, now))
        return rc;
    if (r->edition.state == EDITION_STOPPED)
        snprintf(why, sizeof why, "%d refused it", f.of[EDITION_REFUSED]);
    else
        snprintf(why, sizeof why, "%d percent; %d had it", r->edition.percent, f.of[EDITION_HAS]);
    return write_step(s, r, why, now, e);
}

int edition_step(struct store *s, const char *data, int64_t now, struct edition_row *ret, struct err *e)
{
    int64_t offered, running;
    int rc = edition_files_offered(data, &offered, e);

    if (rc == 0)
        rc = edition_running(s, &running, e);
    if (rc < 0 || !running)
        return rc;
    rc = edition_read(s, running, ret, e);
    if (rc < 0)
        return rc;
    if (running > offered)
        return tick(s, now, ret, e);
    ret->edition.next = EDITION_NO_STAGE;
    if (running == offered) { /* its files were written, its row was not: a power cut */
        ret->edition.state = EDITION_CURRENT;
        ret->edition.percent = EDITION_ALL;
        return write_step(s, ret, "it is offered to all", now, e);
    }
    ret->edition.state = EDITION_WITHDRAWN;
    return write_step(s, ret, "a higher version is offered to all", now, e);
}

static int find_current(void *ctx, const struct edition_row *r)
{
    if (r->edition.state != EDITION_CURRENT)
        return 0;
    *(int64_t *)ctx = r->edition.version;
    return 1;
}

static int settle(struct store *s, const char *data, int64_t version, struct err *e)
{
    struct manifest_root root;
    struct manifest_catalog c;
    struct buf manifest, signatures;
    char files[PATH_MAX];

    buf_init(&manifest, MANIFEST_MAX);
    buf_init(&signatures, MANIFEST_MAX);
    int rc = edition_signed(s, version, &manifest, &signatures, e);
    if (rc == 0)
        rc = edition_files_root(data, &root, e);
    if (rc == 0)
        rc = manifest_catalog_open(&root, manifest.data, manifest.len, signatures.data, signatures.len, &c, e);
    if (rc == 0 && fs_join(files, sizeof files, data, "public/files") < 0)
        rc = err_set(e, ERR_TOOLONG, "%s", data);
    if (rc == 0)
        rc = edition_files_publish(data, &c, &manifest, &signatures, e);
    if (rc == 0)
        edition_prune(files, version);
    buf_finish(&manifest);
    buf_finish(&signatures);
    return err_wrap(e, rc, "offer catalogue %lld to all", (long long)version);
}

int edition_settle(struct store *s, const char *data, int64_t *ret_version, struct err *e)
{
    int64_t current = 0;
    int rc = edition_files_offered(data, ret_version, e);

    if (rc == 0)
        rc = edition_each(s, *ret_version, find_current, &current, e);
    if (rc == 0 && current && (rc = settle(s, data, current, e)) == 0)
        *ret_version = current;
    return rc;
}
