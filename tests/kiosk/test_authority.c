/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall's signed root and head allow: from which moment on, and on whose word.
 */
#include "kiosk/authority.h"

#include "catalog/update_test.h"
#include "kiosk/port_test.h"

static int n_keys, n_clocks;
static struct authority *a;

static void on_keys(void *ctx)
{
    n_keys++;
}

static void on_clock(void *ctx)
{
    n_clocks++;
}

static struct health h;

static const struct health *health(void)
{
    h = (struct health){.hall = false};
    authority_health(a, &h);
    return &h;
}

static void put_head(int days)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    struct manifest_head head = {.root = 1, .at_ms = now, .expires_ms = now + days * DAY};
    struct buf json;

    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_head_encode(&head, &json, NULL), 0);
    put_signed(incoming, "head", MANIFEST_HEAD_PREFIX, &json, HEAD, -1);
    buf_finish(&json);
}

/* A terminal just enrolled, with a root of 700 days and a head of so many. */
static void begin(int head_days)
{
    static const struct authority_events events = {.keys = on_keys, .clock = on_clock};
    bool changed;
    struct err e;

    clock_set_wall(INT64_C(1767585600000));
    fresh();
    if (head_days > 0) {
        put_head(head_days);
        CHECK_INT(install(&changed, &e), 0);
    }
    hear_anew();
    n_keys = n_clocks = 0;
    a = authority_create(data, &events, NULL, &port);
}

TEST(nothing_is_believed_before_the_root_is_read)
{
    begin(0);
    CHECK(!authority_sealing(a));
    CHECK_INT(authority_hall(a)->n, 0);
    CHECK(!health()->no_applications); /* nobody has looked */
    authority_load_root(a);
    CHECK(authority_sealing(a) != NULL);
    CHECK_INT(authority_hall(a)->n, 1);
    CHECK_INT(n_keys, 1);
    CHECK(!health()->no_applications);
    authority_destroy(a);
}

TEST(without_a_root_no_applications)
{
    begin(0);
    shell("rm -f %s/root.* %s/catalog/root.*", data, data);
    authority_load_root(a);
    CHECK(!authority_sealing(a));
    CHECK_INT(authority_hall(a)->n, 0);
    CHECK(health()->no_applications);
    CHECK(heard.n_changes > 0);
    authority_destroy(a);
}

/* Questions are sealed to a key of its own, as long as that is good. */
TEST(a_key_to_ask_with)
{
    struct public_key ask;

    begin(800);
    CHECK(!authority_ask(a)); /* nobody has looked */
    authority_load_root(a);
    key_public(keys[ASK], &ask);
    CHECK(authority_ask(a) && memcmp(authority_ask(a)->point, ask.point, sizeof ask.point) == 0);
    authority_load_head(a);
    authority_clock_said(a, true);
    clock_advance(701 * DAY);
    CHECK(!authority_ask(a));
    authority_destroy(a);
}

TEST(the_clock_is_trusted_only_up_to_the_head)
{
    begin(7);
    authority_load_head(a);
    CHECK(authority_head_expires(a) > 0);
    CHECK(!authority_clock_sure(a));
    authority_clock_said(a, true);
    CHECK(authority_clock_sure(a) && health()->clock_sure);
    authority_clock_said(a, false);
    CHECK(!authority_clock_sure(a));
    clock_advance(8 * DAY);
    authority_clock_said(a, true); /* kiosk-sync's word alone is not enough any more */
    CHECK(!authority_clock_sure(a));
    CHECK(n_clocks >= 3);
    authority_check_head(a);
    CHECK(health()->news_old);
    authority_destroy(a);
}

/* Until kiosk-sync has compared it anew, and whatever else comes meanwhile. */
TEST(a_clock_that_was_set_is_not_trusted)
{
    begin(7);
    authority_load_head(a);
    authority_clock_said(a, true);
    clock_advance(DAY); /* time that has passed */
    CHECK(authority_clock_sure(a));
    clock_set_wall(clock_wall_ms() - 2 * DAY);
    CHECK(!authority_clock_sure(a) && !health()->clock_sure);
    heard.n_changes = n_clocks = 0;
    authority_check_head(a);
    CHECK(heard.n_changes > 0 && n_clocks == 1);
    authority_load_head(a);
    CHECK(!authority_clock_sure(a));
    authority_clock_said(a, true);
    CHECK(authority_clock_sure(a));
    authority_destroy(a);
}

TEST(what_ends_is_near_and_then_over)
{
    begin(7);
    authority_load_root(a);
    authority_load_head(a);
    authority_clock_said(a, true);
    authority_check_ends(a, true);
    CHECK_INT(authority_end(a, STAFF_END_SEALING)->state, AUTHORITY_FINE);
    authority_certificate_said(a, clock_wall_ms() + 30 * DAY, true);
    CHECK_INT(authority_end(a, STAFF_END_CERTIFICATE)->state, AUTHORITY_NEAR);
    CHECK(authority_hall_refused(a));
    authority_certificate_said(a, clock_wall_ms() - DAY, false);
    CHECK_INT(authority_end(a, STAFF_END_CERTIFICATE)->state, AUTHORITY_OVER);
    CHECK(authority_sealing(a) != NULL); /* a certificate ends nothing here */
    authority_destroy(a);
}

/* The key is let go when nobody is served, and not before. */
TEST(a_sealing_key_that_is_over)
{
    begin(800);
    authority_load_root(a);
    authority_load_head(a);
    authority_clock_said(a, true);
    clock_advance(701 * DAY);
    authority_clock_said(a, true);
    CHECK(authority_clock_sure(a));
    authority_check_ends(a, false);
    CHECK_INT(authority_end(a, STAFF_END_SEALING)->state, AUTHORITY_OVER);
    CHECK(authority_sealing(a) != NULL);
    authority_check_ends(a, true);
    CHECK(!authority_sealing(a));
    CHECK(health()->no_applications);
    authority_destroy(a);
    sample_close();
}

TEST_MAIN(T(nothing_is_believed_before_the_root_is_read), T(without_a_root_no_applications), T(a_key_to_ask_with),
          T(the_clock_is_trusted_only_up_to_the_head), T(a_clock_that_was_set_is_not_trusted),
          T(what_ends_is_near_and_then_over), T(a_sealing_key_that_is_over))
