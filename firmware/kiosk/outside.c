/* SPDX-License-Identifier: Apache-2.0
 *
 * See outside.h.
 */
#include "kiosk/outside.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/machine.h"
#include "base/secret.h"
#include "base/text.h"
#include "crypto/random.h"
#include "wire/disk_key.h"
#include "wire/note.h"

#define TOLD_LEN (2 * SHA256_LEN)

struct outside { /* secret memory */
    struct outside_config config;
    int fd;    /* of the note; -1: this machine has no place for one, or it is not open yet */
    bool open; /* outside_open() went well */
    struct note note;
    struct disk_key key;
    bool told;    /* the hall's record of this key stands in the journal */
    bool failing; /* the last write failed, which was said */
};

struct outside *outside_create(const struct outside_config *config)
{
    struct outside *d = secret_alloc(sizeof *d);

    d->config = *config;
    d->fd = -1;
    return d;
}

void outside_destroy(struct outside *d)
{
    if (!d)
        return;
    if (d->fd >= 0)
        close(d->fd);
    secret_free(d, sizeof *d);
}

static int path_of(const struct outside *d, const char *name, char out[PATH_MAX], struct err *e)
{
    return fs_join(out, PATH_MAX, d->config.data, name) < 0 ? err_set(e, ERR_TOOLONG, "the path of %s", name) : 0;
}

/* --- the hall's part -------------------------------------------------------------------------------------------------- */

/* Made at the first start; what is not whole is made anew, and the hall told again. */
static int load_release(struct outside *d, struct err *e)
{
    char path[PATH_MAX];
    uint8_t *secret = d->key.release;
    struct buf bytes;
    int rc = path_of(d, "keys/release", path, e);

    if (rc < 0)
        return rc;
    rc = fs_read(path, RELEASE_SECRET_LEN, &bytes, e);
    if (rc < 0 && rc != -ERR_NOTFOUND && rc != -ERR_TOOLONG)
        return rc;
    bool whole = rc >= 0 && bytes.len == RELEASE_SECRET_LEN;
    if (whole)
        memcpy(secret, bytes.data, RELEASE_SECRET_LEN);
    if (rc >= 0)
        buf_finish(&bytes);
    if (whole)
        return 0;
    random_bytes(secret, RELEASE_SECRET_LEN);
    return fs_write_atomic(path, secret, RELEASE_SECRET_LEN, 0600, e);
}

/* What opened the disk for the first time left it there; without it the data is not encrypted. */
static int load_recovery(struct outside *d, struct err *e)
{
    char path[PATH_MAX];
    struct buf text;
    int rc = path_of(d, "keys/recovery", path, e);

    if (rc == 0)
        rc = fs_read(path, DISK_KEY_RECOVERY_LEN, &text, e);
    if (rc < 0)
        return rc == -ERR_NOTFOUND ? 0 : rc;
    if (disk_key_recovery_wrong(buf_str(&text)))
        rc = err_set(e, ERR_INVALID, "%s is no recovery key", path);
    else
        text_copy(d->key.recovery, sizeof d->key.recovery, buf_str(&text));
    buf_finish(&text);
    return rc;
}

/* Of which key and which enrolment the hall was told. */
static void name_told(const struct outside *d, char out[TOLD_LEN + 1])
{
    uint8_t sum[SHA256_LEN];
    struct buf b;

    buf_init(&b, EPOCH_LEN + sizeof d->key);
    buf_add(&b, d->config.terminal->epoch, EPOCH_LEN);
    buf_adds(&b, d->key.recovery);
    buf_add(&b, d->key.release, RELEASE_SECRET_LEN);
    sha256(b.data, b.len, sum);
    buf_finish(&b);
    hex_encode(sum, sizeof sum, out);
}

static bool was_told(const struct outside *d)
{
    char path[PATH_MAX], now[TOLD_LEN + 1];
    struct buf text;

    name_told(d, now);
    if (path_of(d, "keys/disk-key-told", path, NULL) < 0 || fs_read(path, TOLD_LEN, &text, NULL) < 0)
        return false;
    bool same = !strcmp(buf_str(&text), now);
    buf_finish(&text);
    return same;
}

/* The record first: one too many after a power cut between the two costs nothing. */
static int tell_hall(struct outside *d, struct err *e)
{
    struct record_header h = {.kind = RECORD_DISK_KEY};
    char path[PATH_MAX], now[TOLD_LEN + 1];
    struct buf plain;

    buf_init(&plain, DISK_KEY_BYTES_MAX);
    int rc = disk_key_encode(&d->key, &plain) < 0 ? err_set(e, ERR_TOOLONG, "its record") : 0;
    if (rc == 0)
        rc = records_append(d->config.records, &h, plain.data, plain.len, e);
    buf_finish(&plain);
    if (rc < 0)
        return rc;
    name_told(d, now);
    rc = path_of(d, "keys/disk-key-told", path, e);
    return rc < 0 ? rc : fs_write_atomic(path, now, TOLD_LEN, 0600, e);
}

