/* SPDX-License-Identifier: Apache-2.0
 *
 * See fat_make.h. Names of the fields as in the specification.
 */
#include "tools/flash/fat_make.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/random.h"

#define SECTOR 512
#define MEBI ((uint64_t)1024 * 1024)
#define RESERVED 32 /* sectors before the first FAT: a whole number of blocks */
#define ROOT_CLUSTER 2

struct layout {
    uint32_t start, sectors;                  /* of the partition */
    uint32_t per_cluster, fat_size, clusters; /* sectors, sectors, count */
    uint8_t id[4];
};

static void put16(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
    put16(p, v);
    put16(p + 2, v >> 16);
}

/* The specification's table DskTableFAT32. */
static uint32_t sectors_per_cluster(uint64_t bytes)
{
    static const struct {
        uint64_t mebi;
        uint32_t sectors;
    } table[] = {{260, 1}, {8 * 1024, 8}, {16 * 1024, 16}, {32 * 1024, 32}};

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (bytes <= table[i].mebi * MEBI)
            return table[i].sectors;
    return 64;
}

static struct layout lay_out(uint64_t size)
{
    struct layout l = {.start = (uint32_t)(MEBI / SECTOR)};
    uint64_t bytes = (size < FAT_MAKE_MAX ? size : FAT_MAKE_MAX) / MEBI * MEBI - 2 * MEBI;

    l.sectors = (uint32_t)(bytes / SECTOR);
    l.per_cluster = sectors_per_cluster(bytes);
    uint32_t one_fat = (256 * l.per_cluster + 2) / 2;
    l.fat_size = (l.sectors - RESERVED + one_fat - 1) / one_fat;
    l.fat_size = (l.fat_size + 7) / 8 * 8; /* whole blocks */
    l.clusters = (l.sectors - RESERVED - 2 * l.fat_size) / l.per_cluster;
    random_bytes(l.id, sizeof l.id);
    return l;
}

static void put_boot(const struct layout *l, uint8_t b[SECTOR])
{
    memcpy(b, "\xEB\x58\x90MSWIN4.1", 11);
    put16(b + 11, SECTOR);
    b[13] = (uint8_t)l->per_cluster;
    put16(b + 14, RESERVED);
    b[16] = 2;    /* FATs */
    b[21] = 0xF8; /* BPB_Media: fixed */
    put16(b + 24, 63);
    put16(b + 26, 255);
    put32(b + 28, l->start);
    put32(b + 32, l->sectors);
    put32(b + 36, l->fat_size);
    put32(b + 44, ROOT_CLUSTER);
    put16(b + 48, 1); /* FSInfo */
    put16(b + 50, 6); /* the copy of this sector */
    b[64] = 0x80;
    b[66] = 0x29;
    memcpy(b + 67, l->id, sizeof l->id);
    memcpy(b + 71, "NO NAME    FAT32   ", 19);
    put16(b + 510, 0xAA55);
}

static void put_info(const struct layout *l, uint8_t b[SECTOR])
{
    memcpy(b, "RRaA", 4);
    memcpy(b + 484, "rrAa", 4);
    put32(b + 488, l->clusters - 1); /* free: all but the root's */
    put32(b + 492, ROOT_CLUSTER + 1);
    put32(b + 508, 0xAA550000);
}

static int write_zeros(struct disk *d, uint64_t at, uint64_t len, uint8_t *chunk, struct err *e)
{
    int rc = 0;

    memset(chunk, 0, MEBI);
    for (uint64_t end = at + len; rc == 0 && at < end; at += MEBI)
        rc = disk_write(d, at, chunk, end - at < MEBI ? (size_t)(end - at) : MEBI, e);
    return rc;
}

static int write_file_system(struct disk *d, const struct layout *l, uint8_t *chunk, struct err *e)
{
    uint64_t start = (uint64_t)l->start * SECTOR, fat = start + RESERVED * SECTOR, fat_len = (uint64_t)l->fat_size * SECTOR;
    uint64_t data = fat + 2 * fat_len, root = (uint64_t)l->per_cluster * SECTOR;

    int rc = write_zeros(d, fat, 2 * fat_len + (root < DISK_BLOCK ? DISK_BLOCK : root), chunk, e);
    put32(chunk, 0x0FFFFFF8);
    put32(chunk + 4, 0x0FFFFFFF);
    put32(chunk + 8, 0x0FFFFFFF); /* the root ends with its first cluster */
    for (int i = 0; rc == 0 && i < 2; i++)
        rc = disk_write(d, fat + (uint64_t)i * fat_len, chunk, DISK_BLOCK, e);
    memset(chunk, 0, DISK_BLOCK);
    for (int i = 0; i <= 6; i += 6) {
        memset(chunk + i * SECTOR, 0, 2 * SECTOR);
        put_boot(l, chunk + i * SECTOR);
        put_info(l, chunk + (i + 1) * SECTOR);
    }
    return rc == 0 && data % DISK_BLOCK == 0 ? disk_write(d, start, chunk, DISK_BLOCK, e) : rc;
}

static int write_table(struct disk *d, const struct layout *l, uint8_t *chunk, struct err *e)
{
    uint8_t *entry = chunk + 446;

    memset(chunk, 0, DISK_BLOCK);
    memcpy(chunk + 440, l->id, sizeof l->id);
    memcpy(entry + 1, "\xFE\xFF\xFF\x0C\xFE\xFF\xFF", 7); /* FAT32 by block numbers; no cylinders */
    put32(entry + 8, l->start);
    put32(entry + 12, l->sectors);
    put16(chunk + 510, 0xAA55);
    return disk_write(d, 0, chunk, DISK_BLOCK, e);
}

int fat_make(struct disk *d, uint64_t size, struct err *e)
{
    uint64_t end = size / DISK_BLOCK * DISK_BLOCK;

    if (size < FAT_MAKE_MIN)
        return err_set(e, ERR_RANGE, "it is too small for FAT32");
    struct layout l = lay_out(size);
    uint8_t *chunk = disk_memory(MEBI);
    int rc = write_zeros(d, 0, MEBI, chunk, e);
    if (rc == 0)
        rc = write_zeros(d, end - MEBI, MEBI, chunk, e);
    if (rc == 0)
        rc = write_file_system(d, &l, chunk, e);
    if (rc == 0)
        rc = disk_sync(d, e);
    if (rc == 0)
        rc = write_table(d, &l, chunk, e);
    if (rc == 0)
        rc = disk_sync(d, e);
    free(chunk);
    return rc;
}
