/* SPDX-License-Identifier: Apache-2.0
 *
 * The estimate, from times alone.
 */
#include "tools/hall/rules/estimate.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"

#define MINUTE 60000.0
#define SLOT_MS (5 * MINUTE)
#define SILENT_MS (120 * MINUTE) /* nobody was called for so long: nothing is known */
#define RECENT_MS (30 * MINUTE)
#define GAP_MS (40 * MINUTE) /* a window that calls nobody for so long is not there */
#define WINDOWS_LEAST 0.5    /* fewer are none: a break */
#define DAY_PART 0.7         /* of the most windows: when it falls below that for the last time, the day ends */
#define DAYS_LEAST 1
#define TURNS_LEAST 3
#define CALLS_TRUSTED 6  /* of today: then they say as much of the windows as the rhythm does */
#define TURNS_EARLIER 20 /* what earlier days weigh, in turns of today */
#define MINUTES_MOST 480
/* What the interval goes by: how much one turn differs from another, and how much the pace of the hour from what was seen;
 * both found by replaying days, as parts of the mean. 1.28: 80 of a hundred lie within so many deviations. */
#define TURN_SPREAD 0.65
#define PACE_SPREAD 0.10
#define DEVIATIONS 1.28
#define BREAK_MINUTES 4 /* windows come back by so much sooner or later */
#define FIRST_FREE 0.6  /* of a turn: what is left of those that are going on */

/* --- earlier days --- */

static int slot_of(int64_t at)
{
    return clock_minute_of_day(at) / 5;
}

/* The window was there from one moment to another. */
static void cover(struct estimate_rhythm *r, int64_t from, int64_t until)
{
    while (from < until) {
        int64_t end = from - from % (int64_t)SLOT_MS + (int64_t)SLOT_MS;
        if (end > until)
            end = until;
        r->windows[slot_of(from)] += (double)(end - from) / SLOT_MS;
        from = end;
    }
}

/* Its last call of a stretch: it was there for a while longer. */
static void cover_last(struct estimate_rhythm *r)
{
    if (r->before.window >= 0 && r->before.at)
        cover(r, r->before.at, r->before.at + (int64_t)(r->turns ? r->turn_ms / r->turns : SLOT_MS));
}

void estimate_rhythm_add(struct estimate_rhythm *r, int64_t day, int window, int64_t since, int64_t called)
{
    bool same = r->before.at && r->before.day == day && r->before.window == window;
    int64_t gap = called - r->before.at;

    if (same && gap <= GAP_MS)
        cover(r, r->before.at, called);
    else
        cover_last(r);
    if (same && gap <= GAP_MS && since <= r->before.at) {
        r->turn_ms += (double)gap;
        r->turns++;
    }
    r->days += !r->before.at || r->before.day != day;
    r->before.day = day;
    r->before.window = window;
    r->before.at = called;
}

void estimate_rhythm_end(struct estimate_rhythm *r)
{
    cover_last(r);
    for (int i = 0; r->days && i < ESTIMATE_SLOTS; i++)
        r->windows[i] /= r->days;
    r->turn_ms = r->turns ? r->turn_ms / r->turns : 0;
}

/* --- today --- */

static int by_length(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The turns of today, the latest first, without outliers. */
static size_t turns_of(const struct estimate_facts *f, double *turns)
{
    double sorted[ESTIMATE_CALLS];
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < f->n; i++) {
        size_t j = i + 1;
        while (j < f->n && f->calls[j].window != f->calls[i].window)
            j++;
        if (j < f->n && f->calls[i].since <= f->calls[j].called && f->calls[i].called - f->calls[j].called <= GAP_MS) {
            sorted[n] = turns[n] = (double)(f->calls[i].called - f->calls[j].called);
            n++;
        }
    }
    qsort(sorted, n, sizeof *sorted, by_length);
    for (size_t i = 0; i < n; i++)
        if (turns[i] <= 5 * sorted[n / 2])
            turns[kept++] = turns[i];
    return kept;
}

/* A window's mean turn; 0: not known. */
static double turn_of(const struct estimate_facts *f)
{
    double turns[ESTIMATE_CALLS] = {0}, sum = 0;
    size_t n = turns_of(f, turns);
    bool earlier = f->rhythm && f->rhythm->turns >= TURNS_LEAST;

    if (n < TURNS_LEAST && !earlier)
        return 0;
    for (size_t i = 0; i < n; i++)
        sum += turns[i];
    return earlier ? (sum + TURNS_EARLIER * f->rhythm->turn_ms) / ((double)n + TURNS_EARLIER) : sum / (double)n;
}

