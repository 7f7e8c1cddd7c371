/* SPDX-License-Identifier: Apache-2.0
 *
 * How a command may end, and what follows: every end of a first and of a last try, of what is needed and of what is not.
 */
#include "drivers/sam/exchange.h"

#include "base/err.h"
#include "test.h"

#define ANSWER 0

static const struct {
    int rc;
    enum sam_status status;
    enum exchange_word first, last;                   /* of a command that is needed */
    enum exchange_word optional_first, optional_last; /* of one that is not */
    enum card_fault why;
} ends[] = {
    {ANSWER, SAM_OK, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, CARD_FAULT_NONE},
    {ANSWER, SAM_NO_CARD, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, CARD_FAULT_NONE},
    {ANSWER, SAM_CARD_ERROR, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, CARD_FAULT_NONE},
    {ANSWER, SAM_REFUSED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, CARD_FAULT_NONE},
    {ANSWER, SAM_RESEND, EXCHANGE_AGAIN, EXCHANGE_BROKEN, EXCHANGE_ANSWERED, EXCHANGE_ANSWERED, CARD_FAULT_LINE},
    {ANSWER, SAM_BROKEN, EXCHANGE_BROKEN, EXCHANGE_BROKEN, EXCHANGE_BROKEN, EXCHANGE_BROKEN, CARD_FAULT_SELF_TEST},
    {-ERR_TIMEOUT, 0, EXCHANGE_AGAIN, EXCHANGE_BROKEN, EXCHANGE_UNANSWERED, EXCHANGE_UNANSWERED, CARD_FAULT_SILENT},
    {-ERR_STALL, 0, EXCHANGE_AGAIN, EXCHANGE_BROKEN, EXCHANGE_AGAIN, EXCHANGE_UNANSWERED, CARD_FAULT_STALLED},
    {-ERR_CHECKSUM, 0, EXCHANGE_AGAIN, EXCHANGE_BROKEN, EXCHANGE_AGAIN, EXCHANGE_UNANSWERED, CARD_FAULT_GARBLED},
    {-ERR_PROTOCOL, 0, EXCHANGE_AGAIN, EXCHANGE_BROKEN, EXCHANGE_AGAIN, EXCHANGE_UNANSWERED, CARD_FAULT_GARBLED},
    {-ERR_IO, 0, EXCHANGE_AGAIN, EXCHANGE_BROKEN, EXCHANGE_AGAIN, EXCHANGE_UNANSWERED, CARD_FAULT_BROKEN_OFF},
    {-ERR_GONE, 0, EXCHANGE_GONE, EXCHANGE_GONE, EXCHANGE_GONE, EXCHANGE_GONE, CARD_FAULT_NONE},
};

static void end(size_t i, bool optional, bool once, enum exchange_word want)
{
    struct sam_reply reply = {.status = ends[i].status,
                              .sw3 = ends[i].status == SAM_BROKEN   ? 0x60
                                     : ends[i].status == SAM_RESEND ? 0x10
                                                                    : 0x90};
    enum card_fault why = CARD_FAULT_NONE;
    struct exchange x;
    enum exchange_word got;

    exchange_begin(&x, SAM_READ, 3000, optional, once);
    got = exchange_step(&x, ends[i].rc, ends[i].rc == ANSWER ? &reply : NULL, &why);
    if (got != want)
        printf("# row %zu, %s, %s\n", i, optional ? "optional" : "needed", once ? "once" : "first");
    CHECK_INT(got, want);
    CHECK_INT(why, got == EXCHANGE_BROKEN ? ends[i].why : CARD_FAULT_NONE);
    CHECK_INT(x.command, SAM_READ);
    CHECK_INT(x.timeout_ms, 3000);
}

TEST(every_end_of_a_try)
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        end(i, false, false, ends[i].first);
        end(i, false, true, ends[i].last);
        end(i, true, false, ends[i].optional_first);
        end(i, true, true, ends[i].optional_last);
    }
}

TEST(there_are_two_tries)
{
    struct exchange x;
    enum card_fault why = CARD_FAULT_NONE;

    exchange_begin(&x, SAM_FIND, COMMAND_MS, false, false);
    CHECK_INT(exchange_step(&x, -ERR_CHECKSUM, NULL, &why), EXCHANGE_AGAIN);
    CHECK_INT(exchange_step(&x, -ERR_TIMEOUT, NULL, &why), EXCHANGE_BROKEN);
    CHECK_INT(why, CARD_FAULT_SILENT);
    exchange_begin(&x, SAM_FIND, COMMAND_MS, false, false); /* the next command has its own */
    CHECK_INT(exchange_step(&x, -ERR_TIMEOUT, NULL, &why), EXCHANGE_AGAIN);
}

TEST(a_device_that_cannot_be_opened)
{
    CHECK_INT(exchange_fault(-ERR_ACCESS), CARD_FAULT_NO_ACCESS);
    CHECK_INT(exchange_fault(-ERR_BUSY), CARD_FAULT_IN_USE);
}

TEST_MAIN(T(every_end_of_a_try), T(there_are_two_tries), T(a_device_that_cannot_be_opened))
