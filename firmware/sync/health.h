/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's report to the hall (POST /v1/health), thin: build, what is acknowledged, what waits, which catalogue
 * is in use, and what is wrong.
 */
#ifndef SYNC_HEALTH_H
#define SYNC_HEALTH_H

#include <stdbool.h>

#include "sync/http.h"
#include "wire/health.h"
#include "wire/peer.h"

struct health_client { /* starts with `http` alone */
    struct http *http;
    struct http_request *request; /* under way */
    bool more;                    /* and another one behind it */
    struct health_report next;
};

/* Adds a warning, or several with commas, when it is `on`. */
void health_warn(struct health_report *r, const char *words, bool on);
/* That version of the catalogue cannot be had: a warning, and a refusal where kiosk has none. 0: nothing is said. */
void health_given_up(struct health_report *r, int64_t version);
/* What kiosk says of its catalogue (PEER_CATALOGUE); true: it is other than before. */
bool health_catalogue(struct health_report *r, const struct peer_line *p);
/* What kiosk says of its devices, and of a pause by staff (PEER_HOW); true: it is other than before. */
bool health_how(struct health_report *r, const struct peer_line *p);
/* Sent and forgotten: a report that is lost is followed by another. While one is under way only the newest waits. */
void health_send(struct health_client *c, const struct health_report *r);
void health_stop(struct health_client *c);

#endif
