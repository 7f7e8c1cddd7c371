/* SPDX-License-Identifier: Apache-2.0
 *
 * Which media there are, whose they are, and what keeps its letter.
 */
#include "tools/flash/content.h"
#include "tools/flash/media.h"

#include "tree.h"

#define SIZE (40 * TREE_MEBI)

static struct media media;

static void begin(void)
{
    tree_begin();
    media = (struct media){.root = tree};
}

static const struct medium *look(const char *serial)
{
    CHECK_INT(media_scan(&media, NULL), 0);
    return media_find(&media, serial);
}

/* A partition with that number. */
static void partition(const char *disk, const char *name, const char *number)
{
    fs_mkdirs(tree_path("sys/block/%s/%s/holders", disk, name), 0755, NULL);
    tree_write(tree_path("sys/block/%s/%s/partition", disk, name), "1\n");
    tree_write(tree_path("sys/block/%s/%s/dev", disk, name), number);
}

TEST(as_they_are)
{
    begin();
    tree_stick("sdb", "2", "4C53A117", SIZE);
    const struct medium *md = look("4C53A117");
    CHECK(md != NULL);
    CHECK_STR(md->model, "Kestrel U3");
    CHECK_STR(md->port, "2");
    CHECK_INT(md->size, SIZE);
    CHECK_INT(md->bar, MEDIUM_FREE);
    CHECK_INT(md->letter, 'A');
    CHECK_STR(medium_last_four(md), "A117");
    tree_write(tree_path("sys/block/sdb/size"), "0\n"); /* a reader without a card */
    CHECK(look("4C53A117") == NULL);
    fs_mkdirs(tree_path("sys/block/loop0"), 0755, NULL);
    tree_write(tree_path("sys/block/loop0/size"), "2048\n");
    CHECK_INT(media_scan(&media, NULL), 0);
    CHECK_INT(media.n, 0);
    tree_end();
}

/* What a device says of itself may be anything. */
TEST(words_of_a_device)
{
    begin();
    tree_stick("sdb", "2",
               "\033[2J4C\x80\xff"
               "53 \t",
               SIZE);
    const struct medium *md = look("[2J4C53");
    CHECK(md != NULL);
    tree_end();
}

TEST(letters_stay)
{
    begin();
    tree_stick("sdb", "1", "AAAA", SIZE);
    tree_stick("sdc", "2", "BBBB", SIZE);
    CHECK_INT(look("BBBB")->letter, 'B');
    CHECK_INT(unlink(tree_path("sys/block/sdb")), 0);
    CHECK_INT(look("BBBB")->letter, 'B');
    tree_stick("sdd", "5", "CCCC", SIZE);
    CHECK_INT(look("CCCC")->letter, 'C');
    tree_stick("sde", "7", "AAAA", SIZE); /* the first again, in another port, with another name */
    CHECK_INT(look("AAAA")->letter, 'A');
    CHECK_STR(look("AAAA")->name, "sde");
    tree_end();
}

static const struct medium *mounted(const char *lines)
{
    tree_write(tree_path("proc/self/mountinfo"), lines);
    return look("AAAA");
}

TEST(in_use)
{
    begin();
    tree_stick("sdb", "1", "AAAA", SIZE);
    partition("sdb", "sdb1", "8:17\n");
    CHECK_INT(look("AAAA")->bar, MEDIUM_FREE);
    CHECK_INT(mounted("30 1 8:17 / /media/x rw shared:1 - vfat /dev/sdb1 rw\n")->bar, MEDIUM_IN_USE);
    CHECK_STR(look("AAAA")->where, "/media/x");
    CHECK_INT(mounted("30 1 8:16 / /mnt rw - vfat none rw\n")->bar, MEDIUM_IN_USE);       /* the whole disk */
    CHECK_INT(mounted("30 1 0:44 / /mnt rw - btrfs /dev/sdb1 rw\n")->bar, MEDIUM_IN_USE); /* a number of no device */
    CHECK_INT(mounted("30 1 8:17 / /home rw - ext4 x rw\n31 1 8:17 / / rw - ext4 x rw\n")->bar, MEDIUM_SYSTEM);
    CHECK_INT(mounted("31 1 8:17 / /boot/efi rw - vfat x rw\n")->bar, MEDIUM_SYSTEM);
    CHECK_INT(mounted("30 1 8:1 / /mnt rw - vfat /dev/sda1 rw\n")->bar, MEDIUM_FREE);
    tree_write(tree_path("proc/swaps"), "Filename Type Size Used Priority\n/dev/sdb1 partition 1 0 -2\n");
    CHECK_INT(look("AAAA")->bar, MEDIUM_IN_USE);
    CHECK_STR(look("AAAA")->where, "swap");
    tree_end();
}

/* An encrypted volume of it is mounted; and one that is only open. */
TEST(held_by_another)
{
    begin();
    tree_stick("sdb", "1", "AAAA", SIZE);
    partition("sdb", "sdb1", "8:17\n");
    fs_mkdirs(tree_path("sys/devices/virtual/dm-0"), 0755, NULL);
    tree_write(tree_path("sys/devices/virtual/dm-0/dev"), "253:0\n");
    CHECK_INT(symlink(tree_path("sys/devices/virtual/dm-0"), tree_path("sys/block/sdb/sdb1/holders/dm-0")), 0);
    CHECK_INT(look("AAAA")->bar, MEDIUM_IN_USE);
    CHECK_STR(look("AAAA")->where, "dm-0");
    CHECK_INT(mounted("30 1 253:0 / / rw - ext4 /dev/mapper/root rw\n")->bar, MEDIUM_SYSTEM);
    tree_end();
}

/* Nothing may be taken for unused when that cannot be known. */
TEST(no_mount_table)
{
    begin();
    tree_stick("sdb", "1", "AAAA", SIZE);
    CHECK_INT(unlink(tree_path("proc/self/mountinfo")), 0);
    CHECK(media_scan(&media, NULL) < 0);
    tree_end();
}

TEST(serial_numbers)
{
    begin();
    tree_stick("sdb", "1", "AAAA", SIZE);
    tree_stick("sdc", "2", "AAAA", SIZE);
    tree_stick("sdd", "3", NULL, SIZE);
    CHECK_INT(look("AAAA")->bar, MEDIUM_SAME_SERIAL);
    CHECK_INT(media.list[1].bar, MEDIUM_SAME_SERIAL);
    CHECK_INT(media.list[2].bar, MEDIUM_NO_SERIAL);
    CHECK(media_find(&media, "") == NULL);
    tree_end();
}

/* What is not understood is not called empty. */
TEST(contents)
{
    struct content c;

    begin();
    tree_stick("sdb", "1", "AAAA", SIZE);
    content_look(look("AAAA"), &c);
    CHECK_INT(c.holds, HOLDS_EMPTY);
    tree_fill(tree_path("dev/sdb"), 300000, 100, 1);
    content_look(look("AAAA"), &c);
    CHECK_INT(c.holds, HOLDS_OTHER);
    CHECK_STR(c.what, "");
    CHECK(!content_is_free(&c));
    int fd = open(tree_path("dev/sdb"), O_RDWR);
    CHECK_INT(pwrite(fd, "EXFAT   ", 8, 3), 8);
    content_look(look("AAAA"), &c);
    CHECK_STR(c.what, "exFAT");
    close(fd);
    tree_end();
}

TEST_MAIN(T(as_they_are), T(words_of_a_device), T(letters_stay), T(in_use), T(held_by_another), T(no_mount_table),
          T(serial_numbers), T(contents))
