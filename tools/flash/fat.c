/* SPDX-License-Identifier: Apache-2.0
 *
 * See fat.h. Figures are little-endian; names of the fields as in the specification.
 */
#include "tools/flash/fat.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#define SECTOR 512
#define ENTRY 32
#define DEPTH_MAX 12
#define CLUSTERS_MAX (1 << 20) /* of all folders together: a loop ends here */
#define LONG_PARTS 20          /* 13 UTF-16 units each */

enum { ATTR_VOLUME = 0x08, ATTR_FOLDER = 0x10, ATTR_LONG = 0x0F };

struct fat {
    fat_read_fn *read;
    void *ctx;
    int bits;                   /* 12, 16, 32 */
    uint32_t cluster, clusters; /* bytes of one; how many */
    uint64_t fat, root, data;   /* bytes from the beginning; root: of FAT12 and 16 */
    uint32_t root_cluster, root_entries;
    int budget;
    struct fat_tally *tally;
};

/* What the entries of a long name said before the short one. */
struct long_name {
    uint16_t units[13 * LONG_PARTS + 1];
    int left; /* parts that are still missing; 0: whole, or none */
    bool any;
};

static uint16_t le16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)le16(p) | (uint32_t)le16(p + 2) << 16;
}

/* BPB: 3.1 to 3.3, and the kind of FAT by the count of clusters alone (3.5). */
static int read_head(struct fat *f)
{
    uint8_t b[SECTOR];

    int rc = f->read(f->ctx, 0, b, sizeof b);
    if (rc < 0)
        return rc;
    uint32_t sector = le16(b + 11), reserved = le16(b + 14), fats = b[16];
    uint32_t fat_size = le16(b + 22) ? le16(b + 22) : le32(b + 36), total = le16(b + 19) ? le16(b + 19) : le32(b + 32);
    f->root_entries = le16(b + 17);
    f->cluster = sector * b[13];
    if (b[510] != 0x55 || b[511] != 0xAA || sector < 512 || sector > 4096 || (sector & (sector - 1)) || !b[13] ||
        (b[13] & (b[13] - 1)) || !reserved || !fats || fats > 2 || !fat_size || !total)
        return -ERR_INVALID;
    f->fat = (uint64_t)reserved * sector;
    f->root = f->fat + (uint64_t)fats * fat_size * sector;
    f->data = f->root + ((uint64_t)f->root_entries * ENTRY + sector - 1) / sector * sector;
    if (f->data / sector >= total)
        return -ERR_INVALID;
    f->clusters = (uint32_t)((total - f->data / sector) / b[13]);
    f->bits = f->clusters < 4085 ? 12 : f->clusters < 65525 ? 16 : 32;
    f->root_cluster = f->bits == 32 ? le32(b + 44) : 0;
    return f->bits == 32 || f->root_entries ? 0 : -ERR_INVALID;
}

/* The cluster after this one; 0: it was the last. */
static int next_cluster(struct fat *f, uint32_t c, uint32_t *ret)
{
    uint64_t at = f->fat + (f->bits == 12 ? c + c / 2 : (uint64_t)c * (unsigned)f->bits / 8);
    uint8_t b[4] = {0};

    int rc = f->read(f->ctx, at, b, f->bits == 32 ? 4 : 2);
    if (rc < 0)
        return rc;
    uint32_t v = le32(b);
    if (f->bits == 12)
        v = c & 1 ? v >> 4 : v & 0xFFF;
    uint32_t end = f->bits == 12 ? 0xFF8 : f->bits == 16 ? 0xFFF8 : 0x0FFFFFF8;
    v &= 0x0FFFFFFF;
    *ret = v >= end ? 0 : v;
    return v >= end || (v >= 2 && v < f->clusters + 2) ? 0 : -ERR_INVALID;
}

static void take_long(struct long_name *l, const uint8_t *entry)
{
    static const uint8_t places[13] = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    int part = entry[0] & 0x3F;

    if (entry[0] & 0x40) {
        memset(l, 0, sizeof *l);
        l->left = part;
        l->any = part >= 1 && part <= LONG_PARTS;
    }
    if (!l->any || part != l->left) {
        l->any = false;
        return;
    }
    l->left--;
    for (int i = 0; i < 13; i++)
        l->units[13 * l->left + i] = le16(entry + places[i]);
}

/* What Windows keeps for a name that is short but for its case. */
enum { LOWER_NAME = 0x08, LOWER_ENDING = 0x10 };

static void short_name(const uint8_t *entry, char out[13])
{
    int n = 0;

    for (int i = 0; i < 11; i++) {
        bool lower = entry[12] & (i < 8 ? LOWER_NAME : LOWER_ENDING);
        if (i == 8 && entry[8] != ' ')
            out[n++] = '.';
        if (entry[i] != ' ')
            out[n++] = (char)(entry[i] > ' ' && entry[i] < 127 ? (lower ? tolower(entry[i]) : entry[i]) : '_');
    }
    out[n] = 0;
}

