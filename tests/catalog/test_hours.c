/* SPDX-License-Identifier: Apache-2.0
 *
 * When a queue gives numbers: the minutes it begins and ends, nights, weekends, holidays, worked weekends, closures, the
 * turn of the year; and what of hours and closures is refused.
 */
#include "catalog/hours.h"

#include <sqlite3.h>
#include <string.h>

#include "catalog_test.h"
#include "test.h"

#define PLAIN "{\"working\":[\"9:00-12:00\",\"13:30-17:00\"],\"fri\":[\"9:00-12:00\"],\"sat\":[\"9:00-11:00\"]}"

static const struct workday_calendar *calendar(void)
{
    return catalog_calendar(sample_open());
}

static int parse(const char *hours, const char *closures, struct queue_hours *ret, struct err *e)
{
    struct json *h = NULL, *c = NULL;
    int rc;

    CHECK_INT(json_parse(hours, strlen(hours), JSON_SIZE_MAX, &h, e), 0);
    if (closures)
        CHECK_INT(json_parse(closures, strlen(closures), JSON_SIZE_MAX, &c, e), 0);
    rc = hours_of_json(h, c, ret, e);
    json_free(h);
    json_free(c);
    return rc;
}

static int64_t at(const char *time)
{
    char text[40];
    int64_t ms = 0;

    snprintf(text, sizeof text, "%s+08:00", time);
    CHECK_INT(clock_parse_rfc3339(text, &ms), 0);
    return ms;
}

static struct queue_times times_of(const char *hours, const char *closures, int64_t now)
{
    struct queue_hours h = {.last = 0};
    struct queue_times t;
    struct err e = {0};

    CHECK_INT(parse(hours, closures, &h, &e), 0);
    hours_times(&h, calendar(), now, &t);
    CHECK(t.known);
    return t;
}

/* "open until 12:00" or "from 2026-01-05T13:30", a '?' behind it when a notice may change it. */
static const char *said(const char *hours, const char *closures, const char *now)
{
    static char out[64];
    char time[CLOCK_RFC3339_LEN + 1];
    struct queue_times t = times_of(hours, closures, at(now));

    if (!t.n)
        return "never";
    bool open = t.at[0].from_ms <= at(now);
    clock_format_rfc3339(open ? t.at[0].until_ms : t.at[0].from_ms, time);
    snprintf(out, sizeof out, "%s %.16s%s", open ? "until" : "from", time, t.at[0].provisional ? "?" : "");
    return out;
}

TEST(minutes_of_a_day)
{
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T00:00:00"), "from 2026-01-05T09:00"); /* a Monday */
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T08:59:59"), "from 2026-01-05T09:00");
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T09:00:00"), "until 2026-01-05T12:00");
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T11:59:59"), "until 2026-01-05T12:00");
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T12:00:00"), "from 2026-01-05T13:30");
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T13:30:00"), "until 2026-01-05T17:00");
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T17:00:00"), "from 2026-01-06T09:00");
    CHECK_STR(said(PLAIN, NULL, "2026-01-05T23:59:59"), "from 2026-01-06T09:00");
}

TEST(last_numbers)
{
    const char *hours = "{\"working\":[\"9:00-12:00\",\"13:30-17:00\"],\"last\":10}";

    CHECK_STR(said(hours, NULL, "2026-01-05T11:49:59"), "until 2026-01-05T11:50");
    CHECK_STR(said(hours, NULL, "2026-01-05T11:50:00"), "from 2026-01-05T13:30");
    CHECK_STR(said(hours, NULL, "2026-01-05T16:50:00"), "from 2026-01-06T09:00");
}

TEST(weekdays)
{
    CHECK_STR(said(PLAIN, NULL, "2026-01-09T13:30:00"), "from 2026-01-10T09:00"); /* Friday, then Saturday's own hours */
    CHECK_STR(said(PLAIN, NULL, "2026-01-10T10:00:00"), "until 2026-01-10T11:00");
    CHECK_STR(said(PLAIN, NULL, "2026-01-10T11:00:00"), "from 2026-01-12T09:00"); /* no hours on Sunday */
}

TEST(holidays)
{
    /* National Day 2026: 1 to 7 October off, Saturday the 10th worked as a working day, not by Saturday's own hours */
    CHECK_STR(said(PLAIN, NULL, "2026-09-30T17:00:00"), "from 2026-10-08T09:00");
    CHECK_STR(said(PLAIN, NULL, "2026-10-03T10:00:00"), "from 2026-10-08T09:00"); /* a Saturday, but a holiday */
    CHECK_STR(said(PLAIN, NULL, "2026-10-09T12:00:00"), "from 2026-10-10T09:00");
    CHECK_STR(said(PLAIN, NULL, "2026-10-10T16:00:00"), "until 2026-10-10T17:00");
    CHECK_STR(said("{\"working\":[\"9:00-12:00\"],\"holidays\":[\"10:00-11:00\"]}", NULL, "2026-10-03T10:30:00"),
              "until 2026-10-03T11:00");
}

