/* SPDX-License-Identifier: Apache-2.0
 *
 * See aside.h.
 */
#include "kiosk/aside.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "journal/journal.h"
#include "model/terminal.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define UNKNOWN (-1)
#define NOT_COUNTED (-2)

struct aside {
    const char *data, *terminal;
    int64_t waiting, purged_day;
};

struct aside *aside_create(const char *data, const char *terminal)
{
    struct aside *a = calloc(1, sizeof *a);
    must(a, "no memory for what was put aside");
    *a = (struct aside){.data = data, .terminal = terminal, .waiting = NOT_COUNTED};
    return a;
}

void aside_destroy(struct aside *a)
{
    free(a);
}

/* --- each of them ----------------------------------------------------------------------------------------------------- */

/* What is done with an open one. */
typedef int aside_fn(struct journal *j, void *ctx, struct err *e);

/* Who wrote it, as its terminal.json beside it says. */
static int identity_of(const char *folder, struct journal_identity *ret, struct err *e)
{
    char path[PATH_MAX];
    struct terminal_config t;
    int rc = fs_join(path, sizeof path, folder, "terminal.json");

    if (rc == 0)
        rc = terminal_config_read(path, &t, e);
    if (rc < 0)
        return rc;
    *ret = (struct journal_identity){.office = t.office, .registration = t.registration};
    memcpy(ret->terminal, t.terminal, sizeof ret->terminal);
    memcpy(ret->epoch, t.epoch, EPOCH_LEN);
    return 0;
}

static int with_journal(const char *folder, aside_fn *fn, void *ctx, struct err *e)
{
    char path[PATH_MAX];
    struct journal_identity id;
    struct private_key *k = NULL;
    struct journal *j = NULL;
    int rc = fs_join(path, sizeof path, folder, "journal.pem");

    if (rc == 0)
        rc = key_load(path, &k, e);
    if (rc == 0)
        rc = identity_of(folder, &id, e);
    if (rc == 0)
        rc = fs_join(path, sizeof path, folder, "journal");
    if (rc == 0)
        rc = journal_open(path, &id, k, NULL, &j, e);
    if (rc == 0)
        rc = fn(j, ctx, e);
    journal_close(j);
    key_free(k);
    return rc;
}

/* It had none, or it was not moved there yet. */
static bool has_journal(const char *folder)
{
    char path[PATH_MAX];
    return fs_join(path, sizeof path, folder, "journal") || access(path, F_OK) == 0;
}

/* Calls `visit` for each of them that has a journal, until it returns something else than 0, which is returned. `epoch`
 * NULL: a name that nobody here has given. */
static int each(const struct aside *a,
                int (*visit)(const struct aside *a, const char *folder, const uint8_t *epoch, void *ctx), void *ctx)
{
    char all[PATH_MAX], folder[PATH_MAX];
    uint8_t epoch[EPOCH_LEN];
    const struct dirent *f;
    size_t len = 0;
    int rc = 0;
    DIR *list = fs_join(all, sizeof all, a->data, "earlier") ? NULL : opendir(all);

    while (rc == 0 && list && (f = readdir(list))) {
        if (!strcmp(f->d_name, ".") || !strcmp(f->d_name, "..") || fs_join(folder, sizeof folder, all, f->d_name) < 0)
            continue;
        if (strlen(f->d_name) != 2 * EPOCH_LEN || hex_decode(f->d_name, 2 * EPOCH_LEN, epoch, EPOCH_LEN, &len) < 0)
            rc = visit(a, folder, NULL, ctx);
        else if (has_journal(folder))
            rc = visit(a, folder, epoch, ctx);
    }
    if (list)
        closedir(list);
    return rc;
}

/* --- the hall's word -------------------------------------------------------------------------------------------------- */

struct said {
    const struct manifest_role *hall;
    const struct ack *word;
};

static int keep_word(struct journal *j, void *ctx, struct err *e)
{
    const struct ack *word = ctx;
    return journal_acknowledged(j, word->seq, word->hash, e);
}

static int hear(const struct aside *a, const char *folder, const uint8_t *epoch, void *ctx)
{
    const struct said *s = ctx;
    struct ack word = *s->word;
    struct err e = {0};

    if (!epoch || ack_verify(s->hall, a->terminal, epoch, &word, &e) < 0)
        return 0; /* it is of another one, or of nobody */
    if (with_journal(folder, keep_word, &word, &e) < 0)
        log_warn("kiosk", "the journal put aside in %s: %s", folder, e.text);
    return 1;
}

bool aside_said(struct aside *a, const struct manifest_role *hall, const struct ack *word)
{
    struct said s = {hall, word};

    if (each(a, hear, &s) == 0)
        return false;
    a->waiting = NOT_COUNTED;
    return true;
}

/* --- what is there ---------------------------------------------------------------------------------------------------- */

static int purge_it(struct journal *j, void *ctx, struct err *e)
{
    journal_set_clock_trusted(j, true);
    return journal_purge(j, journal_acked(j), *(const int *)ctx, e);
}

static int purge(const struct aside *a, const char *folder, const uint8_t *epoch, void *ctx)
{
    struct err e = {0};

    if (epoch && with_journal(folder, purge_it, ctx, &e) < 0)
        log_warn("kiosk", "the journal put aside in %s keeps its sealed bodies: %s", folder, e.text);
    return 0;
}

void aside_purge(struct aside *a, int days)
{
    int64_t today = clock_wall_ms() / DAY_MS;

    if (today == a->purged_day)
        return;
    a->purged_day = today;
    each(a, purge, &days);
}

static int count_it(struct journal *j, void *ctx, struct err *e)
{
    int64_t n = 0, *sum = ctx;
    int rc = journal_waiting(j, &n, e);

    *sum += n;
    return rc;
}

static int count(const struct aside *a, const char *folder, const uint8_t *epoch, void *ctx)
{
    struct err e = {0};

    if (epoch ? with_journal(folder, count_it, ctx, &e) == 0 : err_set(&e, ERR_INVALID, "it is none of ours") == 0)
        return 0;
    log_warn("kiosk", "what the hall lacks of the journal put aside in %s is not known: %s", folder, e.text);
    return -1;
}

int64_t aside_waiting(struct aside *a)
{
    int64_t sum = 0;

    if (a->waiting == NOT_COUNTED)
        a->waiting = each(a, count, &sum) < 0 ? UNKNOWN : sum;
    return a->waiting;
}
