/* SPDX-License-Identifier: Apache-2.0
 *
 * See zone.h.
 */
#include "tools/hall/rules/zone.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/hash.h"

enum zone_word zone_judge(const struct zone_count *c)
{
    if (c->busy && (2 * (c->busy + 1) > c->all || !c->work))
        return ZONE_BUSY;
    return c->all > 1 && !c->work ? ZONE_SILENT : ZONE_MAY;
}

size_t zone_room(size_t all, size_t busy, size_t work)
{
    size_t n = 0;

    while (n < work && zone_judge(&(struct zone_count){all, busy + n, work - n - 1}) == ZONE_MAY)
        n++;
    return n;
}

void zone_name(int office, const struct place *p, char out[ZONE_NAME_LEN + 1])
{
    char text[sizeof p->zone + sizeof p->spot + 16];
    uint8_t hash[SHA256_LEN];
    int n = snprintf(text, sizeof text, "%d\n%s\n%s", office, p->zone, p->spot);

    sha256(text, (size_t)n, hash);
    hex_encode(hash, ZONE_NAME_LEN / 2, out);
}
