/* SPDX-License-Identifier: Apache-2.0
 *
 * Media that hold less than they say, rot, are pulled out, and are whole.
 */
#include "tools/flash/content.h"
#include "tools/flash/writer.h"

#include "tree.h"

#define SIZE (64 * TREE_MEBI)
#define IMAGE (8 * TREE_MEBI - 1000)

/* An image with holes: its first blocks, some in the middle, its last. Signed by a key that is given back. */
static void make_image(uint64_t size, struct public_key *ret)
{
    const char *path = tree_path("i.img");
    struct private_key *k;

    tree_fill(path, 0, 40000, 1);
    tree_fill(path, 2 * TREE_MEBI + 8192, 3 * TREE_MEBI, 2);
    tree_fill(path, size - 5000, 5000, 3);
    if (key_generate(&k, NULL) < 0 || image_make(path, k, "1.5.0", "x86_64", NULL, 0, NULL) < 0)
        abort();
    key_public(k, ret);
    key_free(k);
}

static struct image image;
static struct media media;
static struct writer_report last, before_end;

static void note(void *ctx, const struct writer_report *r)
{
    if (r->phase == WRITER_CHECK)
        before_end = *r;
    last = *r;
}

static void begin(void)
{
    struct public_key key;
    struct err e = {0};

    tree_begin();
    make_image(IMAGE, &key);
    if (image_open(tree_path("i.img"), &key, &image, &e) < 0) {
        printf("# %s\n", e.text);
        abort();
    }
    tree_stick("sdb", "2", "4C53A117", SIZE);
    media = (struct media){.root = tree};
    CHECK_INT(media_scan(&media, NULL), 0);
    CHECK_INT(media.n, 1);
}

static void end(void)
{
    image_close(&image);
    tree_end();
}

static enum writer_fault run(void)
{
    last = before_end = (struct writer_report){0};
    return writer_run(&media.list[0], &image, NULL, 0, note, NULL);
}

static bool starts_something(void)
{
    uint8_t block[4096];
    int fd = open(tree_path("dev/sdb"), O_RDONLY);
    bool any = false;

    CHECK_INT(pread(fd, block, sizeof block, 0), sizeof block);
    for (size_t i = 0; i < sizeof block; i++)
        any |= block[i];
    close(fd);
    return any;
}

/* Each used block is on the medium as in the image. */
static bool same_as_image(void)
{
    static uint8_t a[4096], b[4096];
    int fd = open(tree_path("dev/sdb"), O_RDONLY);
    bool same = true;

    for (size_t i = 0; i < image.map->n; i++)
        for (uint64_t k = image.map->ranges[i].first; k <= image.map->ranges[i].last; k++) {
            image_read(&image, k * 4096, a, 4096, NULL);
            same &= pread(fd, b, 4096, (off_t)k * 4096) == 4096 && !memcmp(a, b, 4096);
        }
    close(fd);
    return same;
}

TEST(whole)
{
    struct content c;

    begin();
    content_look(&media.list[0], &c);
    CHECK_INT(c.holds, HOLDS_EMPTY);
    CHECK_INT(run(), WRITER_NONE);
    CHECK(same_as_image());
    CHECK_INT(last.phase, WRITER_END);
    CHECK_INT(last.written, image.map->used);
    CHECK_INT(last.checked, image.map->used);
    content_look(&media.list[0], &c);
    CHECK_INT(c.holds, HOLDS_OURS);
    CHECK_STR(c.label.version, "1.5.0");
    tree_fill(tree_path("dev/sdb"), 512, 16, 9); /* somebody made another partition table */
    content_look(&media.list[0], &c);
    CHECK_INT(c.holds, HOLDS_OTHER);
    end();
}

/* Whatever amount was written when it is pulled out, it starts nothing, and goes on where it was. */
TEST(pulled_out_and_back)
{
    static const int after_kib[] = {0, 1, 900, 1500, 4200, 6000, 8000, 9800};
    char text[64];

    for (size_t i = 0; i < sizeof after_kib / sizeof *after_kib; i++) {
        struct content c;
        begin();
        snprintf(text, sizeof text, "pull-after %d\n", after_kib[i] * 1024);
        tree_write(tree_path("dev/sdb.faults"), text);
        tree_fill(tree_path("dev/sdb"), 0, 512, 5); /* it started something before */
        CHECK_INT(run(), WRITER_GONE);
        CHECK_INT(starts_something(), after_kib[i] == 0);
        CHECK_INT(media_scan(&media, NULL), 0);
        CHECK_INT(media.n, 0);
        CHECK_INT(rename(tree_path("sys/block/sdb.out"), tree_path("sys/block/sdb")), 0);
        CHECK_INT(media_scan(&media, NULL), 0);
        content_look(&media.list[0], &c);
        if (after_kib[i] > 2200 && after_kib[i] < 9000)
            CHECK_INT(c.holds, HOLDS_HALF);
        CHECK_INT(run(), WRITER_NONE);
        CHECK(same_as_image());
        if (after_kib[i] >= 8000)
            CHECK(before_end.skipped > 2 * TREE_MEBI);
        end();
    }
}

static uint64_t real_size(const char *faults)
{
    begin();
    tree_write(tree_path("dev/sdb.faults"), faults);
    CHECK_INT(run(), WRITER_FAKE);
    CHECK_INT(last.written, 0);
    CHECK(!starts_something());
    end();
    return last.real;
}

TEST(lies_about_its_size)
{
    char text[64];

    for (uint64_t real = 12 * TREE_MEBI; real < SIZE; real += 13 * TREE_MEBI + 4096) {
        snprintf(text, sizeof text, "wrap %llu\n", (unsigned long long)real);
        uint64_t found = real_size(text);
        CHECK(found >= real - 2 * TREE_MEBI && found <= real + 2 * TREE_MEBI);
        snprintf(text, sizeof text, "drop %llu\n", (unsigned long long)real);
        found = real_size(text);
        CHECK(found >= real - 2 * TREE_MEBI && found <= real + 2 * TREE_MEBI);
    }
}

TEST(rots)
{
    char text[64];

    begin();
    for (uint64_t at = 3 * TREE_MEBI; at < 4 * TREE_MEBI; at += TREE_MEBI / 2) { /* a mark of measuring, and beside it */
        snprintf(text, sizeof text, "rot %llu\n", (unsigned long long)at);
        tree_write(tree_path("dev/sdb.faults"), text);
        CHECK_INT(run(), WRITER_ROT);
        CHECK(last.at <= at && last.at > at - TREE_MEBI);
        CHECK(!starts_something());
    }
    end();
}

TEST(image_changes_meanwhile)
{
    begin();
    tree_fill(tree_path("i.img"), 3 * TREE_MEBI, 16, 77);
    CHECK_INT(run(), WRITER_IMAGE);
    CHECK(!starts_something());
    end();
}

TEST(too_small)
{
    begin();
    media.list[0].size = writer_needs(&image) - 4096;
    CHECK_INT(run(), WRITER_SMALL);
    media.list[0].size = SIZE;
    CHECK_INT(truncate(tree_path("dev/sdb"), (off_t)(SIZE - 4096)), 0); /* the node is another's by now */
    CHECK_INT(run(), WRITER_GONE);
    CHECK(!starts_something());
    end();
}

TEST_MAIN(T(whole), T(pulled_out_and_back), T(lies_about_its_size), T(rots), T(image_changes_meanwhile), T(too_small))
