/* SPDX-License-Identifier: Apache-2.0
 *
 * Tickets: each event in each state, who is next, and what random windows in random order can never bring about.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/queue.h"

#define TODAY 20458 /* 2026-01-05 */
#define NINE INT64_C(1767574800000)
#define MIN INT64_C(60000)
#define NOW (NINE + 600 * MIN) /* nobody here has booked a later hour */

static struct queue_ticket ticket(enum queue_state state)
{
    struct queue_ticket t = {.day = TODAY, .state = state, .class = QUEUE_CLASS_WALK_IN, .since = NINE};
    text_copy(t.queue, sizeof t.queue, "general");
    text_copy(t.line, sizeof t.line, "general");
    text_copy(t.number, sizeof t.number, "A 001");
    return t;
}

/* Of a ticket at an open window, or one that waits before a free one. */
static enum queue_refusal judge(enum queue_event_kind kind, const struct queue_ticket *t)
{
    const struct queue_facts f = {
        .ticket = t, .today = TODAY, .open = true, .busy = kind != QUEUE_EVENT_CALL, .serves = true, .to = "insurance"};
    return queue_judge(kind, &f);
}

TEST(each_event_in_each_state)
{
#define NO(reason) QUEUE_REFUSAL_##reason
    static const enum queue_refusal want[QUEUE_EVENTS][QUEUE_DONE + 1] = {
        [QUEUE_EVENT_CALL] = {QUEUE_MAY, NO(CALLED), NO(SERVING), NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_RECALL] = {NO(NOT_ABSENT), QUEUE_MAY, NO(SERVING), NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_SERVE] = {NO(NOT_ABSENT), QUEUE_MAY, NO(SERVING), NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_ABSENT] = {NO(NOT_ABSENT), QUEUE_MAY, NO(SERVING), NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_BACK] = {NO(NOT_ABSENT), NO(CALLED), NO(SERVING), QUEUE_MAY, NO(DONE)},
        [QUEUE_EVENT_TRANSFER] = {NO(NOT_ABSENT), QUEUE_MAY, QUEUE_MAY, NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_DONE] = {NO(NOT_ABSENT), QUEUE_MAY, QUEUE_MAY, NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_ENTER] = {QUEUE_MAY, NO(CALLED), NO(SERVING), NO(ABSENT), NO(DONE)},
        [QUEUE_EVENT_GREEN] = {QUEUE_MAY, NO(CALLED), NO(SERVING), NO(ABSENT), NO(DONE)},
    };
#undef NO
    for (enum queue_event_kind k = 0; k < QUEUE_EVENTS; k++) {
        for (enum queue_state s = 0; s <= QUEUE_DONE; s++) {
            struct queue_ticket t = ticket(s);
            CHECK_INT(judge(k, &t), want[k][s]);
        }
    }
}

TEST(windows)
{
    struct queue_ticket waits = ticket(QUEUE_WAITING), called = ticket(QUEUE_CALLED);
    struct queue_facts f = {.ticket = &waits, .today = TODAY, .open = true, .busy = true, .serves = true};
    CHECK_INT(queue_judge(QUEUE_EVENT_CALL, &f), QUEUE_REFUSAL_WINDOW_BUSY); /* a button pressed twice */
    f.busy = false;
    CHECK_INT(queue_judge(QUEUE_EVENT_CALL, &f), QUEUE_MAY);
    f.serves = false;
    CHECK_INT(queue_judge(QUEUE_EVENT_CALL, &f), QUEUE_REFUSAL_NOT_SERVED);
    CHECK_INT(queue_judge(QUEUE_EVENT_DONE, &f), QUEUE_REFUSAL_WINDOW_EMPTY);
    f = (struct queue_facts){.ticket = &called, .today = TODAY, .busy = true};
    CHECK_INT(queue_judge(QUEUE_EVENT_DONE, &f), QUEUE_REFUSAL_WINDOW_SHUT);
    f = (struct queue_facts){.today = TODAY};
    CHECK_INT(queue_judge(QUEUE_EVENT_BACK, &f), QUEUE_REFUSAL_UNKNOWN);
    f = (struct queue_facts){.ticket = &called, .today = TODAY, .open = true, .busy = true, .to = "general"};
    CHECK_INT(queue_judge(QUEUE_EVENT_TRANSFER, &f), QUEUE_REFUSAL_SAME_QUEUE);
}