/* Windows that called lately. */
static int windows_now(const struct estimate_facts *f, double turn)
{
    double lately = 3 * turn > 15 * MINUTE ? 3 * turn : 15 * MINUTE;
    int n = 0;

    for (size_t i = 0; i < f->n && (double)(f->now - f->calls[i].called) <= lately; i++) {
        size_t j = 0;
        while (j < i && f->calls[j].window != f->calls[i].window)
            j++;
        n += j == i;
    }
    return n > f->busy ? n : f->busy;
}

/* --- the time to come --- */

static bool known(const struct estimate_rhythm *r)
{
    return r && r->days >= DAYS_LEAST;
}

struct ahead {
    const struct estimate_rhythm *rhythm;
    int64_t now;
    double windows; /* now */
    double factor;  /* today's against the rhythm's */
    int last_slot;  /* the last of a day with windows: who waits then is served all the same */
};

static double windows_at(const struct ahead *a, int64_t at)
{
    int slot = slot_of(at);

    if (!a->rhythm)
        return a->windows;
    return a->factor * a->rhythm->windows[slot < a->last_slot ? slot : a->last_slot];
}

/* Minutes until so much work (ms of one window) is done; above MINUTES_MOST: -1. */
static double minutes_for(const struct ahead *a, double work)
{
    for (int m = 0; m < MINUTES_MOST; m++) {
        double done = windows_at(a, a->now + m * (int64_t)MINUTE) * MINUTE;
        if (done >= work && done > 0)
            return m + work / done;
        work -= done;
    }
    return -1;
}

/* To whole minutes up to ten, to five above; `by`: 0 down, 0.5 to the nearest, 1 up. */
static int round_to(double minutes, double by)
{
    double unit = minutes > 10 ? 5 : 1, below = floor(minutes / unit + 1e-9);
    double rest = minutes / unit - below;

    return (int)((rest > 1e-9 && rest >= 1 - by - 1e-9 ? below + 1 : below) * unit);
}

static double most_windows(const struct estimate_rhythm *r)
{
    double most = 0;

    for (int i = 0; i < ESTIMATE_SLOTS; i++)
        most = fmax(most, r->windows[i]);
    return most;
}

static struct ahead look_ahead(const struct estimate_facts *f, double turn)
{
    struct ahead a = {.now = f->now, .windows = windows_now(f, turn), .factor = 1};
    double usual = known(f->rhythm) ? f->rhythm->windows[slot_of(f->now)] : 0;

    a.rhythm = known(f->rhythm) ? f->rhythm : NULL;
    a.last_slot = ESTIMATE_SLOTS - 1;
    while (a.rhythm && a.last_slot && f->rhythm->windows[a.last_slot] < DAY_PART * most_windows(f->rhythm))
        a.last_slot--;
    if (usual >= WINDOWS_LEAST && a.windows > 0)
        a.factor = 1 + (fmin(fmax(a.windows / usual, 0.5), 2) - 1) * (double)f->n / ((double)f->n + CALLS_TRUSTED);
    return a;
}

/* So many minutes either way in which the windows may come back from a break. */
static double play_of(const struct ahead *a)
{
    return a->rhythm && windows_at(a, a->now) < WINDOWS_LEAST ? BREAK_MINUTES : 0;
}

static void count_minutes(const struct estimate_facts *f, struct estimate *ret)
{
    double turn = turn_of(f);
    struct ahead a = look_ahead(f, turn);

    if (turn <= 0 || (!a.rhythm && a.windows < 1))
        return;
    if (!f->waiting && !f->busy && slot_of(f->now) > a.last_slot) /* the windows have gone */
        return;
    double turns = f->waiting + (f->busy ? FIRST_FREE : 0), work = turns * turn, play = play_of(&a);
    double spread = DEVIATIONS * sqrt(TURN_SPREAD * TURN_SPREAD / (turns + 0.5) + PACE_SPREAD * PACE_SPREAD);
    double middle = minutes_for(&a, work), least = minutes_for(&a, work * exp(-spread)),
           most = minutes_for(&a, work * exp(spread));
    if (middle < 0 || most < 0)
        return;
    ret->minutes = round_to(fmax(middle, 1), 0.5);
    ret->least = round_to(fmax(least - play, 0), 0);
    ret->most = round_to(fmax(most + play, 1), 1);
}

void estimate(const struct estimate_facts *f, struct estimate *ret)
{
    int64_t last = f->n ? f->calls[0].called : f->first_since;
    bool recent = f->n && (double)(f->now - f->calls[0].called) <= RECENT_MS;

    *ret = (struct estimate){f->waiting, -1, -1, -1};
    if (f->waiting && (double)(f->now - last) > SILENT_MS)
        ret->people = -1;
    bool away = known(f->rhythm) && f->rhythm->windows[slot_of(f->now)] < WINDOWS_LEAST;
    if (ret->people < 0 || (!recent && !known(f->rhythm)))
        return;
    if (f->waiting || f->busy || away)
        count_minutes(f, ret);
    else if (recent)
        *ret = (struct estimate){0, 0, 0, 0};
}
