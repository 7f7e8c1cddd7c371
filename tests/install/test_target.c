/* SPDX-License-Identifier: Apache-2.0
 *
 * What a stick finds in a machine, and what it takes it for: above all that nothing of ours is ever called empty.
 */
#include "base/text.h"
#include "tools/flash/writer.h"
#include "tools/install/sheet_block.h"
#include "tools/install/target.h"
#include "wire/enrol.h"
#include "wire/note.h"

#include "../flash/tree.h"

#define DISK (96 * TREE_MEBI)
#define NOTE_AT (40 * TREE_MEBI)

static struct image image;
static struct bmap map;
static struct target target;
static struct install_facts facts;

static void inside(const char *name, uint64_t size)
{
    char text[64];

    const char *block = tree_path("sys/devices/pci/%s/block/%s", name, name);
    fs_mkdirs(block, 0755, NULL);
    snprintf(text, sizeof text, "%llu\n", (unsigned long long)size / 512);
    tree_write(tree_path("sys/devices/pci/%s/block/%s/size", name, name), text);
    tree_write(tree_path("sys/devices/pci/%s/block/%s/ro", name, name), "0\n");
    tree_write(tree_path("sys/devices/pci/%s/block/%s/dev", name, name), "253:0\n");
    snprintf(text, sizeof text, "../devices/pci/%s/block/%s", name, name);
    if (symlink(text, tree_path("sys/block/%s", name)) < 0)
        abort();
    tree_write(tree_path("dev/%s", name), "");
    if (truncate(tree_path("dev/%s", name), (off_t)size) < 0)
        abort();
}

static void part(const char *disk, int n, const char *name, uint64_t at, uint64_t len)
{
    char text[64];

    fs_mkdirs(tree_path("sys/block/%s/%s%d", disk, disk, n), 0755, NULL);
    snprintf(text, sizeof text, "%llu\n", (unsigned long long)at / 512);
    tree_write(tree_path("sys/block/%s/%s%d/start", disk, disk, n), text);
    snprintf(text, sizeof text, "%llu\n", (unsigned long long)len / 512);
    tree_write(tree_path("sys/block/%s/%s%d/size", disk, disk, n), text);
    snprintf(text, sizeof text, "DEVNAME=%s%d\nPARTNAME=%s\n", disk, n, name);
    tree_write(tree_path("sys/block/%s/%s%d/uevent", disk, disk, n), text);
}

static void ours(const char *disk)
{
    part(disk, 1, "esp", TREE_MEBI, 4 * TREE_MEBI);
    part(disk, 2, "root-a", 5 * TREE_MEBI, 8 * TREE_MEBI);
    part(disk, 3, "verity-a", 13 * TREE_MEBI, TREE_MEBI);
    part(disk, 4, "root-b", 14 * TREE_MEBI, 8 * TREE_MEBI);
    part(disk, 5, "verity-b", 22 * TREE_MEBI, TREE_MEBI);
    part(disk, 6, "note", NOTE_AT, TREE_MEBI);
    part(disk, 7, "data", 41 * TREE_MEBI, 50 * TREE_MEBI);
    tree_fill(tree_path("dev/%s", disk), 41 * TREE_MEBI, 4096, 5);
}

static void put_sheet(void)
{
    struct enrol_sheet s = {
        .hall = "https://hall.example", .terminal = "t-1103-003", .code = "2345-6789", .device = "03 号机"};
    uint8_t block[DISK_BLOCK] = {0};
    struct buf b;

    buf_init(&b, sizeof block);
    enrol_sheet_encode(&s, &b);
    memcpy(block, b.data, b.len);
    buf_finish(&b);
    int fd = open(tree_path("dev/sdz"), O_RDWR);
    if (pwrite(fd, block, sizeof block, (off_t)(label_place(DISK) + DISK_BLOCK)) != DISK_BLOCK)
        abort();
    close(fd);
}

