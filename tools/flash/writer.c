/* SPDX-License-Identifier: Apache-2.0
 *
 * See writer.h.
 */
#include "tools/flash/writer.h"

#include <stdlib.h>
#include <string.h>

#include "tools/flash/hasher.h"
#include "tools/flash/label_wire.h"
#include "tools/flash/measure.h"

#define CHUNK (1024 * 1024)
#define TRIES 3              /* to read one place */
#define LATE_END (64 * 1024) /* of the image: a second partition table */

struct writer {
    struct disk *disk;
    const struct medium *medium;
    const struct image *image;
    const uint8_t *sheet; /* may be NULL */
    uint64_t sheet_at;
    uint8_t *want, *got, *spare; /* CHUNK bytes each; spare: what is being hashed */
    struct hasher *hasher;
    struct writer_report now;
    writer_report_fn *report;
    void *ctx;
    struct err *e;
};

uint64_t writer_needs(const struct image *im)
{
    return (im->manifest.size + DISK_BLOCK - 1) / DISK_BLOCK * DISK_BLOCK + 2 * LABEL_HEAD;
}

static void say(struct writer *w)
{
    w->report(w->ctx, &w->now);
}

static int fail(struct writer *w, enum writer_fault fault, enum err_code code)
{
    w->now.fault = fault;
    return -code;
}

/* --- the late blocks --------------------------------------------------------------------------------------------------- */

static uint64_t late_end(const struct writer *w)
{
    uint64_t size = w->image->manifest.size;

    return size > LABEL_HEAD + LATE_END ? (size - LATE_END) / DISK_BLOCK * DISK_BLOCK : LABEL_HEAD;
}

/* How much of the chunk at `at` is not late: it is cut at both ends, to whole blocks. */
static void cut_late(const struct writer *w, uint64_t *at, uint64_t *end)
{
    if (*at < LABEL_HEAD)
        *at = LABEL_HEAD;
    if (*end > late_end(w))
        *end = late_end(w);
}

/* The image's bytes with zeros where nothing is used: what is not signed is not written. */
static int read_used(struct writer *w, uint64_t at, uint8_t *out, size_t len)
{
    const struct bmap *map = w->image->map;
    int rc = 0;

    memset(out, 0, len);
    for (size_t i = 0; rc == 0 && i < map->n; i++) {
        uint64_t from = bmap_start(&map->ranges[i]), end = from + bmap_length(map, &map->ranges[i]);
        if (end <= at || from >= at + len)
            continue;
        from = from > at ? from : at;
        end = end < at + len ? end : at + len;
        rc = image_read(w->image, from, out + (from - at), (size_t)(end - from), w->e);
    }
    return rc;
}

static int write_late(struct writer *w, uint64_t at, size_t len)
{
    if (len == 0)
        return 0;
    int rc = read_used(w, at, w->want, len);
    if (rc == 0)
        rc = disk_write(w->disk, at, w->want, len, w->e);
    return rc == 0 ? disk_sync(w->disk, w->e) : rc;
}

static int compare_late(struct writer *w, uint64_t at, size_t len)
{
    int rc = len ? read_used(w, at, w->want, len) : 0;

    for (int i = 0; rc == 0 && len && i < TRIES; i++) {
        rc = disk_read(w->disk, at, w->got, len, w->e);
        if (rc == 0 && !memcmp(w->got, w->want, len))
            return 0;
    }
    w->now.at = at;
    return rc < 0 || !len ? rc : fail(w, WRITER_ROT, ERR_CHECKSUM);
}

static int finish_late(struct writer *w)
{
    uint64_t end = late_end(w), size = writer_needs(w->image) - 2 * LABEL_HEAD;
    size_t tail = size > end ? (size_t)(size - end) : 0;

    int rc = write_late(w, end, tail);
    if (rc == 0)
        rc = write_late(w, DISK_BLOCK, LABEL_HEAD - DISK_BLOCK);
    if (rc == 0)
        rc = compare_late(w, end, tail);
    if (rc == 0)
        rc = compare_late(w, DISK_BLOCK, LABEL_HEAD - DISK_BLOCK);
    if (rc == 0)
        rc = write_late(w, 0, DISK_BLOCK);
    return rc == 0 ? compare_late(w, 0, DISK_BLOCK) : rc;
}

/* --- the label --------------------------------------------------------------------------------------------------------- */

