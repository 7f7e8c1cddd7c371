/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues that come as patches, and what the hall's head allows.
 */
#include "catalog/update_file.h"

#include "update_test.h"

/* --- patches --- */

static void must_patch(int from, int to)
{
    bool changed = false;
    struct err e;

    deliver((struct delivery){.version = to, .from = from});
    CHECK_INT(install(&changed, &e), 0);
    CHECK_STR(e.text, "");
    CHECK(changed && found.patched);
    CHECK_INT(found.whole, 0);
    CHECK_INT(current(), to);
    CHECK(!exists("catalog/catalog.6.patch.tmp") && !exists("catalog/catalog.7.patch.tmp"));
}

TEST(by_patch)
{
    fresh();
    must_install(5);
    must_patch(5, 6);
    /* made for the one before, while this one came: its base is still kept */
    must_patch(5, 7);
    must_patch(7, 8);
}

static void must_ask_whole(struct delivery d)
{
    bool changed = true;
    struct err e;

    deliver(d);
    CHECK(install(&changed, &e) < 0);
    CHECK(!changed);
    CHECK_INT(found.whole, d.version);
    CHECK_INT(current(), 5);
    /* kiosk-sync may not have heard it: asked again, though the patch is not tried again */
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(found.whole, d.version);
    must_install(d.version);
    CHECK_INT(found.whole, 0);
}

TEST(patch_of_no_use)
{
    fresh();
    must_install(5);
    must_ask_whole((struct delivery){.version = 6, .from = 5, .damaged_patch = true});
    fresh();
    must_install(5);
    must_ask_whole((struct delivery){.version = 8, .from = 7});
    /* the base has rotted on the disk: what comes out is not what was signed */
    fresh();
    must_install(5);
    shell("printf X | dd of=%s/catalog/catalog.5.db bs=1 seek=70000 conv=notrunc status=none", data);
    must_ask_whole((struct delivery){.version = 6, .from = 5});
}

TEST(process_died)
{
    bool changed = true;
    struct err e;

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 6, .from = 5});
    update_crashed(data, &found);
    CHECK_INT(found.whole, 6);
    CHECK_INT(install(&changed, &e), 0); /* not tried again */
    CHECK(!changed);
    must_install(6);
    deliver((struct delivery){.version = 7});
    update_crashed(data, &found);
    CHECK_INT(found.whole, 7);
    CHECK_INT(install(&changed, &e), 0);
    CHECK(!changed);
    CHECK_INT(found.whole, 7);
    must_install(7); /* a download of its own, though of the same bytes */
    /* the files that are installed are of no use to anybody else, and need not come again */
    update_crashed(data, &found);
    CHECK_INT(found.whole, 0);
}

/* --- the head --- */

static void deliver_head(int64_t catalogue, int64_t at_ms, int key)
{
    struct manifest_head h = {.root = 1, .catalogue = catalogue, .at_ms = at_ms, .expires_ms = at_ms + 7 * DAY};
    struct buf json;

    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_head_encode(&h, &json, NULL), 0);
    put_signed(incoming, "head", MANIFEST_HEAD_PREFIX, &json, key, -1);
    buf_finish(&json);
}

static void check_head(int64_t catalogue, int64_t expires_ms)
{
    struct update_head h = {0};

    CHECK_INT(update_head(data, &h, NULL), 0);
    CHECK_INT(h.catalogue, catalogue);
    CHECK_INT(h.expires_ms, expires_ms);
}

TEST(head_only_rises)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    bool changed;
    struct err e;

    fresh();
    must_install(5);
    check_head(0, 0);
    deliver_head(6, now, HEAD);
    CHECK_INT(install(&changed, &e), 0);
    CHECK(found.head && !found.head_older);
    check_head(6, now + 7 * DAY);
    CHECK_INT(install(&changed, &e), 0); /* the same once more is no news */
    CHECK(!found.head && !found.head_older);
    deliver_head(7, now + DAY, OTHER_CATALOGUE); /* by nobody */
    CHECK_INT(install(&changed, &e), 0);
    check_head(6, now + 7 * DAY);
    deliver_head(5, now + DAY, HEAD); /* newer, and goes back */
    CHECK_INT(install(&changed, &e), 0);
    CHECK(found.head_older);
    check_head(6, now + 7 * DAY);
    deliver_head(6, now - DAY, HEAD); /* the hall's clock was put right, or an old head is replayed: it expires the sooner */
    CHECK_INT(install(&changed, &e), 0);
    CHECK(found.head && !found.head_older);
    check_head(6, now + 6 * DAY);
}

TEST(below_the_head)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    bool changed;
    struct err e;

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 6});
    deliver_head(7, now, HEAD);
    CHECK_INT(install(&changed, &e), -ERR_VERSION);
    CHECK_INT(current(), 5);
    deliver((struct delivery){.version = 7});
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 7);
}

TEST(expired_head_stops_nothing)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    bool changed;
    struct err e;

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 6});
    deliver_head(6, now - 30 * DAY, HEAD);
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 6);
    check_head(6, now - 23 * DAY);
}

static void last(void)
{
    for (int i = 0; i < KEYS; i++)
        key_free(keys[i]);
    sample_close();
}

TEST_MAIN(T(by_patch), T(patch_of_no_use), T(process_died), T(head_only_rises), T(below_the_head),
          T(expired_head_stops_nothing), TEARDOWN(last))
