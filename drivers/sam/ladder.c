/* SPDX-License-Identifier: Apache-2.0
 *
 * See ladder.h.
 */
#include "drivers/sam/ladder.h"

#include "base/must.h"

#define REOPEN_MS 1000
#define RETRY_MS 5000
#define RETRY_MAX_MS 10000
#define SELDOM_AFTER_MS 90000
#define SELDOM_MS 60000

/* What a rung can help against. */
#define LINK 1 /* silence, noise, a halted pipe */
#define SELF 2 /* the reader's own self-test */
#define OPEN 4 /* it could not be opened */

static const struct {
    const char *word;
    int helps, wait_ms;
} rungs[RUNGS] = {
    [RUNG_NONE] = {"", 0, 0},
    [RUNG_DRAIN] = {"drain", LINK, 0},
    [RUNG_RESET] = {"reset", LINK | SELF, 0},
    [RUNG_CLEAR_HALT] = {"clear-halt", LINK, 0},
    [RUNG_REOPEN] = {"reopen", LINK | OPEN, REOPEN_MS},
    [RUNG_REENUMERATE] = {"re-enumerate", LINK | SELF, REOPEN_MS},
};

static int kind_of(enum card_fault why)
{
    switch (why) {
    case CARD_FAULT_SELF_TEST:
        return SELF;
    case CARD_FAULT_NO_ACCESS:
    case CARD_FAULT_IN_USE:
        return OPEN;
    case CARD_FAULT_UNAUTHORISED: /* nothing we can do helps */
        return 0;
    case CARD_FAULT_NONE:
    case CARD_FAULT_LIFTED:
    case CARD_FAULT_UNREADABLE:
    case CARD_FAULT_NOT_ID:
    case CARD_FAULT_READER_REFUSED:
    case CARD_FAULT_CARD_REFUSED:
    case CARD_FAULT_FORGED:
    case CARD_FAULT_TEXT:
    case CARD_FAULT_ODD:
    case CARD_FAULT_LINE:
    case CARD_FAULT_SILENT:
    case CARD_FAULT_STALLED:
    case CARD_FAULT_GARBLED:
    case CARD_FAULT_BROKEN_OFF:
    case CARD_FAULT_PIPES:
    case CARD_FAULT_FIRMWARE:
    case CARD_FAULTS:
        break;
    }
    return LINK;
}

/* Past the last rung: the two strong ones in turn. */
static enum rung again(struct ladder *l, bool open, int64_t now_ms, int *ret_wait_ms)
{
    int wait = RETRY_MS * ++l->rounds;
    *ret_wait_ms = now_ms - l->since_ms >= SELDOM_AFTER_MS ? SELDOM_MS : wait < RETRY_MAX_MS ? wait : RETRY_MAX_MS;
    return !open || l->rung != RUNG_REOPEN ? RUNG_REOPEN : RUNG_REENUMERATE;
}

enum rung ladder_climb(struct ladder *l, enum card_fault why, bool open, int64_t now_ms, int *ret_wait_ms)
{
    must(l->rounds >= 0 && (unsigned)l->rung < RUNGS, "a rung the ladder does not have");
    if (l->rung == RUNG_NONE)
        l->since_ms = now_ms;
    for (int r = (int)l->rung + 1; r < RUNGS && l->rounds == 0; r++) {
        if (!(rungs[r].helps & kind_of(why)) || (!open && r != RUNG_REOPEN))
            continue;
        *ret_wait_ms = rungs[r].wait_ms;
        return l->rung = (enum rung)r;
    }
    return l->rung = again(l, open, now_ms, ret_wait_ms);
}

void ladder_leave(struct ladder *l)
{
    *l = (struct ladder){.rung = RUNG_NONE};
}

const char *ladder_word(enum rung r)
{
    return (unsigned)r < RUNGS ? rungs[r].word : "";
}
