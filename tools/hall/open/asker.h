/* SPDX-License-Identifier: Apache-2.0
 *
 * What hall-open does for the hall when terminals ask (asking_wire.h). Whatever was sealed by a resident and is opened here,
 * to index it or to compare a phone, has its row in the audit before anything follows from it.
 */
#ifndef HALL_ASKER_H
#define HALL_ASKER_H

#include "tools/hall/open/keyring.h"
#include "tools/hall/open/opening_log.h"

struct asker;

/* keys: ask*.pem and sealing*.pem, old and new, and the secret of the index, which is made where it is not there. `log` is
 * borrowed, and `log_path` its file: today's wrong tries are read from it. */
int asker_create(struct keyring *keys, struct opening_log *log, const char *log_path, struct asker **ret, struct err *e);
void asker_destroy(struct asker *a); /* takes NULL */
/* `text`: a request as it came, from the user of that number. Appends the answer, one line without its end. */
void asker_answer(struct asker *a, int64_t user, const char *text, struct buf *out);

#endif