TEST(year_end)
{
    CHECK_STR(said(PLAIN, NULL, "2025-12-31T17:00:00"), "from 2026-01-04T09:00"); /* a Sunday that is worked */
    /* 2027 has no notice yet: 1 January is off by the regulation, days near it may move */
    CHECK_STR(said(PLAIN, NULL, "2026-12-31T17:00:00"), "from 2027-01-02T09:00?");
    CHECK_STR(said("{\"working\":[\"9:00-12:00\"]}", NULL, "2026-12-31T23:59:59"), "from 2027-01-04T09:00?");
    CHECK_STR(said(PLAIN, NULL, "2026-11-30T08:00:00"), "from 2026-11-30T09:00");
}

TEST(closures)
{
    const char *closed =
        "[{\"from\":\"2026-01-06\",\"until\":\"2026-01-07\",\"reason\":\"大厅搬迁\",\"reason_en\":\"Moving\"}]";
    struct queue_times t = times_of(PLAIN, closed, at("2026-01-06T10:00:00"));

    CHECK(t.closed);
    CHECK_STR(t.reason, "大厅搬迁");
    CHECK_STR(t.reason_en, "Moving");
    CHECK_STR(said(PLAIN, closed, "2026-01-05T16:59:59"), "until 2026-01-05T17:00");
    CHECK_STR(said(PLAIN, closed, "2026-01-05T17:00:00"), "from 2026-01-08T09:00");
    CHECK_STR(said(PLAIN, closed, "2026-01-07T23:59:59"), "from 2026-01-08T09:00");
    CHECK(!times_of(PLAIN, closed, at("2026-01-05T23:59:59")).closed);
    CHECK(!times_of(PLAIN, closed, at("2026-01-08T00:00:00")).closed);
    CHECK_STR(said(PLAIN, "[{\"from\":\"2026-01-01\",\"until\":\"2027-12-31\",\"reason\":\"x\"}]", "2026-01-05T10:00:00"),
              "never");
}

TEST(through_midnight)
{
    const char *night = "{\"working\":[\"0:00-6:00\",\"22:00-24:00\"]}";

    CHECK_STR(said(night, NULL, "2026-01-05T23:00:00"), "until 2026-01-06T06:00"); /* Monday into Tuesday: one opening */
    CHECK_STR(said(night, NULL, "2026-01-06T00:00:00"), "until 2026-01-06T06:00");
    CHECK_STR(said(night, NULL, "2026-01-09T23:00:00"), "until 2026-01-10T00:00"); /* no Saturday */
    /* the last numbers are those of the morning */
    night = "{\"working\":[\"0:00-6:00\",\"22:00-24:00\"],\"last\":10}";
    CHECK_STR(said(night, NULL, "2026-01-05T23:55:00"), "until 2026-01-06T05:50");
    CHECK_STR(said(night, NULL, "2026-01-06T05:50:00"), "from 2026-01-06T22:00");
    CHECK_STR(said(night, NULL, "2026-01-09T23:49:59"), "until 2026-01-09T23:50");
    CHECK_STR(said(night, NULL, "2026-01-09T23:55:00"), "from 2026-01-12T00:00");
}

TEST(hours_of_that_day)
{
    struct queue_times t = times_of(PLAIN, NULL, at("2026-01-05T10:00:00"));

    CHECK_INT(t.day.n, 2);
    CHECK_INT(t.n, OPENINGS_MAX);
    CHECK(t.at[1].from_ms == at("2026-01-05T13:30:00"));
    t = times_of(PLAIN, NULL, at("2026-01-09T20:00:00"));
    CHECK_INT(t.day.n, 1); /* Saturday's */
    CHECK_INT(t.day.at[0].until, 11 * 60);
    CHECK_INT(t.working.n, 2);
}

static void refused(const char *hours, const char *closures, const char *why)
{
    struct queue_hours h = {.last = -1};
    struct err e = {0};

    CHECK(parse(hours, closures, &h, &e) < 0);
    if (!strstr(e.text, why))
        CHECK_STR(e.text, why);
    CHECK_INT(h.last, -1);
}

