/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_deed.h.
 */
#include "tools/hall/editions/edition_deed.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/editions/edition_own.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

static const struct edition_own *const owns[EDITION_KINDS] = {&edition_of_catalogue, &edition_of_system};

static int note(struct store *s, const struct edition_by *by, const char *action, const struct edition *ed, const char *why,
                struct err *e)
{
    char what[40], subject[SYSTEM_VERSION_LEN + 40];

    snprintf(what, sizeof what, "%s-%s", owns[ed->kind]->word, action);
    if (ed->kind == EDITION_SYSTEM)
        snprintf(subject, sizeof subject, "system %s", ed->name);
    else
        snprintf(subject, sizeof subject, "catalogue %lld", (long long)ed->version);
    return store_audit(s, by->office, *by->id ? by->id : by->name, what, subject, why, e);
}

/* --- bringing --- */

static struct edition_row brought(const struct edition_by *by)
{
    struct edition_row r = {.edition = {.state = EDITION_BROUGHT,
                                        .percent = EDITION_NO_STAGE,
                                        .next = EDITION_NO_STAGE,
                                        .stop_after = EDITION_STOP_AFTER},
                            .brought = by->now};

    text_copy(r.brought_id, sizeof r.brought_id, by->id);
    text_copy(r.brought_by, sizeof r.brought_by, by->name);
    text_copy(r.why, sizeof r.why, by->why);
    return r;
}

int edition_enter(struct store *s, const struct manifest_catalog *c, const struct buf *manifest,
                  const struct buf *signatures, const struct edition_by *by, struct err *e)
{
    struct edition_row r = brought(by);

    r.edition.version = c->version;
    r.edition.needs = c->needs;
    r.edition.expires_ms = c->expires_ms;
    int rc = edition_add(s, &r, manifest, signatures, e);
    return rc == 0 ? note(s, by, "bring", &r.edition, by->why, e) : rc;
}

int edition_enter_system(struct store *s, const struct system_release *release, const struct edition_by *by, struct err *e)
{
    struct edition_row r = brought(by);

    r.edition.kind = EDITION_SYSTEM;
    text_copy(r.edition.name, sizeof r.edition.name, release->version);
    int rc = system_publish(s, release, &r, e);
    return rc == 0 ? note(s, by, "publish", &r.edition, by->why, e) : rc;
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

/* The hall knows all of them, and it can come to each. */
static int judge_chosen(struct store *s, const char *names, enum edition_refusal *ret, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1];
    bool reached;
    int rc = 1;

    while (*ret == EDITION_MAY && rc >= 0 && *names) {
        rc = next_name(&names, id) ? edition_knows(s, id, &reached, e) : 0;
        if (rc == 0)
            *ret = EDITION_TERMINAL_REFUSED;
        else if (rc == 1 && !reached)
            *ret = EDITION_NO_CERTIFICATE_REFUSED;
    }
    return rc < 0 ? rc : 0;
}

static int choose_all(struct store *s, const struct edition *ed, const char *names, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1];
    int rc = 0;

    while (rc == 0 && next_name(&names, id))
        rc = edition_choose(s, ed, id, e);
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

    *ret = (struct edition_ask){.act = d->act,
                                .own = is_own(r, &d->by),
                                .changed = d->seen && d->seen != r->seq,
                                .next = d->next,
                                .chosen = *names != '\0',
                                .now = d->by.now};
    int rc = owns[d->kind]->offered(s, d->data, &r->edition, &ret->offered, e);
    if (rc == 0)
        rc = edition_running(s, d->kind, &ret->running, e);
    if (rc == 0 && !ret->chosen)
        rc = edition_each_chosen(s, &r->edition, found_one, &ret->chosen, e);
    return rc;
}

static int judge(struct store *s, const struct edition_deed *d, const struct edition_row *r, struct edition_ask *ask,
                 enum edition_refusal *ret, struct err *e)
{
    int rc = gather(s, d, r, ask, e);

    if (rc < 0)
        return rc;
    *ret = edition_judge(&r->edition, ask);
    if (d->chosen)
        rc = judge_chosen(s, d->chosen, ret, e);
    if (rc == 0 && *ret == EDITION_MAY && (d->act == EDITION_ACT_APPROVE || d->act == EDITION_ACT_ROLLOUT))
        rc = owns[d->kind]->judge_file(s, d->data, &r->edition, ret, e);
    if (*ret == EDITION_MAY && d->damaged)
        *ret = EDITION_DAMAGED_REFUSED;
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
        rc = choose_all(s, &r->edition, d->chosen, e);
    if (rc == 0 && d->act == EDITION_ACT_ROLLOUT && r->edition.percent == EDITION_NO_STAGE)
        rc = owns[d->kind]->begin(s, d->data, &r->edition, e);
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
    return rc == 0 ? note(s, &d->by, edition_act_word(d->act), &r->edition, d->by.why, e) : rc;
}

/* 1: it is there; 0: *ret has its name alone. */
static int find(struct store *s, const struct edition_deed *d, struct edition_row *ret, struct err *e)
{
    struct err none = {0};
    int64_t version = d->version;
    int rc = d->kind == EDITION_SYSTEM ? system_number(s, d->name, &version, &none) : 0;

    *ret = (struct edition_row){.edition = {.kind = d->kind, .version = d->version}};
    if (d->kind == EDITION_SYSTEM)
        text_copy(ret->edition.name, sizeof ret->edition.name, d->name);
    if (rc == 0)
        rc = edition_read(s, d->kind, version, ret, &none);
    if (rc < 0 && rc != -ERR_NOTFOUND)
        *e = none;
    return rc == 0 ? 1 : rc == -ERR_NOTFOUND ? 0 : rc;
}

