/* SPDX-License-Identifier: Apache-2.0
 *
 * The only source of time. Wall time is milliseconds since 1970-01-01T00:00:00Z; monotonic time is milliseconds since
 * boot, counting sleep. Tests shift both; a shifted clock still runs on.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int64_t clock_wall_ms(void);
int64_t clock_mono_ms(void);

/* Wall − monotonic: it changes when the wall clock is set, and by no waiting. More than CLOCK_JUMP_MS is no correction. */
int64_t clock_offset_ms(void);
#define CLOCK_JUMP_MS 5000

/* Microseconds of CLOCK_MONOTONIC, never shifted: for measuring only. */
int64_t clock_measure_us(void);

/* When these programs were built, by the source's last change: no time before it can be right. */
int64_t clock_built_ms(void);

/* For tests and --control only: as if built then. */
void clock_set_built(int64_t wall_ms);
/* For tests and --control only. Sets the wall clock; it runs on from there. */
void clock_set_wall(int64_t wall_ms);
/* Moves wall and monotonic time forward by ms >= 0, as if the time had passed. */
void clock_advance(int64_t ms);

#define CLOCK_BOOT_ID_LEN 36
/* The kernel's boot id ("xxxxxxxx-xxxx-..."), NUL-terminated. Zeros where the kernel has none. */
const char *clock_boot_id(void);

/* Civil dates in China Standard Time (UTC+8, no summer time). */
struct date {
    int year, month, day; /* month 1..12, day 1..31 */
};
struct date date_of_ms(int64_t wall_ms);
/* Days since 1970-01-01; and back. */
int64_t date_to_days(struct date d);
struct date date_of_days(int64_t days);
bool date_valid(struct date d); /* Gregorian, years 1800..2199: numbers with births of the 19th century are valid */
int date_compare(struct date a, struct date b); /* <0, 0, >0 */
int date_weekday(struct date d);                /* 0 = Sunday */
/* "20260105" -> date; false when it is no valid date. */
bool date_parse8(const char *s, struct date *ret);
/* "2026-01-05" (ISO 8601 extended); years 0..9999. */
#define DATE_LEN 10
void date_format(struct date d, char out[DATE_LEN + 1]);

/* RFC 3339 with +08:00, "2026-01-05T09:00:00+08:00"; out holds at least CLOCK_RFC3339_LEN + 1 bytes. */
#define CLOCK_RFC3339_LEN 25
void clock_format_rfc3339(int64_t wall_ms, char *out);
/* Accepts what clock_format_rfc3339 writes, any offset, or Z. -ERR_INVALID. */
int clock_parse_rfc3339(const char *s, int64_t *ret_ms);
/* Minute of the day 0..1439 in China Standard Time. */
int clock_minute_of_day(int64_t wall_ms);

#endif
