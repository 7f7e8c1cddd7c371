/* SPDX-License-Identifier: Apache-2.0
 *
 * See slot.h.
 */
#include "tools/install/slot.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "tools/install/esp.h"

#define CHUNK (1024 * 1024)
#define TRIES 3 /* to read one place */

struct slot {
    const struct slot_plan *plan;
    struct disk *disk;
    uint8_t *want, *got; /* CHUNK bytes each */
    struct writer_report now;
    writer_report_fn *report;
    void *ctx;
    struct err *e;
};

/* Of all that is written, in the image's measure, so that shares are right. */
static uint64_t scaled(const struct slot *s, uint64_t bytes)
{
    double all = (double)(s->plan->root.len + s->plan->verity.len);

    return (uint64_t)((double)bytes / all * (double)s->plan->image->map->used);
}

static int rotten(struct slot *s, uint64_t at)
{
    s->now.fault = WRITER_ROT;
    s->now.at = at;
    return err_set(s->e, ERR_CHECKSUM, "what is read at %llu is not what was written", (unsigned long long)at);
}

static int write_block(struct slot *s, uint64_t at, const uint8_t block[DISK_BLOCK])
{
    memcpy(s->want, block, DISK_BLOCK);
    int rc = disk_write(s->disk, at, s->want, DISK_BLOCK, s->e);
    if (rc == 0)
        rc = disk_sync(s->disk, s->e);
    for (int i = 0; rc == 0 && i < TRIES; i++) {
        rc = disk_read(s->disk, at, s->got, DISK_BLOCK, s->e);
        if (rc == 0 && !memcmp(s->got, s->want, DISK_BLOCK))
            return 0;
    }
    return rc < 0 ? rc : rotten(s, at);
}

/* The root file system's first block is not among them: it comes last. */
static int write_piece(struct slot *s, const struct slot_piece *p, uint64_t from, uint64_t *done, bool *there)
{
    int rc = 0;

    for (uint64_t at = from; rc == 0 && at < p->len; at += CHUNK) {
        size_t n = p->len - at < CHUNK ? (size_t)(p->len - at) : CHUNK;
        rc = image_read(s->plan->image, p->from + at, s->want, n, s->e);
        if (rc == 0 && *there) {
            rc = disk_read(s->disk, p->to + at, s->got, n, s->e);
            *there = rc == 0 && !memcmp(s->got, s->want, n);
        }
        if (rc == 0 && !*there)
            rc = disk_write(s->disk, p->to + at, s->want, n, s->e);
        *done += n;
        s->now.written = scaled(s, *done);
        if (*there)
            s->now.skipped = s->now.written;
        s->report(s->ctx, &s->now);
    }
    return rc;
}

static int check_piece(struct slot *s, const struct slot_piece *p, uint64_t from, uint64_t *done)
{
    int rc = 0;

    for (uint64_t at = from; rc == 0 && at < p->len; at += CHUNK) {
        size_t n = p->len - at < CHUNK ? (size_t)(p->len - at) : CHUNK;
        bool same = false;
        rc = image_read(s->plan->image, p->from + at, s->want, n, s->e);
        for (int i = 0; rc == 0 && !same && i < TRIES; i++) {
            rc = disk_read(s->disk, p->to + at, s->got, n, s->e);
            same = rc == 0 && !memcmp(s->got, s->want, n);
        }
        if (rc == 0 && !same)
            rc = rotten(s, p->to + at);
        *done += n;
        s->now.checked = scaled(s, *done);
        s->report(s->ctx, &s->now);
    }
    return rc;
}

static int write_disk(struct slot *s)
{
    static const uint8_t zeros[DISK_BLOCK];
    const struct slot_plan *p = s->plan;
    uint64_t written = 0, checked = 0;
    uint8_t first[DISK_BLOCK];
    bool there = true;

    int rc = image_read(p->image, p->root.from, first, DISK_BLOCK, s->e);
    if (rc == 0)
        rc = disk_open(p->disk, true, &s->disk, s->e);
    if (rc == 0)
        rc = write_block(s, p->root.to, zeros);
    s->now.phase = WRITER_WRITE;
    if (rc == 0)
        rc = write_piece(s, &p->root, DISK_BLOCK, &written, &there);
    if (rc == 0)
        rc = write_piece(s, &p->verity, 0, &written, &there);
    if (rc == 0)
        rc = disk_sync(s->disk, s->e);
    s->now.phase = WRITER_CHECK;
    if (rc == 0)
        rc = check_piece(s, &p->root, DISK_BLOCK, &checked);
    if (rc == 0)
        rc = check_piece(s, &p->verity, 0, &checked);
    if (rc == 0 && p->sheet)
        rc = write_block(s, p->sheet_at, p->sheet);
    if (rc == 0)
        rc = write_block(s, p->root.to, first);
    disk_close(s->disk);
    s->disk = NULL;
    return rc;
}

/* Twice: what is compared must not come from the memory in which it was written. */
static int write_esp(struct slot *s)
{
    const struct slot_plan *p = s->plan;
    const char *from, *to;

    int rc = p->open_esp(p, &from, &to, s->e);
    if (rc < 0)
        return rc;
    rc = esp_put(from, to, s->e);
    p->close_esp(p);
    if (rc == 0)
        rc = p->open_esp(p, &from, &to, s->e);
    if (rc < 0)
        return rc;
    rc = esp_compare(from, to, s->e);
    if (rc == -ERR_CHECKSUM)
        s->now.fault = WRITER_ROT;
    if (rc == 0)
        rc = esp_finish(from, to, p->slot, s->e);
    p->close_esp(p);
    return rc;
}

enum writer_fault slot_run(const struct slot_plan *p, writer_report_fn *report, void *ctx)
{
    struct err e = {0};
    struct slot s = {.plan = p, .report = report, .ctx = ctx, .e = &e};

    s.want = disk_memory(CHUNK);
    s.got = disk_memory(CHUNK);
    int rc = write_disk(&s);
    if (rc == 0)
        rc = write_esp(&s);
    if (rc < 0 && s.now.fault == WRITER_NONE)
        s.now.fault = writer_fault_of(rc);
    if (rc < 0)
        log_error("install", "%s", e.text);
    s.now.phase = WRITER_END;
    report(ctx, &s.now);
    free(s.want);
    free(s.got);
    return s.now.fault;
}
