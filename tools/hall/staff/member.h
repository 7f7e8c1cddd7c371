/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: members that many of the pages' objects have. -ERR_INVALID names the member.
 */
#ifndef HALL_STAFF_MEMBER_H
#define HALL_STAFF_MEMBER_H

#include "base/json.h"

/* One line of text of min to max bytes, into max + 1; with a min of 0 it may be missing: "". */
int member_line(const struct json *j, const char *key, size_t min, size_t max, char *out, struct err *e);
/* "id": 32 hexadecimal digits. */
int member_id(const struct json *j, uint8_t out[16], struct err *e);

#endif
