/* SPDX-License-Identifier: Apache-2.0
 *
 * What lies in DIR/public for the terminals. `hallctl catalog publish` changes its files and writes `version` last; the hall
 * sees that (inotify), checks the catalogue's signature, signs a new head.json with the on-line key DIR/tls/head*.pem that
 * the root names, and tells the caller. The head lives seven days and is renewed each day.
 */
#ifndef HALL_PUBLISH_H
#define HALL_PUBLISH_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/manifest.h"

struct publish;

/* The current one (version 0: none published) and the newest root. */
typedef void publish_fn(void *ctx, const struct manifest_catalog *c, const struct manifest_root *root);

/* Calls fn at once and at each change. A catalogue whose signature does not verify is not announced. */
int publish_create(struct event_base *base, const char *tls_dir, const char *public_dir, publish_fn *fn, void *ctx,
                   struct publish **ret, struct err *e);
void publish_destroy(struct publish *p); /* takes NULL */
/* The head that names this catalogue, signed at `now`, for terminals that are offered it. -ERR_KEY: there is no root yet. */
int publish_head(const struct publish *p, int64_t catalogue, int64_t now, struct buf *head, struct buf *sig, struct err *e);
/* For tests: neither news nor a renewed head from now on. */
void publish_freeze(struct publish *p, bool frozen);
/* The clock was moved: renews the head when it is due. */
void publish_check(struct publish *p);

#endif
