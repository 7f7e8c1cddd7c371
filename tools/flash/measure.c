/* SPDX-License-Identifier: Apache-2.0
 *
 * See measure.h.
 */
#include "tools/flash/measure.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/random.h"
#include "tools/flash/label_wire.h"

#define MARKS 2048
#define MEBI ((uint64_t)1024 * 1024)

struct measure {
    struct disk *disk;
    uint64_t size, way;
    uint8_t once[16]; /* no mark of an earlier time is taken for one of this */
    uint8_t *chunk;   /* MEBI bytes */
    void (*step)(void *ctx, int percent);
    void *ctx;
};

/* A block that says when and where it was written. */
static void mark(const struct measure *m, uint64_t at, uint8_t block[DISK_BLOCK])
{
    for (size_t i = 0; i < DISK_BLOCK; i += 32) {
        memcpy(block + i, m->once, 16);
        memcpy(block + i + 16, &at, 8);
        memset(block + i + 24, (int)(i / 32), 8);
    }
}

/* The marks stand one way apart, and on the last block. */
static uint64_t place(const struct measure *m, uint64_t i)
{
    uint64_t last = m->size / DISK_BLOCK * DISK_BLOCK - DISK_BLOCK, at = LABEL_HEAD + (i + 1) * m->way;

    if (at == label_place(m->size))
        at += DISK_BLOCK;
    return at < last ? at : last;
}

static uint64_t count(const struct measure *m)
{
    return m->size / m->way;
}

/* From the end: what lies over another in a medium that begins anew is then the lower, and the first bad one tells the size.
 */
static int write_marks(const struct measure *m, struct err *e)
{
    int rc = 0;

    for (uint64_t i = count(m); rc == 0 && i > 0; i--) {
        mark(m, place(m, i - 1), m->chunk);
        rc = disk_write(m->disk, place(m, i - 1), m->chunk, DISK_BLOCK, e);
        m->step(m->ctx, (int)(50 - 50 * i / count(m)));
    }
    return rc;
}

static int fill(const struct measure *m, struct err *e)
{
    int rc = 0;

    for (uint64_t at = LABEL_HEAD; rc == 0 && at < LABEL_HEAD + m->way + MEBI; at += MEBI) {
        for (uint64_t i = 0; i < MEBI; i += DISK_BLOCK)
            mark(m, at + i, m->chunk + i);
        rc = disk_write(m->disk, at, m->chunk, MEBI, e);
    }
    return rc == 0 ? disk_sync(m->disk, e) : rc;
}

enum seen { SEEN_IT, SEEN_OTHER, SEEN_NONE }; /* the mark; one of another place; none */

static int look(const struct measure *m, uint64_t i, enum seen *ret, struct err *e)
{
    uint8_t *got = m->chunk, *want = m->chunk + DISK_BLOCK;
    uint64_t at = place(m, i);

    mark(m, at, want);
    m->step(m->ctx, (int)(50 + 50 * i / count(m)));
    int rc = disk_read(m->disk, at, got, DISK_BLOCK, e);
    *ret = rc < 0 || memcmp(got, m->once, sizeof m->once) ? SEEN_NONE : memcmp(got, want, DISK_BLOCK) ? SEEN_OTHER : SEEN_IT;
    return rc == -ERR_GONE ? rc : 0;
}

/* *ret_good: how many marks from the beginning are there. One that is missing between others is a bad block and no lie. */
static int read_marks(const struct measure *m, uint64_t *ret_good, struct err *e)
{
    uint64_t first_missing = count(m);
    enum seen seen;

    for (uint64_t i = 0; i < count(m); i++) {
        int rc = look(m, i, &seen, e);
        if (rc < 0)
            return rc;
        if (seen == SEEN_OTHER) {
            *ret_good = i;
            return 0;
        }
        if (seen == SEEN_IT)
            first_missing = count(m);
        else if (first_missing == count(m))
            first_missing = i;
    }
    *ret_good = first_missing;
    return 0;
}

int measure_medium(struct disk *d, uint64_t size, uint64_t *ret_real, void (*step)(void *ctx, int percent), void *ctx,
                   struct err *e)
{
    struct measure m = {.disk = d, .size = size, .step = step, .ctx = ctx};
    uint64_t good = 0;

    m.way = (size / MARKS / MEBI + 1) * MEBI;
    if (size < 8 * m.way) {
        *ret_real = size;
        return 0;
    }
    m.chunk = disk_memory(MEBI);
    random_bytes(m.once, sizeof m.once);
    int rc = write_marks(&m, e);
    if (rc == 0)
        rc = fill(&m, e);
    if (rc == 0)
        rc = read_marks(&m, &good, e);
    free(m.chunk);
    if (rc == 0)
        *ret_real = good == count(&m) ? size : (good + 1) * m.way;
    return rc;
}
