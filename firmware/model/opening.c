/* SPDX-License-Identifier: Apache-2.0
 *
 * See opening.h.
 */
#include "model/opening.h"

#include <stdio.h>
#include <string.h>

const char *opening_hours_text(const struct day_hours *h, const char *dash, const char *between, char *out, size_t cap)
{
    out[0] = '\0';
    for (int i = 0; i < h->n; i++) {
        size_t used = strlen(out);
        int from = h->at[i].from, until = h->at[i].until;

        snprintf(out + used, cap - used, "%s%d:%02d%s%d:%02d", i ? between : "", from / 60, from % 60, dash, until / 60,
                 until % 60);
    }
    return out;
}
