/* SPDX-License-Identifier: Apache-2.0
 *
 * Patches made by hallctl and applied by the terminal: the new file comes out, byte for byte, or nothing does.
 */
#include "catalog/patch.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"
#include "tools/hallctl/catalog_patch.h"

#define LONG (PATCH_PIECE_MAX + 300000) /* two pieces */

static char dir[] = "/tmp/tongban-patch-XXXXXX";
static uint8_t old[LONG], new[LONG + 5000];
static struct manifest_file wanted;

static const char *at(const char *name)
{
    static char ring[4][80];
    static int i;

    i = (i + 1) % 4;
    snprintf(ring[i], sizeof ring[i], "%s/%s", dir, name);
    return ring[i];
}

static void put(const char *name, const void *data, size_t len)
{
    CHECK_INT(fs_write_atomic(at(name), data, len, 0644, NULL), 0);
}

static bool holds(const char *name, const void *data, size_t len)
{
    struct buf b;
    bool same = fs_read(at(name), len + 1, &b, NULL) == 0 && b.len == len && memcmp(b.data, data, len) == 0;

    buf_finish(&b);
    return same;
}

/* Old: noise. New: the same with some bytes put in, some changed, some cut out. *ret: the patch's size. */
static int64_t make(void)
{
    uint32_t x = 1;
    struct err e = {0};
    int64_t size = 0;

    for (size_t i = 0; i < sizeof old; i++) {
        x = x * 1103515245 + 12345;
        old[i] = (uint8_t)(x >> 16);
    }
    memcpy(new, old, 1000);
    memset(new + 1000, 'n', 5000);
    memcpy(new + 6000, old + 1000, LONG - 1000);
    memset(new + 70000, 0, 17);
    memset(new + LONG, 'e', 20);
    put("old", old, sizeof old);
    put("new", new, sizeof new);
    sha256(new, sizeof new, wanted.sha256);
    wanted.size = sizeof new;
    CHECK_INT(patch_make(at("old"), at("new"), at("patch"), &size, &e), 0);
    CHECK_STR(e.text, "");
    return size;
}

TEST(begin)
{
    CHECK(mkdtemp(dir) != NULL);
}

TEST(there_and_back)
{
    struct err e = {0};
    int64_t size = make();

    CHECK(size > 0 && size < 20000);
    CHECK_INT(patch_apply(at("patch"), at("old"), at("out"), &wanted, &e), 0);
    CHECK(holds("out", new, sizeof new));
    /* the same files make the same patch */
    CHECK_INT(patch_make(at("old"), at("new"), at("again"), &size, &e), 0);
    {
        struct buf b;

        CHECK_INT(fs_read(at("again"), 1 << 20, &b, NULL), 0);
        CHECK(holds("patch", b.data, b.len));
        buf_finish(&b);
    }
}

static void refuse(const char *patch, const char *base, const struct manifest_file *f)
{
    struct err e = {0};

    CHECK(patch_apply(at(patch), at(base), at("none"), f, &e) < 0);
    CHECK(e.text[0]);
    CHECK_INT(access(at("none"), F_OK), -1);
}

TEST(other_base)
{
    uint8_t other[sizeof old];

    memcpy(other, old, sizeof old);
    other[500000] ^= 1;
    put("other", other, sizeof other);
    refuse("patch", "other", &wanted);
    put("other", old, 1000);
    refuse("patch", "other", &wanted);
    refuse("patch", "missing", &wanted);
}

TEST(other_result)
{
    struct manifest_file f = wanted;

    f.sha256[31] ^= 1;
    refuse("patch", "old", &f);
    f = wanted;
    f.size--;
    refuse("patch", "old", &f);
    f = wanted;
    f.size++;
    refuse("patch", "old", &f);
}

/* Where a bit means nothing to the decoder (which ones: a matter of the zstd that packed) the file is whole all the same. */
static void refuse_or_right(const char *patch)
{
    struct err e = {0};

    if (patch_apply(at(patch), at("old"), at("none"), &wanted, &e) < 0) {
        CHECK(e.text[0]);
        CHECK_INT(access(at("none"), F_OK), -1);
        return;
    }
    CHECK(holds("none", new, sizeof new));
    CHECK_INT(unlink(at("none")), 0);
}

/* Any byte changed, any end cut off. */
TEST(damaged)
{
    struct buf b;

    CHECK_INT(fs_read(at("patch"), 1 << 20, &b, NULL), 0);
    for (size_t i = 0; i < b.len; i += i < 60 ? 1 : b.len / 12) {
        b.data[i] ^= 0x20;
        put("bad", b.data, b.len);
        refuse_or_right("bad");
        b.data[i] ^= 0x20;
        put("bad", b.data, i);
        refuse("bad", "old", &wanted);
    }
    buf_finish(&b);
    refuse("old", "old", &wanted);
}

TEST(nothing_saved)
{
    struct err e = {0};
    int64_t size = 0;

    put("short", old + 100, 300); /* noise unlike the other's beginning */
    put("noise", old + 9000, 400);
    CHECK_INT(patch_make(at("short"), at("noise"), at("none"), &size, &e), -ERR_TOOLONG);
    CHECK_INT(access(at("none"), F_OK), -1);
}

/* Which of many are kept and offered. */
TEST(last_ten)
{
    struct manifest_catalog c = {.version = 15};
    char name[80];
    struct err e = {0};

    CHECK_INT(fs_mkdirs(at("files"), 0755, NULL), 0);
    CHECK_INT(fs_mkdirs(at("staging"), 0755, NULL), 0);
    for (int v = 1; v <= 14; v++) {
        old[v] ^= 1;
        snprintf(name, sizeof name, "files/catalog-%d.db", v);
        put(name, old, 20000);
        snprintf(name, sizeof name, "files/catalog-%d-%d.patch", v, v + 1);
        put(name, "patch", 5);
    }
    put("staging/catalog-15.db", new, 20000);
    c.file.size = 20000;
    sha256(new, 20000, c.file.sha256);
    CHECK_INT(patch_make_all(at("staging/catalog-15.db"), at("files"), at("staging"), &c, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(c.n_patches, MANIFEST_PATCHES_MAX);
    CHECK_INT(c.patches[0].from, 14);
    CHECK_INT(c.patches[9].from, 5);
    CHECK_STR(c.patches[9].file.name, "catalog-5-15.patch");
    CHECK_INT(patch_check_all(at("files"), at("staging"), &c, &e), 0);
    CHECK_INT(patch_publish(at("staging"), at("files"), &c, &e), 0);
    CHECK_INT(access(at("files/catalog-5-15.patch"), F_OK), 0);
    CHECK_INT(access(at("files/catalog-5.db"), F_OK), 0);
    CHECK_INT(access(at("files/catalog-4.db"), F_OK), -1);
    CHECK_INT(access(at("files/catalog-13-14.patch"), F_OK), 0);
    CHECK_INT(access(at("files/catalog-12-13.patch"), F_OK), -1);
    /* one that does not make the file is found before it is signed */
    put("files/catalog-5.db", old, 19999);
    CHECK(patch_check_all(at("files"), at("files"), &c, &e) < 0);
}

TEST(end)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(begin), T(there_and_back), T(other_base), T(other_result), T(damaged), T(nothing_saved), T(last_ten),
          TEARDOWN(end))
