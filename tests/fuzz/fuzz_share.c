/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a share that somebody typed: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/share.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct share s, again;
    char line[SHARE_LINE_MAX];

    if (share_parse((const char *)data, size, &s, NULL) < 0)
        return 0;
    share_format(&s, line);
    if (s.number < 1 || s.number > SHARES || share_parse(line, strlen(line), &again, NULL) < 0 ||
        memcmp(s.bytes, again.bytes, sizeof s.bytes) != 0)
        abort();
    return 0;
}
