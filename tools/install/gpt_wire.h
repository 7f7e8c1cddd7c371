/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a partition lies by a medium's first bytes: a GUID partition table (UEFI 2.10, 5.3), with sectors of 512 bytes. For
 * tables that were signed with their image; a disk's own partitions the kernel knows. Pure.
 */
#ifndef INSTALL_GPT_WIRE_H
#define INSTALL_GPT_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define GPT_BYTES (34 * 512) /* of the medium: all that is looked at */

/* The first partition with that name (ASCII): its first byte and its length. -ERR_INVALID: no table, or one that makes no
 * sense; -ERR_NOTFOUND. */
int gpt_find(const uint8_t table[GPT_BYTES], const char *name, uint64_t *ret_at, uint64_t *ret_len);

#endif
