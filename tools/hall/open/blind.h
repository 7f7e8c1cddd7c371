/* SPDX-License-Identifier: Apache-2.0
 *
 * The blind index: what stands for a citizen's number in the hall's database, so that a person's cases are found by it and
 * nobody without the secret can tell or try whose they are. HMAC-SHA-256 under 32 bytes that are made here and lie beside
 * the keys; they leave this folder never, but in its backup. Lost, every index is made anew under others.
 */
#ifndef HALL_BLIND_H
#define HALL_BLIND_H

#include "base/err.h"
#include "crypto/hash.h"
#include "tools/hall/rules/licence.h"

#define BLIND_LEN SHA256_LEN
#define BLIND_ID_LEN 8
#define BLIND_FILE "index.secret"

struct blind; /* in secret memory */
/* KEYS/index.secret, made where it is not there. -ERR_KEY: it is damaged. */
int blind_open(const char *keys, struct blind **ret, struct err *e);
void blind_close(struct blind *b); /* takes NULL; wipes */
/* Names the secret, so that the hall sees which indexes are of another one. */
void blind_id(const struct blind *b, uint8_t out[BLIND_ID_LEN]);
/* HMAC(secret, "tongban-index-v1\n" ‖ number). */
void blind_index(const struct blind *b, const char *citizen, uint8_t out[BLIND_LEN]);
/* What one licence of one person is called in the register: of HMAC(secret, "tongban-licence-v1\n" ‖ citizen's number ‖ "\n"
 * ‖ code of the kind ‖ "\n" ‖ licence number) the first bytes. */
void blind_licence(const struct blind *b, const char *citizen, const char *code, const char *number,
                   uint8_t out[LICENCE_ID_LEN]);

#endif
