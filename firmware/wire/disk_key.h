/* SPDX-License-Identifier: Apache-2.0
 *
 * What a terminal leaves with the hall for the day its disk does not open, or has to be erased: the plain text of a record
 * of the kind disk-key, sealed like an application,
 *     {"v":1,"recovery":"123456-…","release":64 hex digits}
 * `recovery` opens the encrypted data partition where the TPM does not; it is left out on a machine whose data is not
 * encrypted. It is eight groups of six digits, 128 bits in all: each group is a multiple of eleven, so that a wrong digit
 * and two swapped ones are found in the group that was read wrong. `release`: see release.h. Pure; of any bytes.
 */
#ifndef WIRE_DISK_KEY_H
#define WIRE_DISK_KEY_H

#include "base/buf.h"
#include "base/err.h"
#include "wire/release.h"

#define DISK_KEY_GROUPS 8
#define DISK_KEY_DIGITS 6
#define DISK_KEY_RECOVERY_LEN (DISK_KEY_GROUPS * (DISK_KEY_DIGITS + 1) - 1)
#define DISK_KEY_BYTES_MAX 512

struct disk_key {                             /* secret memory */
    char recovery[DISK_KEY_RECOVERY_LEN + 1]; /* "": there is none */
    uint8_t release[RELEASE_SECRET_LEN];
};
int disk_key_encode(const struct disk_key *k, struct buf *out);
int disk_key_decode(const void *data, size_t len, struct disk_key *ret, struct err *e);
/* Eight groups with a dash between. 0 in order; else the number of the first group that is not, from 1. */
int disk_key_recovery_wrong(const char *text);

#endif
