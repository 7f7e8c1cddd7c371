/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a batch and as the hall's answer to one. A batch has one form only: what is read is written back byte for
 * byte.
 */
#include "base/json.h"
#include "tests/fuzz/again.h"
#include "wire/batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(stored, struct batch_answer, batch_answer_decode(200, bytes, len, value, NULL), batch_answer_encode(value, out),
      JSON_SIZE_MAX)
AGAIN(conflict, struct batch_answer, batch_answer_decode(409, bytes, len, value, NULL), batch_answer_encode(value, out),
      JSON_SIZE_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct batch b;
    struct err e = {0};
    struct buf out;

    stored(data, size);
    conflict(data, size);
    if (batch_decode(data, size, &b, &e))
        return 0;
    buf_init(&out, 2 * BATCH_BYTES_MAX);
    if (batch_encode(&b, &out, &e) || out.len != size || memcmp(out.data, data, size))
        abort();
    buf_finish(&out);
    return 0;
}
