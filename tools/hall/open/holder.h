/* SPDX-License-Identifier: Apache-2.0
 *
 * What hall-open does for electronic licences (holder_wire.h): it gives out the number of a case's applicant, so that
 * hallctl can ask the platform about that one person, and makes the blind names under which the register keeps what is said.
 */
#ifndef HALL_HOLDER_H
#define HALL_HOLDER_H

#include "tools/hall/open/keyring.h"
#include "tools/hall/open/opening_log.h"

/* `text`: a request as it came, from the user of that number. Appends the answer, one line without its end. */
void holder_obey(struct keyring *keys, struct opening_log *log, int64_t user, const char *text, struct buf *out);

#endif
