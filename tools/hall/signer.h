/* SPDX-License-Identifier: Apache-2.0
 *
 * The key by which the hall gives its word: what it holds, which numbers it leased, how its queues are. The signed root
 * names it (manifest.h, acknowledgement). With OpenSSL, 25 times faster than mbedTLS: one signature is made for each batch.
 */
#ifndef HALL_SIGNER_H
#define HALL_SIGNER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "crypto/sign.h"

struct signer;

/* DIR/ack.pem. A hall set up before there was one makes it: until the root names it, terminals take its word for nothing. */
int signer_load(const char *tls_dir, struct signer **ret, struct err *e);
void signer_free(struct signer *s); /* takes NULL */
/* public_key_id() of its key. */
void signer_id(const struct signer *s, uint8_t out[8]);
/* ECDSA/SHA-256 over prefix ‖ msg, as verify_message() of crypto/sign.h takes it. From any thread. */
int signer_sign(const struct signer *s, const char *prefix, const void *msg, size_t len, uint8_t out[SIGNATURE_MAX],
                size_t *ret_len, struct err *e);

#endif
