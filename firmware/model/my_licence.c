/* SPDX-License-Identifier: Apache-2.0
 *
 * See my_licence.h.
 */
#include "model/my_licence.h"

#include <string.h>

bool my_licence_wanted(const struct item_material *m)
{
    return item_material_licensed(m) && m->state != MATERIAL_HAVE && m->state != MATERIAL_OPTIONAL;
}

const struct my_licence *my_licence_of(const struct my_licences *m, const char *kind)
{
    for (int i = 0; i < m->n; i++)
        if (strcmp(m->list[i].kind, kind) == 0)
            return &m->list[i];
    return NULL;
}
