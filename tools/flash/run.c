/* SPDX-License-Identifier: Apache-2.0
 *
 * See run.h.
 */
#include "tools/flash/run.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"

#define LOOK_US 500000
#define AGAIN_MS 10000 /* for one that answered before */

static void tell(struct run *r, struct stick *k)
{
    if (r->event)
        r->event(r, k);
}

/* What was chosen is what is there: nobody wrote onto it meanwhile. One that was named twice may hold anything. */
static bool still_the_same(const struct stick *k)
{
    struct content now;

    if (!k->there || k->medium.bar > MEDIUM_INSIDE)
        return false;
    look_now(&k->medium, AGAIN_MS, &now);
    return now.holds == k->content.holds && content_files(&now) == content_files(&k->content);
}

static void begin(struct run *r, struct stick *k)
{
    if (write_job_start(&k->job, &k->medium, r->image, k->sheet ? k->sheet->block : NULL, NULL) == 0) {
        k->state = STICK_WRITING;
    } else {
        k->state = STICK_BAD;
        k->job.now = (struct writer_report){.phase = WRITER_END, .fault = WRITER_DIED};
    }
    tell(r, k);
}

/* Files that were not there before are somebody's. What flash itself left there may look like anything. */
static bool may_go_on(const struct stick *k)
{
    struct content now;

    look_now(&k->medium, AGAIN_MS, &now);
    return now.holds != HOLDS_FILES || k->content.holds == HOLDS_FILES;
}

static void refuse(struct run *r, struct stick *k)
{
    k->state = STICK_BAD;
    k->changed = true;
    k->job.now = (struct writer_report){.phase = WRITER_END, .fault = WRITER_STOPPED};
    tell(r, k);
}

void run_start(struct run *r, struct stick *k)
{
    if (!r->began_us)
        r->began_us = clock_measure_us();
    if (still_the_same(k))
        begin(r, k);
    else
        refuse(r, k);
}

static void end(struct run *r, struct stick *k)
{
    switch (k->job.now.fault) {
    case WRITER_NONE:
        k->state = STICK_GOOD;
        break;
    case WRITER_GONE:
        k->state = r->wait_for_return ? STICK_OUT : STICK_BAD;
        break;
    case WRITER_FAKE:
    case WRITER_ROT:
    case WRITER_IO:
    case WRITER_IMAGE:
    case WRITER_BUSY:
    case WRITER_SMALL:
    case WRITER_DIED:
    case WRITER_STOPPED:
        k->state = STICK_BAD;
        break;
    }
    tell(r, k);
}

static bool listen_to(struct run *r, struct stick *k)
{
    enum writer_phase before = k->job.now.phase;

    if (!write_job_runs(&k->job) || !write_job_listen(&k->job))
        return false;
    if (!write_job_runs(&k->job))
        end(r, k);
    else if (k->job.now.phase != before && k->job.now.phase != WRITER_END)
        tell(r, k);
    return true;
}

static void look(struct run *r)
{
    if (clock_measure_us() - r->looked_us < LOOK_US)
        return;
    r->looked_us = clock_measure_us();
    if (sticks_look(r->sticks, NULL) < 0)
        return;
    for (size_t i = 0; i < r->sticks->n; i++) {
        struct stick *k = &r->sticks->list[i];
        if (k->state != STICK_OUT || !k->there || k->medium.bar != MEDIUM_FREE)
            continue;
        if (may_go_on(k))
            begin(r, k);
        else
            refuse(r, k);
    }
}

bool run_step(struct run *r, int timeout_ms)
{
    struct pollfd p[STICKS_MAX];
    bool news = false;
    nfds_t n = 0;

    for (size_t i = 0; i < r->sticks->n; i++)
        if (write_job_runs(&r->sticks->list[i].job))
            p[n++] = (struct pollfd){.fd = r->sticks->list[i].job.fd, .events = POLLIN};
    poll(p, n, timeout_ms);
    for (size_t i = 0; i < r->sticks->n; i++)
        news |= listen_to(r, &r->sticks->list[i]);
    look(r);
    return news;
}

bool run_active(const struct run *r)
{
    return run_count(r, STICK_WRITING) + run_count(r, STICK_OUT) > 0;
}

void run_give_up(struct run *r, struct stick *k)
{
    if (k->state != STICK_OUT)
        return;
    k->state = STICK_BAD;
    tell(r, k);
}

void run_stop(struct run *r)
{
    r->stopped = true;
    for (size_t i = 0; i < r->sticks->n; i++) {
        struct stick *k = &r->sticks->list[i];
        run_give_up(r, k);
        if (write_job_runs(&k->job)) {
            write_job_stop(&k->job);
            end(r, k);
        }
    }
}

bool run_has(const struct stick *k)
{
    return k->state != STICK_IDLE;
}

size_t run_count(const struct run *r, enum stick_state state)
{
    size_t n = 0;

    for (size_t i = 0; i < r->sticks->n; i++)
        n += r->sticks->list[i].state == state;
    return n;
}

int64_t run_seconds(const struct run *r)
{
    return r->began_us ? (clock_measure_us() - r->began_us) / 1000000 : 0;
}

int run_left(const struct run *r)
{
    int left = -1;

    for (size_t i = 0; i < r->sticks->n; i++)
        if (r->sticks->list[i].state == STICK_WRITING) {
            int one = write_job_left(&r->sticks->list[i].job, r->image);
            left = one > left ? one : left;
        }
    return left;
}