/* Into `out`, what a terminal may be sent: no control or invisible characters. */
static void name_of(const struct long_name *l, const uint8_t *entry, char *out, size_t cap)
{
    uint8_t bytes[2 * (13 * LONG_PARTS + 1)];
    char all[4 * (13 * LONG_PARTS + 1)], plain[13];
    size_t len = 0, n = 0;

    for (; l->any && l->left == 0 && l->units[len] && l->units[len] != 0xFFFF; len++) {
        bytes[2 * len] = (uint8_t)l->units[len];
        bytes[2 * len + 1] = (uint8_t)(l->units[len] >> 8);
    }
    if (!len || utf16le_to_utf8(bytes, 2 * len, all, sizeof all) < 0) {
        short_name(entry, plain);
        snprintf(out, cap, "%s", plain);
        return;
    }
    for (const char *p = all, *end = all + strlen(all); p < end && n + 5 < cap;) {
        int32_t c = utf8_next(&p, end);
        bool shown = c >= ' ' && !(c >= 127 && c < 160) && !text_is_invisible((uint32_t)c) &&
                     !text_has_no_width((uint32_t)c);
        n += utf8_put(shown ? (uint32_t)c : '?', out + n);
    }
    out[n] = 0;
}

static enum fat_kind kind_of(const char *name)
{
    static const char *const pictures[] = {".jpg", ".jpeg", ".png", ".heic", ".gif", ".bmp", ".webp", ".tif", ".dng"};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof pictures / sizeof *pictures; i++)
        if (!strcasecmp(dot, pictures[i]))
            return FAT_PICTURE;
    return FAT_OTHER;
}

static void note_time(struct fat_tally *t, const uint8_t *entry)
{
    uint16_t time = le16(entry + 22), day = le16(entry + 24);
    struct date d = {1980 + (day >> 9), day >> 5 & 15, day & 31};
    int minute = (time >> 11) * 60 + (time >> 5 & 63);

    if (!date_valid(d) || minute >= 24 * 60)
        return;
    int order = t->day.year ? date_compare(d, t->day) : 1;
    if (order > 0 || (order == 0 && minute > t->minute)) {
        t->day = d;
        t->minute = minute;
    }
}

static void note_file(struct fat_tally *t, const uint8_t *entry, const char *folder, const char *name)
{
    enum fat_kind kind = kind_of(name);
    uint64_t n = t->files[kind]++;
    char path[2 * FAT_NAME_MAX + 2];

    t->bytes += le32(entry + 28);
    note_time(t, entry);
    if (n >= FAT_NAMES_KEPT)
        return;
    snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", name);
    text_copy(t->names[kind][n], sizeof t->names[kind][n], path);
}

static int count_chain(struct fat *f, uint32_t cluster, const char *folder, int depth);

static int take_entry(struct fat *f, const uint8_t *entry, struct long_name *l, const char *folder, int depth)
{
    char name[FAT_NAME_MAX + 1];
    uint8_t attr = entry[11];

    if (entry[0] == 0xE5 || (attr & 0x3F) == ATTR_LONG) {
        if (entry[0] != 0xE5)
            take_long(l, entry);
        return 0;
    }
    name_of(l, entry, name, sizeof name);
    l->any = false;
    if ((attr & ATTR_VOLUME) || entry[0] == '.')
        return 0;
    if (!(attr & ATTR_FOLDER)) {
        note_file(f->tally, entry, folder, name);
        return 0;
    }
    if (!strcmp(name, "System Volume Information")) /* what Windows puts onto every stick */
        return 0;
    uint32_t c = le16(entry + 26) | (f->bits == 32 ? (uint32_t)le16(entry + 20) << 16 : 0);
    return depth < DEPTH_MAX ? count_chain(f, c, name, depth + 1) : -ERR_INVALID;
}

/* The entries of one stretch of a folder. *ret_end: the folder's end was there. */
static int count_stretch(struct fat *f, uint64_t at, uint64_t len, struct long_name *l, const char *folder, int depth,
                         bool *ret_end)
{
    uint8_t sector[SECTOR];

    for (uint64_t i = 0; i < len; i += SECTOR) {
        int rc = f->read(f->ctx, at + i, sector, sizeof sector);
        for (size_t k = 0; rc == 0 && k < SECTOR; k += ENTRY) {
            *ret_end = sector[k] == 0;
            if (*ret_end)
                return 0;
            rc = take_entry(f, sector + k, l, folder, depth);
        }
        if (rc < 0)
            return rc;
    }
    return 0;
}

static int count_chain(struct fat *f, uint32_t cluster, const char *folder, int depth)
{
    struct long_name l = {0};
    bool end = false;
    int rc = 0;

    while (rc == 0 && cluster && !end) {
        if (cluster < 2 || cluster >= f->clusters + 2 || --f->budget < 0)
            return -ERR_INVALID;
        rc = count_stretch(f, f->data + (uint64_t)(cluster - 2) * f->cluster, f->cluster, &l, folder, depth, &end);
        if (rc == 0 && !end)
            rc = next_cluster(f, cluster, &cluster);
    }
    return rc;
}

int fat_count(fat_read_fn *read, void *ctx, struct fat_tally *t)
{
    struct fat f = {.read = read, .ctx = ctx, .budget = CLUSTERS_MAX, .tally = t};
    struct long_name l = {0};
    bool end = false;

    int rc = read_head(&f);
    if (rc < 0)
        return rc;
    if (f.bits == 32)
        return count_chain(&f, f.root_cluster, "", 0);
    return count_stretch(&f, f.root, (uint64_t)f.root_entries * ENTRY, &l, "", 0, &end);
}
