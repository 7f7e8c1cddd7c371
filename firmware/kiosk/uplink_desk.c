/* SPDX-License-Identifier: Apache-2.0
 *
 * See uplink_desk.h.
 */
#include "kiosk/uplink_desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/must.h"
#include "wire/uplink_word.h"

#define ANSWER_MAX 8192

struct uplink_desk {
    struct loop_timer *silence;
    struct uplink_desk_events events;
    void *ctx;
    struct uplink_report report;
    int left; /* so much of what was asked for may still be said: more is not the truth */
};

static void settle(struct uplink_desk *d, enum uplink_state state)
{
    loop_timer_stop(d->silence);
    d->left = 0;
    d->report.state = state;
    d->events.told(d->ctx);
}

static void on_silence(void *ctx)
{
    settle(ctx, UPLINK_BROKE_OFF);
}

struct uplink_desk *uplink_desk_create(struct loop *l, const struct uplink_desk_events *events, void *ctx)
{
    struct uplink_desk *d = calloc(1, sizeof *d);

    must(d, "out of memory");
    *d = (struct uplink_desk){.silence = loop_add_timer(l, on_silence, d), .events = *events, .ctx = ctx};
    return d;
}

void uplink_desk_destroy(struct uplink_desk *d)
{
    if (!d)
        return;
    loop_timer_remove(d->silence);
    free(d);
}

void uplink_desk_look(struct uplink_desk *d)
{
    if (d->report.state == UPLINK_TESTING)
        return;
    d->left = UPLINK_FINDINGS;
    d->events.say(d->ctx, &(struct peer_line){.kind = PEER_UPLINK_LOOK});
}

void uplink_desk_test(struct uplink_desk *d)
{
    if (d->report.state == UPLINK_TESTING)
        return;
    uplink_report_begin(&d->report);
    if (!d->events.say(d->ctx, &(struct peer_line){.kind = PEER_UPLINK_TEST})) {
        settle(d, UPLINK_NOBODY);
        return;
    }
    d->left = UPLINK_FINDINGS;
    loop_timer_start(d->silence, UPLINK_SILENCE_MS);
    d->events.told(d->ctx);
}

void uplink_desk_said(struct uplink_desk *d, const struct peer_line *p)
{
    struct uplink_found f;

    if (d->left == 0)
        return;
    d->left--;
    if (p->kind == PEER_UPLINKED) {
        settle(d, d->report.state == UPLINK_TESTING ? UPLINK_TESTED : d->report.state);
        return;
    }
    if (uplink_word_take(p, &f) < 0)
        return;
    uplink_report_take(&d->report, &f);
    if (d->report.state == UPLINK_TESTING)
        loop_timer_start(d->silence, UPLINK_SILENCE_MS);
    d->events.told(d->ctx);
}

void uplink_desk_gone(struct uplink_desk *d)
{
    if (d->report.state == UPLINK_TESTING)
        settle(d, UPLINK_BROKE_OFF);
}

const struct uplink_report *uplink_desk_report(const struct uplink_desk *d)
{
    return &d->report;
}

/* --- for kioskctl --- */

static void put_step(struct jsonw *w, const struct uplink_report *r, enum uplink_step s)
{
    static const char *const grades[] = {
        [UPLINK_IS_OPEN] = "open", [UPLINK_IS_GOOD] = "good", [UPLINK_IS_PLAIN] = "plain", [UPLINK_IS_BAD] = "bad"};
    const struct uplink_found *f = &r->of[s];

    jsonw_obj(w, NULL);
    jsonw_str(w, "step", uplink_step_word(s));
    jsonw_str(w, "grade", grades[uplink_grade(f->finding)]);
    jsonw_str(w, "finding", uplink_finding_word(f->finding));
    jsonw_str(w, "what", f->what);
    jsonw_int(w, "n", f->n);
    jsonw_end(w);
}

void uplink_desk_request(struct uplink_desk *d, struct line *asker, const char *option)
{
    static const char *const states[] = {[UPLINK_UNTESTED] = "untested",
                                         [UPLINK_TESTING] = "testing",
                                         [UPLINK_TESTED] = "tested",
                                         [UPLINK_NOBODY] = "nobody",
                                         [UPLINK_BROKE_OFF] = "broke-off"};
    struct jsonw w;
    struct buf json;

    if (!strcmp(option, "test"))
        uplink_desk_test(d);
    buf_init(&json, ANSWER_MAX);
    jsonw_init(&w, &json);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "state", states[d->report.state]);
    jsonw_arr(&w, "steps");
    for (int s = 0; s < UPLINK_STEPS; s++)
        put_step(&w, &d->report, (enum uplink_step)s);
    jsonw_end(&w);
    jsonw_end(&w);
    line_send(asker, buf_str(&json));
    buf_finish(&json);
}
