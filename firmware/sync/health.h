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

/* Adds a warning, or several with commas, when it is `on`. */
void health_warn(struct health_report *r, const char *words, bool on);
/* Sent and forgotten: a report that is lost is followed by another. */
void health_send(struct http *h, const struct health_report *r);

#endif
