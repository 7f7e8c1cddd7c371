/* SPDX-License-Identifier: Apache-2.0
 *
 * See content.h.
 */
#include "tools/flash/content.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/text.h"

#define PIECES_MAX 32 /* partitions */
#define WINDOW (64 * 1024)

struct looked {
    struct disk *disk;
    uint64_t start; /* of the piece that is looked at */
    uint64_t size;
    uint8_t *head, *tail; /* LABEL_HEAD bytes each */
    uint8_t *window;      /* what was read last: window_len bytes at window_at */
    uint64_t window_at;
    size_t window_len;
};

/* The window that holds the byte at `at` of the medium; a folder's entries are read one by one, the medium is not. */
static int look_through(struct looked *l, uint64_t at)
{
    uint64_t start = at / WINDOW * WINDOW, len = l->size - start < WINDOW ? l->size - start : WINDOW;

    if (l->window_len && l->window_at == start)
        return 0;
    l->window_len = 0;
    int rc = disk_read(l->disk, start, l->window, (size_t)len, NULL);
    if (rc < 0)
        return rc;
    l->window_at = start;
    l->window_len = (size_t)len;
    return 0;
}

static int read_piece(void *ctx, uint64_t at, void *out, size_t len)
{
    struct looked *l = ctx;
    uint8_t *to = out;

    at += l->start;
    if (at > l->size || len > l->size - at)
        return -ERR_INVALID;
    while (len) {
        int rc = look_through(l, at);
        if (rc < 0)
            return rc;
        size_t skip = (size_t)(at - l->window_at), part = l->window_len - skip < len ? l->window_len - skip : len;
        memcpy(to, l->window + skip, part);
        to += part;
        at += part;
        len -= part;
    }
    return 0;
}

/* File systems and the like, by the bytes that name them. */
static const struct {
    const char *name;
    uint32_t at;
    const char *bytes;
} magics[] = {
    {"exFAT", 3, "EXFAT   "},     {"NTFS", 3, "NTFS    "},
    {"LUKS", 0, "LUKS\xba\xbe"},  {"ext4", 1080, "\x53\xef"},
    {"XFS", 0, "XFSB"},           {"btrfs", 65600, "_BHRfS_M"},
    {"HFS+", 1024, "H+"},         {"HFS+", 1024, "HX"},
    {"APFS", 32, "NXSB"},         {"LVM", 536, "LVM2 001"},
    {"swap", 4086, "SWAPSPACE2"}, {"ISO 9660", 32769, "CD001"},
    {"squashfs", 0, "hsqs"},      {"erofs", 1024, "\xe2\xe1\xf5\xe0"},
};

static bool find_magic(struct looked *l, struct content *c)
{
    uint8_t bytes[16];

    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        size_t n = strlen(magics[i].bytes);
        if (read_piece(l, magics[i].at, bytes, n) == 0 && !memcmp(bytes, magics[i].bytes, n)) {
            snprintf(c->what, sizeof c->what, "%s", magics[i].name);
            return true;
        }
    }
    return false;
}

/* The kernel's word on where partitions begin. */
static size_t find_pieces(const struct medium *md, uint64_t out[PIECES_MAX])
{
    char path[PATH_MAX];
    unsigned long long start;
    struct dirent *d;
    size_t n = 0;

    DIR *dir = opendir(md->sys);
    while (dir && n < PIECES_MAX && (d = readdir(dir))) {
        snprintf(path, sizeof path, "%s/%s/start", md->sys, d->d_name);
        FILE *f = d->d_name[0] == '.' ? NULL : fopen(path, "re");
        if (f && fscanf(f, "%llu", &start) == 1)
            out[n++] = start * 512;
        if (f)
            fclose(f);
    }
    if (dir)
        closedir(dir);
    return n;
}

static bool zeros(const uint8_t *p, size_t len)
{
    return p[0] == 0 && !memcmp(p, p + 1, len - 1);
}

static enum holds look_at_pieces(struct looked *l, const struct medium *md, struct content *c)
{
    uint64_t starts[PIECES_MAX];
    size_t n = find_pieces(md, starts);

    if (n == 0 && zeros(l->head, LABEL_HEAD) && zeros(l->tail, LABEL_HEAD))
        return HOLDS_EMPTY;
    if (n == 0)
        starts[n++] = 0;
    for (size_t i = 0; i < n; i++) {
        l->start = starts[i];
        if (find_magic(l, c) || fat_count(read_piece, l, &c->tally) < 0)
            return HOLDS_OTHER;
    }
    return content_files(c) ? HOLDS_FILES : HOLDS_EMPTY;
}

/* Its enrolment sheet stands behind the label. */
static void take_unit(const uint8_t block[DISK_BLOCK], struct content *c)
{
    const uint8_t *end = memchr(block, 0, DISK_BLOCK);
    struct enrol_sheet sheet;

    if (end && end > block && enrol_sheet_decode(block, (size_t)(end - block), &sheet, NULL) == 0)
        text_copy(c->unit, sizeof c->unit, sheet.terminal);
    secret_wipe(&sheet, sizeof sheet);
}

static enum holds look(struct looked *l, const struct medium *md, struct content *c)
{
    uint8_t hash[SHA256_LEN];

    l->size = md->size / DISK_BLOCK * DISK_BLOCK;
    if (md->size < 4 * LABEL_HEAD)
        return HOLDS_OTHER;
    if (disk_read(l->disk, 0, l->head, LABEL_HEAD, NULL) < 0 ||
        disk_read(l->disk, label_place(md->size), l->tail, LABEL_HEAD, NULL) < 0)
        return HOLDS_UNREAD;
    sha256(l->head, LABEL_HEAD, hash);
    if (label_decode(l->tail, &c->label) == 0 && !memcmp(hash, c->label.head, SHA256_LEN)) {
        take_unit(l->tail + DISK_BLOCK, c);
        return c->label.state == LABEL_DONE ? HOLDS_OURS : HOLDS_HALF;
    }
    return look_at_pieces(l, md, c);
}

void content_look(const struct medium *md, struct content *ret)
{
    struct looked l = {0};

    *ret = (struct content){.holds = HOLDS_UNREAD};
    if (disk_open(md, false, &l.disk, NULL) < 0)
        return;
    l.head = disk_memory(LABEL_HEAD);
    l.tail = disk_memory(LABEL_HEAD);
    l.window = disk_memory(WINDOW);
    ret->holds = look(&l, md, ret);
    free(l.head);
    free(l.tail);
    free(l.window);
    disk_close(l.disk);
}

bool content_is_free(const struct content *c)
{
    return c->holds == HOLDS_EMPTY || c->holds == HOLDS_OURS || c->holds == HOLDS_HALF;
}

uint64_t content_files(const struct content *c)
{
    return c->tally.files[FAT_PICTURE] + c->tally.files[FAT_OTHER];
}
