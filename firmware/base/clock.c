/* SPDX-License-Identifier: Apache-2.0
 *
 * The kernel's clocks plus the shift of a test, and the calendar of China Standard Time.
 */
#include "base/clock.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/version.h"

#define MS_PER_SECOND 1000LL
#define MS_PER_MINUTE (60 * MS_PER_SECOND)
#define MS_PER_DAY (24 * 60 * MS_PER_MINUTE)
#define CHINA_OFFSET_MS (8 * 60 * MS_PER_MINUTE)

static int64_t wall_shift_ms, mono_shift_ms, set_built_ms;

static int64_t kernel_ms(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return t.tv_sec * MS_PER_SECOND + t.tv_nsec / 1000000;
}

int64_t clock_wall_ms(void)
{
    return kernel_ms(CLOCK_REALTIME) + wall_shift_ms;
}

int64_t clock_mono_ms(void)
{
    return kernel_ms(CLOCK_BOOTTIME) + mono_shift_ms;
}

int64_t clock_offset_ms(void)
{
    return clock_wall_ms() - clock_mono_ms();
}

int64_t clock_measure_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_built_ms(void)
{
    return set_built_ms ? set_built_ms : version_built_ms();
}

void clock_set_built(int64_t wall_ms)
{
    set_built_ms = wall_ms;
}

void clock_set_wall(int64_t wall_ms)
{
    wall_shift_ms = wall_ms - kernel_ms(CLOCK_REALTIME);
}

void clock_advance(int64_t ms)
{
    wall_shift_ms += ms;
    mono_shift_ms += ms;
}

const char *clock_boot_id(void)
{
    static char id[CLOCK_BOOT_ID_LEN + 1];
    if (id[0])
        return id;
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, id, CLOCK_BOOT_ID_LEN);
    if (fd >= 0)
        close(fd);
    if (n != CLOCK_BOOT_ID_LEN)
        strcpy(id, "00000000-0000-0000-0000-000000000000");
    return id;
}

