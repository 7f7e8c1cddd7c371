/* SPDX-License-Identifier: Apache-2.0
 *
 * See halts.h.
 */
#include "tools/hall/terminals/halts.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/keys/signer.h"
#include "tools/hall/store/store_halt.h"
#include "wire/halts.h"

struct look {
    struct read_job job; /* first: the reader hands it back */
    struct halts_teller *teller;
    int64_t known; /* the version of the whole list that is told; -1: none yet */
    bool changed;
    struct halts_told told; /* only to be signed */
    struct wait_halts whole, few;
};
struct halts_teller {
    struct reader *reader;
    const struct signer *signer;
    struct wait *wait;
    struct event *tick;
    struct look look;
    bool out, failed; /* the look is at the reader; the last one failed */
};

static int sign(const struct signer *signer, const struct halts_told *told, struct wait_halts *ret, struct err *e)
{
    struct news_word *word = &ret->word;
    struct buf state;

    buf_init(&state, NEWS_QUEUES_MAX);
    int rc = halts_encode(told, &state, e);
    if (rc == 0)
        rc = signer_sign(signer, HALTS_PREFIX, state.data, state.len, &word->by, e);
    if (rc == 0)
        text_copy(word->state, sizeof word->state, buf_str(&state));
    ret->version = told->halts.version;
    buf_finish(&state);
    return rc;
}

static int list(struct look *l, struct store *s, int most, struct wait_halts *ret, struct err *e)
{
    int rc = halt_list(s, most, &l->told.halts, e);

    return rc == 0 ? sign(l->teller->signer, &l->told, ret, e) : rc;
}

static int look_run(struct read_job *j, struct store *s, struct err *e)
{
    struct look *l = (struct look *)j;
    int64_t version;
    int rc = halt_version(s, &version, e);

    l->changed = rc == 0 && (version != l->known || !signer_is(l->teller->signer, l->whole.word.by.key_id));
    if (!l->changed)
        return rc;
    l->told.at_ms = clock_wall_ms();
    rc = list(l, s, HALTS_MAX, &l->whole, e);
    return rc == 0 ? list(l, s, HALTS_FEW, &l->few, e) : rc;
}

static void look_done(struct read_job *j, int rc, const struct err *e)
{
    struct look *l = (struct look *)j;
    struct halts_teller *t = l->teller;

    t->out = false;
    if (rc < 0 && !t->failed)
        log_warn("hall", "look for halted items: %s; it is tried each second", e->text);
    t->failed = rc < 0;
    if (rc < 0 || !l->changed)
        return;
    l->known = l->whole.version;
    wait_set_halts(t->wait, &l->whole, &l->few);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    struct halts_teller *t = ctx;

    if (t->out)
        return;
    t->look.job = (struct read_job){.run = look_run, .done = look_done};
    t->out = reader_push(t->reader, &t->look.job);
}

int halts_teller_create(struct event_base *base, struct reader *r, const struct signer *signer, struct wait *w,
                        struct halts_teller **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct halts_teller *t = calloc(1, sizeof *t);

    if (t)
        t->tick = event_new(base, -1, EV_PERSIST, on_tick, t);
    if (!t || !t->tick) {
        free(t);
        return err_set(e, ERR_NOMEM, "halted items");
    }
    t->reader = r;
    t->signer = signer;
    t->wait = w;
    t->look.teller = t;
    t->look.known = -1;
    event_add(t->tick, &second);
    on_tick(-1, 0, t);
    *ret = t;
    return 0;
}

void halts_teller_destroy(struct halts_teller *t)
{
    if (!t)
        return;
    event_free(t->tick);
    free(t);
}
