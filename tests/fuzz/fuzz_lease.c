/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a request for a block and as the hall's answer: what is read says the same when it is written and read again.
 */
#include <stdint.h>
#include <stdlib.h>

#include "wire/lease.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void again(const struct lease *l, bool answer)
{
    struct lease back;
    struct buf out;

    buf_init(&out, LEASE_BYTES_MAX);
    if ((answer ? lease_answer_encode : lease_request_encode)(l, &out) ||
        (answer ? lease_answer_decode : lease_request_decode)(out.data, out.len, &back, NULL) || !lease_same(l, &back) ||
        l->block.first != back.block.first)
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lease l;

    if (!lease_request_decode(data, size, &l, NULL))
        again(&l, false);
    if (!lease_answer_decode(data, size, &l, NULL))
        again(&l, true);
    return 0;
}
