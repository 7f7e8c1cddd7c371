/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the hall's word of what it holds: what is read says the same when it is written and read again.
 */
#include "tests/fuzz/again.h"
#include "wire/ack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct ack, ack_decode(bytes, len, value, NULL), ack_encode(value, out), ACK_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    again(data, size);
    return 0;
}
