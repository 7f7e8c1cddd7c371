/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_rows.h.
 */
#include "tools/hall/exchange/case_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/reports/report_words.h"
#include "tools/hall/rules/deadline_words.h"

#define GUID_MAX 50
#define DAY_MS (24 * INT64_C(3600000))
#define CHINA_MS (8 * INT64_C(3600000))
#define HANDLE_CODE 33 /* characters: an implementing code of 31 with two of a handling item */

static const char *const kinds[] = {[EXCHANGE_ACCEPT] = "accept",
                                    [EXCHANGE_PROCESS] = "process",
                                    [EXCHANGE_RESULT] = "result",
                                    [EXCHANGE_SPECIAL] = "special"};
#define N_KINDS (sizeof kinds / sizeof *kinds)

/* What the exchange calls it, and what was done to the case by it; a denial sends it back (put_process()). */
struct step {
    enum report_word name, action;
};
static struct step step_of(enum case_event_kind k)
{
    switch (k) {
    case CASE_EVENT_RECEIVE:
        return (struct step){REPORT_WORD_step_receive, REPORT_WORD_action_other};
    case CASE_EVENT_SUPPLEMENT:
        return (struct step){REPORT_WORD_step_supplement, REPORT_WORD_action_back};
    case CASE_EVENT_SUPPLIED:
        return (struct step){REPORT_WORD_step_supplied, REPORT_WORD_action_other};
    case CASE_EVENT_ACCEPT:
        return (struct step){REPORT_WORD_step_accept, REPORT_WORD_action_pass};
    case CASE_EVENT_ACCEPT_TACIT:
        return (struct step){REPORT_WORD_step_accept_tacit, REPORT_WORD_action_pass};
    case CASE_EVENT_REFUSE:
        return (struct step){REPORT_WORD_step_refuse, REPORT_WORD_action_back};
    case CASE_EVENT_STOP:
        return (struct step){REPORT_WORD_step_stop, REPORT_WORD_action_other};
    case CASE_EVENT_RESUME:
        return (struct step){REPORT_WORD_step_resume, REPORT_WORD_action_other};
    case CASE_EVENT_EXAMINE:
        return (struct step){REPORT_WORD_step_examine, REPORT_WORD_action_pass};
    case CASE_EVENT_DECIDE:
        return (struct step){REPORT_WORD_step_decide, REPORT_WORD_action_pass};
    case CASE_EVENT_DECIDE_TACIT:
        return (struct step){REPORT_WORD_step_decide_tacit, REPORT_WORD_action_pass};
    case CASE_EVENT_DELIVER:
        return (struct step){REPORT_WORD_step_deliver, REPORT_WORD_action_other};
    case CASE_EVENT_WITHDRAW:
        return (struct step){REPORT_WORD_step_withdraw, REPORT_WORD_action_other};
    case CASE_EVENT_HAND_OVER:
        return (struct step){REPORT_WORD_step_hand_over, REPORT_WORD_action_other};
    case CASE_EVENTS:
        break;
    }
    return (struct step){REPORT_WORD_action_other, REPORT_WORD_action_other};
}

static int64_t day_begins(struct date d)
{
    return date_to_days(d) * DAY_MS - CHINA_MS;
}

/* Its words; where it has none, what it says by being what it is. */
static const char *words(const struct case_event *ev)
{
    if (ev->words[0])
        return ev->words;
    if (ev->result != CASE_RESULT_NONE)
        return report_figure_name(ev->result == CASE_GRANTED ? REPORT_granted : REPORT_denied);
    return report_word(step_of(ev->kind).name);
}

/* The last day is usable to its end. One that may still move is not told. */
static void put_promise(const struct exchange_event *x, struct exchange_row *r)
{
    struct deadlines all;

    deadline_fold(x->state, x->calendar, date_of_ms(x->event->at), &all);
    for (int i = 0; i < all.n; i++) {
        const struct deadline *d = &all.list[i];

        if (d->kind == DEADLINE_PROMISE && d->limit.day >= 0 && !d->provisional)
            exchange_row_put_time(r, "promise-date", day_begins(d->due) + DAY_MS - 1000);
    }
}

