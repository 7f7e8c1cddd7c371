/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a batch and as the hall's answer to one. A batch has one form only: what is read is written back byte for
 * byte.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct batch_answer answer;
    struct batch b;
    struct err e = {0};
    struct buf out;

    batch_answer_decode(size % 2 ? 200 : 409, data, size, &answer, &e);
    if (batch_decode(data, size, &b, &e))
        return 0;
    buf_init(&out, 2 * BATCH_BYTES_MAX);
    if (batch_encode(&b, &out, &e) || out.len != size || memcmp(out.data, data, size))
        abort();
    buf_finish(&out);
    return 0;
}
