/* SPDX-License-Identifier: Apache-2.0
 *
 * What a name leads to, asked as libcurl asks it, and told apart as libcurl does not: nobody knows the name, or nobody who
 * could know it answered. getaddrinfo(3) waits, so a thread of its own does; it reads nothing of this program's.
 */
#ifndef SYNC_RESOLVE_H
#define SYNC_RESOLVE_H

#include "base/loop.h"

#define RESOLVE_NAME_MAX 253
#define RESOLVE_ADDRESS_MAX 45

enum resolved { RESOLVED, RESOLVED_UNKNOWN, RESOLVED_SILENCE };

struct resolve;
/* `address`: the first one of the name, "" where there is none. Called from the loop, once, never from resolve_start(). */
typedef void resolve_done_fn(void *ctx, enum resolved what, const char *address);
/* NULL: no thread or memory is to be had. */
struct resolve *resolve_start(struct loop *l, const char *name, resolve_done_fn *done, void *ctx);
/* done will not be called; the thread ends by itself. Takes NULL. */
void resolve_cancel(struct resolve *r);

#endif
