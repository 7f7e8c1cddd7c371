/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever stands in a card's text record.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drivers/idcard/record.h"

static void check(const char *text, size_t cap)
{
    if (!memchr(text, 0, cap) || !utf8_valid(text, strlen(text)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    uint8_t record[CARD_RECORD_LEN];
    struct identity id;
    for (size_t i = 0; i < sizeof record; i++)
        record[i] = i < len ? data[i] : i % 2 ? 0 : ' ';
    if (card_record_decode(record, &id, NULL) < 0)
        return 0;
    check(id.name, sizeof id.name);
    check(id.name_latin, sizeof id.name_latin);
    check(id.address, sizeof id.address);
    check(id.authority, sizeof id.authority);
    check(id.number, sizeof id.number);
    check(id.nation, sizeof id.nation);
    check(id.permit, sizeof id.permit);
    if (!date_valid(id.birth) || !date_valid(id.valid_from) || (!id.long_term && !date_valid(id.valid_to)))
        abort();
    return 0;
}