/* A number counts for its day, a void one not at all; what has come to a window ends there. */
TEST(ended_and_void)
{
    struct queue_ticket t = ticket(QUEUE_WAITING);
    t.is_void = true;
    CHECK_INT(judge(QUEUE_EVENT_CALL, &t), QUEUE_REFUSAL_VOID);
    t.state = QUEUE_ABSENT;
    CHECK_INT(judge(QUEUE_EVENT_BACK, &t), QUEUE_REFUSAL_VOID);
    t.state = QUEUE_CALLED;
    CHECK_INT(judge(QUEUE_EVENT_DONE, &t), QUEUE_MAY);
    t = ticket(QUEUE_WAITING);
    t.day = TODAY - 1;
    CHECK_INT(judge(QUEUE_EVENT_CALL, &t), QUEUE_REFUSAL_ENDED);
    t.state = QUEUE_ABSENT;
    CHECK_INT(judge(QUEUE_EVENT_BACK, &t), QUEUE_REFUSAL_ENDED);
    CHECK_INT(queue_ticket_state(&t, TODAY), QUEUE_ENDED);
    t.state = QUEUE_DONE;
    CHECK_INT(queue_ticket_state(&t, TODAY), QUEUE_DONE);
}

TEST(what_events_make)
{
    struct queue_ticket t = ticket(QUEUE_WAITING);
    queue_apply(&t, &(struct queue_event){.kind = QUEUE_EVENT_CALL, .at = NINE + 5 * MIN, .window = 3});
    CHECK_INT(t.state, QUEUE_CALLED);
    CHECK_INT(t.called, NINE + 5 * MIN);
    CHECK_INT(t.window, 3);
    queue_apply(&t, &(struct queue_event){.kind = QUEUE_EVENT_RECALL, .at = NINE + 6 * MIN, .window = 3});
    CHECK_INT(t.state, QUEUE_CALLED);
    CHECK_INT(t.called, NINE + 5 * MIN); /* what the estimate goes by stays */
    queue_apply(&t,
                &(struct queue_event){.kind = QUEUE_EVENT_TRANSFER, .at = NINE + 7 * MIN, .window = 3, .to = "insurance"});
    CHECK_INT(t.state, QUEUE_WAITING);
    CHECK_STR(t.line, "insurance");
    CHECK_STR(t.queue, "general"); /* keeps its number */
    CHECK_INT(t.class, QUEUE_CLASS_TRANSFERRED);
    CHECK_INT(t.since, NINE + 7 * MIN);
    CHECK_INT(t.seq, 3);
}

TEST(back_in_time_and_late)
{
    struct queue_ticket t = ticket(QUEUE_ABSENT);
    queue_apply(&t, &(struct queue_event){.kind = QUEUE_EVENT_BACK, .at = NINE + MIN, .passed = 3, .recall = 3});
    CHECK_INT(t.class, QUEUE_CLASS_RETURNED);
    t = ticket(QUEUE_ABSENT);
    queue_apply(&t, &(struct queue_event){.kind = QUEUE_EVENT_BACK, .at = NINE + MIN, .passed = 4, .recall = 3});
    CHECK_INT(t.class, QUEUE_CLASS_WALK_IN);
    CHECK_INT(t.since, NINE + MIN); /* behind all who wait */
    t = ticket(QUEUE_ABSENT);
    queue_apply(
        &t, &(struct queue_event){.kind = QUEUE_EVENT_BACK, .at = NINE + MIN, .passed = 4, .recall = 3, .priority = true});
    CHECK_INT(t.class, QUEUE_CLASS_PRIORITY);
    t = ticket(QUEUE_ABSENT); /* a queue without the rule */
    queue_apply(&t, &(struct queue_event){.kind = QUEUE_EVENT_BACK, .at = NINE + MIN});
    CHECK_INT(t.class, QUEUE_CLASS_WALK_IN);
}

