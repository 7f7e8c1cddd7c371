/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever stands in a card's text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "drivers/idcard/card_text.h"
#include "model/private_use.h"

static void check(const char *text, size_t cap)
{
    if (!memchr(text, 0, cap) || !utf8_valid(text, strlen(text)))
        abort();
}

/* No private-use code point is left in what people read. */
static void check_told(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end)
        if (is_private_use((uint32_t)utf8_next(&text, end)))
            abort();
}

/* The first bytes as a newest address: text, or nothing changes. */
static void check_address(const uint8_t *bytes)
{
    static struct identity id;
    memset(&id, 0, sizeof id);
    strcpy(id.address, "here");
    if (card_address_decode(bytes, &id, NULL) < 0 || !id.newest_address) {
        if (strcmp(id.address, "here") || id.newest_address)
            abort();
        return;
    }
    check(id.address, sizeof id.address);
    check_told(id.address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static void *kept; /* else locked pages would come and go with each run, which takes nearly all of its time */
    uint8_t bytes[CARD_TEXT_LEN];
    struct identity id;
    if (!kept)
        kept = secret_alloc(1);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i < len ? data[i] : i % 2 ? 0 : ' ';
    check_address(bytes);
    if (card_text_decode(bytes, &id, NULL) < 0)
        return 0;
    check_told(id.name);
    check_told(id.name_latin);
    check_told(id.address);
    if (memcmp(id.card_text, bytes, sizeof bytes))
        abort();
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
