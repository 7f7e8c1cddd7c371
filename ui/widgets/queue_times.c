/* SPDX-License-Identifier: Apache-2.0
 *
 * See queue_times.h. Between midnight and five nobody agrees what tomorrow is: then it is 今早, and the weekday says the
 * rest.
 */
#include "ui/widgets/queue_times.h"

#include <stddef.h>

#include "ui/widgets/words.h"

#define DAY_MS 86400000LL
#define NOON (12 * 60)
#define SMALL_HOURS (5 * 60)

struct queues_sum queues_sum(const struct view *v)
{
    struct queues_sum sum = {.gives = 0};

    for (int i = 0; i < v->queue.n_queues; i++) {
        const struct view_queue *q = &v->queue.queues[i];
        int64_t from = queue_from(v, q);

        sum.off += queue_giving(v, q) != QUEUE_GIVES && queue_giving(v, q) != QUEUE_NEWER;
        sum.unsure |= q->times.known && !v->health.clock_sure;
        if (queue_giving(v, q) == QUEUE_GIVES) {
            sum.gives++;
            sum.timed |= queue_timed(v, q);
        } else if (from && (!sum.from || from < sum.from)) {
            sum.from = from;
        }
    }
    return sum;
}

static int days_ahead(const struct view *v, int64_t ms)
{
    return (int)(date_to_days(date_of_ms(ms)) - date_to_days(date_of_ms(v->now_ms)));
}

const char *queue_when(struct scene *s, const struct view *v, int64_t ms, bool full)
{
    const char *time = words_time(s, ms), *weekday = words_weekday(v, date_of_ms(ms));
    int ahead = days_ahead(v, ms);
    bool morning = clock_minute_of_day(ms) < NOON, night = clock_minute_of_day(v->now_ms) < SMALL_HOURS;

    if (ahead == 0 && !(night && morning))
        return SAY_WITH(queue_at_today, time);
    if (ahead > 1 && full)
        return SAY_WITH(queue_at_day_weekday, words_date_inline(s, v, date_of_ms(ms)), time);
    if (ahead > 1)
        return SAY_WITH(
            queue_at_day,
            SAY_WITH(ui_date, str_month(v->settings.language, date_of_ms(ms).month), words_number(s, date_of_ms(ms).day)),
            time);
    if (full)
        return ahead == 0 ? SAY_WITH(queue_at_morning_day, time, weekday)
               : morning  ? SAY_WITH(queue_at_tomorrow_morning_day, time, weekday)
                          : SAY_WITH(queue_at_tomorrow_day, time, weekday);
    return ahead == 0 ? SAY_WITH(queue_at_morning, time)
           : morning  ? SAY_WITH(queue_at_tomorrow_morning, time)
                      : SAY_WITH(queue_at_tomorrow, time);
}

const char *queue_windows_from(struct scene *s, const struct view *v)
{
    const struct queues_sum sum = queues_sum(v);

    return sum.gives || !sum.from ? NULL : queue_when(s, v, sum.from, true);
}

static const char *spans(struct scene *s, const struct view *v, const struct day_hours *h)
{
    char out[80];

    return scene_keep(s, opening_hours_text(h, "\u2013", SAY(ui_hours_and), out, sizeof out));
}

static const char *open_until(struct scene *s, const struct view *v, int64_t until)
{
    bool midnight = clock_minute_of_day(until) == 0;

    if (until - v->now_ms > DAY_MS)
        return SAY(idle_queue_now);
    return SAY_WITH(queue_open_until, midnight ? "24:00" : words_time(s, until));
}

static const char *hours_of_day(struct scene *s, const struct view *v, const struct view_queue *q)
{
    int64_t from = q->times.at[0].from_ms;
    const char *day = days_ahead(v, from) ? words_weekday(v, date_of_ms(from)) : SAY(queue_today);

    return SAY_WITH(queue_hours, day, spans(s, v, &q->times.day));
}

