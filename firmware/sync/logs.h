/* SPDX-License-Identifier: Apache-2.0
 *
 * The logs that staff of the hall asked for (wire/logs.h), from the folder in which root's part leaves them, DATA-logs:
 * hall-ID.gz, or hall-ID.why with a word. Handed over piece by piece, from where the hall has them, whenever it answers;
 * DATA/sync/logs-given names those that are done with. Lost, they are offered once more, and the hall says that they are
 * over.
 */
#ifndef SYNC_LOGS_H
#define SYNC_LOGS_H

#include "base/err.h"
#include "sync/http.h"

struct logs_client;

/* http is borrowed. -ERR_TOOLONG: `data` is. */
int logs_client_create(struct http *h, const char *data, struct logs_client **ret, struct err *e);
void logs_client_destroy(struct logs_client *c); /* takes NULL */
/* The hall answers: looks, and goes on. */
void logs_client_wake(struct logs_client *c);

#endif
