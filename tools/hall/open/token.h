/* SPDX-License-Identifier: Apache-2.0
 *
 * Private keys in a token, by PKCS#11 2.40 (Cryptoki): P-256 keys that may derive (CKM_ECDH1_DERIVE), whose label begins
 * with their stem ("sealing-2026"), each beside its public half under the same CKA_ID. The private number never leaves the
 * token; what it agrees on does, as with a key in a file. The module is a library that is loaded into this process: before
 * it gives up its system calls, and without a network ever after.
 */
#ifndef HALL_TOKEN_H
#define HALL_TOKEN_H

#include "crypto/keys.h"

#define TOKEN_PIN_MAX 128

struct token;
/* Loads `module` and signs in to the token with that label. -ERR_NOTFOUND: no such module or token; -ERR_ACCESS: the PIN. */
int token_open(const char *module, const char *label, const char *pin, struct token **ret, struct err *e);
void token_close(struct token *t); /* takes NULL */
/* A key for crypto/seal.h, good as long as the token is open. -ERR_NOTFOUND, -ERR_UNREACHABLE. */
int token_find(struct token *t, const char *stem, const uint8_t id[8], struct private_key **ret, struct err *e);

#endif