TEST(refused_hours)
{
    refused("{\"working\":[\"22:00-6:00\"]}", NULL, "an interval lies within one day");
    refused("{\"working\":[\"9:00-9:00\"]}", NULL, "ends before it begins");
    refused("{\"working\":[\"9:00-24:01\"]}", NULL, "is no interval");
    refused("{\"working\":[\"9:60-12:00\"]}", NULL, "is no interval");
    refused("{\"working\":[\"9-12\"]}", NULL, "is no interval");
    refused("{\"working\":[\"9:00-12:00 \"]}", NULL, "is no interval");
    refused("{\"working\":[900]}", NULL, "is no interval");
    refused("{\"working\":[\"13:30-17:00\",\"9:00-12:00\"]}", NULL, "put them in order");
    refused("{\"working\":[\"9:00-12:00\",\"12:00-17:00\"]}", NULL, "join them");
    refused("{\"working\":[\"9:00-12:00\"],\"last\":180}", NULL, "last");
    refused("{\"working\":[\"9:00-9:10\"],\"last\":10}", NULL, "not longer than the 10 minutes");
    refused("{\"fri\":[\"9:00-12:00\"]}", NULL, "working");
    refused("{\"working\":[],\"friday\":[]}", NULL, "friday");
    refused("[]", NULL, "hours is no object");
}

TEST(refused_closures)
{
    refused(PLAIN, "[{\"from\":\"2026-01-07\",\"until\":\"2026-01-06\",\"reason\":\"x\"}]", "ends before it begins");
    refused(PLAIN, "[{\"from\":\"2026-02-30\",\"until\":\"2026-03-06\",\"reason\":\"x\"}]", "is no day");
    refused(PLAIN, "[{\"from\":\"2026-01-07\",\"until\":\"2026-01-08\"}]", "closures[0]");
    refused(PLAIN, "{}", "closures is no list");
#define CLOSED(words) "[{\"from\":\"2026-01-07\",\"until\":\"2026-01-08\"," words "}]"
    refused(PLAIN, CLOSED("\"reason\":\"  \""), "closures[0]: \"reason\" is read by residents");
    refused(PLAIN, CLOSED("\"reason\":\"\u3000\""), "closures[0]: \"reason\" is read by residents");
    refused(PLAIN, CLOSED("\"reason\":\"大厅\\n搬迁\""), "closures[0]: \"reason\" is read by residents");
    refused(PLAIN, CLOSED("\"reason\":\"大厅\",\"reason_en\":\" \""), "closures[0]: \"reason_en\" is read by residents");
}

TEST(sample_has_hours)
{
    struct queue_hours h;

    CHECK_INT(catalog_queue_hours(sample_open(), "insurance", &h), 1);
    CHECK_INT(h.last, 10);
    CHECK_INT(h.n_closures, 1);
    CHECK_INT(h.kind[5].n, 1);
    CHECK_INT(h.kind[HOURS_MADE_UP].n, 2);
    CHECK_INT(catalog_queue_hours(sample_open(), "nobody", &h), 0);
    sample_close();
}

/* The sample with `sql` done to it. */
static struct catalog *changed(const char *sql)
{
    struct catalog *c = NULL;
    sqlite3 *db = NULL;
    struct err e = {0};
    char path[160];

    snprintf(path, sizeof path, "%s/changed.db", sample_folder());
    CHECK_INT(sample_build(path, 1, &e), 0);
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    CHECK_INT(catalog_open(path, &c, &e), 0);
    return c;
}

/* A remark of a later version does no harm on a terminal; what it cannot make out is no reason to give numbers at night. */
TEST(hours_of_a_later_version)
{
    const char *remark = "{\"working\":[\"9:00-12:00\"],\"remark\":1}";
    const char *reason = "[{\"from\":\"2026-01-06\",\"until\":\"2026-01-07\",\"reason\":\"x\",\"remark\":1}]";
    struct queue_hours h;
    struct catalog *c;

    refused(remark, NULL, "remark");
    refused(PLAIN, reason, "closures[0]: the key \"remark\" is unknown");
    CHECK_INT(hours_decode(remark, reason, &h, NULL), 0);
    CHECK_INT(h.n_closures, 1);
    c = changed("UPDATE queue_hours SET hours = '{\"working\":[\"from nine on\"]}' WHERE queue = 'general'");
    CHECK(catalog_queue_hours(c, "general", &h) < 0);
    CHECK_INT(catalog_trouble(c), CATALOG_DOUBTED);
    CHECK_INT(catalog_queue_hours(c, "insurance", &h), 1);
    catalog_close(c);
    sample_close();
}

TEST_MAIN(T(minutes_of_a_day), T(last_numbers), T(weekdays), T(holidays), T(year_end), T(closures), T(through_midnight),
          T(hours_of_that_day), T(refused_hours), T(refused_closures), T(sample_has_hours), T(hours_of_a_later_version))
