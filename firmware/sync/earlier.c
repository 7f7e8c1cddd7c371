/* SPDX-License-Identifier: Apache-2.0
 *
 * See earlier.h.
 */
#include "sync/earlier.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/text.h"
#include "journal/outbox.h"
#include "sync/deliver.h"

#define JOURNALS_MAX 16
#define PATH_BYTES 512

struct one {
    const struct earlier *all;
    char dir[PATH_BYTES];
    struct terminal_config terminal; /* with that journal's epoch */
    struct state *state;
    struct deliver *deliver;
};

struct earlier {
    void (*word)(void *ctx, const struct ack *a);
    void *ctx;
    int n;
    struct one list[JOURNALS_MAX];
};

/* --- the folders --- */

/* Calls fn for each DATA/earlier/<epoch>; -ERR_… of fn ends it. */
static int each(const char *data_dir, int (*fn)(void *ctx, const char *dir, const uint8_t epoch[EPOCH_LEN], struct err *e),
                void *ctx, struct err *e)
{
    char folder[PATH_BYTES], dir[PATH_BYTES];
    uint8_t epoch[EPOCH_LEN];
    size_t len = 0;
    int rc = 0;
    DIR *list = fs_join(folder, sizeof folder, data_dir, "earlier") ? NULL : opendir(folder);
    for (struct dirent *f; rc == 0 && list && (f = readdir(list));)
        if (strlen(f->d_name) == 2 * EPOCH_LEN && !hex_decode(f->d_name, 2 * EPOCH_LEN, epoch, EPOCH_LEN, &len) &&
            !fs_join(dir, sizeof dir, folder, f->d_name))
            rc = fn(ctx, dir, epoch, e);
    if (list)
        closedir(list);
    return rc;
}

/* --- delivering --- */

static void on_acked(void *ctx, uint64_t seq)
{
    const struct one *o = ctx;
    log_info("sync", "of the earlier journal %s the hall has %llu", o->dir, (unsigned long long)seq);
}

static void on_word(void *ctx, const struct ack *a)
{
    const struct one *o = ctx;
    o->all->word(o->all->ctx, a);
}

static void on_outcome(void *ctx, enum http_outcome o)
{
}

struct making {
    struct earlier *f;
    struct loop *loop;
    struct http *http;
    const char *data;
    const struct terminal_config *own;
};

static int begin(void *ctx, const char *dir, const uint8_t epoch[EPOCH_LEN], struct err *e)
{
    static const struct deliver_events events = {.acked = on_acked, .word = on_word, .outcome = on_outcome};
    struct making *m = ctx;
    struct one *o = &m->f->list[m->f->n];
    char journal[64];
    struct err why = {0};
    if (m->f->n == JOURNALS_MAX)
        return 0;
    snprintf(journal, sizeof journal, "earlier/%.32s/journal", strrchr(dir, '/') + 1);
    text_copy(o->dir, sizeof o->dir, dir);
    o->all = m->f;
    o->terminal = *m->own;
    memcpy(o->terminal.epoch, epoch, EPOCH_LEN);
    int rc = state_open(dir, epoch, &o->state, &why);
    if (rc == 0)
        rc = deliver_create(m->loop, m->http, o->state, m->data, journal, &o->terminal, &events, o, &o->deliver, &why);
    if (rc == 0) {
        m->f->n++;
        return 0;
    }
    log_error("sync", "the earlier journal %s is not delivered: %s", dir, why.text);
    state_close(o->state);
    *o = (struct one){.state = NULL};
    return 0;
}

int earlier_create(struct loop *l, struct http *h, const char *data_dir, const struct terminal_config *own,
                   void (*word)(void *ctx, const struct ack *a), void *ctx, struct earlier **ret, struct err *e)
{
    struct earlier *f = calloc(1, sizeof *f);
    if (!f)
        return err_set(e, ERR_NOMEM, "earlier journals");
    f->word = word;
    f->ctx = ctx;
    *ret = f;
    return each(data_dir, begin, &(struct making){f, l, h, data_dir, own}, e);
}

void earlier_destroy(struct earlier *f)
{
    if (!f)
        return;
    for (int i = 0; i < f->n; i++) {
        deliver_destroy(f->list[i].deliver);
        state_close(f->list[i].state);
    }
    free(f);
}

void earlier_wake(struct earlier *f)
{
    for (int i = 0; f && i < f->n; i++)
        deliver_wake(f->list[i].deliver);
}

void earlier_repeat(struct earlier *f)
{
    for (int i = 0; f && i < f->n; i++)
        deliver_repeat(f->list[i].deliver);
}

/* --- counting --- */

static int count(void *ctx, const char *dir, const uint8_t epoch[EPOCH_LEN], struct err *e)
{
    int64_t *sum = ctx;
    char path[PATH_BYTES];
    struct outbox *o = NULL;
    struct state *s = NULL;
    struct chain_head head = {0};
    int rc = fs_join(path, sizeof path, dir, "journal") ? err_set(e, ERR_TOOLONG, "%s", dir) : outbox_open(path, &o, e);
    if (rc == -ERR_NOTFOUND) {
        *e = (struct err){0};
        return 0;
    }
    if (rc == 0)
        rc = outbox_head(o, &head, e);
    if (rc == 0)
        rc = state_open(dir, epoch, &s, e);
    if (rc == 0 && (int64_t)head.seq > state_get(s, STATE_ACKED))
        *sum += (int64_t)head.seq - state_get(s, STATE_ACKED);
    state_close(s);
    outbox_close(o);
    return rc;
}

int earlier_pending(const char *data_dir, const uint8_t epoch[EPOCH_LEN], int64_t *ret, struct err *e)
{
    int64_t sum = 0;
    int rc = count(&sum, data_dir, epoch, e);
    if (rc == 0)
        rc = each(data_dir, count, &sum, e);
    if (rc == 0)
        *ret = sum;
    return rc;
}
