/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person at a keyboard proves himself by: a passphrase, kept as Argon2id (RFC 9106) of 64 MiB in 3 passes. Whoever
 * has the stored text alone pays that much for each guess. For the terminals' PINs, which a small processor hashes, there is
 * password.h.
 */
#ifndef CRYPTO_PASSPHRASE_H
#define CRYPTO_PASSPHRASE_H

#include <stdbool.h>

#define PASSPHRASE_MIN 10  /* characters */
#define PASSPHRASE_MAX 200 /* bytes */
#define PASSPHRASE_KEPT_MAX 127

/* Long enough, UTF-8, one line, and not one character over and over. */
bool passphrase_fit(const char *text);
/* What is kept of it: "$argon2id$…" with its salt. Takes about 0.2 s and 64 MiB; aborts when the memory is not there. */
void passphrase_keep(const char *text, char out[PASSPHRASE_KEPT_MAX + 1]);
/* Is it that one? Takes the same time whether or not; `kept` NULL or "" (nobody is there) takes it too, and says no. */
bool passphrase_is(const char *text, const char *kept);

#endif
