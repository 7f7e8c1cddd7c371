/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a printer answers when it is asked what it understands.
 */
#include <stdlib.h>

#include "drivers/printer/device_id.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *language;
    enum device_id_kind kind = device_id_kind(data, len, &language);

    if ((kind == DEVICE_ID_RECEIPT) != !language)
        abort(); /* a stranger's language is named, and no other's */
    return 0;
}
