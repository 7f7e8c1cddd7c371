/* SPDX-License-Identifier: Apache-2.0
 *
 * One message to whoever answers at a URL: an SMS gateway, a message platform, a display of somebody else's.
 */
#ifndef HALLCTL_HOOK_H
#define HALLCTL_HOOK_H

#include <stddef.h>

#include "base/err.h"

struct hook_message {  /* borrowed */
    const char *url;   /* http:// or https://; no redirection is followed */
    const char *id;    /* the header Idempotency-Key: stays when it is sent again */
    const char *token; /* sent as "Authorization: Bearer …"; NULL: none */
    const void *json;
    size_t len;
    int timeout_s; /* for all of it */
};
/* POST on a connection of its own, so that it is sent once and never again by itself. 0: answered by 200 to 299; what else
 * stands in the answer is looked at by nobody, and an endless one is cut. -ERR_REFUSED: another answer; -ERR_UNREACHABLE:
 * none in time. */
int hook_post(const struct hook_message *m, struct err *e);

#endif
