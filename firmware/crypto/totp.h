/* SPDX-License-Identifier: Apache-2.0
 *
 * Codes that change every 30 seconds (RFC 6238: HMAC-SHA-1, six digits, as all authenticator apps take it without being
 * told). A code counts one step before and after its own, for clocks that differ; and once: the step it was of is kept, and
 * only a later one counts.
 */
#ifndef CRYPTO_TOTP_H
#define CRYPTO_TOTP_H

#include <stddef.h>
#include <stdint.h>

#define TOTP_KEY_LEN 20
#define TOTP_CODE_LEN 6
#define TOTP_STEP_MS 30000
#define TOTP_KEY_TEXT_LEN 32 /* base32 (RFC 4648, 6) */

/* The code of one step of 30 s since 1970. */
void totp_code(const uint8_t *key, size_t key_len, int64_t step, char out[TOTP_CODE_LEN + 1]);
/* The step this code is of, now or next to it and later than `last`; 0: none. */
int64_t totp_step(const uint8_t key[TOTP_KEY_LEN], const char *code, int64_t now_ms, int64_t last);
/* A key as people type it into an app. */
void totp_key_text(const uint8_t key[TOTP_KEY_LEN], char out[TOTP_KEY_TEXT_LEN + 1]);

#endif
