/* SPDX-License-Identifier: Apache-2.0
 *
 * Which build this is: the answer to --version, in health reports and in the support bundle.
 */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#include <stdint.h>

/* When the source was last changed, or 0 where that is not known; SOURCE_DATE_EPOCH overrides it. Use clock_built_ms. */
int64_t version_built_ms(void);

/* What `git describe` said when this was built, or "unknown". Static. */
const char *version_text(void);

#endif