static void put_note(const char *terminal, int64_t waiting, char slot)
{
    struct note n = {.sequence = 1, .at_ms = 1795054320000, .waiting = waiting, .slot = slot};
    uint8_t copy[NOTE_COPY_BYTES];
    struct private_key *k = NULL;

    strcpy(n.terminal, terminal);
    strcpy(n.version, "1.4.2");
    strcpy(n.place.zone, "城东政务服务");
    strcpy(n.place.spot, "城东街道");
    strcpy(n.place.device, "07 号机");
    strcpy(n.place.hotline, "12345");
    strcpy(n.place.supervision, "12388");
    if (key_generate(&k, NULL) < 0 || note_encode(&n, k, copy, NULL) < 0)
        abort();
    key_free(k);
    int fd = open(tree_path("dev/vda"), O_RDWR);
    if (pwrite(fd, copy, sizeof copy, NOTE_AT) != NOTE_COPY_BYTES)
        abort();
    close(fd);
}

static void begin(void)
{
    tree_begin();
    tree_write(tree_path("proc/self/mountinfo"), "22 1 0:1 / / rw - tmpfs tmpfs rw\n");
    tree_stick("sdz", "1", "4C530001", DISK);
    target = (struct target){.sys = tree, .stick = "sdz"};
    facts = (struct install_facts){.trouble = INSTALL_FINE};
    map.n = 0;
    image = (struct image){.map = &map, .fd = -1};
    image.manifest.size = 60 * TREE_MEBI;
    image.id[0] = 7;
}

static void look(void)
{
    target_look(&target, &image, 6 * TREE_MEBI, 65536, &facts);
}

TEST(empty)
{
    begin();
    inside("vda", DISK);
    look();
    CHECK_INT(facts.trouble, INSTALL_FINE);
    CHECK_INT(facts.found, INSTALL_EMPTY);
    CHECK(!facts.sheet);
    put_sheet();
    look();
    CHECK(facts.sheet);
    CHECK_STR(facts.terminal, "t-1103-003");
    CHECK_STR(facts.device, "03 号机");
    tree_end();
}

TEST(no_disk_two_disks_small_disk)
{
    begin();
    look();
    CHECK_INT(facts.trouble, INSTALL_NO_DISK);
    inside("vda", 32 * TREE_MEBI);
    look();
    CHECK_INT(facts.trouble, INSTALL_SMALL);
    inside("vdb", DISK);
    look();
    CHECK_INT(facts.trouble, INSTALL_MANY_DISKS);
    ours("vdb"); /* of two the one that is ours */
    look();
    CHECK_INT(facts.trouble, INSTALL_FINE);
    CHECK_INT(facts.found, INSTALL_OURS);
    CHECK_STR(target.disk.name, "vdb");
    tree_end();
}

TEST(others_things)
{
    begin();
    inside("vda", DISK);
    tree_fill(tree_path("dev/vda"), 0, 2 * TREE_MEBI, 3);
    look();
    CHECK_INT(facts.found, INSTALL_FOREIGN);
    CHECK_INT(strlen(facts.ask), 4);
    tree_end();
}

TEST(ours_is_never_empty)
{
    static const char *const kinds[] = {"blank note", "torn note", "no note"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        begin();
        inside("vda", DISK);
        ours("vda");
        if (i == 1)
            tree_fill(tree_path("dev/vda"), NOTE_AT, 2 * 4096, 9);
        if (i == 2)
            tree_write(tree_path("sys/block/vda/vda6/uevent"), "PARTNAME=other\n");
        look();
        CHECK_INT(facts.trouble, INSTALL_FINE);
        CHECK_INT(facts.found, INSTALL_OURS);
        CHECK_INT(facts.note.known, i == 0); /* nobody was ever enrolled: that is known */
        CHECK_INT(facts.note.unsent, 0);
        tree_end();
    }
}

TEST(note_is_read)
{
    begin();
    inside("vda", DISK);
    ours("vda");
    put_note("t-1103-003", 3, 'b');
    put_sheet();
    look();
    CHECK_INT(facts.found, INSTALL_OURS);
    CHECK(facts.note.known);
    CHECK_INT(facts.note.unsent, 3);
    CHECK_STR(facts.note.version, "1.4.2");
    CHECK_INT(target.slot, 'a'); /* it runs from b */
    put_note("t-1103-003", NOTE_WAITING_UNKNOWN, 'a');
    look();
    CHECK(!facts.note.known); /* unknown counts as undelivered */
    CHECK_INT(target.slot, 'b');
    tree_end();
}