/* Rounds towards minus infinity: a time before 1970 belongs to the day it lies in. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days of the proleptic Gregorian calendar, counted in 400-year eras from 0000-03-01, so that the leap day ends a year. */
int64_t date_to_days(struct date d)
{
    int64_t year = d.year - (d.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (d.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_of_days(int64_t days)
{
    days += 719468;
    int64_t era = floor_div(days, 146097);
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct date d = {.day = (int)(day_of_year - (153 * month + 2) / 5 + 1)};
    d.month = (int)(month < 10 ? month + 3 : month - 9);
    d.year = (int)(era * 400 + year_of_era + (d.month <= 2));
    return d;
}

struct date date_of_ms(int64_t wall_ms)
{
    return date_of_days(floor_div(wall_ms + CHINA_OFFSET_MS, MS_PER_DAY));
}

int clock_minute_of_day(int64_t wall_ms)
{
    int64_t local = wall_ms + CHINA_OFFSET_MS;
    return (int)((local - floor_div(local, MS_PER_DAY) * MS_PER_DAY) / MS_PER_MINUTE);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_valid(struct date d)
{
    if (d.year < 1800 || d.year > 2199 || d.month < 1 || d.month > 12)
        return false;
    return d.day >= 1 && d.day <= days_in_month(d.year, d.month);
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

int date_weekday(struct date d)
{
    int64_t days = date_to_days(d) + 4; /* 1970-01-01 was a Thursday */
    return (int)(days - floor_div(days, 7) * 7);
}

/* The next n digits of *s as a number; -1 when they are not all digits. Moves *s behind them. */
static int take_digits(const char **s, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++, (*s)++) {
        if (**s < '0' || **s > '9')
            return -1;
        value = value * 10 + (**s - '0');
    }
    return value;
}

bool date_parse8(const char *s, struct date *ret)
{
    struct date d = {0};
    if ((d.year = take_digits(&s, 4)) < 0 || (d.month = take_digits(&s, 2)) < 0 || (d.day = take_digits(&s, 2)) < 0)
        return false;
    if (*s || !date_valid(d))
        return false;
    *ret = d;
    return true;
}

void date_format(struct date d, char out[DATE_LEN + 1])
{
    /* unsigned remainders: so the compiler knows that it fits */
    snprintf(out, DATE_LEN + 1, "%04u-%02u-%02u", (unsigned)d.year % 10000u, (unsigned)d.month % 100u,
             (unsigned)d.day % 100u);
}

void clock_format_rfc3339(int64_t wall_ms, char *out)
{
    struct date d = date_of_ms(wall_ms);
    int64_t local = wall_ms + CHINA_OFFSET_MS;
    int second = (int)((local - floor_div(local, MS_PER_DAY) * MS_PER_DAY) / MS_PER_SECOND);
    if (d.year < 0 || d.year > 9999) { /* the format has four digits */
        strcpy(out, "0000-01-01T00:00:00+08:00");
        return;
    }
    char text[96]; /* room for what the compiler cannot know to be small */
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", d.year, d.month, d.day, second / 3600,
             second / 60 % 60, second % 60);
    memcpy(out, text, CLOCK_RFC3339_LEN);
    out[CLOCK_RFC3339_LEN] = '\0';
}

static bool take_char(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

/* "Z", "+08:00", "-00:30": minutes east of UTC. */
static bool take_offset(const char **s, int *ret_minutes)
{
    *ret_minutes = 0;
    if (take_char(s, 'Z') || take_char(s, 'z'))
        return true;
    int sign = **s == '-' ? -1 : 1;
    if (!take_char(s, '+') && !take_char(s, '-'))
        return false;
    int hour = take_digits(s, 2);
    if (hour < 0 || hour > 23 || !take_char(s, ':'))
        return false;
    int minute = take_digits(s, 2);
    if (minute < 0 || minute > 59)
        return false;
    *ret_minutes = sign * (hour * 60 + minute);
    return true;
}

/* ".123456": milliseconds; more digits are read and cut. */
static bool take_fraction(const char **s, int *ret_ms)
{
    *ret_ms = 0;
    if (!take_char(s, '.'))
        return true;
    if (!isdigit((unsigned char)**s))
        return false;
    for (int weight = 100; isdigit((unsigned char)**s); (*s)++, weight /= 10)
        *ret_ms += weight * (**s - '0');
    return true;
}

static bool take_date(const char **s, struct date *d)
{
    if ((d->year = take_digits(s, 4)) < 0 || !take_char(s, '-'))
        return false;
    if ((d->month = take_digits(s, 2)) < 0 || !take_char(s, '-'))
        return false;
    return (d->day = take_digits(s, 2)) >= 0 && date_valid(*d);
}

/* A leap second (:60) is refused: no clock here can show one. */
static bool take_time(const char **s, int *ret_second)
{
    int hour = take_digits(s, 2);
    if (hour < 0 || hour > 23 || !take_char(s, ':'))
        return false;
    int minute = take_digits(s, 2);
    if (minute < 0 || minute > 59 || !take_char(s, ':'))
        return false;
    int second = take_digits(s, 2);
    if (second < 0 || second > 59)
        return false;
    *ret_second = hour * 3600 + minute * 60 + second;
    return true;
}

int clock_parse_rfc3339(const char *s, int64_t *ret_ms)
{
    struct date d;
    int second, fraction, offset;
    if (!take_date(&s, &d) || (!take_char(&s, 'T') && !take_char(&s, 't')))
        return -ERR_INVALID;
    if (!take_time(&s, &second) || !take_fraction(&s, &fraction) || !take_offset(&s, &offset) || *s)
        return -ERR_INVALID;
    *ret_ms = date_to_days(d) * MS_PER_DAY + second * MS_PER_SECOND + fraction - offset * MS_PER_MINUTE;
    return 0;
}
