/* SPDX-License-Identifier: Apache-2.0
 *
 * See halt.h.
 */
#include "model/halt.h"

#include <string.h>

const struct halt *halts_code(const struct halts *h, const char *task_code)
{
    for (int i = 0; i < h->n; i++)
        if (strcmp(h->list[i].task_code, task_code) == 0)
            return &h->list[i];
    return NULL;
}

static const struct halt *of_one(const struct halts *h, const struct item *item)
{
    const struct halt *is = halts_code(h, item->task_code);

    return is && item->task_version <= is->upto ? is : NULL;
}

const struct halt *halts_item(const struct halts *h, const struct item *item)
{
    const struct halt *is = of_one(h, item);

    for (size_t i = 0; !is && i < item->n_joined; i++)
        is = of_one(h, item->joined[i]);
    return is;
}
