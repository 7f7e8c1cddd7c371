/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a terminal's health report: what is read says the same when it is written and read again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/health.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct health_report r, back;
    struct buf out;

    if (health_decode(data, size, &r, NULL))
        return 0;
    buf_init(&out, 8 * HEALTH_BYTES_MAX); /* escapes may be longer than what was read */
    if (health_encode(&r, &out, NULL))
        abort();
    if (out.len <= HEALTH_BYTES_MAX && (health_decode(out.data, out.len, &back, NULL) || strcmp(r.version, back.version) ||
                                        strcmp(r.warnings, back.warnings) || r.acked != back.acked || r.head != back.head))
        abort();
    buf_finish(&out);
    return 0;
}
