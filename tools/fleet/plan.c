/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a plan, and what follows from it.
 */
#include "tools/fleet/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/batch.h"

#define WORDS_MAX 4
#define LINE_MAX_ 120

/* --- words --- */

static bool number(const char *word, int64_t min, int64_t max, int64_t *ret)
{
    size_t len = strlen(word);
    int64_t v = len && len < 10 && strspn(word, "0123456789") == len ? strtoll(word, NULL, 10) : -1;

    if (v < min || v > max)
        return false;
    *ret = v;
    return true;
}

/* "08:30" */
static bool moment(const char *word, int64_t *ret_ms)
{
    char hour[3] = "", minute[3] = "";
    int64_t h = 0, m = 0;

    if (strlen(word) != 5 || word[2] != ':')
        return false;
    memcpy(hour, word, 2);
    memcpy(minute, word + 3, 2);
    if (!number(hour, 0, 23, &h) || !number(minute, 0, 59, &m))
        return false;
    *ret_ms = (h * 60 + m) * 60000;
    return true;
}

/* --- lines --- */

static int read_hour(struct plan *p, char *const *words, struct err *e)
{
    struct plan_hour *h = &p->hours[p->n_hours];

    if (p->n_hours == PLAN_HOURS_MAX)
        return err_set(e, ERR_RANGE, "more than %d changes in a day", PLAN_HOURS_MAX);
    if (!moment(words[1], &h->at_ms) || strcmp(words[2], "visits") || !number(words[3], 0, 3600, &h->visits))
        return err_set(e, ERR_INVALID, "it is: at HH:MM visits N, with 0 to 3600 an hour");
    if (p->n_hours && h->at_ms <= h[-1].at_ms)
        return err_set(e, ERR_INVALID, "its time is not after that of the line before");
    p->n_hours++;
    return 0;
}

static int read_storm(struct plan *p, char *const *words, struct err *e)
{
    struct plan_storm *s = &p->storms[p->n_storms];

    if (p->n_storms == PLAN_STORMS_MAX)
        return err_set(e, ERR_RANGE, "more than %d storms in a day", PLAN_STORMS_MAX);
    if (!moment(words[1], &s->at_ms) || !number(words[2], 1, 100, &s->percent))
        return err_set(e, ERR_INVALID, "it is: storm HH:MM N, of 100 terminals");
    p->n_storms++;
    return 0;
}

static int read_offline(struct plan *p, char *const *words, struct err *e)
{
    if (!number(words[1], 0, 100, &p->offline) || !number(words[2], 1, 24 * 60 - 1, &p->offline_minutes))
        return err_set(e, ERR_INVALID, "it is: offline N MINUTES, of 100 terminals");
    return 0;
}

static int read_queue(struct plan *p, char *const *words, struct err *e)
{
    if (!queue_id_valid(words[1]) || strlen(words[2]) != 1 || words[2][0] < 'A' || words[2][0] > 'Z')
        return err_set(e, ERR_INVALID, "it is: queue ID LETTER, as the catalogue names it");
    snprintf(p->queue, sizeof p->queue, "%s", words[1]);
    p->letter = words[2][0];
    return 0;
}

static const struct {
    const char *word;
    int words; /* of the line */
    int (*read)(struct plan *p, char *const *words, struct err *e);
    size_t at; /* without `read`: where its one number goes */
    int64_t min, max;
} lines[] = {
    {"at", 4, read_hour, 0, 0, 0},
    {"storm", 3, read_storm, 0, 0, 0},
    {"offline", 3, read_offline, 0, 0, 0},
    {"queue", 3, read_queue, 0, 0, 0},
    {"applications", 2, NULL, offsetof(struct plan, applications), 0, 100},
    {"expired", 2, NULL, offsetof(struct plan, expired), 0, 100},
    {"revoked", 2, NULL, offsetof(struct plan, revoked), 0, 100},
    {"foreign", 2, NULL, offsetof(struct plan, foreign), 0, 100},
    {"backlog", 2, NULL, offsetof(struct plan, backlog), 0, 99999},
    {"batch", 2, NULL, offsetof(struct plan, batch), 1, BATCH_RECORDS_MAX},
};
#define N_LINES (sizeof lines / sizeof *lines)

