/* SPDX-License-Identifier: Apache-2.0
 *
 * A number that was called by mouth and is entered: what tests of the hall use where it does not matter at which window.
 */
#ifndef TESTS_HALL_ENTER_CALL_H
#define TESTS_HALL_ENTER_CALL_H

#include "base/text.h"
#include "tools/hall/store/store_call.h"

/* The number, or NULL: whoever waits longest. In the caller's transaction. */
static inline enum queue_refusal enter_call(struct store *s, int office, const char *queue, const char *number, int64_t at,
                                            char got[TICKET_NUMBER_MAX + 1])
{
    const struct call c = {
        .office = office, .kind = QUEUE_EVENT_ENTER, .staff = "", .at = at, .queue = queue, .number = number};
    struct call_answer answer = {.refusal = QUEUE_REFUSAL_UNKNOWN};
    if (call_do(s, &c, &answer, NULL) == 0 && answer.refusal == QUEUE_MAY)
        text_copy(got, TICKET_NUMBER_MAX + 1, answer.ticket.number);
    return answer.refusal;
}

#endif