TEST(another_terminal)
{
    begin();
    inside("vda", DISK);
    ours("vda");
    put_note("t-1103-007", 0, 'a');
    put_sheet();
    look();
    CHECK_INT(facts.found, INSTALL_OTHER);
    CHECK_STR(facts.note.name, "07 号机");
    put_note("t-1103-007", NOTE_WAITING_UNKNOWN, 'a'); /* whose it is does not depend on the count */
    look();
    CHECK_INT(facts.found, INSTALL_OTHER);
    tree_end();
}

TEST(slot_nobody_names)
{
    begin();
    inside("vda", DISK);
    ours("vda");
    look();
    CHECK_INT(target.slot, 'b');
    int fd = open(tree_path("dev/vda"), O_RDWR);
    CHECK_INT(pwrite(fd, "\xe2\xe1\xf5\xe0", 4, 14 * TREE_MEBI + 1024), 4); /* b holds a system, a none */
    close(fd);
    look();
    CHECK_INT(target.slot, 'a');
    tree_end();
}

TEST(too_old_a_layout)
{
    begin();
    inside("vda", DISK);
    ours("vda");
    target_look(&target, &image, 9 * TREE_MEBI, 65536, &facts);
    CHECK_INT(facts.trouble, INSTALL_LAYOUT);
    tree_end();
}

TEST(half_and_whole)
{
    struct label l = {.state = LABEL_HALF, .version = "1.5.0", .arch = "x86_64", .image = {7}};
    uint8_t block[DISK_BLOCK];
    void *head = calloc(1, LABEL_HEAD);

    begin();
    inside("vda", DISK);
    sha256(head, LABEL_HEAD, l.head);
    label_encode(&l, block);
    int fd = open(tree_path("dev/vda"), O_RDWR);
    CHECK_INT(pwrite(fd, block, sizeof block, (off_t)label_place(DISK)), DISK_BLOCK);
    look();
    CHECK_INT(facts.found, INSTALL_HALF);
    image.id[0] = 8; /* another image's half: nothing is lost, and nothing goes on by itself */
    facts = (struct install_facts){.trouble = INSTALL_FINE};
    look();
    CHECK_INT(facts.found, INSTALL_EMPTY);
    image.id[0] = 7;
    l.state = LABEL_DONE;
    label_encode(&l, block);
    CHECK_INT(pwrite(fd, block, sizeof block, (off_t)label_place(DISK)), DISK_BLOCK);
    ours("vda");
    look();
    CHECK_INT(facts.found, INSTALL_INSTALLED);
    CHECK_INT(pwrite(fd, "x", 1, 700), 1); /* it was started: the partition table grew */
    look();
    CHECK_INT(facts.found, INSTALL_OURS);
    close(fd);
    free(head);
    tree_end();
}

TEST(sheet_is_taken_once)
{
    uint8_t block[DISK_BLOCK] = {0};
    char to[1024], device[1024];
    struct buf b;

    begin();
    inside("vdn", TREE_MEBI);
    snprintf(device, sizeof device, "%s", tree_path("dev/vdn"));
    snprintf(to, sizeof to, "%s", tree_path("sheet.json"));
    CHECK_INT(sheet_take(device, to, NULL), 0);
    int fd = open(device, O_RDWR), from = open(tree_path("dev/sdz"), O_RDONLY);
    put_sheet();
    CHECK_INT(pread(from, block, sizeof block, (off_t)(label_place(DISK) + DISK_BLOCK)), DISK_BLOCK);
    CHECK_INT(pwrite(fd, block, sizeof block, (off_t)sheet_place(TREE_MEBI)), DISK_BLOCK);
    CHECK_INT(sheet_take(device, to, NULL), 1);
    CHECK_INT(fs_read(to, 4096, &b, NULL), 0);
    CHECK_INT(b.len, strlen((char *)block));
    buf_finish(&b);
    CHECK_INT(pread(fd, block, sizeof block, (off_t)sheet_place(TREE_MEBI)), DISK_BLOCK);
    CHECK_INT(block[0], 0);
    unlink(to);
    CHECK_INT(sheet_take(device, to, NULL), 0);
    CHECK_INT(access(to, F_OK), -1);
    close(fd);
    close(from);
    tree_end();
}

TEST_MAIN(T(empty), T(no_disk_two_disks_small_disk), T(others_things), T(ours_is_never_empty), T(note_is_read),
          T(another_terminal), T(slot_nobody_names), T(too_old_a_layout), T(half_and_whole), T(sheet_is_taken_once))
