/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a line of the hall's log of leases: what is read says the same when it is written and read again.
 */
#include "tests/fuzz/again.h"
#include "tools/hall/store/lease_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(block, struct leased_block, leased_block_decode(bytes, len, value, NULL), leased_block_encode(value, out),
      LEASED_BLOCK_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    block(data, size);
    return 0;
}
