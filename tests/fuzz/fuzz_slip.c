/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the code of a slip: what is read says the same when it is written and read again.
 */
#include "tests/fuzz/again.h"
#include "wire/slip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct slip_claim, slip_decode(bytes, len, value, NULL), slip_encode(value, out), SLIP_TEXT_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    again(data, size);
    return 0;
}
