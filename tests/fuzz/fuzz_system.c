/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a terminal's report on its system, as an order, as the hall's word: what is read says the same when it is
 * written and read again. And as a list of pieces, whose every hash then lies within the bytes.
 */
#include "tests/fuzz/again.h"
#include "wire/pieces.h"
#include "wire/system.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(report, struct system_report, system_report_decode(bytes, len, value, NULL), system_report_encode(value, out),
      SYSTEM_BYTES_MAX)
AGAIN(order, struct system_order, system_order_decode(bytes, len, value, NULL), system_order_encode(value, out),
      SYSTEM_TEXT_MAX)
AGAIN(word, struct system_word, system_word_decode(bytes, len, value, NULL), system_word_encode(value, out),
      SYSTEM_BYTES_MAX)

static void pieces(const uint8_t *data, size_t size)
{
    struct pieces p;
    int64_t at = 0;

    if (pieces_decode(data, size, SYSTEM_BUNDLE_MAX, &p, NULL) != 0)
        return;
    for (size_t i = 0; i < p.count; i++) {
        if (pieces_at(&p, i) != at || pieces_len(&p, i) < 1 || p.hashes + (i + 1) * PIECES_HASH_LEN > data + size)
            abort();
        at += (int64_t)pieces_len(&p, i);
    }
    if (at != p.size)
        abort();
}

/* What root's part wrote: as a report it can be told to the hall. */
static void status(const uint8_t *data, size_t size)
{
    struct system_report r;
    struct buf out;

    memset(&r, 0, sizeof r);
    if (system_status_decode(data, size, &r, NULL) != 0)
        return;
    buf_init(&out, 8 * SYSTEM_BYTES_MAX);
    if (system_report_encode(&r, &out) != 0 || system_report_decode(out.data, out.len, &r, NULL) != 0)
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    status(data, size);
    report(data, size);
    order(data, size);
    word(data, size);
    pieces(data, size);
    return 0;
}
