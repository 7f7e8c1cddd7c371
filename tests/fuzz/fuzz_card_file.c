/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever stands in a card file.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/card_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct virtual_card card, before;
    char *text = calloc(1, len + 1);
    memcpy(text, data, len);
    memset(&card, 0x5A, sizeof card);
    before = card;
    if (card_file_parse(text, &card, NULL) < 0 && memcmp(&card, &before, sizeof card))
        abort();
    free(text);
    return 0;
}