/* The first mebibyte is in w->want. */
static int write_label(struct writer *w, enum label_state state)
{
    struct label l = {.state = state};

    strcpy(l.version, w->image->manifest.version);
    strcpy(l.arch, w->image->manifest.arch);
    memcpy(l.image, w->image->id, SHA256_LEN);
    sha256(w->want, LABEL_HEAD, l.head);
    label_encode(&l, w->got);
    int rc = disk_write(w->disk, label_place(w->medium->size), w->got, DISK_BLOCK, w->e);
    return rc == 0 ? disk_sync(w->disk, w->e) : rc;
}

static int write_sheet(struct writer *w)
{
    uint64_t at = w->sheet_at ? w->sheet_at : label_place(w->medium->size) + DISK_BLOCK;

    if (!w->sheet)
        return 0;
    memcpy(w->want, w->sheet, DISK_BLOCK);
    int rc = disk_write(w->disk, at, w->want, DISK_BLOCK, w->e);
    if (rc == 0)
        rc = disk_sync(w->disk, w->e);
    if (rc == 0)
        rc = disk_read(w->disk, at, w->got, DISK_BLOCK, w->e);
    w->now.at = at;
    return rc == 0 && memcmp(w->got, w->want, DISK_BLOCK) ? fail(w, WRITER_ROT, ERR_CHECKSUM) : rc;
}

/* Whether an earlier try got beyond measuring with this very image. */
static bool goes_on(struct writer *w)
{
    struct label l;

    return disk_read(w->disk, label_place(w->medium->size), w->got, DISK_BLOCK, w->e) == 0 &&
           label_decode(w->got, &l) == 0 && l.state == LABEL_HALF && !memcmp(l.image, w->image->id, SHA256_LEN);
}

/* From here on the medium starts nothing: neither by its beginning nor by a second partition table at its end. */
static int take_away(struct writer *w, enum label_state state)
{
    uint64_t end = label_place(w->medium->size);

    memset(w->want, 0, LABEL_HEAD);
    int rc = disk_write(w->disk, 0, w->want, LABEL_HEAD, w->e);
    if (rc == 0)
        rc = disk_sync(w->disk, w->e);
    if (rc == 0)
        rc = disk_write(w->disk, end + DISK_BLOCK, w->want, LABEL_HEAD - DISK_BLOCK, w->e);
    return rc == 0 ? write_label(w, state) : rc;
}

/* --- the rest ---------------------------------------------------------------------------------------------------------- */

static void say_measured(void *ctx, int percent)
{
    struct writer *w = ctx;

    if (percent == w->now.measured)
        return;
    w->now.measured = percent;
    say(w);
}

static int measure(struct writer *w)
{
    uint64_t size = w->medium->size;

    w->now.phase = WRITER_MEASURE;
    say(w);
    int rc = measure_medium(w->disk, size, &w->now.real, say_measured, w, w->e);
    if (rc == 0) /* what was written beyond the end of one that lies may lie at its beginning now */
        rc = take_away(w, w->now.real < size ? LABEL_BEGUN : LABEL_HALF);
    return rc == 0 && w->now.real < size ? fail(w, WRITER_FAKE, ERR_RANGE) : rc;
}

/* *there: up to now everything was on the medium already. */
static int write_chunk(struct writer *w, uint64_t at, size_t len, bool *there)
{
    size_t blocks = (len + DISK_BLOCK - 1) / DISK_BLOCK * DISK_BLOCK;

    int rc = image_read(w->image, at, w->want, blocks, w->e);
    if (rc == 0 && *there) {
        rc = disk_read(w->disk, at, w->got, blocks, w->e);
        *there = rc == 0 && !memcmp(w->got, w->want, blocks);
    }
    if (rc == 0 && !*there)
        rc = disk_write(w->disk, at, w->want, blocks, w->e);
    w->now.at = at;
    w->now.written += len;
    if (*there)
        w->now.skipped = w->now.written;
    say(w);
    return rc;
}

static int write_all(struct writer *w, bool there)
{
    const struct bmap *map = w->image->map;
    int rc = 0;

    w->now.phase = WRITER_WRITE;
    for (size_t i = 0; rc == 0 && i < map->n; i++) {
        uint64_t start = bmap_start(&map->ranges[i]), end = start + bmap_length(map, &map->ranges[i]), all = end - start;
        cut_late(w, &start, &end);
        w->now.written += all - (end > start ? end - start : 0); /* they cost next to nothing, and come later */
        for (; rc == 0 && start < end; start += CHUNK)
            rc = write_chunk(w, start, end - start < CHUNK ? (size_t)(end - start) : CHUNK, &there);
    }
    return rc == 0 ? disk_sync(w->disk, w->e) : rc;
}