/* A card lifts whom it can, and puts nobody lower. */
TEST(a_green_card)
{
    static const enum queue_class becomes[QUEUE_CLASS_EARLY] = {
        [QUEUE_CLASS_RETURNED] = QUEUE_CLASS_RETURNED,       [QUEUE_CLASS_TRANSFERRED] = QUEUE_CLASS_TRANSFERRED,
        [QUEUE_CLASS_APPOINTMENT] = QUEUE_CLASS_APPOINTMENT, [QUEUE_CLASS_PRIORITY] = QUEUE_CLASS_PRIORITY,
        [QUEUE_CLASS_WALK_IN] = QUEUE_CLASS_PRIORITY,
    };

    for (enum queue_class c = 0; c < QUEUE_CLASS_EARLY; c++) {
        struct queue_ticket t = ticket(QUEUE_WAITING), before;
        t.class = c;
        before = t;
        queue_apply(&t, &(struct queue_event){.kind = QUEUE_EVENT_GREEN, .at = NINE + MIN});
        CHECK_INT(t.class, becomes[c]);
        CHECK(t.state == QUEUE_WAITING && t.since == before.since && t.seq == before.seq + 1 && t.window == before.window);
        CHECK_STR(t.line, before.line);
        CHECK_INT(queue_judge(QUEUE_EVENT_GREEN, &(struct queue_facts){.ticket = &before, .today = before.day}),
                  c == QUEUE_CLASS_WALK_IN ? QUEUE_MAY : QUEUE_REFUSAL_HAS_PRIORITY);
    }
}

TEST(words)
{
    enum queue_state s;
    enum queue_event_kind k;
    enum queue_class c;
    CHECK(queue_state_by_word(queue_state_word(QUEUE_ABSENT), &s) && s == QUEUE_ABSENT);
    CHECK(queue_event_by_word(queue_event_word(QUEUE_EVENT_BACK), &k) && k == QUEUE_EVENT_BACK);
    CHECK(queue_class_by_word(queue_class_word(QUEUE_CLASS_PRIORITY), &c) && c == QUEUE_CLASS_PRIORITY);
    CHECK(!queue_state_by_word("", &s) && !queue_event_by_word("shout", &k) && !queue_class_by_word("vip", &c));
    for (enum queue_refusal r = QUEUE_MAY + 1; r < QUEUE_REFUSALS; r++)
        CHECK(queue_refusal_word(r)[0] && queue_refusal_what(r)[0] && queue_refusal_remedy(r)[0]);
}

/* --- who is next --- */

static void add(struct queue_order *o, const char *number, enum queue_class class, int64_t since)
{
    struct queue_ticket t = ticket(QUEUE_WAITING);
    t.class = class;
    t.since = since;
    text_copy(t.number, sizeof t.number, number);
    queue_order_add(o, &t, NOW);
}

static const char *next(const struct queue_order *o, const struct queue_past *last, int n)
{
    const struct queue_ticket *t = queue_order_next(o, last, n);
    return t ? t->number : "nobody";
}

