/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 on a thread of its own, so that a medium is read on while what it gave is hashed: it is read back as fast as it
 * can be. One run of bytes after the other.
 */
#ifndef FLASH_HASHER_H
#define FLASH_HASHER_H

#include <stddef.h>

#include "crypto/hash.h"

struct hasher;

/* NULL: no memory or thread. */
struct hasher *hasher_create(void);
/* Ends the thread. Takes NULL. */
void hasher_destroy(struct hasher *h);
/* Waits until the piece before is hashed, and returns while this one is: it must stay as it is until the next call. */
void hasher_add(struct hasher *h, const void *data, size_t len);
/* Of all since the last hasher_end(). */
void hasher_end(struct hasher *h, uint8_t out[SHA256_LEN]);

#endif
