/* SPDX-License-Identifier: Apache-2.0
 *
 * The anchor as a file. It never changes its length after it was made, so that a write needs no space and a sync writes no
 * metadata.
 */
#include "journal/anchor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"

#define FILE_LEN (ANCHOR_SLOT_EVERY + ANCHOR_SLOT_LEN)

static int path_of(const char *journal_dir, char *out, size_t cap, struct err *e)
{
    size_t len = strlen(journal_dir);

    while (len > 1 && journal_dir[len - 1] == '/')
        len--;
    return snprintf(out, cap, "%.*s.anchor", (int)len, journal_dir) < (int)cap
               ? 0
               : err_set(e, ERR_TOOLONG, "the path of the journal is too long");
}

/* The newer of what can be read. */
static bool newest_slot(const uint8_t *data, size_t len, struct anchor *ret, uint64_t *ret_turn)
{
    struct anchor a;
    bool any = false;
    uint64_t turn;

    for (size_t at = 0; at + ANCHOR_SLOT_LEN <= len; at += ANCHOR_SLOT_EVERY)
        if (anchor_slot_decode(data + at, &a, &turn) && (!any || turn > *ret_turn)) {
            *ret = a;
            *ret_turn = turn;
            any = true;
        }
    return any;
}

static int read_file(const char *path, struct anchor *ret, uint64_t *ret_turn, struct err *e)
{
    struct buf data;

    int rc = fs_read(path, 2 * FILE_LEN, &data, e);
    if (rc == -ERR_TOOLONG || (rc == 0 && !newest_slot(data.data, data.len, ret, ret_turn)))
        rc = err_set(e, ERR_CHECKSUM, "%s is damaged", path);
    buf_finish(&data);
    return rc;
}

int anchor_read(const char *journal_dir, struct anchor *ret, struct err *e)
{
    char path[sizeof((struct anchor_file *)0)->path];
    uint64_t turn;

    int rc = path_of(journal_dir, path, sizeof path, e);
    return rc ? rc : read_file(path, ret, &turn, e);
}

/* Whole or not at all: the first slot as given, the second damaged, as zeros are. */
static int make_file(const char *path, const struct anchor *a, uint64_t turn, struct err *e)
{
    uint8_t data[FILE_LEN] = {0};

    anchor_slot_encode(a, turn, data + turn % 2 * ANCHOR_SLOT_EVERY);
    return fs_write_atomic(path, data, sizeof data, 0644, e);
}

int anchor_make(const char *journal_dir, const char *terminal, const uint8_t epoch[EPOCH_LEN], struct err *e)
{
    char path[sizeof((struct anchor_file *)0)->path];
    struct anchor a = {.terminal = ""};

    text_copy(a.terminal, sizeof a.terminal, terminal);
    memcpy(a.epoch, epoch, EPOCH_LEN);
    int rc = path_of(journal_dir, path, sizeof path, e);
    return rc ? rc : err_wrap(e, make_file(path, &a, 0, e), "make the journal's anchor");
}

/* --- the writer's ----------------------------------------------------------------------------------------------------- */

static int open_for_writing(struct anchor_file *f, struct err *e)
{
    f->fd = open(f->path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    return f->fd < 0 ? err_errno(e, "open %s", f->path) : 0;
}

int anchor_open(struct anchor_file *f, const char *journal_dir, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                struct anchor *ret, bool *ret_there, struct err *e)
{
    struct anchor a = {.terminal = ""}, none = {.terminal = ""};
    struct err why = {0};

    *f = (struct anchor_file){.fd = -1};
    int rc = path_of(journal_dir, f->path, sizeof f->path, e);
    if (rc)
        return rc;
    rc = read_file(f->path, &a, &f->turn, &why);
    if (rc && rc != -ERR_NOTFOUND && rc != -ERR_CHECKSUM)
        return err_set(e, (enum err_code) - rc, "%s", why.text);
    *ret_there = rc == 0 && !strcmp(a.terminal, terminal) && !memcmp(a.epoch, epoch, EPOCH_LEN);
    if (rc == -ERR_CHECKSUM || (rc == 0 && !*ret_there))
        log_warn("journal", "%s", rc ? why.text : "the anchor is another journal's");
    *ret = *ret_there ? a : none;
    return *ret_there ? open_for_writing(f, e) : 0;
}

int anchor_write(struct anchor_file *f, const struct anchor *a, struct err *e)
{
    must(f->path[0], "an anchor beside no journal");
    uint8_t slot[ANCHOR_SLOT_LEN];

    if (f->fd < 0) {
        int rc = make_file(f->path, a, ++f->turn, e);
        return rc ? rc : open_for_writing(f, e);
    }
    anchor_slot_encode(a, f->turn + 1, slot);
    if (pwrite(f->fd, slot, sizeof slot, (off_t)((f->turn + 1) % 2 * ANCHOR_SLOT_EVERY)) != (ssize_t)sizeof slot)
        return err_errno(e, "write %s", f->path);
    f->turn++;
    return 0;
}

void anchor_push(const struct anchor_file *f)
{
    if (f->fd >= 0)
        sync_file_range(f->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

int anchor_sync(const struct anchor_file *f, struct err *e)
{
    return f->fd >= 0 && fdatasync(f->fd) ? err_errno(e, "sync %s", f->path) : 0;
}

void anchor_close(struct anchor_file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
}