TEST(order_of_classes)
{
    struct queue_order o = {0};
    CHECK_STR(next(&o, NULL, 0), "nobody");
    add(&o, "A 002", QUEUE_CLASS_WALK_IN, NINE + MIN);
    add(&o, "A 003", QUEUE_CLASS_WALK_IN, NINE);
    CHECK_STR(next(&o, NULL, 0), "A 003"); /* by time */
    add(&o, "A 001", QUEUE_CLASS_WALK_IN, NINE);
    CHECK_STR(next(&o, NULL, 0), "A 001"); /* then by number */
    add(&o, "C 001", QUEUE_CLASS_PRIORITY, NINE + 2 * MIN);
    CHECK_STR(next(&o, NULL, 0), "C 001");
    add(&o, "B 009", QUEUE_CLASS_TRANSFERRED, NINE + 3 * MIN);
    CHECK_STR(next(&o, NULL, 0), "B 009");
    add(&o, "A 000", QUEUE_CLASS_RETURNED, NINE + 4 * MIN);
    CHECK_STR(next(&o, NULL, 0), "A 000");
}

TEST(at_most_so_many_in_a_row)
{
    struct queue_order o = {0};
    struct queue_past last[] = {
        {QUEUE_CLASS_PRIORITY, NINE + 3 * MIN}, {QUEUE_CLASS_PRIORITY, NINE + 2 * MIN}, {QUEUE_CLASS_WALK_IN, NINE + MIN}};
    add(&o, "C 003", QUEUE_CLASS_PRIORITY, NINE + 2 * MIN);
    CHECK_STR(next(&o, last, 3), "C 003"); /* nobody else waits */
    add(&o, "A 001", QUEUE_CLASS_WALK_IN, NINE);
    CHECK_STR(next(&o, last, 3), "A 001");
    CHECK_STR(next(&o, last + 1, 2), "C 003");
    /* who has just come was not passed over by those before */
    struct queue_order later = {0};
    add(&later, "C 003", QUEUE_CLASS_PRIORITY, NINE + 2 * MIN);
    add(&later, "A 009", QUEUE_CLASS_WALK_IN, NINE + 4 * MIN);
    CHECK_STR(next(&later, last, 3), "C 003");
}

/* --- random histories --- */

#define TICKETS 60
#define WINDOWS 4
static unsigned state_of_dice = 20260105;

static unsigned dice(unsigned n)
{
    state_of_dice = state_of_dice * 1664525u + 1013904223u;
    return (state_of_dice >> 8) % n;
}

struct hall {
    struct queue_ticket tickets[TICKETS];
    int n;
    struct queue_past last[WINDOWS][QUEUE_LAST];
    int n_last[WINDOWS];
    int passed[WINDOWS][QUEUE_CLASSES]; /* calls in a row past somebody of the class who was there already */
    int64_t now;
};

static struct queue_ticket *at(struct hall *h, int window)
{
    struct queue_ticket *found = NULL;
    for (int i = 0; i < h->n; i++) {
        struct queue_ticket *t = &h->tickets[i];
        if (t->window != window || (t->state != QUEUE_CALLED && t->state != QUEUE_SERVING))
            continue;
        CHECK(!found); /* a window has one number */
        found = t;
    }
    return found;
}

static void arrive(struct hall *h)
{
    struct queue_ticket *t = &h->tickets[h->n];
    if (h->n == TICKETS)
        return;
    *t = ticket(QUEUE_WAITING);
    snprintf(t->number, sizeof t->number, "A %03d", h->n);
    t->class = dice(3) ? QUEUE_CLASS_PRIORITY : QUEUE_CLASS_WALK_IN; /* a rush of those who may go first */
    t->since = h->now;
    h->n++;
}

