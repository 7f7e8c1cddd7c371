/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-sync does once and ends: enrolment by hand, and the count of what earlier journals still hold. Both say on
 * stderr what went wrong, and give the program's exit code.
 */
#ifndef SYNC_ONCE_H
#define SYNC_ONCE_H

#include "sync/options.h"

enum { ONCE_OK = 0, ONCE_FAILED = 1, ONCE_NOT_ENROLLED = 3, ONCE_REFUSED = 4, ONCE_UNREACHABLE = 5 };

int once_exit(int rc); /* of a code of err.def */
int once_enrol(const struct sync_options *o);
int once_pending(const struct sync_options *o);

#endif
