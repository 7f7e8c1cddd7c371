/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a terminal's health report: what is read says the same when it is written and read again.
 */
#include "tests/fuzz/again.h"
#include "wire/health.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct health_report, health_decode(bytes, len, value, NULL), health_encode(value, out, NULL), HEALTH_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    again(data, size);
    return 0;
}
