/* SPDX-License-Identifier: Apache-2.0
 *
 * In a file of its own, because its macro changes with every commit and would otherwise rebuild everything.
 */
#include "base/version.h"

#ifndef TONGBAN_VERSION
#define TONGBAN_VERSION "unknown"
#endif

const char *version_text(void)
{
    return TONGBAN_VERSION;
}
