/* SPDX-License-Identifier: Apache-2.0
 *
 * See tries.h. Both lists are searched from end to end: a question takes two curve operations, beside which that is little.
 */
#include "tools/hall/open/tries.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"

#define CASES_MAX 8192     /* with wrong tries today */
#define QUESTIONS_MAX 8192 /* within the window: 34 a second */

struct wrong {
    char number[CASE_NUMBER_LEN + 1];
    int n;
};
struct asked {
    uint8_t enc[16];
    int64_t at;
};

struct tries {
    int64_t since, day;
    int n_wrong, n_asked, next; /* next: the oldest question, once all places are taken */
    struct wrong wrong[CASES_MAX];
    struct asked asked[QUESTIONS_MAX];
};

struct tries *tries_create(int64_t now)
{
    struct tries *t = calloc(1, sizeof *t);

    must(t, "out of memory");
    t->since = now;
    return t;
}

void tries_destroy(struct tries *t)
{
    free(t);
}

/* --- wrong digits --- */

static void turn_day(struct tries *t, int64_t now)
{
    int64_t day = date_to_days(date_of_ms(now));

    if (day != t->day)
        t->n_wrong = 0;
    t->day = day;
}

static struct wrong *find(struct tries *t, const char *number)
{
    for (int i = 0; i < t->n_wrong; i++)
        if (strcmp(t->wrong[i].number, number) == 0)
            return &t->wrong[i];
    return NULL;
}

bool tries_left(struct tries *t, const char *number, int64_t now)
{
    turn_day(t, now);
    const struct wrong *w = find(t, number);
    return w ? w->n < TRIES_MAX : t->n_wrong < CASES_MAX;
}

void tries_wrong(struct tries *t, const char *number, int64_t now)
{
    turn_day(t, now);
    struct wrong *w = find(t, number);
    if (!w && t->n_wrong < CASES_MAX) {
        w = &t->wrong[t->n_wrong++];
        w->n = 0;
        text_copy(w->number, sizeof w->number, number);
    }
    if (w)
        w->n++;
}

/* --- questions --- */

enum tries_question tries_look(const struct tries *t, const uint8_t enc[16], int64_t at, int64_t now)
{
    if (at < t->since || at < now - TRIES_WINDOW_MS || at > now + TRIES_WINDOW_MS)
        return TRIES_OLD;
    for (int i = 0; i < t->n_asked; i++)
        if (memcmp(t->asked[i].enc, enc, sizeof t->asked[i].enc) == 0)
            return TRIES_OLD;
    return TRIES_NEW;
}

enum tries_question tries_question(struct tries *t, const uint8_t enc[16], int64_t at, int64_t now)
{
    enum tries_question q = tries_look(t, enc, at, now);
    struct asked *place = &t->asked[t->next];

    if (q != TRIES_NEW)
        return q;
    if (t->n_asked == QUESTIONS_MAX && place->at >= now - TRIES_WINDOW_MS)
        return TRIES_FULL;
    memcpy(place->enc, enc, sizeof place->enc);
    place->at = at;
    t->next = (t->next + 1) % QUESTIONS_MAX;
    t->n_asked += t->n_asked < QUESTIONS_MAX;
    return TRIES_NEW;
}
