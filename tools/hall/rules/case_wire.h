/* SPDX-License-Identifier: Apache-2.0
 *
 * An event of a case as bytes, which are stored as they are and never written anew:
 *     {"v":1,"number":"1103…","seq":3,"event":"stop","at":ms,"entered":ms,"staff":"…","post":"…", …}
 * and by kind "words", "law", "procedure", "limit", "result", "to", "application", "limits"; of what came at a terminal
 * "terminal" and "supplement" stand in place of staff and post. They are chained for each case: hash =
 * SHA-256("tongban-case-v1\n" ‖ hash of the one before ‖ be32(length) ‖ bytes) where the first stands on
 * SHA-256("tongban-case-chain-v1\n" ‖ number). So none of them can be changed, left out, moved or put in without all after
 * it; that the last ones are gone a chain alone does not tell. The bytes come from this hall's own database, bounded and
 * strictly read: what does not decode was damaged.
 */
#ifndef HALL_CASE_WIRE_H
#define HALL_CASE_WIRE_H

#include "base/buf.h"
#include "tools/hall/rules/case.h"

#define CASE_BYTES_MAX 8192

/* Appends them. */
int case_event_encode(const struct case_event *ev, struct buf *out);
int case_event_decode(const void *data, size_t len, struct case_event *ret, struct err *e);

/* A list of them, as `hallctl case show --json` prints it: what the events of a case come to, and the chain's end. They must
 * follow on each other; -ERR_INVALID. */
#define CASE_LIST_MAX (2 * 1024 * 1024)
struct case_history {
    char number[CASE_NUMBER_LEN + 1];
    struct case_state state;
    uint8_t hash[SHA256_LEN];
};
int case_history_decode(const void *data, size_t len, struct case_history *ret, struct err *e);

void case_chain_begin(const char *number, uint8_t hash[SHA256_LEN]);
void case_chain_next(const void *data, size_t len, uint8_t hash[SHA256_LEN]); /* of the one before → of this one */

#endif
