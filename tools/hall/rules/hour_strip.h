/* SPDX-License-Identifier: Apache-2.0
 *
 * What of a terminal worked in each of the last 24 hours, as its records tell it. They are walked from the newest back: from
 * how it is now each one says how it was before. What nobody can know is not counted: after it was last heard of, and before
 * its first record. Pure; times in Unix milliseconds.
 */
#ifndef HALL_RULES_HOUR_STRIP_H
#define HALL_RULES_HOUR_STRIP_H

#include <stdbool.h>
#include <stdint.h>

#include "model/device.h"
#include "model/record.h"

#define HOUR_STRIP_HOURS 24
#define HOUR_STRIP_MS INT64_C(3600000)
#define HOUR_STRIP_MIN_MS (5 * INT64_C(60000)) /* what lasts no longer colours no hour */

/* The whole machine, and each of its devices. */
#define HOUR_STRIP_ROWS (DEVICE_ROLES + 1)
#define HOUR_STRIP_WHOLE DEVICE_ROLES

struct hour_strip {
    int64_t from_ms, to_ms, heard_ms;
    int64_t after_ms;           /* what is told of `before` this moment stands already */
    bool down[HOUR_STRIP_ROWS]; /* how it was just before after_ms; the whole: staff had taken it out of service */
    bool off;                   /* the record behind is a start: between the two it was off */
    int64_t lost[HOUR_STRIP_ROWS][HOUR_STRIP_HOURS], unknown[HOUR_STRIP_HOURS];
    bool over; /* the window's beginning is reached */
};

/* Of the day before `now`; how it stands by its last word, at heard_ms. */
void hour_strip_begin(struct hour_strip *s, int64_t now_ms, int64_t heard_ms, const bool down[HOUR_STRIP_ROWS]);
/* One record, from the newest to older ones; false: no more are needed. `role` by word, of device faults; begins: an outage
 * by staff begins with it. */
struct hour_strip_record {
    int64_t at_ms;
    enum record_kind kind; /* RECORD_KINDS: none that says anything, but it was on */
    enum device_role role;
    bool begins, ends; /* availability */
};
bool hour_strip_take(struct hour_strip *s, const struct hour_strip_record *r);
/* All records are told; `whole`: the last one was the terminal's first. */
void hour_strip_end(struct hour_strip *s, bool whole);

/* 24 letters, the oldest hour first: c it could, f fewer (whole: of its devices one was down), n it could not, u unknown.
 * *ret_percent of the known time in which it could; -1: none is known. */
void hour_strip_row(const struct hour_strip *s, int row, char out[HOUR_STRIP_HOURS + 1], int *ret_percent);

#endif
