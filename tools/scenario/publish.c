/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues as staff publish them, and as others would: kept from before, forged, damaged at the hall.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/scenario/play.h"

#define ROT_EVERY 4096
#define SIG_MAX (64 * 1024)
#define POLL_MS 40

/* What a kiosk-sync in wrong hands could do: put files that once were valid where kiosk looks for new ones. */
static int publish_kept(struct play *p, struct err *e)
{
    const char *kept = stand_path(p->stand, "kept"), *incoming = stand_path(p->stand, "term/sync/incoming");

    stand_kill(p->stand, PROGRAM_SYNC);
    return stand_replace(kept, incoming, e);
}

/* kiosk-sync has downloaded what the hall published last: the signature comes last. */
static int wait_for_download(struct play *p, struct err *e)
{
    bool same = false;

    for (int waited = 0; !same && waited < STAND_PATIENCE_MS; waited += POLL_MS) {
        struct buf came = {0}, out = {0};

        same = fs_read(stand_path(p->stand, "term/sync/incoming/catalog.sig"), SIG_MAX, &came, NULL) >= 0 &&
               fs_read(stand_path(p->stand, "hall/public/catalog.sig"), SIG_MAX, &out, NULL) >= 0 && came.len == out.len &&
               memcmp(came.data, out.data, out.len) == 0;
        buf_finish(&came);
        buf_finish(&out);
        if (!same)
            usleep(POLL_MS * 1000);
    }
    return same ? 0 : err_set(e, ERR_TIMEOUT, "kiosk-sync has not downloaded what is published");
}

/* The newest manifest with a signature that is well formed and by nobody: one bit of it is another. */
static int publish_forged(struct play *p, struct err *e)
{
    struct buf text = {0};
    const char *path;
    int rc = wait_for_download(p, e);

    if (rc < 0)
        return rc;
    stand_kill(p->stand, PROGRAM_SYNC);
    path = stand_path(p->stand, "term/sync/incoming/catalog.sig");
    rc = fs_read(path, SIG_MAX, &text, e);
    if (rc >= 0 && text.len > 24) {
        uint8_t *digit = text.data + text.len - 12;
        *digit = *digit == '0' ? '1' : '0';
        rc = fs_write_atomic(path, text.data, text.len, 0644, e);
    }
    buf_finish(&text);
    return rc;
}

int publish_step(struct play *p, const struct step *st, struct err *e)
{
    char items[STAND_PATH_MAX];

    if (!strcmp(st->words[0], "keep"))
        return stand_replace(stand_path(p->stand, "term/sync/incoming"), stand_path(p->stand, "kept"), e);
    if (!strcmp(st->words[0], "kept"))
        return publish_kept(p, e);
    if (!strcmp(st->words[0], "forged"))
        return publish_forged(p, e);
    bool later = !strcmp(st->words[0], "later");
    int at = later;

    if (st->n <= at)
        return err_set(e, ERR_INVALID, "publish later FOLDER");
    snprintf(items, sizeof items, "%s/%s", p->stand->opt.source, st->words[at]);
    return stand_publish(p->stand, later ? "hallctl-later" : "hallctl", items, st->n > at + 1 ? st->words[at + 1] : "2", e);
}

int publish_rot(const char *path, struct err *e)
{
    int fd = open(path, O_RDWR | O_CLOEXEC), rc = 0;
    struct stat st = {0};
    uint8_t byte;

    if (fd < 0 || fstat(fd, &st) < 0)
        rc = err_errno(e, "open %s", path);
    for (off_t at = st.st_size < ROT_EVERY ? st.st_size / 2 : ROT_EVERY / 2; rc == 0 && at < st.st_size; at += ROT_EVERY) {
        if (pread(fd, &byte, 1, at) == 1)
            byte ^= 0x10;
        if (pwrite(fd, &byte, 1, at) != 1)
            rc = err_errno(e, "write %s", path);
    }
    if (fd >= 0)
        close(fd);
    return rc;
}

int publish_spoil(struct play *p, const struct step *st, struct err *e)
{
    char name[STAND_PATH_MAX];
    const char *path;

    if (st->n != 2)
        return err_set(e, ERR_INVALID, "hall %s FILE", st->words[0]);
    snprintf(name, sizeof name, "hall/public/files/%s", st->words[1]);
    path = stand_path(p->stand, name);
    if (!strcmp(st->words[0], "lose"))
        return unlink(path) < 0 ? err_errno(e, "remove %s", path) : 0;
    return publish_rot(path, e);
}