/* Encrypted, and its recovery key is not where it was made: what the hall has of it must stay the newest. */
static bool recovery_lost(const struct outside *d)
{
    char word[OUTSIDE_WORD];

    outside_word(word);
    return !d->key.recovery[0] && strcmp(word, "none") != 0 && strcmp(word, "plain") != 0;
}

/* As soon as there is a key of the hall's to seal to. */
static void settle_hall(struct outside *d)
{
    struct err e = {0};

    if (d->told || !authority_sealing(d->config.authority) || (d->fd < 0 && !d->key.recovery[0]) || recovery_lost(d))
        return;
    d->told = was_told(d) || tell_hall(d, &e) >= 0;
    if (!d->told && !d->failing)
        log_error("kiosk", "the hall cannot be told the disk's key: %s", e.text);
    d->failing = !d->told;
}

/* --- the note --------------------------------------------------------------------------------------------------------- */

/* Of this journal and of those before it. */
static int64_t count_waiting(const struct outside *d)
{
    int64_t n = 0, before = aside_waiting(d->config.aside);
    struct err e = {0};

    if (journal_waiting(records_journal(d->config.records), &n, &e) < 0) {
        log_warn("kiosk", "%s", e.text);
        return NOTE_WAITING_UNKNOWN;
    }
    return before < 0 ? NOTE_WAITING_UNKNOWN : n + before;
}

/* In turn, and the one that is not the newest: what is torn is never all there is. */
static int write_note(const struct outside *d, const struct private_key *k, struct note *n, struct err *e)
{
    uint8_t copy[NOTE_COPY_BYTES];
    int rc = note_encode(n, k, copy, e);

    if (rc < 0)
        return rc;
    off_t at = (off_t)(n->sequence % NOTE_COPIES) * NOTE_COPY_AT;
    if (pwrite(d->fd, copy, sizeof copy, at) != (ssize_t)sizeof copy || fdatasync(d->fd) < 0)
        return err_errno(e, "write it");
    return 0;
}

static void settle_note(struct outside *d)
{
    struct note n = d->note;
    struct err e = {0};

    n.waiting = count_waiting(d);
    if (d->note.at_ms && n.waiting == d->note.waiting) /* at_ms 0: not written since the start */
        return;
    n.sequence++;
    n.at_ms = clock_wall_ms();
    n.last = (int64_t)records_last(d->config.records);
    n.acked = (int64_t)records_acked(d->config.records);
    int rc = write_note(d, *d->config.signing, &n, &e);
    if (rc >= 0)
        d->note = n;
    else if (!d->failing)
        log_error("kiosk", "the note of what is not delivered, outside the encrypted disk: %s. It says less than there is",
                  e.text);
    d->failing = rc < 0;
}

void outside_settle(struct outside *d)
{
    if (!d->open || !records_journal(d->config.records))
        return;
    settle_hall(d);
    if (d->fd >= 0)
        settle_note(d);
}

/* --- start ------------------------------------------------------------------------------------------------------------ */

/* What stands there continues; what cannot be read is written over: by then the journal behind it has opened. */
static void read_note(struct outside *d, struct note *n)
{
    uint8_t copies[NOTE_COPIES][NOTE_COPY_BYTES] = {{0}};
    struct machine m;
    struct note was = {.sequence = 0};
    struct err e = {0};

    for (int i = 0; i < NOTE_COPIES; i++)
        if (pread(d->fd, copies[i], NOTE_COPY_BYTES, (off_t)i * NOTE_COPY_AT) != NOTE_COPY_BYTES)
            log_warn("kiosk", "the note's place is shorter than two copies");
    int rc = note_choose(copies[0], copies[1], &was, &e);
    if (rc < 0 && rc != -ERR_NOTFOUND)
        log_warn("kiosk", "the note outside the encrypted disk is written anew: %s", e.text);
    machine_read("", &m);
    *n = (struct note){.sequence = was.sequence, .place = d->config.terminal->place, .slot = m.slot};
    n->place.terminal[0] = 0;
    text_copy(n->terminal, sizeof n->terminal, d->config.terminal->terminal);
    text_copy(n->version, sizeof n->version, m.version);
    memcpy(n->release, d->key.release, sizeof n->release);
}

void outside_open(struct outside *d)
{
    struct err e = {0};

    d->fd = open(d->config.note, O_RDWR | O_CLOEXEC);
    int rc = load_recovery(d, &e);
    if (rc >= 0 && (d->fd >= 0 || d->key.recovery[0]))
        rc = load_release(d, &e);
    if (rc < 0) {
        log_error("kiosk", "the disk's keys: %s", e.text);
        return;
    }
    if (d->fd >= 0)
        read_note(d, &d->note);
    d->open = true;
    outside_settle(d);
}

void outside_word(char out[OUTSIDE_WORD])
{
    struct buf text;

    text_copy(out, OUTSIDE_WORD, "none");
    if (fs_read("/run/tongban-disk", OUTSIDE_WORD - 1, &text, NULL) < 0)
        return;
    size_t len = strspn(buf_str(&text), "abcdefghijklmnopqrstuvwxyz-");
    if (len && (len == text.len || buf_str(&text)[len] == '\n'))
        snprintf(out, OUTSIDE_WORD, "%.*s", (int)len, buf_str(&text));
    buf_finish(&text);
}
