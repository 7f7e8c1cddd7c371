/* SPDX-License-Identifier: Apache-2.0
 *
 * See check_in.h.
 */
#include "tools/hall/calling/check_in.h"

#include <stdio.h>

#include "base/text.h"

static int64_t today_of(const struct check_in *c)
{
    return date_to_days(date_of_ms(c->at));
}

static int judge_card(struct store *s, const struct check_in *c, struct check_in_answer *ret, struct err *e)
{
    struct green_facts f = {.card = c->card, .is_signed = c->is_signed, .office = c->office, .today = date_of_ms(c->at)};
    struct green_row row;
    int rc = c->card ? green_find(s, c->card->office, c->card->serial, &row, e) : 0;

    if (rc < 0)
        return rc;
    f.revoked = rc == 1 && row.revoked;
    ret->card = green_judge(&f);
    if (rc == 1 && ret->card != GREEN_REFUSED_FORGED)
        text_copy(ret->holder, sizeof ret->holder, row.holder);
    return 0;
}

static struct green_use use_of(const struct check_in *c, const struct check_in_answer *a)
{
    return (struct green_use){c->office, c->card->serial, a->ticket.queue, a->ticket.number, today_of(c)};
}

/* Scanned once more: it is done already. */
static int judge_again(struct store *s, const struct check_in *c, struct check_in_answer *ret, struct err *e)
{
    const struct green_use u = use_of(c, ret);
    int rc = green_was_used(s, &u, e);

    if (rc == 1)
        ret->number = QUEUE_MAY;
    return rc < 0 ? rc : 0;
}

static int use_card(struct store *s, const struct check_in *c, struct check_in_answer *ret, struct err *e)
{
    const struct green_use u = use_of(c, ret);
    int rc = green_use(s, &u, e);

    if (rc == 0)
        ret->card = GREEN_REFUSED_USED;
    return rc < 0 ? rc : 0;
}

static int do_it(struct store *s, const struct check_in *c, struct check_in_answer *ret, struct err *e)
{
    const struct call call = {.office = c->office,
                              .kind = QUEUE_EVENT_GREEN,
                              .staff = c->staff,
                              .at = c->at,
                              .queue = c->queue,
                              .number = c->number};
    struct call_answer answer = {.refusal = QUEUE_MAY};
    int rc = judge_card(s, c, ret, e);

    if (rc < 0 || ret->card != GREEN_MAY)
        return rc;
    rc = call_do(s, &call, &answer, e);
    ret->number = answer.refusal;
    ret->ticket = answer.ticket;
    if (rc == 0 && ret->number == QUEUE_REFUSAL_HAS_PRIORITY)
        return judge_again(s, c, ret, e);
    return rc == 0 && ret->number == QUEUE_MAY ? use_card(s, c, ret, e) : rc;
}

static int audit(struct store *s, const struct check_in *c, const struct check_in_answer *a, struct err *e)
{
    const char *why = a->card != GREEN_MAY ? green_refusal_word(a->card) : queue_refusal_word(a->number);
    char subject[40] = "-", words[CALL_STAFF_MAX + QUEUE_ID_MAX + TICKET_NUMBER_MAX + 60];

    if (c->card)
        snprintf(subject, sizeof subject, "%04d-%s", c->card->office, c->card->serial);
    snprintf(words, sizeof words, "%s%s%s%s %s, %s", *why ? "refused: " : "", why, *why ? "; " : "", c->queue, c->number,
             c->staff);
    return store_audit(s, c->office, c->by, "queue-check-in", subject, words, e);
}

int check_in(struct store *s, const struct check_in *c, struct check_in_answer *ret, struct err *e)
{
    *ret = (struct check_in_answer){.card = GREEN_MAY, .number = QUEUE_MAY};
    int rc = store_mark(s, e);

    if (rc == 0)
        rc = do_it(s, c, ret, e);
    if (rc < 0)
        return rc;
    rc = ret->card == GREEN_MAY && ret->number == QUEUE_MAY ? store_unmark(s, e) : store_back(s, e);
    return rc == 0 ? audit(s, c, ret, e) : rc;
}
