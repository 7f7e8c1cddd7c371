/* SPDX-License-Identifier: Apache-2.0
 *
 * See source_known.h.
 */
#include "catalog/source_known.h"

int source_known(const struct json *obj, const char *keys, struct err *e)
{
    return json_known(obj, keys, e);
}