/* The medium's bytes at `at` into w->got, the image's where they are late. */
static int read_back(struct writer *w, uint64_t at, size_t len)
{
    uint64_t start = at, end = at + (len + DISK_BLOCK - 1) / DISK_BLOCK * DISK_BLOCK;
    size_t all = (size_t)(end - at);

    int rc = image_read(w->image, at, w->want, all, w->e);
    if (rc < 0)
        return rc;
    memcpy(w->got, w->want, all);
    cut_late(w, &start, &end);
    for (int i = 0; start < end && i < TRIES; i++) {
        rc = disk_read(w->disk, start, w->got + (start - at), (size_t)(end - start), w->e);
        if (rc < 0 || !memcmp(w->got, w->want, all))
            return rc;
    }
    w->now.at = at;
    return start < end ? fail(w, WRITER_ROT, ERR_CHECKSUM) : 0;
}

static int check_range(struct writer *w, const struct bmap_range *r)
{
    uint64_t at = bmap_start(r), end = at + bmap_length(w->image->map, r);
    uint8_t hash[SHA256_LEN], *done;
    int rc = 0;

    for (; rc == 0 && at < end; at += CHUNK) {
        size_t len = end - at < CHUNK ? (size_t)(end - at) : CHUNK;
        rc = read_back(w, at, len);
        hasher_add(w->hasher, w->got, len);
        done = w->spare; /* hashed by now */
        w->spare = w->got;
        w->got = done;
        w->now.checked += len;
        say(w);
    }
    hasher_end(w->hasher, hash);
    return rc < 0 || !memcmp(hash, r->sha256, SHA256_LEN) ? rc : fail(w, WRITER_IMAGE, ERR_CHECKSUM);
}

static int check_all(struct writer *w)
{
    int rc = 0;

    w->now.phase = WRITER_CHECK;
    for (size_t i = 0; rc == 0 && i < w->image->map->n; i++)
        rc = check_range(w, &w->image->map->ranges[i]);
    return rc;
}

static int run(struct writer *w)
{
    if (w->medium->size < writer_needs(w->image))
        return fail(w, WRITER_SMALL, ERR_NOSPACE);
    int rc = disk_open(w->medium, true, &w->disk, w->e);
    bool on = rc == 0 && goes_on(w);
    if (rc == 0)
        rc = take_away(w, on ? LABEL_HALF : LABEL_BEGUN);
    if (rc == 0 && !on)
        rc = measure(w);
    if (rc == 0)
        rc = write_all(w, on);
    if (rc == 0)
        rc = check_all(w);
    if (rc == 0)
        rc = write_sheet(w);
    if (rc == 0)
        rc = finish_late(w);
    if (rc == 0)
        rc = read_used(w, 0, w->want, LABEL_HEAD);
    return rc == 0 ? write_label(w, LABEL_DONE) : rc;
}

enum writer_fault writer_fault_of(int rc)
{
    switch (-rc) {
    case ERR_GONE:
    case ERR_NOTFOUND:
        return WRITER_GONE;
    case ERR_BUSY:
    case ERR_ACCESS:
        return WRITER_BUSY;
    default:
        return WRITER_IO;
    }
}

enum writer_fault writer_run(const struct medium *md, const struct image *im, const uint8_t *sheet, uint64_t sheet_at,
                             writer_report_fn *report, void *ctx)
{
    struct err e = {0};
    struct writer w = {
        .medium = md, .image = im, .sheet = sheet, .sheet_at = sheet_at, .report = report, .ctx = ctx, .e = &e};

    w.want = disk_memory(CHUNK);
    w.got = disk_memory(CHUNK);
    w.spare = disk_memory(CHUNK);
    w.hasher = hasher_create();
    int rc = w.hasher ? run(&w) : fail(&w, WRITER_DIED, ERR_NOMEM);
    if (rc < 0 && w.now.fault == WRITER_NONE)
        w.now.fault = writer_fault_of(rc);
    w.now.phase = WRITER_END;
    say(&w);
    disk_close(w.disk);
    hasher_destroy(w.hasher);
    free(w.want);
    free(w.got);
    free(w.spare);
    return w.now.fault;
}
