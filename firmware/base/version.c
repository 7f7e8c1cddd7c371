/* SPDX-License-Identifier: Apache-2.0
 *
 * In a file of its own, because its macro changes with every commit and would otherwise rebuild everything.
 */
#include "base/version.h"

#ifndef TONGBAN_VERSION
#define TONGBAN_VERSION "unknown"
#endif

#ifndef TONGBAN_BUILT_S
#define TONGBAN_BUILT_S 0
#endif

int64_t version_built_ms(void)
{
    return INT64_C(1000) * TONGBAN_BUILT_S;
}

const char *version_text(void)
{
    return TONGBAN_VERSION;
}
