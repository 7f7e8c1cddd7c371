/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a question that names a person, and as its sealed form: what is taken is written as it was
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    question(data, size);
    sealed(data, size);
    return 0;
}