int edition_prepare(struct store *s, struct edition_deed *d, struct err *e)
{
    struct edition_row r;
    bool asks = d->act == EDITION_ACT_APPROVE || d->act == EDITION_ACT_ROLLOUT;
    int rc = asks && owns[d->kind]->read_file ? find(s, d, &r, e) : 0;

    d->damaged = false;
    return rc == 1 ? owns[d->kind]->read_file(s, d->data, &r.edition, &d->damaged, e) : rc;
}

int edition_do(struct store *s, const struct edition_deed *d, enum edition_refusal *ret_refusal, struct edition_row *ret,
               struct err *e)
{
    struct edition_ask ask;
    char why[60];
    int rc = find(s, d, ret, e);

    *ret_refusal = EDITION_NO_EDITION_REFUSED;
    if (rc == 1)
        rc = judge(s, d, ret, &ask, ret_refusal, e);
    if (rc == 0 && *ret_refusal == EDITION_MAY)
        return carry_out(s, d, &ask, ret, e);
    snprintf(why, sizeof why, "refused: %s", edition_refusal_word(*ret_refusal));
    return rc == 0 ? note(s, &d->by, edition_act_word(d->act), &ret->edition, why, e) : rc;
}

int edition_again(struct store *s, const char *terminal, const struct edition_by *by, struct err *e)
{
    struct terminal t;
    int rc = terminal_get(s, terminal, &t, e);

    if (rc == 0)
        rc = system_retry(s, t.office, terminal, e);
    return rc == 0 ? store_audit(s, by->office, *by->id ? by->id : by->name, "system-retry", terminal, by->why, e) : rc;
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
        rc = note(s, &itself, edition_state_word(r->edition.state), &r->edition, why, e);
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
        snprintf(why, sizeof why, "%d %s", f.of[EDITION_REFUSED],
                 r->edition.kind == EDITION_SYSTEM ? "failed" : "refused it");
    else if (r->edition.state == EDITION_CURRENT && r->edition.kind == EDITION_SYSTEM)
        snprintf(why, sizeof why, "all that were heard of have it: %d", f.of[EDITION_HAS]);
    else
        snprintf(why, sizeof why, "%d percent; %d had it", r->edition.percent, f.proves);
    return write_step(s, r, why, now, e);
}

static int step_catalogue(struct store *s, const char *data, int64_t now, struct edition_row *ret, struct err *e)
{
    int64_t offered, running;
    int rc = edition_files_offered(data, &offered, e);

    if (rc == 0)
        rc = edition_running(s, EDITION_CATALOGUE, &running, e);
    if (rc < 0 || !running)
        return rc;
    rc = edition_read(s, EDITION_CATALOGUE, running, ret, e);
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

/* Those that may change by themselves: down to the last one that has begun, which holds for terminals. */
#define STEPS_MAX 8
struct steps {
    struct edition_row of[STEPS_MAX];
    size_t n;
    int64_t begun; /* the last one that has; 0: none has */
};

static int keep_step(void *ctx, const struct edition_row *r)
{
    struct steps *l = ctx;

    if (r->edition.state == EDITION_RUNS || r->edition.state == EDITION_CURRENT)
        l->of[l->n++] = *r;
    if (r->edition.percent != EDITION_NO_STAGE)
        l->begun = r->edition.version;
    return l->begun || l->n == STEPS_MAX;
}

static int keep_older(void *ctx, const struct edition_row *r)
{
    struct steps *l = ctx;

    bool goes = r->edition.state == EDITION_RUNS || r->edition.state == EDITION_CURRENT;

    if (goes && r->edition.version < l->begun)
        l->of[l->n++] = *r;
    return l->n == STEPS_MAX;
}

/* Where a later one has begun, those before go to nobody any more, who waits for them and who was silent alike. 1: *ret is
 * one that did. */
static int end_older(struct store *s, int64_t begun, int64_t now, struct edition_row *ret, struct err *e)
{
    struct steps l = {.begun = begun};
    int rc = edition_each(s, EDITION_SYSTEM, 0, keep_older, &l, e);

    for (size_t i = 0; rc >= 0 && i < l.n; i++) {
        *ret = l.of[i];
        ret->edition.state = EDITION_SUPERSEDED;
        rc = write_step(s, ret, "a later system has begun", now, e);
    }
    return rc;
}

static int step_systems(struct store *s, int64_t now, struct edition_row *ret, struct err *e)
{
    struct steps l = {.n = 0};
    struct edition_row older;
    int rc = edition_each(s, EDITION_SYSTEM, 0, keep_step, &l, e);

    for (size_t i = 0; rc == 0 && i < l.n; i++) {
        *ret = l.of[i];
        rc = tick(s, now, ret, e);
        if (rc == 1 && ret->edition.percent != EDITION_NO_STAGE && ret->edition.version > l.begun)
            l.begun = ret->edition.version;
    }
    int ended = rc < 0 ? rc : end_older(s, l.begun, now, &older, e);
    if (rc == 0 && ended == 1)
        *ret = older;
    return ended < 0 || rc == 0 ? ended : rc;
}

int edition_step(struct store *s, enum edition_kind kind, const char *data, int64_t now, struct edition_row *ret,
                 struct err *e)
{
    return kind == EDITION_SYSTEM ? step_systems(s, now, ret, e) : step_catalogue(s, data, now, ret, e);
}
