/* SPDX-License-Identifier: Apache-2.0
 *
 * See must.h.
 */
#include "base/must.h"

#include <stdlib.h>

#include "base/log.h"

void must_fail(const char *file, int line, const char *words)
{
    log_error("must", "%s:%d: %s", file, line, words);
    abort();
}
