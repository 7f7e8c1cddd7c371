/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder with the keys of a role, old and new side by side: STEM.pem or STEM-….pem, each beside its .pub. A new key is
 * named by its id, so nothing is ever overwritten or moved, and which key is meant is said by the signed root or a record's
 * header, never by a file's name.
 */
#ifndef CRYPTO_KEY_FOLDER_H
#define CRYPTO_KEY_FOLDER_H

#include "crypto/keys.h"

/* A new key as DIR/STEM-<id>.pem and .pub. */
int key_folder_new(const char *dir, const char *stem, struct public_key *ret, struct err *e);
/* The key with this id; -ERR_NOTFOUND when it is not there. */
int key_folder_find(const char *dir, const char *stem, const uint8_t id[8], struct private_key **ret, struct err *e);
/* DIR/NAME.pem and .pub; -ERR_EXISTS. */
int key_folder_save(const char *dir, const char *name, const struct private_key *k, struct err *e);

#endif
