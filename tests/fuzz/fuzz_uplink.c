/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the file that says how the hall is reached: what is read says the same when it is written and read again.
 */
#include "model/uplink.h"
#include "tests/fuzz/again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(uplink, struct uplink, uplink_decode(bytes, len, value, NULL), uplink_encode(value, out), UPLINK_FILE_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uplink(data, size);
    return 0;
}
