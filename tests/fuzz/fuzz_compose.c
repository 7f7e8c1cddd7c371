/* SPDX-License-Identifier: Apache-2.0
 *
 * Both sides of kiosk <-> kiosk-ime. First byte: question or answer. What is taken is encoded and taken again, unchanged.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void question(const uint8_t *data, size_t len)
{
    struct compose_question q, again;
    uint8_t out[COMPOSE_QUESTION_MAX];

    if (compose_question_decode(data, len, &q) < 0)
        return;
    size_t n = compose_question_encode(&q, out);
    if (n != len || compose_question_decode(out, n, &again) < 0 || memcmp(&q, &again, sizeof q))
        abort();
}

static void answer(const uint8_t *data, size_t len)
{
    static struct composing_answer a, again;
    static uint8_t out[COMPOSE_ANSWER_MAX];

    if (compose_answer_decode(data, len, &a) < 0)
        return;
    for (int i = 0; i < a.n; i++)
        if (!a.candidates[a.at[i]])
            abort();
    size_t n = compose_answer_encode(&a, out);
    if (n != len || memcmp(out, data, n) || compose_answer_decode(out, n, &again) < 0)
        abort(); /* it has one form only */
    if (again.n != a.n || again.serial != a.serial || strcmp(again.text, a.text) || strcmp(again.rest, a.rest))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (!len)
        return 0;
    if (data[0] & 1)
        question(data + 1, len - 1);
    else
        answer(data + 1, len - 1);
    return 0;
}
