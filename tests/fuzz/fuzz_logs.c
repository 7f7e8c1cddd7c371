/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a piece of logs, and as the hall's answer to one: what is read says the same when it is written and read
 * again.
 */
#include "tests/fuzz/again.h"
#include "wire/logs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void piece(const uint8_t *data, size_t size)
{
    struct logs_piece one = {.size = 0}, two = {.size = 0};
    struct buf out;

    if (logs_piece_decode(data, size, &one, NULL) != 0)
        return;
    if (one.bytes && (one.bytes < data || one.bytes + one.len != data + size))
        abort();
    buf_init(&out, LOGS_BODY_MAX);
    if (logs_piece_encode(&one, &out, NULL) != 0 || logs_piece_decode(out.data, out.len, &two, NULL) != 0)
        abort();
    if (one.size != two.size || one.at != two.at || one.why != two.why || one.len != two.len ||
        memcmp(one.id, two.id, sizeof one.id) != 0 || memcmp(one.sha256, two.sha256, sizeof one.sha256) != 0 ||
        (one.len && memcmp(one.bytes, two.bytes, one.len) != 0))
        abort();
    buf_finish(&out);
}

AGAIN(answer, struct logs_answer, logs_answer_decode(bytes, len, value, NULL), logs_answer_encode(value, out),
      LOGS_ANSWER_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    piece(data, size);
    answer(data, size);
    return 0;
}