static int read_words(struct plan *p, char *const *words, int n, struct err *e)
{
    for (size_t i = 0; i < N_LINES; i++) {
        if (strcmp(words[0], lines[i].word))
            continue;
        if (n != lines[i].words)
            return err_set(e, ERR_INVALID, "%s has %d words behind it, not %d", words[0], lines[i].words - 1, n - 1);
        if (lines[i].read)
            return lines[i].read(p, words, e);
        if (!number(words[1], lines[i].min, lines[i].max, (int64_t *)(void *)((char *)p + lines[i].at)))
            return err_set(e, ERR_INVALID, "%s is a whole number from %lld to %lld", words[0], (long long)lines[i].min,
                           (long long)lines[i].max);
        return 0;
    }
    return err_set(e, ERR_INVALID, "a plan has no word \"%s\"", words[0]);
}

static int read_line(struct plan *p, const char *text, size_t len, struct err *e)
{
    char line[LINE_MAX_ + 1], *words[WORDS_MAX + 1], *rest = line;
    int n = 0;

    if (len > LINE_MAX_)
        return err_set(e, ERR_TOOLONG, "the line is too long");
    memcpy(line, text, len);
    line[len] = '\0';
    line[strcspn(line, "#")] = '\0';
    while (n <= WORDS_MAX && (words[n] = strtok_r(rest, " \t\r", &rest)))
        n++;
    return n ? read_words(p, words, n, e) : 0;
}

static int check(const struct plan *p, struct err *e)
{
    if (p->expired + p->revoked + p->foreign > 99)
        return err_set(e, ERR_RANGE, "no terminal is left with a good certificate");
    return 0;
}

int plan_read(const char *text, struct plan *ret, struct err *e)
{
    struct plan p = {.applications = 40, .batch = BATCH_RECORDS_MAX, .queue = "general", .letter = 'A'};
    int rc = 0;

    for (int line = 1; rc == 0 && *text; line++) {
        size_t len = strcspn(text, "\n");

        rc = err_wrap(e, read_line(&p, text, len, e), "line %d", line);
        text += len + (text[len] == '\n');
    }
    if (rc == 0)
        rc = check(&p, e);
    if (rc == 0)
        *ret = p;
    return rc;
}

const char *plan_known(const char *name)
{
#define PLAN(name_, what, text)                                                                                             \
    if (!strcmp(name, #name_))                                                                                              \
        return text;
#include "tools/fleet/plan.def"
#undef PLAN
    return NULL;
}

/* --- what follows --- */

static int64_t visits_at(const struct plan *p, int64_t ms)
{
    int64_t visits = 0;

    for (int i = 0; i < p->n_hours && p->hours[i].at_ms <= ms; i++)
        visits = p->hours[i].visits;
    return visits;
}

/* As if the fullest hour lasted all day, and then as many stay away as do not come at that hour. */
int64_t plan_next_visit(const struct plan *p, struct dice *d, int64_t now_ms)
{
    int64_t most = 0;
    double at = (double)now_ms;

    for (int i = 0; i < p->n_hours; i++)
        most = p->hours[i].visits > most ? p->hours[i].visits : most;
    while (most && at < PLAN_DAY_MS) {
        at += dice_wait(d, 3600000.0 / (double)most);
        if (at < PLAN_DAY_MS && (int64_t)dice_below(d, (uint32_t)most) < visits_at(p, (int64_t)at))
            return (int64_t)at;
    }
    return PLAN_DAY_MS;
}

uint32_t plan_share(int64_t percent, uint32_t n)
{
    uint32_t share = (uint32_t)((uint64_t)percent * n / 100);

    return percent && n && share == 0 ? 1 : share;
}
