/* SPDX-License-Identifier: Apache-2.0
 *
 * A ticket that never shows up at the output was taken too quickly to be seen, or hangs inside: nothing is said of it.
 */
#include "drivers/printer/presenter.h"

#include "base/must.h"

#include <string.h>

#define AWAIT_MS 5000
#define DRAW_MS 10000 /* drawing back takes no longer; then it is tried again */

void presenter_init(struct presenter *p, int retract_ms)
{
    memset(p, 0, sizeof *p);
    p->retract_ms = retract_ms;
}

static void enter(struct presenter *p, int state, int64_t now_ms)
{
    p->state = state;
    p->since_ms = now_ms;
}

void presenter_await(struct presenter *p, const char job[5], int64_t now_ms)
{
    must(job[0], "a ticket of no job");
    memcpy(p->job, job, 4);
    enter(p, PRESENTER_AWAITED, now_ms);
}

enum presenter_word presenter_step(struct presenter *p, bool at_output, int64_t now_ms)
{
    must(now_ms >= p->since_ms, "a ticket came out before it was printed");
    int64_t passed = now_ms - p->since_ms;

    switch (p->state) {
    case PRESENTER_EMPTY:
        if (!at_output)
            break;
        p->job[0] = '\0';
        enter(p, PRESENTER_HELD_OUT, now_ms);
        return PRESENTER_OUT;
    case PRESENTER_AWAITED:
        if (at_output) {
            enter(p, PRESENTER_HELD_OUT, now_ms);
            return PRESENTER_OUT;
        }
        if (passed > AWAIT_MS)
            enter(p, PRESENTER_EMPTY, now_ms);
        break;
    case PRESENTER_HELD_OUT:
        if (!at_output) {
            enter(p, PRESENTER_EMPTY, now_ms);
            return PRESENTER_TAKEN;
        }
        if (!p->retract_ms || passed < p->retract_ms)
            break;
        enter(p, PRESENTER_DRAWING, now_ms);
        return PRESENTER_DRAW_BACK;
    case PRESENTER_DRAWING:
        if (!at_output) {
            enter(p, PRESENTER_EMPTY, now_ms);
            return PRESENTER_RETRACTED;
        }
        if (passed < DRAW_MS)
            break;
        enter(p, PRESENTER_DRAWING, now_ms);
        return PRESENTER_DRAW_BACK;
    }
    return PRESENTER_NOTHING;
}

bool presenter_make_way(struct presenter *p)
{
    bool there = p->retract_ms && (p->state == PRESENTER_HELD_OUT || p->state == PRESENTER_DRAWING);

    if (there)
        p->state = PRESENTER_EMPTY;
    return there;
}

bool presenter_watched(const struct presenter *p)
{
    return p->state != PRESENTER_EMPTY;
}
