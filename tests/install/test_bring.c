/* SPDX-License-Identifier: Apache-2.0
 *
 * An image without its root file system, put together again; and a slot written of it, whatever happens in between.
 */
#include <inttypes.h>

#include "tools/install/bring.h"
#include "tools/install/slot.h"

#include "../flash/tree.h"

#define ROOT_AT (4 * TREE_MEBI)
#define ROOT_LEN (2 * TREE_MEBI + 40960)
#define VERITY_AT (8 * TREE_MEBI)
#define VERITY_LEN (TREE_MEBI)
#define IMAGE_SIZE (12 * TREE_MEBI)
#define DISK_SIZE (24 * TREE_MEBI)

static struct image image;
static struct public_key key;
static int root_fd = -1;

static void copy(const char *from, const char *to)
{
    char command[3000];

    snprintf(command, sizeof command, "cp --sparse=always '%s' '%s'", from, to);
    if (system(command) != 0)
        abort();
}

/* stick/system.{sig,bmap,rest} of image.img, and the root file system alone. */
static void begin(void)
{
    char name[1024];
    struct private_key *k = NULL;

    tree_begin();
    fs_mkdirs(tree_path("stick"), 0755, NULL);
    fs_mkdirs(tree_path("work"), 0755, NULL);
    tree_fill(tree_path("image.img"), 0, 600000, 1);
    tree_fill(tree_path("image.img"), ROOT_AT - 8192, 8192, 2); /* it touches the root: one range of the map */
    tree_fill(tree_path("image.img"), ROOT_AT, ROOT_LEN, 3);
    tree_fill(tree_path("image.img"), VERITY_AT, 70000, 4);
    if (truncate(tree_path("image.img"), IMAGE_SIZE) < 0)
        abort();
    tree_fill(tree_path("root"), 0, ROOT_LEN, 3);
    snprintf(name, sizeof name, "%s", tree_path("image"));
    CHECK_INT(key_generate(&k, NULL), 0);
    key_public(k, &key);
    CHECK_INT(image_make(name, k, "1.5.0", "x86_64", NULL, 0, NULL), 0);
    key_free(k);
    CHECK_INT(bring_make(name, (struct bring_root){ROOT_AT, ROOT_LEN}, NULL), 0);
    copy(tree_path("image.sig"), tree_path("stick/system.sig"));
    copy(tree_path("image.bmap"), tree_path("stick/system.bmap"));
    copy(tree_path("image.rest"), tree_path("stick/system.rest"));
    root_fd = open(tree_path("root"), O_RDONLY);
}

static int bring(void)
{
    return bring_open(tree_path("stick"), tree_path("work"), (struct bring_root){ROOT_AT, ROOT_LEN}, root_fd, &key, &image,
                      NULL);
}

static void end(void)
{
    close(root_fd);
    tree_end();
}

TEST(whole_again)
{
    static uint8_t want[IMAGE_SIZE], got[IMAGE_SIZE];
    struct stat st;

    begin();
    CHECK_INT(stat(tree_path("stick/system.rest"), &st), 0);
    CHECK(st.st_size < (off_t)TREE_MEBI); /* without the root */
    CHECK_INT(bring(), 0);
    int fd = open(tree_path("image.img"), O_RDONLY);
    CHECK_INT(read(fd, want, sizeof want), IMAGE_SIZE);
    close(fd);
    CHECK_INT(image_read(&image, 0, got, sizeof got, NULL), 0);
    CHECK_MEM(want, got, sizeof want);
    image_close(&image);
    end();
}

TEST(damage_is_found)
{
    begin();
    tree_fill(tree_path("stick/system.rest"), 5000, 1, 9);
    CHECK_INT(bring(), -ERR_CHECKSUM);
    copy(tree_path("image.rest"), tree_path("stick/system.rest"));
    CHECK_INT(truncate(tree_path("stick/system.rest"), 100000), 0);
    CHECK_INT(bring(), -ERR_CHECKSUM);
    copy(tree_path("image.rest"), tree_path("stick/system.rest"));
    CHECK_INT(bring(), 0);
    image_close(&image);
    tree_fill(tree_path("root"), ROOT_LEN - 1, 1, 7); /* another root than was signed */
    CHECK_INT(bring(), -ERR_CHECKSUM);
    key.point[10] ^= 1;
    CHECK(bring() < 0);
    end();
}

/* --- a slot -------------------------------------------------------------------------------------------------------------
 */

#define SLOT_AT (6 * TREE_MEBI)
#define TREE_AT (16 * TREE_MEBI)
#define SHEET_AT (20 * TREE_MEBI)

static struct media media;
static struct slot_plan plan;
static uint8_t sheet[DISK_BLOCK];
static int opened;

static int open_folders(const struct slot_plan *p, const char **from, const char **to, struct err *e)
{
    static char a[1024], b[1024];

    snprintf(a, sizeof a, "%s", tree_path("from"));
    snprintf(b, sizeof b, "%s", tree_path("to"));
    *from = a;
    *to = b;
    opened++;
    return 0;
}

static void close_folders(const struct slot_plan *p)
{
    opened--;
}

static void quiet(void *ctx, const struct writer_report *r)
{
}

static void put(const char *name, const char *text)
{
    char folder[1024];

    snprintf(folder, sizeof folder, "%s", tree_path("%s", name));
    *strrchr(folder, '/') = 0;
    fs_mkdirs(folder, 0755, NULL);
    tree_write(tree_path("%s", name), text);
}

