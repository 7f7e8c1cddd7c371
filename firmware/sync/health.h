/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's report to the hall (POST /v1/health), thin: build, what is acknowledged, what waits, which catalogue
 * is in use, and what is wrong.
 */
#ifndef SYNC_HEALTH_H
#define SYNC_HEALTH_H

#include <stdint.h>

#include "sync/http.h"

struct health_report {
    int64_t acked, head, catalogue;
    const char *warnings; /* words with commas: "head-expired,catalogue-refused"; "" when all is well */
};
/* Sent and forgotten: a report that is lost is followed by another. */
void health_send(struct http *h, const struct health_report *r);

#endif