static void call(struct hall *h, int window)
{
    struct queue_order o = {0};
    for (int i = 0; i < h->n; i++)
        if (queue_ticket_state(&h->tickets[i], TODAY) == QUEUE_WAITING)
            queue_order_add(&o, &h->tickets[i], NOW);
    const struct queue_ticket *next = queue_order_next(&o, h->last[window], h->n_last[window]);
    struct queue_facts f = {.ticket = next, .today = TODAY, .open = true, .busy = at(h, window + 1) != NULL, .serves = true};
    if (!next || queue_judge(QUEUE_EVENT_CALL, &f) != QUEUE_MAY)
        return;
    memmove(h->last[window] + 1, h->last[window], (QUEUE_LAST - 1) * sizeof h->last[window][0]);
    h->last[window][0] = (struct queue_past){next->class, h->now};
    h->n_last[window] += h->n_last[window] < QUEUE_LAST;
    for (enum queue_class c = 0; c < QUEUE_CLASSES; c++) {
        int *passed = &h->passed[window][c];
        *passed = o.has[c] ? *passed + 1 : 0;
        CHECK(c == next->class || *passed <= 1 + 2 + 2 + 1); /* in_row of those above, and one of those below */
        for (int w = 0; c == next->class && w < WINDOWS; w++)
            h->passed[w][c] = 0;
    }
    for (int i = 0; i < h->n; i++) {
        struct queue_ticket *t = &h->tickets[i];
        if (strcmp(t->number, next->number))
            continue;
        CHECK_INT(t->state, QUEUE_WAITING); /* nobody has it */
        queue_apply(t, &(struct queue_event){.kind = QUEUE_EVENT_CALL, .at = h->now, .window = window + 1});
    }
}

static void anything(struct hall *h, int window)
{
    static const enum queue_event_kind kinds[] = {QUEUE_EVENT_RECALL,   QUEUE_EVENT_SERVE, QUEUE_EVENT_ABSENT,
                                                  QUEUE_EVENT_TRANSFER, QUEUE_EVENT_DONE,  QUEUE_EVENT_DONE};
    enum queue_event_kind kind = kinds[dice(6)];
    struct queue_ticket *t = at(h, window + 1);
    struct queue_facts f = {
        .ticket = t, .today = TODAY, .open = true, .busy = t != NULL, .to = dice(2) ? "general" : "other"};
    if (queue_judge(kind, &f) == QUEUE_MAY)
        queue_apply(t, &(struct queue_event){.kind = kind, .at = h->now, .window = window + 1, .to = f.to});
}

static void come_back(struct hall *h)
{
    for (int i = 0; i < h->n; i++) {
        struct queue_facts f = {.ticket = &h->tickets[i], .today = TODAY};
        if (dice(4) || queue_judge(QUEUE_EVENT_BACK, &f) != QUEUE_MAY)
            continue;
        queue_apply(&h->tickets[i],
                    &(struct queue_event){.kind = QUEUE_EVENT_BACK, .at = h->now, .passed = dice(6), .recall = 3});
    }
}

/* Any windows in any order: no ticket at two of them, no window with two, and who waits is passed over only so often. */
TEST(any_order)
{
    int called = 0;
    for (int round = 0; round < 300; round++) {
        struct hall h = {.now = NINE};
        for (int step = 0; step < 600; step++) {
            int window = (int)dice(WINDOWS);
            h.now += dice(3) * MIN;
            if (dice(3) == 0)
                arrive(&h);
            else if (dice(2))
                call(&h, window);
            else
                anything(&h, window);
            if (dice(10) == 0)
                come_back(&h);
        }
        for (int i = 0; i < h.n; i++)
            called += h.tickets[i].called != 0;
        for (int i = 0; i < 40 * TICKETS; i++) { /* the hall empties: everybody has a turn */
            h.now += MIN;
            call(&h, i % WINDOWS);
            struct queue_ticket *t = at(&h, i % WINDOWS + 1);
            if (t)
                queue_apply(t, &(struct queue_event){.kind = QUEUE_EVENT_DONE, .at = h.now});
        }
        for (int i = 0; i < h.n; i++)
            CHECK(h.tickets[i].state == QUEUE_DONE || h.tickets[i].state == QUEUE_ABSENT);
    }
    CHECK(called > 5000);
}

TEST_MAIN(T(each_event_in_each_state), T(windows), T(ended_and_void), T(what_events_make), T(back_in_time_and_late),
          T(a_green_card), T(words), T(order_of_classes), T(at_most_so_many_in_a_row), T(any_order))
