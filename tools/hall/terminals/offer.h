/* SPDX-License-Identifier: Apache-2.0
 *
 * Which catalogue each terminal is offered: that of all, or an edition that is being rolled out (rules/edition.h), with the
 * manifest its staff signed and a head of its own. Once a second it is looked what was changed, by whichever hall or
 * hallctl; and what is due by itself is done (editions/edition_deed.h). The loop's thread only.
 */
#ifndef HALL_OFFER_H
#define HALL_OFFER_H

#include <event2/event.h>

#include "tools/hall/store/reader.h"
#include "tools/hall/store/writer.h"
#include "tools/hall/terminals/publish.h"
#include "tools/hall/terminals/registry.h"

struct offer;

struct offer_config {
    const char *data; /* borrowed, as the rest */
    struct reader *reader;
    struct writer *writer;
    struct registry *registry;
    struct publish **publish;                                      /* is there once offer_published was called */
    void (*changed)(void *ctx);                                    /* some terminals are offered another one now */
    void (*told)(void *ctx, const char *what, const char *detail); /* an alert for staff */
    void *ctx;
};
int offer_create(struct event_base *base, const struct offer_config *config, struct offer **ret, struct err *e);
void offer_stop(struct offer *o);    /* looks no more; takes NULL */
void offer_destroy(struct offer *o); /* after reader and writer; takes NULL */
/* What lies in DATA/public now; editions are verified by that root. */
void offer_published(struct offer *o, int64_t version, const struct manifest_root *root);
/* The version of the edition a terminal is offered; 0: what all are. `known`: what it says it has dealt with, which it is
 * remembered to have; -1: it says nothing. */
int64_t offer_version(struct offer *o, const char *terminal, int64_t known);
/* catalog.json, catalog.sig, head.json or head.sig in place of that of all; NULL: that of all. Valid for the call. */
const struct buf *offer_file(struct offer *o, const char *terminal, const char *name);

#endif
