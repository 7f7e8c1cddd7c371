/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: who has opened a case, as its page shows it also while it is sealed.
 */
#ifndef HALL_STAFF_OPEN_CASE_H
#define HALL_STAFF_OPEN_CASE_H

#include "base/json.h"
#include "tools/hall/store/store.h"

#define OPENINGS_SHOWN 20
/* "openings":[{"at":…,"words":"who, post: why"}], the newest first. */
int open_case_put_openings(struct jsonw *w, struct store *s, int office, const char *number, struct err *e);

#endif
