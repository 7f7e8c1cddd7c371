/* SPDX-License-Identifier: Apache-2.0
 *
 * Tickets: what may happen next, what it makes of them, and who is called.
 */
#include "tools/hall/rules/queue.h"

#include <string.h>

#include "base/text.h"

enum where { AT_WINDOW, ANYWHERE };
#define IN(state) (1u << QUEUE_##state)
#define QUEUE_STAY QUEUE_STATES

static const char *const states[QUEUE_STATES] = {
#define QUEUE_STATE(name, word) [QUEUE_##name] = word,
#include "tools/hall/rules/queue_state.def"
#undef QUEUE_STATE
};
static const struct {
    const char *word;
    unsigned from;
    enum queue_state to;
    enum where where;
} events[QUEUE_EVENTS] = {
#define QUEUE_EVENT(name, w, in, leads, place, about)                                                                       \
    [QUEUE_EVENT_##name] = {.word = w, .from = in, .to = QUEUE_##leads, .where = place},
#include "tools/hall/rules/queue_event.def"
#undef QUEUE_EVENT
};
static const struct {
    const char *word;
    int in_row;
} classes[QUEUE_CLASSES] = {
#define QUEUE_CLASS(name, word, in_row, who) [QUEUE_CLASS_##name] = {word, in_row},
#include "tools/hall/rules/queue_order.def"
#undef QUEUE_CLASS
};
static const struct {
    const char *word, *what, *remedy;
} refusals[QUEUE_REFUSALS] = {
    [QUEUE_MAY] = {"", "", ""},
#define QUEUE_REFUSAL(name, word, what, remedy) [QUEUE_REFUSAL_##name] = {word, what, remedy},
#include "tools/hall/rules/queue_refusal.def"
#undef QUEUE_REFUSAL
};

/* --- words --- */

const char *queue_state_word(enum queue_state s)
{
    return states[s];
}

bool queue_state_by_word(const char *word, enum queue_state *ret)
{
    for (enum queue_state s = 0; s < QUEUE_STATES; s++) {
        if (strcmp(word, states[s]) == 0) {
            *ret = s;
            return true;
        }
    }
    return false;
}

const char *queue_event_word(enum queue_event_kind k)
{
    return events[k].word;
}

bool queue_event_by_word(const char *word, enum queue_event_kind *ret)
{
    for (enum queue_event_kind k = 0; k < QUEUE_EVENTS; k++) {
        if (strcmp(word, events[k].word) == 0) {
            *ret = k;
            return true;
        }
    }
    return false;
}

bool queue_event_at_window(enum queue_event_kind k)
{
    return events[k].where == AT_WINDOW;
}

const char *queue_class_word(enum queue_class c)
{
    return classes[c].word;
}

bool queue_class_by_word(const char *word, enum queue_class *ret)
{
    for (enum queue_class c = 0; c < QUEUE_CLASSES; c++) {
        if (strcmp(word, classes[c].word) == 0) {
            *ret = c;
            return true;
        }
    }
    return false;
}

const char *queue_refusal_word(enum queue_refusal r)
{
    return refusals[r].word;
}

const char *queue_refusal_what(enum queue_refusal r)
{
    return refusals[r].what;
}

const char *queue_refusal_remedy(enum queue_refusal r)
{
    return refusals[r].remedy;
}

/* --- may it happen? --- */

enum queue_state queue_ticket_state(const struct queue_ticket *t, int64_t today)
{
    if (t->day < today && t->state != QUEUE_DONE)
        return QUEUE_ENDED;
    bool away = t->state == QUEUE_WAITING || t->state == QUEUE_ABSENT;
    return t->is_void && away ? QUEUE_VOID : t->state;
}

/* The state is not one of those the event is for: why. */
static enum queue_refusal judge_state(enum queue_state s)
{
    switch (s) {
    case QUEUE_WAITING:
        return QUEUE_REFUSAL_NOT_ABSENT;
    case QUEUE_CALLED:
        return QUEUE_REFUSAL_CALLED;
    case QUEUE_SERVING:
        return QUEUE_REFUSAL_SERVING;
    case QUEUE_ABSENT:
        return QUEUE_REFUSAL_ABSENT;
    case QUEUE_DONE:
        return QUEUE_REFUSAL_DONE;
    case QUEUE_VOID:
        return QUEUE_REFUSAL_VOID;
    case QUEUE_ENDED:
        return QUEUE_REFUSAL_ENDED;
    case QUEUE_STATES:
        break;
    }
    return QUEUE_REFUSAL_UNKNOWN;
}

static enum queue_refusal judge_window(enum queue_event_kind kind, const struct queue_facts *f)
{
    if (events[kind].where == ANYWHERE)
        return QUEUE_MAY;
    if (!f->open)
        return QUEUE_REFUSAL_WINDOW_SHUT;
    if (kind == QUEUE_EVENT_CALL)
        return f->busy ? QUEUE_REFUSAL_WINDOW_BUSY : QUEUE_MAY;
    return f->busy ? QUEUE_MAY : QUEUE_REFUSAL_WINDOW_EMPTY;
}

enum queue_refusal queue_judge(enum queue_event_kind kind, const struct queue_facts *f)
{
    enum queue_refusal why = judge_window(kind, f);

    if (why != QUEUE_MAY)
        return why;
    if (!f->ticket)
        return QUEUE_REFUSAL_UNKNOWN;
    enum queue_state state = queue_ticket_state(f->ticket, f->today);
    if (!(events[kind].from & (1u << state)))
        return judge_state(state);
    if (kind == QUEUE_EVENT_CALL && !f->serves)
        return QUEUE_REFUSAL_NOT_SERVED;
    if (kind == QUEUE_EVENT_GREEN && f->ticket->class <= QUEUE_CLASS_PRIORITY)
        return QUEUE_REFUSAL_HAS_PRIORITY;
    if (kind == QUEUE_EVENT_TRANSFER && strcmp(f->to, f->ticket->line) == 0)
        return QUEUE_REFUSAL_SAME_QUEUE;
    return QUEUE_MAY;
}

/* --- what it makes of the ticket --- */

/* In time: next. Too late: as if the number had been taken now. */
static enum queue_class class_of_returned(const struct queue_event *ev)
{
    if (ev->passed <= ev->recall && ev->recall > 0)
        return QUEUE_CLASS_RETURNED;
    return ev->priority ? QUEUE_CLASS_PRIORITY : QUEUE_CLASS_WALK_IN;
}

void queue_apply(struct queue_ticket *t, const struct queue_event *ev)
{
    t->seq++;
    if (events[ev->kind].to != QUEUE_STAY)
        t->state = events[ev->kind].to;
    switch (ev->kind) {
    case QUEUE_EVENT_CALL:
    case QUEUE_EVENT_ENTER:
        t->called = ev->at;
        t->window = ev->window;
        break;
    case QUEUE_EVENT_BACK:
        t->class = class_of_returned(ev);
        t->since = ev->at;
        break;
    case QUEUE_EVENT_TRANSFER:
        text_copy(t->line, sizeof t->line, ev->to);
        t->class = QUEUE_CLASS_TRANSFERRED;
        t->since = ev->at;
        break;
    case QUEUE_EVENT_GREEN: /* whoever goes before priority numbers anyway still does */
        if (t->class > QUEUE_CLASS_PRIORITY)
            t->class = QUEUE_CLASS_PRIORITY;
        break;
    case QUEUE_EVENT_RECALL:
    case QUEUE_EVENT_SERVE:
    case QUEUE_EVENT_ABSENT:
    case QUEUE_EVENT_DONE:
    case QUEUE_EVENTS:
        break;
    }
}

/* --- who is next --- */

static bool before(const struct queue_ticket *a, const struct queue_ticket *b)
{
    if (a->since != b->since)
        return a->since < b->since;
    int by_number = strcmp(a->number, b->number);
    return by_number ? by_number < 0 : strcmp(a->queue, b->queue) < 0;
}

void queue_order_add(struct queue_order *o, const struct queue_ticket *t, int64_t now)
{
    enum queue_class c = t->class == QUEUE_CLASS_APPOINTMENT && t->since > now ? QUEUE_CLASS_EARLY : t->class;

    if (o->has[c] && !before(t, &o->first[c]))
        return;
    o->first[c] = *t;
    o->has[c] = true;
}

/* How many of class c were called past whoever is first of the class below, since one of that class was. */
static int passed(const struct queue_order *o, enum queue_class c, enum queue_class below, const struct queue_past *last,
                  int n_last)
{
    int n = 0;

    for (int i = 0; i < n_last && last[i].class != below && last[i].at >= o->first[below].since; i++)
        n += last[i].class == c;
    return n;
}

const struct queue_ticket *queue_order_next(const struct queue_order *o, const struct queue_past *last, int n_last)
{
    for (enum queue_class c = 0; c < QUEUE_CLASSES; c++) {
        bool may = o->has[c];
        for (enum queue_class below = c + 1; may && below < QUEUE_CLASSES; below++)
            may = !o->has[below] || passed(o, c, below, last, n_last) < classes[c].in_row;
        if (may)
            return &o->first[c];
    }
    return NULL;
}
