/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a question, as its sealed form, as an answer, and as a sealed answer: what is taken is written as it was
 * read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/ask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void question(const uint8_t *data, size_t size)
{
    struct ask_question q, again;
    struct buf out;

    if (ask_question_decode(data, size, &q, NULL) < 0)
        return;
    buf_init(&out, SEAL_PAD);
    if (ask_question_encode(&q, &out, NULL) < 0 || ask_question_decode(out.data, out.len, &again, NULL) < 0 ||
        memcmp(&q, &again, sizeof q) != 0)
        abort();
    buf_finish(&out);
}

static void sealed(const uint8_t *data, size_t size)
{
    struct ask_sealed s, again;
    struct buf out;

    if (ask_sealed_decode(data, size, &s, NULL) < 0)
        return;
    buf_init(&out, ASK_BYTES_MAX);
    if (ask_sealed_encode(&s, &out) < 0 || ask_sealed_decode(out.data, out.len, &again, NULL) < 0 || s.at != again.at ||
        s.len != again.len || memcmp(s.sealed, again.sealed, s.len) != 0)
        abort();
    buf_finish(&out);
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
    if (rc < 0 || ask_answer_decode(out.data, out.len, &again, &same, NULL) < 0 || same != why || again.n > cases.n ||
        (again.n < cases.n && !again.more) || memcmp(again.list, cases.list, (size_t)again.n * sizeof *cases.list) != 0)
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
    question(data, size);
    sealed(data, size);
    answer(data, size);
    answered(data, size);
    return 0;
}