static void begin_slot(void)
{
    begin();
    CHECK_INT(bring(), 0);
    tree_stick("sdz", "1", "4C530001", DISK_SIZE);
    tree_fill(tree_path("dev/sdz"), 0, DISK_SIZE, 77); /* what must stay */
    media.root = tree;
    CHECK_INT(media_scan(&media, NULL), 0);
    put("from/EFI/Linux/tongban-a-1.5.0+3.efi", "new kernel");
    put("from/EFI/BOOT/BOOTX64.EFI", "new loader");
    put("to/EFI/Linux/tongban-a-1.4.2.efi", "old kernel");
    memset(sheet, 's', 100);
    plan = (struct slot_plan){.disk = &media.list[0],
                              .image = &image,
                              .root = {ROOT_AT, SLOT_AT, ROOT_LEN},
                              .verity = {VERITY_AT, TREE_AT, VERITY_LEN},
                              .sheet = sheet,
                              .sheet_at = SHEET_AT,
                              .open_esp = open_folders,
                              .close_esp = close_folders,
                              .slot = 'b'};
}

static bool same(uint64_t at, size_t len, const char *file, uint64_t from)
{
    uint8_t *a = malloc(len), *b = malloc(len);
    int x = open(tree_path("dev/sdz"), O_RDONLY), y = open(file, O_RDONLY);
    bool is = pread(x, a, len, (off_t)at) == (ssize_t)len && pread(y, b, len, (off_t)from) == (ssize_t)len &&
              !memcmp(a, b, len);

    close(x);
    close(y);
    free(a);
    free(b);
    return is;
}

static bool first_block_is_zero(void)
{
    uint8_t block[DISK_BLOCK];
    int fd = open(tree_path("dev/sdz"), O_RDONLY);
    bool is = pread(fd, block, sizeof block, SLOT_AT) == DISK_BLOCK && !block[0] &&
              !memcmp(block, block + 1, DISK_BLOCK - 1);

    close(fd);
    return is;
}

/* Everything but the slot, its tree and the sheet. */
static bool rest_stayed(void)
{
    char path[1024];

    snprintf(path, sizeof path, "%s", tree_path("before"));
    tree_fill(path, 0, DISK_SIZE, 77);
    return same(0, SLOT_AT, path, 0) && same(SLOT_AT + ROOT_LEN, TREE_AT - SLOT_AT - ROOT_LEN, path, SLOT_AT + ROOT_LEN) &&
           same(TREE_AT + VERITY_LEN, SHEET_AT - TREE_AT - VERITY_LEN, path, TREE_AT + VERITY_LEN) &&
           same(SHEET_AT + DISK_BLOCK, DISK_SIZE - SHEET_AT - DISK_BLOCK, path, SHEET_AT + DISK_BLOCK);
}

TEST(one_slot_and_nothing_else)
{
    begin_slot();
    CHECK_INT(slot_run(&plan, quiet, NULL), WRITER_NONE);
    CHECK(same(SLOT_AT, ROOT_LEN, tree_path("root"), 0));
    CHECK(same(TREE_AT, 70000, tree_path("image.img"), VERITY_AT));
    CHECK(rest_stayed());
    CHECK_INT(opened, 0);
    CHECK_INT(access(tree_path("to/EFI/Linux/tongban-b-1.5.0+3.efi"), F_OK), 0);
    CHECK_INT(access(tree_path("to/EFI/Linux/tongban-a-1.4.2+0.efi"), F_OK), 0);
    image_close(&image);
    end();
}

/* The disk is gone after so many bytes, at every hundredth kilobyte: the slot starts nothing, the old kernel is what it was.
 */
TEST(cut_off_anywhere)
{
    for (uint64_t after = DISK_BLOCK; after < ROOT_LEN + VERITY_LEN; after += 409600) {
        char text[64];

        begin_slot();
        snprintf(text, sizeof text, "pull-after %" PRIu64 "\n", after);
        tree_write(tree_path("dev/sdz.faults"), text);
        CHECK_INT(slot_run(&plan, quiet, NULL), WRITER_GONE);
        CHECK(first_block_is_zero());
        CHECK(rest_stayed());
        CHECK_INT(access(tree_path("to/EFI/Linux/tongban-a-1.4.2.efi"), F_OK), 0);
        CHECK_INT(access(tree_path("to/EFI/Linux/tongban-b-1.5.0+3.efi"), F_OK), -1);
        /* it goes on when it is there again */
        CHECK_INT(rename(tree_path("sys/block/sdz.out"), tree_path("sys/block/sdz")), 0);
        CHECK_INT(slot_run(&plan, quiet, NULL), WRITER_NONE);
        CHECK(same(SLOT_AT, ROOT_LEN, tree_path("root"), 0));
        image_close(&image);
        end();
    }
}

TEST(rot_starts_nothing)
{
    char text[64];

    begin_slot();
    snprintf(text, sizeof text, "rot %" PRIu64 "\n", (uint64_t)SLOT_AT + TREE_MEBI);
    tree_write(tree_path("dev/sdz.faults"), text);
    CHECK_INT(slot_run(&plan, quiet, NULL), WRITER_ROT);
    CHECK(first_block_is_zero());
    CHECK_INT(access(tree_path("to/EFI/Linux/tongban-a-1.4.2.efi"), F_OK), 0);
    image_close(&image);
    end();
}

TEST_MAIN(T(whole_again), T(damage_is_found), T(one_slot_and_nothing_else), T(cut_off_anywhere), T(rot_starts_nothing))
