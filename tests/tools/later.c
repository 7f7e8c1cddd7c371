/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl as a later version has it: the same program with these two in place of today's. It writes what no terminal of
 * today knows: a field with a camera, a queue by telephone, themes with pictures, which need level 90, and a remark on
 * anything, which is harmless.
 */
#define LEVEL_DEF "tools/later.def"
#include "firmware/model/level.c"

#include "catalog/source_known.h"

int source_known(const struct json *obj, const char *keys, struct err *e)
{
    char all[1000];

    snprintf(all, sizeof all, "%s camera by_phone picture remark", keys);
    return json_known(obj, all, e);
}
