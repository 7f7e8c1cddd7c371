/* SPDX-License-Identifier: Apache-2.0
 *
 * Days of one queue, made from a seed: when people took numbers, which window called them when. Nothing of the rules is used
 * here: windows simply call who took a number first.
 *
 * What a day is like: numbers from 8:30, four windows (three or five on some days) that open between 9:00 and 9:12, one of
 * them on some days at ten; a noon break from 12:00 to 13:30, each leaves a little before and comes back a little after;
 * short breaks; the end at 17:00, but who waits is served. Most errands are short, a third is long; days and hours differ;
 * one in fourteen is not there when called. People come most before ten and after the break.
 */
#ifndef TESTS_QUEUE_DAYS_H
#define TESTS_QUEUE_DAYS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define QUEUE_DAY_PEOPLE 400
#define QUEUE_DAY_WINDOWS 5

struct queue_visit {
    double taken, called, ended; /* minutes of the day */
    int window;                  /* 1 … */
};
struct queue_day {
    int n, windows;
    double opens[QUEUE_DAY_WINDOWS], noon[QUEUE_DAY_WINDOWS], back[QUEUE_DAY_WINDOWS], rest[QUEUE_DAY_WINDOWS],
        rest_ends[QUEUE_DAY_WINDOWS];
    struct queue_visit visits[QUEUE_DAY_PEOPLE]; /* by the time they took their number */
};

/* xorshift64*: the same days everywhere */
static double day_chance(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (double)((*seed * UINT64_C(2685821657736338717)) >> 11) / 9007199254740992.0;
}

static double day_between(uint64_t *seed, double from, double to)
{
    return from + (to - from) * day_chance(seed);
}

/* About 1, lognormal. */
static double day_factor(uint64_t *seed, double spread)
{
    double u = day_chance(seed), v = day_chance(seed);
    return exp(spread * sqrt(-2 * log(u + 1e-12)) * cos(6.283185307179586 * v) - spread * spread / 2);
}

/* People a minute. */
static double day_rate(double minute)
{
    static const struct {
        double until, rate;
    } hours[] = {{540, 0.30}, {600, 0.62}, {660, 0.50},  {705, 0.30}, {780, 0.04},
                 {840, 0.35}, {930, 0.45}, {1000, 0.25}, {0, 0}};
    int i = 0;
    while (hours[i].until && minute >= hours[i].until)
        i++;
    return hours[i].rate;
}

static double day_service(uint64_t *seed, double pace)
{
    if (day_chance(seed) < 1.0 / 14)
        return day_between(seed, 1, 2); /* not there */
    return pace * (day_chance(seed) < 0.25 ? 12 * day_factor(seed, 0.35) : 6 * day_factor(seed, 0.35));
}

/* From when on the window may call, at or after `t`. */
static double day_there(const struct queue_day *d, int w, double t)
{
    if (t < d->opens[w])
        t = d->opens[w];
    if (t >= d->rest[w] && t < d->rest_ends[w])
        t = d->rest_ends[w];
    if (t >= d->noon[w] && t < d->back[w])
        t = d->back[w];
    return t;
}

static void day_windows(struct queue_day *d, uint64_t *seed)
{
    double chance = day_chance(seed);
    d->windows = chance < 0.15 ? 3 : chance < 0.85 ? 4 : 5;
    for (int w = 0; w < d->windows; w++) {
        d->opens[w] = 540 + day_between(seed, 0, 12);
        d->noon[w] = 720 - day_between(seed, 0, 8);
        d->back[w] = 810 + day_between(seed, 0, 8);
        d->rest[w] = day_chance(seed) < 0.5 ? day_between(seed, 580, 690) : day_between(seed, 850, 980);
        d->rest_ends[w] = d->rest[w] + (day_chance(seed) < 0.4 ? day_between(seed, 8, 20) : 0);
    }
    if (day_chance(seed) < 0.25)
        d->opens[d->windows - 1] = 600 + day_between(seed, 0, 10);
}

static void queue_day_make(struct queue_day *d, uint64_t *seed)
{
    double busy = day_factor(seed, 0.12), pace = day_factor(seed, 0.10), free[QUEUE_DAY_WINDOWS] = {0};
    *d = (struct queue_day){.n = 0};
    day_windows(d, seed);
    for (double t = 510; t < 1000 && d->n < QUEUE_DAY_PEOPLE;) {
        t += -log(1 - day_chance(seed)) / 0.9;
        if (day_chance(seed) < day_rate(t) * busy / 0.9)
            d->visits[d->n++].taken = t;
    }
    for (int i = 0; i < d->n; i++) {
        struct queue_visit *v = &d->visits[i];
        int best = 0;
        double when = 1e9;
        for (int w = 0; w < d->windows; w++) {
            double t = day_there(d, w, free[w] > v->taken ? free[w] : v->taken);
            if (t < when) {
                when = t;
                best = w;
            }
        }
        double hour = pace * (when < 600 ? 0.95 : when > 930 ? 1.1 : 1);
        v->called = when;
        v->ended = when + day_service(seed, hour);
        v->window = best + 1;
        free[best] = v->ended + day_between(seed, 0.2, 0.8);
    }
}

#endif
