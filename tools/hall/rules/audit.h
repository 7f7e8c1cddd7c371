/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit log as a chain: each row has a number in its office and the hash of itself and the row before it, so that none
 * is changed, removed or put between without a trace. Pure.
 *
 *   hash = SHA-256("tongban-audit-v1\n" ‖ hash of the row before ‖ be32(office) ‖ be64(seq) ‖ be64(at) ‖ id ‖
 *                  for each of who, action, subject, reason: be32(length) ‖ text);  before the first row: zeros
 */
#ifndef HALL_RULES_AUDIT_H
#define HALL_RULES_AUDIT_H

#include <stdint.h>

#include "crypto/hash.h"

struct audit_row { /* strings are borrowed */
    int office;
    int64_t seq, at; /* from 1, no holes; ms */
    uint8_t id[16];
    const char *who, *action, *subject, *reason;
};
void audit_hash(const uint8_t before[SHA256_LEN], const struct audit_row *r, uint8_t out[SHA256_LEN]);

#endif
