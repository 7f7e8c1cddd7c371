/* SPDX-License-Identifier: Apache-2.0
 *
 * Which call a line of call.jsonl (queue_feed.h) is. Pure; of any bytes.
 */
#ifndef HALLCTL_CALL_ID_H
#define HALLCTL_CALL_ID_H

#include <stddef.h>

#include "base/err.h"

#define CALL_LINE_MAX (64 * 1024)
#define CALL_ID_MAX 100

/* Its "id"; whatever else stands in it is for who gets it. -ERR_INVALID. */
int call_id_decode(const char *line, size_t len, char ret[CALL_ID_MAX + 1], struct err *e);

#endif
