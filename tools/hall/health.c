/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/health: {"v":1,"version":text,"acked":n,"head":n,"catalogue":n,"warnings":[word,…]}. The latest report of each
 * terminal, on disk at most once a minute; a report that is not stored is only a report. A warning that was not in the
 * report before becomes an alert.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "tools/hall/hall.h"

#define HEALTH_MAX 1024
#define STORE_EVERY_MS 60000
#define WARNINGS_MAX 8 /* in a report */
#define WARNING_LEN 31 /* of one */
_Static_assert(WARNINGS_MAX *(WARNING_LEN + 1) < REGISTRY_WARNINGS_MAX, "all of a report's warnings fit");

struct report {
    struct write_job job; /* first: the writer hands it back */
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    char text[HEALTH_MAX + 1];
};

static int report_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct report *r = (const struct report *)j;
    return terminal_health(s, r->office, r->terminal, r->text, e);
}

static void report_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc)
        log_warn("hall", "%s", e->text);
    free(j);
}

/* Words of a-z and -, joined by commas into `out`. */
static int check_warnings(const struct json *doc, char out[REGISTRY_WARNINGS_MAX], struct err *e)
{
    const struct json *arr;
    int rc = json_get_arr(doc, "warnings", WARNINGS_MAX, &arr, e);
    out[0] = '\0';
    for (size_t i = 0; !rc && i < json_len(arr); i++) {
        const char *word = json_str(json_at(arr, i));
        size_t n = word ? strlen(word) : 0;
        if (n < 1 || n > WARNING_LEN || strspn(word, "abcdefghijklmnopqrstuvwxyz-") != n)
            return err_set(e, ERR_INVALID, "a warning is a word of a-z and -");
        strcat(strcat(out, word), ",");
    }
    return rc;
}

static int check(const struct buf *body, char warnings[REGISTRY_WARNINGS_MAX], struct err *e)
{
    struct json *doc = NULL;
    const char *version = NULL;
    int64_t n = 0;
    int rc = json_parse(body->data, body->len, HEALTH_MAX, &doc, e);
    if (!rc)
        rc = json_known(doc, "v version acked head catalogue warnings", e);
    if (!rc)
        rc = check_warnings(doc, warnings, e);
    if (!rc)
        rc = json_get_int(doc, "v", 1, 1, &n, e);
    if (!rc)
        rc = json_get_str(doc, "version", 1, 64, &version, e);
    if (!rc)
        rc = json_get_int(doc, "acked", 0, INT64_MAX, &n, e);
    if (!rc)
        rc = json_get_int(doc, "head", 0, INT64_MAX, &n, e);
    if (!rc)
        rc = json_get_int(doc, "catalogue", 0, INT32_MAX, &n, e);
    json_free(doc);
    return err_wrap(e, rc, "health report");
}

static void keep(struct hall *h, struct registry_entry *entry, const struct buf *body)
{
    int64_t now = clock_mono_ms();
    if (entry->health_stored_ms && now - entry->health_stored_ms < STORE_EVERY_MS)
        return;
    struct report *r = calloc(1, sizeof *r);
    if (!r)
        return;
    r->job = (struct write_job){.run = report_run, .done = report_done, .rows = 1, .bytes = sizeof *r};
    r->office = entry->terminal.office;
    memcpy(r->terminal, entry->terminal.id, sizeof r->terminal);
    memcpy(r->text, body->data, body->len);
    if (writer_push(h->writer, &r->job))
        entry->health_stored_ms = now;
    else
        free(r);
}

/* Is `word` (with its comma) among the words? */
static bool among(const char *words, const char *word, size_t len)
{
    for (const char *at = words; (at = strstr(at, word)); at++)
        if ((at == words || at[-1] == ',') && at[len - 1] == ',')
            return true;
    return false;
}

static void alert_new(struct hall *h, struct registry_entry *entry, const char *now)
{
    char word[WARNING_LEN + 2], what[WARNING_LEN + 1];
    for (size_t n; *now; now += n + 1) {
        n = strcspn(now, ",");
        snprintf(word, sizeof word, "%.*s,", (int)n, now);
        snprintf(what, sizeof what, "%.*s", (int)n, now);
        if (!among(entry->warnings, word, n + 1))
            hall_alert(h, entry->terminal.office, entry->terminal.id, what, "the terminal says so");
    }
}

void health_post(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct buf body;
    struct err e = {0};
    struct registry_entry *entry = hall_terminal(h, x);
    char warnings[REGISTRY_WARNINGS_MAX];
    if (exchange_body(x, HEALTH_MAX, &body) || check(&body, warnings, &e)) {
        server_answer_error(x, 400, e.code ? e.text : "health report: too long");
    } else {
        alert_new(h, entry, warnings);
        memcpy(entry->warnings, warnings, sizeof warnings);
        keep(h, entry, &body);
        server_answer(x, 200, "application/json", "{}", 2);
    }
    buf_finish(&body);
}
