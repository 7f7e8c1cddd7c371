/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogue in use: one that comes in is prepared, switched to between visits, and given up when its file is damaged.
 */
#include "kiosk/catalogue.h"

#include "catalog/update_test.h"
#include "kiosk/port_test.h"

static struct loop *loop;
static struct catalogue *c;
static int n_root, n_prepared, n_other;

static void on_root(void *ctx)
{
    n_root++;
}

static void on_prepared(void *ctx)
{
    n_prepared++;
}

static void on_other(void *ctx)
{
    n_other++;
}

static struct catalogue_state state(void)
{
    struct catalogue_state s;

    catalogue_state(c, &s);
    return s;
}

static bool works(void)
{
    struct health h = {.hall = false};

    catalogue_health(c, &h);
    return h.catalogue;
}

static void begin(void)
{
    static const struct catalogue_events events = {.root = on_root, .prepared = on_prepared, .other = on_other};

    fresh();
    hear_anew();
    n_root = n_prepared = n_other = 0;
    loop = loop_create();
    c = catalogue_create(loop, data, &events, NULL, &port);
}

static void end(void)
{
    catalogue_destroy(c);
    loop_destroy(loop);
}

/* Nobody is served, again and again, until `n_other` has risen or nothing is going on any more. */
static void rest(void)
{
    int before = n_other;

    for (int i = 0; i < 3000 && n_other == before; i++) {
        catalogue_idle(c);
        loop_step(loop, 10);
        if (!state().installing && !state().waiting && i > 5)
            break;
    }
}

/* One is in use. */
static void use(int version)
{
    deliver((struct delivery){.version = version});
    catalogue_incoming(c);
    while (n_other == 0 && !state().refused)
        rest();
    CHECK_INT(catalogue_version(c), version);
}

TEST(none_yet)
{
    struct err e = {0};

    begin();
    CHECK_INT(catalogue_open(c, &e), -ERR_NOTFOUND);
    CHECK(!catalogue_now(c) && !catalogue_calendar(c) && !works());
    CHECK_INT(catalogue_version(c), 0);
    rest();
    CHECK_INT(n_prepared, 0); /* nobody said that something came */
    end();
}

TEST(one_comes_in)
{
    begin();
    use(5);
    CHECK(works() && catalogue_calendar(c));
    CHECK(n_prepared >= 1);
    CHECK_INT(n_other, 1);
    CHECK_INT(heard.note, RECORD_CATALOGUE);
    CHECK_STR(heard.what, "5");
    end();
}

TEST(it_waits_for_the_visits_end)
{
    begin();
    use(5);
    deliver((struct delivery){.version = 6});
    catalogue_incoming(c);
    catalogue_idle(c); /* begins to prepare it, and then somebody comes */
    CHECK(state().installing);
    for (int i = 0; i < 3000 && state().installing; i++)
        loop_step(loop, 10);
    CHECK_INT(state().waiting, 6);
    CHECK_INT(catalogue_version(c), 5);
    rest();
    CHECK_INT(catalogue_version(c), 6);
    CHECK_INT(state().waiting, 0);
    end();
}

TEST(a_forged_one_is_refused)
{
    begin();
    use(5);
    deliver((struct delivery){.version = 6, .signer = OTHER_CATALOGUE});
    catalogue_incoming(c);
    rest();
    CHECK(state().refused);
    CHECK_INT(catalogue_version(c), 5);
    CHECK(works());
    end();
}

/* The daily look at the whole file. */
TEST(one_that_rots_is_given_up)
{
    char path[PATH_MAX];
    int version;

    begin();
    use(5);
    CHECK_INT(update_current(data, path, &version, NULL), 0);
    shell("printf X | dd of=%s bs=1 seek=9000 conv=notrunc status=none", path);
    hear_anew();
    clock_advance(2 * DAY);
    for (int i = 0; i < 3000 && works(); i++) {
        catalogue_idle(c);
        loop_step(loop, 10);
    }
    CHECK(!works());
    CHECK(heard.n_changes > 0);
    n_other = 0;
    catalogue_idle(c);
    CHECK_INT(n_other, 1);
    CHECK_INT(heard.note, RECORD_DEVICE_FAULT);
    CHECK_STR(heard.what, "damaged 5");
    CHECK(state().damaged);
    for (int i = 0; i < 300 && !works(); i++) /* what it was made of still lies there */
        rest();
    CHECK_INT(catalogue_version(c), 5);
    CHECK(works() && !state().damaged);
    end();
    sample_close();
}

TEST_MAIN(T(none_yet), T(one_comes_in), T(it_waits_for_the_visits_end), T(a_forged_one_is_refused),
          T(one_that_rots_is_given_up))