static const char *closure(struct scene *s, const struct view *v, const struct view_queue *q)
{
    return words_either(s, v, q->times.reason, q->times.reason_en);
}

const char *queue_hours_line(struct scene *s, const struct view *v, const struct view_queue *q)
{
    const struct opening *o = queue_opening(v, q);

    if (!q->times.known || !q->queue.open || q->queue.newer)
        return NULL;
    if (!queue_timed(v, q))
        return q->times.working.n ? SAY_WITH(queue_hours_working, spans(s, v, &q->times.working)) : NULL;
    if (queue_giving(v, q) == QUEUE_GIVES)
        return open_until(s, v, o->until_ms);
    if (q->times.closed)
        return closure(s, v, q);
    return q->times.n ? hours_of_day(s, v, q) : NULL;
}

/* A moment of today is its time alone. */
static const char *moment(struct scene *s, const struct view *v, int64_t ms)
{
    if (days_ahead(v, ms))
        return SAY_WITH(queue_until_day, words_date_inline(s, v, date_of_ms(ms)), words_time(s, ms));
    return words_time(s, ms);
}

const char *queue_pause_line(struct scene *s, const struct view *v, const struct view_queue *q)
{
    int64_t from = queue_from(v, q);
    const char *reason = words_own(s, v, q->now.reason), *time = moment(s, v, from ? from : q->now.paused_until);

    if (from)
        return reason[0] ? SAY_WITH(queue_paused_until, reason, time) : SAY_WITH(queue_until, time);
    return reason[0] ? SAY_WITH(queue_stopped_until, reason, time) : SAY_WITH(queue_stopped, time);
}

static const char *told_outside(struct scene *s, const struct view *v, const struct view_queue *q)
{
    int64_t from = queue_from(v, q);
    const char *when = from ? queue_when(s, v, from, true) : NULL;

    if (q->times.closed)
        return when ? SAY_WITH(queue_told_closure, closure(s, v, q), when)
                    : SAY_WITH(queue_told_closure_never, closure(s, v, q));
    return when ? SAY_WITH(queue_told_outside, when) : SAY(queue_told_outside_never);
}

static const char *told_pause(struct scene *s, const struct view *v, const struct view_queue *q)
{
    int64_t from = queue_from(v, q);
    const char *reason = words_own(s, v, q->now.reason), *when = queue_when(s, v, from ? from : q->now.paused_until, true);

    if (from)
        return reason[0] ? SAY_WITH(queue_told_pause, reason, when) : SAY_WITH(queue_told_pause_plain, when);
    return reason[0] ? SAY_WITH(queue_told_pause_only, reason, when) : SAY_WITH(queue_told_pause_only_plain, when);
}

bool queue_else_apply(const struct view *v)
{
    return v->health.reader == READER_READY && !v->health.no_applications;
}

void queue_told(struct scene *s, const struct view *v, const struct view_queue *q, bool brief,
                const char *ret[QUEUE_TOLD_MAX + 1])
{
    enum queue_giving state = queue_giving(v, q);
    const struct opening *o = queue_timed(v, q) ? queue_opening(v, q) : NULL;
    size_t n = 0;

    ret[n++] = state == QUEUE_SHUT     ? SAY(queue_told_shut)
               : state == QUEUE_PAUSED ? told_pause(s, v, q)
                                       : told_outside(s, v, q);
    if (o && o->provisional && state != QUEUE_SHUT)
        ret[n++] = SAY(queue_told_provisional);
    ret[n++] = state == QUEUE_OUTSIDE ? SAY(queue_told_lost) : SAY(queue_told_kept);
    if (!brief && queues_sum(v).gives)
        ret[n++] = SAY(queue_told_others);
    ret[n++] = queue_else_apply(v) ? SAY(queue_told_apply) : SAY(queue_told_guides);
    ret[n] = NULL;
}
