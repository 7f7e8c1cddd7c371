/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an answer to a question that names a person, and as its sealed form: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/ask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Openings may have made way. */
static void forget_opened(struct my_cases *all, struct my_cases *again)
{
    for (int i = 0; i < again->n && i < all->n; i++)
        if (again->list[i].n_opened < all->list[i].n_opened) {
            memset(all->list[i].opened, 0, sizeof all->list[i].opened);
            memset(again->list[i].opened, 0, sizeof again->list[i].opened);
            all->list[i].n_opened = again->list[i].n_opened = 0;
        }
}

static void answer(const uint8_t *data, size_t size)
{
    static struct my_cases cases, again;
    enum ask_reason why, same;
    struct buf out;

    if (ask_answer_decode(data, size, &cases, &why, NULL) < 0)
        return;
    buf_init(&out, ASK_ANSWER_MAX);
    int rc = why == ASK_ANSWERED ? ask_answer_encode(&cases, &out) : ask_reason_encode(why, cases.at, &out);
    if (rc < 0 || ask_answer_decode(out.data, out.len, &again, &same, NULL) < 0)
        abort();
    forget_opened(&cases, &again);
    if (same != why || again.n > cases.n || (again.n < cases.n && !again.more) ||
        memcmp(again.list, cases.list, (size_t)again.n * sizeof *cases.list) != 0)
        abort();
    buf_finish(&out);
}

static void answered(const uint8_t *data, size_t size)
{
    static uint8_t bytes[ASK_REPLY_MAX];
    size_t len = 0;

    if (ask_answered_decode(data, size, bytes, &len, NULL) == 0 && (len < SEAL_REPLY_OVERHEAD || len > sizeof bytes))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    answer(data, size);
    answered(data, size);
    return 0;
}
