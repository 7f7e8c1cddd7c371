/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/health (wire/health.h). The latest report of each terminal, on disk at once where something is other than before,
 * else at most once a minute; a report that is not stored is only a report. A warning that was not in the report before
 * becomes an alert (health_word.def).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "tools/hall/store/store_edition.h"
#include "tools/hall/store/store_fleet.h"
#include "tools/hall/store/store_halt.h"
#include "tools/hall/terminals/hall.h"

#define STORE_EVERY_MS 60000
#define HEALTH_WORD_OTHER "warning"

struct report {
    struct write_job job; /* first: the writer hands it back */
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    char text[HEALTH_BYTES_MAX + 1];
    struct edition_heard heard;
    int64_t halts;
    struct situation_now stand;
};

static int report_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct report *r = (const struct report *)j;
    int rc = terminal_health(s, r->office, r->terminal, r->text, e);
    if (rc == 0)
        rc = fleet_keep(s, r->office, r->terminal, &r->stand, e);
    if (rc == 0)
        rc = edition_hear(s, r->office, r->terminal, &r->heard, e);
    return rc == 0 ? halt_hear(s, r->office, r->terminal, r->halts, r->heard.at, e) : rc;
}

static void report_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc)
        log_warn("hall", "%s", e->text);
    free(j);
}

/* What staff would look at. */
static void hash_of(const struct health_report *r, uint8_t out[8])
{
    uint8_t hash[SHA256_LEN];
    struct sha256 *h = sha256_begin();

    sha256_add(h, r->warnings, strlen(r->warnings) + 1);
    for (int i = 0; i < DEVICE_ROLES; i++)
        sha256_add(h, r->device[i], strlen(r->device[i]) + 1);
    sha256_add(h, r->out, strlen(r->out) + 1);
    sha256_add(h, &r->out_since_ms, sizeof r->out_since_ms);
    sha256_add(h, &r->catalogue, sizeof r->catalogue);
    sha256_add(h, &r->refused, sizeof r->refused);
    sha256_add(h, &r->halts, sizeof r->halts);
    sha256_end(h, hash);
    memcpy(out, hash, 8);
}

static void keep(struct hall *h, struct registry_entry *entry, const struct health_report *said, const struct buf *body)
{
    int64_t now = clock_mono_ms();
    uint8_t hash[8];

    if (said->catalogue > entry->catalogue)
        entry->catalogue = said->catalogue;
    hash_of(said, hash);
    if (entry->health_stored_ms && now - entry->health_stored_ms < STORE_EVERY_MS &&
        memcmp(hash, entry->health_stored, sizeof hash) == 0)
        return;
    struct report *r = calloc(1, sizeof *r);
    if (!r)
        return;
    r->job = (struct write_job){.run = report_run, .done = report_done, .rows = 1, .bytes = sizeof *r};
    r->job.from = r->terminal;
    r->office = r->job.office = entry->terminal.office;
    memcpy(r->terminal, entry->terminal.id, sizeof r->terminal);
    memcpy(r->text, body->data, body->len);
    r->heard = (struct edition_heard){
        .catalogue = said->catalogue, .refused = said->refused, .level = said->level, .at = clock_wall_ms()};
    situation_of_word(said, &r->stand);
    r->halts = said->halts;
    memcpy(r->heard.why, said->why, sizeof r->heard.why);
    if (!writer_push(h->writer, &r->job)) {
        free(r);
        return;
    }
    entry->health_stored_ms = now;
    memcpy(entry->health_stored, hash, sizeof hash);
}

/* Is the word of `len` characters among the words? */
static bool among(const char *words, const char *word, size_t len)
{
    for (size_t n; *words; words += n + (words[n] == ',')) {
        n = strcspn(words, ",");
        if (n == len && !memcmp(words, word, n))
            return true;
    }
    return false;
}

/* What staff are told; NULL: the word is not in the list. */
static const char *meaning(const char *word)
{
    static const struct {
        const char *word, *meaning;
    } list[] = {
#define HEALTH_WORD(word, meaning) {word, meaning},
#include "tools/hall/terminals/health_word.def"
#undef HEALTH_WORD
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (!strcmp(list[i].word, word))
            return list[i].meaning;
    return NULL;
}

/* The one whose words have numbers. */
static const char *too_old(const struct health_report *r, char *out, size_t cap)
{
    snprintf(out, cap, "catalogue needs level %d, this terminal has %d; update its software", r->needs, r->level);
    return out;
}

/* Each once while it lasts. */
static void alert_new(struct hall *h, struct registry_entry *entry, const struct health_report *r)
{
    char what[HEALTH_WARNING_LEN + 1], words[120];
    const char *now = r->warnings;

    for (size_t n; *now; now += n + (now[n] == ',')) {
        n = strcspn(now, ",");
        snprintf(what, sizeof what, "%.*s", (int)n, now);
        if (among(entry->warnings, now, n))
            continue;
        const char *told = r->needs && strcmp(what, "software-too-old") == 0 ? too_old(r, words, sizeof words)
                                                                             : meaning(what);
        hall_alert(h, entry->terminal.office, entry->terminal.id, told ? what : HEALTH_WORD_OTHER, told ? told : what);
    }
}

void health_post(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct buf body;
    struct err e = {0};
    struct registry_entry *entry = hall_terminal(h, x);
    struct health_report r;
    if (exchange_body(x, HEALTH_BYTES_MAX, &body) || health_decode(body.data, body.len, &r, &e)) {
        server_answer_error(x, 400, e.code ? e.text : "health report: too long");
    } else {
        alert_new(h, entry, &r);
        memcpy(entry->warnings, r.warnings, sizeof r.warnings);
        keep(h, entry, &r, &body);
        server_answer(x, 200, "application/json", "{}", 2);
    }
    buf_finish(&body);
}
