/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems for terminals (wire/system.h). POST /v1/system: a terminal says what it runs and how far it is, and is told what
 * to do; the rule is rules/rollout.h. GET /v1/system/…: the published bundles and their lists of pieces, whole or in parts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/editions/edition_deed.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/terminals/hall.h"

#define ORDER_MS ROLLOUT_GRANT_MS /* so long an order is good */
#define LOOK_MS 10000             /* all terminals are counted no more often, but where it failed on one */

struct ask {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    struct system_report report;
    struct system_word word;
    bool failed_anew, stopped;
};

/* A terminal may fetch what it will be told to install later, not what waits for a person's word. */
static bool names_version(enum rollout_reason why)
{
    return why == ROLLOUT_GO || why == ROLLOUT_FETCHING || why == ROLLOUT_HOURS || why == ROLLOUT_NEIGHBOUR ||
           why == ROLLOUT_NEIGHBOUR_SILENT;
}

static int fill_order(struct store *s, const struct edition *ed, const struct system_terminal *me, enum rollout_reason why,
                      struct system_order *o, struct err *e)
{
    struct system_release release;
    int rc = 0;

    *o = (struct system_order){
        .at_ms = clock_wall_ms(), .from_min = me->rule.from_min, .to_min = me->rule.to_min, .go = why == ROLLOUT_GO};
    o->until_ms = o->at_ms + ORDER_MS;
    text_copy(o->terminal, sizeof o->terminal, me->id);
    text_copy(o->why, sizeof o->why, rollout_word(why));
    if (names_version(why) && (rc = system_release(s, ed->name, &release, e)) == 0) {
        text_copy(o->version, sizeof o->version, release.version);
        o->size = release.size;
        memcpy(o->sha256, release.sha256, SHA256_LEN);
    }
    if (rc == 0 && o->go)
        rc = system_grant(s, me->office, me->id, e);
    return rc;
}

static int sign_order(const struct ask *a, const struct system_order *o, struct system_word *ret, struct err *e)
{
    struct buf text;

    buf_init(&text, SYSTEM_TEXT_MAX + 1);
    int rc = system_order_encode(o, &text);
    if (rc == 0)
        rc = signer_sign(a->hall->signer, SYSTEM_PREFIX, text.data, text.len, &ret->by, e);
    if (rc == 0)
        text_copy(ret->order, sizeof ret->order, buf_str(&text));
    buf_finish(&text);
    return rc;
}

/* What is due by itself: a stage begins, too many failures stop it. */
static int step(struct ask *a, struct store *s, struct err *e)
{
    int64_t now = clock_wall_ms(), *looked = &a->hall->system_looked_ms;
    struct edition_row row;

    if (!a->failed_anew && now >= *looked && now - *looked < LOOK_MS)
        return 0;
    *looked = now;
    int rc = edition_step(s, EDITION_SYSTEM, a->hall->data, now, &row, e);
    a->stopped = rc == 1 && row.edition.state == EDITION_STOPPED;
    return rc < 0 ? rc : 0;
}

static int ask_run(struct write_job *j, struct store *s, struct err *e)
{
    struct ask *a = (struct ask *)j;
    struct system_terminal me;
    enum rollout_reason why;
    struct system_order o;
    struct edition ed;
    int rc = system_rollout(s, &ed, e);

    if (rc == 0)
        rc = system_decide(s, &ed, a->office, a->terminal, &me, &why, e);
    a->failed_anew = rc == 0 && rollout_failed(&ed, &a->report) && !rollout_failed(&ed, &me.rule.report);
    if (rc == 0)
        rc = system_hear(s, a->office, a->terminal, &a->report, e);
    if (rc == 0)
        rc = step(a, s, e);
    if (rc == 0)
        rc = system_rollout(s, &ed, e);
    if (rc == 0)
        rc = system_decide(s, &ed, a->office, a->terminal, &me, &why, e);
    if (rc == 0)
        rc = fill_order(s, &ed, &me, why, &o, e);
    return rc == 0 ? sign_order(a, &o, &a->word, e) : rc;
}

static void tell_staff(struct ask *a)
{
    char detail[SYSTEM_VERSION_LEN + SYSTEM_WHY_MAX + 60];

    if (a->failed_anew) {
        snprintf(detail, sizeof detail, "%s: %s, %s", a->report.version, system_state_word(a->report.state), a->report.why);
        hall_alert(a->hall, a->office, a->terminal, "system-failed", detail);
    }
    if (a->stopped)
        hall_alert(a->hall, 0, STORE_NO_TERMINAL, "system-stopped",
                   "the rollout has stopped by itself: hallctl system status");
}

static void ask_done(struct write_job *j, int rc, const struct err *e)
{
    struct ask *a = (struct ask *)j;
    struct buf json;

    if (rc < 0) {
        log_error("hall", "no order for %s: %s", a->terminal, e->text);
        hall_answer_failure(a->exchange, rc);
    } else {
        tell_staff(a);
        buf_init(&json, SYSTEM_BYTES_MAX);
        system_word_encode(&a->word, &json);
        server_answer(a->exchange, 200, "application/json", json.data, json.len);
        buf_finish(&json);
    }
    free(a);
}

static void ask(struct hall *h, struct exchange *x, const struct system_report *report)
{
    const struct registry_entry *entry = hall_terminal(h, x);
    struct ask *a = calloc(1, sizeof *a);

    if (!a) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    a->job = (struct write_job){.run = ask_run, .done = ask_done, .rows = 2, .bytes = sizeof *a};
    a->job.from = a->terminal;
    a->job.office = a->office = entry->terminal.office;
    memcpy(a->terminal, entry->terminal.id, sizeof a->terminal);
    a->hall = h;
    a->exchange = x;
    a->report = *report;
    if (!writer_push(h->writer, &a->job)) {
        free(a);
        server_answer_error(x, 503, "the hall is busy");
    }
}

void system_post(void *ctx, struct exchange *x)
{
    struct system_report r;
    struct err e = {0};
    struct buf body;

    if (exchange_body(x, SYSTEM_BYTES_MAX, &body))
        server_answer_error(x, 413, "the report is too long");
    else if (system_report_decode(body.data, body.len, &r, &e))
        server_answer_error(x, 400, e.text);
    else
        ask(ctx, x, &r);
    buf_finish(&body);
}

/* "VERSION.raucb", "VERSION.pieces": nothing else of the folder exists to the outside. */
static bool name_ok(const char *name)
{
    static const char *const endings[] = {".raucb", ".pieces"};
    char version[SYSTEM_VERSION_LEN + 1];
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t m = strlen(endings[i]);

        if (n <= m || n - m > SYSTEM_VERSION_LEN || strcmp(name + n - m, endings[i]) != 0)
            continue;
        snprintf(version, sizeof version, "%.*s", (int)(n - m), name);
        return system_version_valid(version);
    }
    return false;
}

void system_get(void *ctx, struct exchange *x)
{
    const struct hall *h = ctx;
    const char *name = exchange_tail(x);
    char folder[480];

    if (!name_ok(name) || fs_join(folder, sizeof folder, h->public, "system"))
        server_answer_error(x, 404, "no such file");
    else
        files_send(x, folder, name);
}
