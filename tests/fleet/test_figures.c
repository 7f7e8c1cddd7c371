/* SPDX-License-Identifier: Apache-2.0
 *
 * Percentiles against sorted values, who was woken, and what a reader sees.
 */
#include "base/json.h"
#include "tests/test.h"
#include "tools/fleet/dice.h"
#include "tools/fleet/figures.h"

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

TEST(percentiles_within_a_sixteenth)
{
    static struct spread s;
    static int64_t v[5000];
    struct dice d = dice_of(3, 3);

    for (int i = 0; i < 5000; i++) {
        v[i] = (int64_t)dice_wait(&d, 4000);
        spread_add(&s, v[i]);
    }
    qsort(v, 5000, sizeof *v, by_value);
    for (int percent = 1; percent <= 99; percent++) {
        int64_t true_value = v[(5000 * percent + 99) / 100 - 1], got = spread_percentile(&s, percent);

        CHECK(got >= true_value && got <= true_value + true_value / 16 + 1);
    }
    CHECK_INT(spread_percentile(&s, 100), v[4999]);
}

TEST(few_and_odd_values)
{
    static struct spread s;

    CHECK_INT(spread_percentile(&s, 50), 0);
    spread_add(&s, -5);
    CHECK_INT(spread_percentile(&s, 50), 0);
    spread_add(&s, INT64_MAX);
    CHECK_INT(spread_percentile(&s, 1), 0);
    CHECK(spread_percentile(&s, 99) > INT64_C(60000000));
}

TEST(who_was_woken)
{
    static struct figures f;

    figures_wake(&f, 2, 1000);
    figures_wake(&f, 2, 1500);
    CHECK_INT(f.woken.n, 2);
    CHECK_INT(f.woken.last_ms - f.woken.first_ms, 500);
    figures_wake(&f, 3, 9000);
    CHECK_INT(f.woken.catalogue, 3);
    CHECK_INT(f.woken.n, 1);
    CHECK_INT(f.woken.first_ms, 9000);
}

TEST(failures)
{
    static struct figures f;

    figures_fail(&f, &(struct link_answer){.outcome = LINK_UNREACHED});
    figures_fail(&f, &(struct link_answer){.outcome = LINK_REFUSED});
    figures_fail(&f, &(struct link_answer){.outcome = LINK_ANSWERED, .status = 403});
    figures_fail(&f, &(struct link_answer){.outcome = LINK_ANSWERED, .status = 503});
    CHECK_INT(f.unreached, 1);
    CHECK_INT(f.refused, 2);
    CHECK_INT(f.busy, 1);
}

TEST(what_is_read)
{
    static struct figures f, before;
    struct figures_now now = {.phase = "play", .s = 12, .day_ms = (9 * 60 + 5) * 60000, .terminals = 20, .waiting = 19};
    struct buf out;
    struct json *doc = NULL;
    struct err e;

    f.made = f.delivered = f.acknowledged = 50;
    before.acknowledged = 45;
    spread_add(&f.latency, 2500);
    buf_init(&out, 4096);
    figures_line(&f, &before, &now, &out);
    CHECK(strstr(buf_str(&out), "   12 s  09:05"));
    CHECK(strstr(buf_str(&out), "waiting 19 of 20  acknowledged 50 (+5) of 50  refused 0  unreached 0  p50 2.5 ms"));
    buf_reset(&out);
    figures_json(&f, &now, &out);
    CHECK_INT(json_parse(out.data, out.len - 1, JSON_SIZE_MAX, &doc, &e), 0);
    CHECK_STR(json_str(json_member(doc, "phase")), "play");
    CHECK_INT(json_int(json_member(doc, "acknowledged")), 50);
    CHECK_INT(json_int(json_member(doc, "p50_us")), 2500);
    json_free(doc);
    buf_reset(&out);
    figures_sum(&f, &now, &out);
    CHECK(strstr(buf_str(&out), "acknowledged            50, each by a word that the hall signed"));
    CHECK(!strstr(buf_str(&out), "woken") && !strstr(buf_str(&out), "behind"));
    now.late_ms = 1200;
    figures_wake(&f, 2, 1000);
    buf_reset(&out);
    figures_sum(&f, &now, &out);
    CHECK(strstr(buf_str(&out), "woken by catalogue 2    1 terminals within 0 ms"));
    CHECK(strstr(buf_str(&out), "up to 1200 ms behind"));
    buf_finish(&out);
}

TEST_MAIN(T(percentiles_within_a_sixteenth), T(few_and_odd_values), T(who_was_woken), T(failures), T(what_is_read))