/* By law it was accepted on the day it was complete, whenever that was entered. */
static void put_accept(const struct exchange_event *x, struct exchange_row *r)
{
    bool law = x->event->kind == CASE_EVENT_ACCEPT_TACIT;

    exchange_row_put_time(r, "applied", x->state->applied_ms);
    exchange_row_put_time(r, "accepted", law ? day_begins(x->state->accepted) : x->event->at);
    exchange_row_put_int(r, "item-version", x->state->limits.item_version);
    put_promise(x, r);
}

static void put_result(const struct exchange_event *x, struct exchange_row *r)
{
    exchange_row_put(r, "result", case_result_word(x->event->result));
    if (x->score >= 1 && x->score <= 5) /* there 1 is the best */
        exchange_row_put_int(r, "satisfaction", 6 - x->score);
}

static void put_special(const struct exchange_event *x, struct exchange_row *r)
{
    exchange_row_put_time(r, "start", x->stop->at);
    exchange_row_put(r, "procedure", deadline_procedure(x->stop->procedure, LANGUAGE_ZH_CN));
    exchange_row_put(r, "law", x->stop->law);
    exchange_row_put(r, "special-type", "2"); /* GB/T 39046: 1 is a longer limit, 2 any other */
}

static void put_process(const struct exchange_event *x, struct exchange_row *r)
{
    bool denied = x->event->result == CASE_DENIED;
    struct step step = step_of(x->event->kind);

    exchange_row_put_time(r, "start", x->before);
    exchange_row_put(r, "step", report_word(step.name));
    exchange_row_put(r, "action", report_word(denied ? REPORT_WORD_action_back : step.action));
    exchange_row_put(r, "law", x->event->law);
}

static bool makes(const struct exchange_event *x, enum exchange_row_kind kind)
{
    enum case_event_kind k = x->event->kind;

    switch ((int)kind) {
    case EXCHANGE_ACCEPT:
        return k == CASE_EVENT_ACCEPT || k == CASE_EVENT_ACCEPT_TACIT;
    case EXCHANGE_PROCESS:
        return true;
    case EXCHANGE_RESULT:
        return k == CASE_EVENT_DECIDE || k == CASE_EVENT_DECIDE_TACIT;
    case EXCHANGE_SPECIAL:
        return x->stop != NULL;
    default:
        return false;
    }
}

bool exchange_case_row(const struct exchange_event *x, enum exchange_row_kind kind, struct exchange_row *r)
{
    const struct case_event *ev = x->event;
    char guid[GUID_MAX + 1];

    if (!makes(x, kind))
        return false;
    snprintf(guid, sizeof guid, "%s-%" PRId64 "-%s", x->number, ev->seq, kinds[kind]);
    exchange_row_put(r, "row-guid", guid);
    exchange_row_put(r, "number", x->number);
    exchange_row_put(r, "item", x->item);
    if (strlen(x->item) == HANDLE_CODE)
        exchange_row_put(r, "handle-item", x->item);
    exchange_row_put_time(r, "end", ev->at);
    exchange_row_put(r, "staff", ev->staff);
    exchange_row_put(r, "words", words(ev));
    if (kind == EXCHANGE_ACCEPT)
        put_accept(x, r);
    else if (kind == EXCHANGE_RESULT)
        put_result(x, r);
    else if (kind == EXCHANGE_SPECIAL)
        put_special(x, r);
    else
        put_process(x, r);
    return true;
}

bool exchange_guid_parse(const char *guid, char number[CASE_NUMBER_LEN + 1], int64_t *ret_seq)
{
    struct case_number n;
    char head[CASE_NUMBER_LEN + 1], again[GUID_MAX + 1];
    size_t len = strlen(guid);

    if (len <= CASE_NUMBER_LEN || len > GUID_MAX || guid[CASE_NUMBER_LEN] != '-')
        return false;
    memcpy(head, guid, CASE_NUMBER_LEN);
    head[CASE_NUMBER_LEN] = '\0';
    int64_t seq = strtoll(guid + CASE_NUMBER_LEN + 1, NULL, 10);
    if (seq < 1 || seq > CASE_EVENTS_MAX || !case_number_parse(head, &n))
        return false;
    case_number_format(&n, head);
    for (size_t i = 0; i < N_KINDS; i++) {
        snprintf(again, sizeof again, "%s-%" PRId64 "-%s", head, seq, kinds[i]);
        if (strcmp(again, guid) != 0)
            continue;
        memcpy(number, head, sizeof head);
        *ret_seq = seq;
        return true;
    }
    return false;
}
