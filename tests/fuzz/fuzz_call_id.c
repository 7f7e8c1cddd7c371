/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a line of call.jsonl.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/hallctl/call_id.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char id[CALL_ID_MAX + 1] = "";

    if (call_id_decode((const char *)data, size, id, NULL) == 0 && (!*id || strlen(id) > CALL_ID_MAX))
        abort();
    return 0;
}
