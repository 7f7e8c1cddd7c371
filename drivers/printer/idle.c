/* SPDX-License-Identifier: Apache-2.0
 *
 * See idle.h.
 */
#include "drivers/printer/idle.h"

#include "base/must.h"

#define DRAIN_MS 100 /* quiet for so long: nothing stale is left */
#define ASK_EVERY_MS 5000
#define WATCH_EVERY_MS 120000 /* one that reports by itself */
#define TICKET_EVERY_MS 500   /* while a ticket stands at the output */
#define PROBE_MS 1000         /* longer than an answer takes: four questions and more */

static struct idle_action act(enum idle_word what, int ms)
{
    return (struct idle_action){.what = what, .ms = ms};
}

/* Rests until the printer speaks by itself, or until it is time to ask. */
static struct idle_action rest(struct idle *i, const struct idle_input *in)
{
    i->state = IDLE_REST;
    return act(IDLE_WAIT, in->watched ? TICKET_EVERY_MS : i->automatic_seen && !i->silent ? WATCH_EVERY_MS : ASK_EVERY_MS);
}

static struct idle_action ask(struct idle *i, const struct idle_input *in)
{
    struct idle_action a = act(IDLE_ASK, in->answer_ms);

    if (i->silent) {
        a.ask |= IDLE_ASK_ZEROS;
        i->automatic_seen = false; /* ESC @ has ended it */
    }
    if (in->automatic && !i->automatic_seen)
        a.ask |= IDLE_ASK_AUTOMATIC;
    if (!i->no_real_time || i->silent)
        a.ask |= IDLE_ASK_STATUS;
    if (i->silent || i->stuck || i->no_real_time)
        a.ask |= IDLE_ASK_PAPER;
    i->answered = i->told_status = i->told_paper = false;
    i->state = IDLE_ASKED;
    return a;
}

/* The job that has waited. What was not answered in time may still come, and is no answer to what the job asks. */
static struct idle_action begin_job(struct idle *i, const struct idle_input *in)
{
    if (in->all_answered)
        return act(IDLE_BEGIN_JOB, 0);
    i->state = IDLE_DRAIN;
    return act(IDLE_WAIT, DRAIN_MS);
}

static bool can_be_asked(const struct idle *i, const struct idle_input *in)
{
    return in->free && in->may_print && !i->silent && !i->stuck;
}

static bool probe_due(const struct idle *i, const struct idle_input *in)
{
    return in->to_probe && !i->probed && can_be_asked(i, in);
}

static bool name_due(const struct idle *i, const struct idle_input *in)
{
    return in->to_name && !i->named && can_be_asked(i, in);
}

static bool rule_due(const struct idle *i, const struct idle_input *in)
{
    return in->to_rule && can_be_asked(i, in);
}

static struct idle_action probe(struct idle *i, const struct idle_input *in)
{
    must(in->free && !in->job_waits, "a printer is probed in the middle of a job");
    i->probed = true;
    i->saw_marker = false;
    i->state = IDLE_PROBING;
    return act(IDLE_PROBE, in->answer_ms + PROBE_MS);
}

static struct idle_action ask_name(struct idle *i, const struct idle_input *in)
{
    i->named = true;
    i->state = IDLE_NAMING;
    return act(IDLE_NAME, in->answer_ms + PROBE_MS);
}

/* `in_step`: it has answered what stood behind the marker. */
static struct idle_action probe_over(struct idle *i, const struct idle_input *in, bool in_step)
{
    bool told = i->saw_marker || in_step;
    struct idle_action a;

    if (told)
        i->doubtful = false;   /* it has taken commands as commands */
    i->automatic_seen = false; /* ESC @ has ended it */
    a = in->job_waits ? begin_job(i, in) : ask(i, in);
    a.probe_told = told;
    a.confirm = i->saw_marker ? PROFILE_MARKER_PROCESS_ID : PROFILE_MARKER_PAPER;
    return a;
}

static struct idle_action name_over(struct idle *i, const struct idle_input *in)
{
    struct idle_action a = in->job_waits ? begin_job(i, in) : rest(i, in);

    a.name_over = true;
    return a;
}

/* All that was asked is answered, or no more is waited for. */
static struct idle_action asked_over(struct idle *i, const struct idle_input *in)
{
    if (i->told_status || i->told_paper)
        i->no_real_time = !i->told_status;
    if (in->job_waits)
        return begin_job(i, in);
    if (probe_due(i, in))
        return probe(i, in);
    if (name_due(i, in))
        return ask_name(i, in);
    if (rule_due(i, in))
        return act(IDLE_RULE, 0);
    return rest(i, in);
}

void idle_heard(struct idle *i, enum reply_kind kind, bool *ret_reports_now)
{
    *ret_reports_now = kind == REPLY_AUTO && !i->automatic_seen;
    i->answered = true;
    i->silent = false;
    i->told_status |= kind == REPLY_STATUS || kind == REPLY_FULL;
    i->told_paper |= kind == REPLY_PAPER;
    i->automatic_seen |= kind == REPLY_AUTO;
    if (kind == REPLY_PAPER)
        i->stuck = false;
}

static struct idle_action replied(struct idle *i, const struct idle_input *in)
{
    switch (i->state) {
    case IDLE_PROBING:
        i->saw_marker |= in->probes_marker;
        if (in->kind == REPLY_PAPER)
            return probe_over(i, in, true);
        break;
    case IDLE_NAMING:
        if (in->all_answered)
            return name_over(i, in);
        break;
    case IDLE_ASKED:
        if (in->all_answered)
            return asked_over(i, in);
        break;
    case IDLE_REST: /* it has paper now, say */
        if (probe_due(i, in))
            return probe(i, in);
        if (name_due(i, in))
            return ask_name(i, in);
        if (rule_due(i, in))
            return act(IDLE_RULE, 0);
        break;
    case IDLE_DRAIN:
        break;
    }
    return act(IDLE_NOTHING, 0);
}

static struct idle_action silence(struct idle *i, const struct idle_input *in)
{
    bool fell = !i->silent;
    struct idle_action a;

    i->silent = i->doubtful = true;
    a = asked_over(i, in);
    a.silence = true;
    a.fell = fell;
    return a;
}

static struct idle_action time_is_over(struct idle *i, const struct idle_input *in)
{
    switch (i->state) {
    case IDLE_PROBING:
        return probe_over(i, in, false);
    case IDLE_NAMING:
        return name_over(i, in); /* silence is no fault */
    case IDLE_ASKED:
        return i->answered ? asked_over(i, in) : silence(i, in);
    case IDLE_DRAIN:
        if (in->job_waits)
            return act(IDLE_BEGIN_JOB, 0);
        break;
    case IDLE_REST:
        break;
    }
    i->automatic_seen &= in->watched; /* does it still? */
    return ask(i, in);
}

struct idle_action idle_step(struct idle *i, const struct idle_input *in)
{
    must(in->answer_ms > 0, "an answer nobody waits for");
    must((unsigned)i->state <= IDLE_REST, "a state there is none of");
    switch (in->event) {
    case IDLE_BEGINS:
        i->state = IDLE_DRAIN;
        return act(IDLE_WAIT, DRAIN_MS);
    case IDLE_REPLIED:
        return replied(i, in);
    case IDLE_TIME:
        return time_is_over(i, in);
    case IDLE_GOES_ON:
        break;
    }
    return rest(i, in);
}

void idle_leave(struct idle *i)
{
    i->state = IDLE_REST;
    i->answered = false;
}
