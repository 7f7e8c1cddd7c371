/* SPDX-License-Identifier: Apache-2.0
 *
 * The clocks of hall and terminals: set, let run ahead, or waited for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tools/scenario/play.h"

int64_t play_duration(const char *text)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    char *end;
    long n = strtol(text, &end, 10);

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (end != text && !strcmp(end, units[i].unit))
            return n * units[i].ms;
    return -1;
}

static int shift(struct play *p, const enum program *whose, size_t n, const char *request, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < n; i++)
        if (stand_alive(p->stand, whose[i]))
            rc = stand_control(p->stand, whose[i], request, NULL, e);
    return rc;
}

/* The time of the terminal that nobody stands at. */
static int shift_other(struct play *p, const char *request, struct err *e)
{
    static const enum program all[] = {PROGRAM_SYNC, PROGRAM_KIOSK};

    if (!p->stand->opt.second)
        return 0;
    stand_turn(p->stand);
    int rc = shift(p, all, 2, request, e);
    stand_turn(p->stand);
    return rc;
}

/* The terminal hears the hall's new time with its own, not before: that would be a jump of its own clock. */
static int shift_all(struct play *p, const char *request, struct err *e)
{
    static const enum program all[] = {PROGRAM_KIOSK, PROGRAM_HALL, PROGRAM_SYNC};
    bool both = stand_alive(p->stand, PROGRAM_HALL) && stand_alive(p->stand, PROGRAM_SYNC);
    int rc = both ? stand_control_both(p->stand, PROGRAM_HALL, PROGRAM_SYNC, request, e) : 0;

    if (rc >= 0)
        rc = shift(p, all, both ? 1 : 3, request, e);
    return rc < 0 ? rc : shift_other(p, request, e);
}

/* A second at a time where seconds count, so that count-downs count; days pass in one go. It ends so much later: the time
 * it takes on a slow machine is part of it. */
int play_advance(struct play *p, const char *text, struct err *e)
{
    int64_t all = play_duration(text), given = 0, began_us = clock_measure_us();
    bool days = all > 0 && text[strlen(text) - 1] == 'd';
    char request[64];
    int rc = all < 0 ? err_set(e, ERR_INVALID, "no duration: %s", text) : 0;

    for (int64_t left = all; rc >= 0 && left > 0; left = all - given - (clock_measure_us() - began_us) / 1000) {
        int64_t step = days ? left : left > 300000 ? left - 300000 : left < 1000 ? left : 1000;

        snprintf(request, sizeof request, "clock advance %lld", (long long)step);
        rc = shift_all(p, request, e);
        given += step;
    }
    if (p->stand->opt.wall_ms)
        p->stand->opt.wall_ms += all > 0 ? all : 0;
    return rc;
}

int play_set_clock(struct play *p, const char *text, bool hall, struct err *e)
{
    static const enum program all[] = {PROGRAM_HALL, PROGRAM_SYNC, PROGRAM_KIOSK};
    char request[64];
    int64_t ms;
    int rc = clock_parse_rfc3339(text, &ms);

    if (rc < 0)
        return err_set(e, ERR_INVALID, "no time: %s", text);
    if (hall)
        p->stand->opt.wall_ms = ms;
    snprintf(request, sizeof request, "clock set %lld", (long long)ms);
    rc = shift(p, hall ? all : all + 1, hall ? 3 : 2, request, e);
    return rc < 0 || !hall ? rc : shift_other(p, request, e);
}

int play_wait(const char *text, struct err *e)
{
    int64_t ms = play_duration(text);

    if (ms < 0)
        return err_set(e, ERR_INVALID, "no duration: %s", text);
    usleep((useconds_t)ms * 1000);
    return 0;
}

/* The first is what the programs started with. Set once more it would put them back by the time they took to start, and
 * where that is more than a moment they doubt their clock. */
int play_given_clock(struct play *p, const char *text, struct err *e)
{
    bool first = !p->clock_given;

    p->clock_given = true;
    return first ? 0 : play_set_clock(p, text, true, e);
}
