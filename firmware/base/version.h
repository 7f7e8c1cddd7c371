/* SPDX-License-Identifier: Apache-2.0
 *
 * Which build this is: the answer to --version, in health reports and in the support bundle.
 */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* What `git describe` said when this was built, or "unknown". Static. */
const char *version_text(void);

#endif
