/* SPDX-License-Identifier: Apache-2.0
 *
 * Noise is worth another try; silence and "no such command" are not, where the answer is not needed.
 */
#include "drivers/sam/exchange.h"

#include "base/err.h"
#include "base/must.h"

#define TRIES 2

void exchange_begin(struct exchange *x, enum sam_command command, int timeout_ms, bool optional, bool once)
{
    must(timeout_ms > 0, "a command nobody waits for");
    *x = (struct exchange){.command = command, .timeout_ms = timeout_ms, .optional = optional, .tries = once ? TRIES : 1};
}

enum card_fault exchange_fault(int rc)
{
    return rc == -ERR_TIMEOUT                           ? CARD_FAULT_SILENT
           : rc == -ERR_STALL                           ? CARD_FAULT_STALLED
           : rc == -ERR_CHECKSUM || rc == -ERR_PROTOCOL ? CARD_FAULT_GARBLED
           : rc == -ERR_ACCESS                          ? CARD_FAULT_NO_ACCESS
           : rc == -ERR_BUSY                            ? CARD_FAULT_IN_USE
                                                        : CARD_FAULT_BROKEN_OFF;
}

static bool gives_up(const struct exchange *x, int rc)
{
    return x->optional && (rc == 0 || rc == -ERR_TIMEOUT || x->tries >= TRIES);
}

enum exchange_word exchange_step(struct exchange *x, int rc, const struct sam_reply *reply, enum card_fault *ret_why)
{
    must((rc == 0) == (reply != NULL), "an answer and an error at once");
    must(x->tries >= 1 && x->tries <= TRIES, "more tries than there are");
    if (rc == -ERR_GONE)
        return EXCHANGE_GONE;
    if (rc == 0 && reply->status != SAM_BROKEN && (reply->status != SAM_RESEND || gives_up(x, rc)))
        return EXCHANGE_ANSWERED;
    if (rc < 0 && gives_up(x, rc))
        return EXCHANGE_UNANSWERED;
    if ((rc < 0 || reply->status == SAM_RESEND) && x->tries < TRIES) {
        x->tries++;
        return EXCHANGE_AGAIN;
    }
    *ret_why = rc < 0 ? exchange_fault(rc) : sam_wire_fault(reply->sw3);
    return EXCHANGE_BROKEN;
}
