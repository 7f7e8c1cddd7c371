/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a request for a block and as the hall's answer: what is read says the same when it is written and read again.
 */
#include "tests/fuzz/again.h"
#include "wire/lease.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(request, struct lease, lease_request_decode(bytes, len, value, NULL), lease_request_encode(value, out),
      LEASE_BYTES_MAX)
AGAIN(answer, struct lease, lease_answer_decode(bytes, len, value, NULL), lease_answer_encode(value, out), LEASE_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    request(data, size);
    answer(data, size);
    return 0;
}
