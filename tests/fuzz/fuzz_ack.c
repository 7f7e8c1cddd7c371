/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the hall's word of what it holds: what is read says the same when it is written and read again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/ack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ack a, back;
    struct buf out;

    if (ack_decode(data, size, &a, NULL))
        return 0;
    buf_init(&out, ACK_BYTES_MAX);
    if (ack_encode(&a, &out) || ack_decode(out.data, out.len, &back, NULL) || back.seq != a.seq ||
        memcmp(back.hash, a.hash, HASH_LEN) || back.by.sig_len != a.by.sig_len ||
        memcmp(back.by.sig, a.by.sig, a.by.sig_len))
        abort();
    buf_finish(&out);
    return 0;
}
