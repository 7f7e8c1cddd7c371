/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the answer to a code: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/ask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct my_cases told, again;
    enum ask_reason why, same;
    struct buf out;

    if (ask_answer_decode(data, size, &told, &why, NULL) < 0 || !told.spoken)
        return 0;
    buf_init(&out, ASK_ANSWER_MAX);
    if (ask_answer_encode(&told, &out) < 0 || ask_answer_decode(out.data, out.len, &again, &same, NULL) < 0 || same != why ||
        !again.spoken || memcmp(&again.told, &told.told, sizeof told.told) != 0)
        abort();
    buf_finish(&out);
    return 0;
}
