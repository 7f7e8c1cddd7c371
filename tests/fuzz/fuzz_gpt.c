/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a partition table: what is found lies in whole sectors and behind the table's own.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/install/gpt_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t table[GPT_BYTES] = {0};
    uint64_t at, len;

    memcpy(table, data, size < sizeof table ? size : sizeof table);
    if (gpt_find(table, "note", &at, &len) == 0 && (at % 512 || len % 512 || len == 0))
        abort();
    return 0;
}
