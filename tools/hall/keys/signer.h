/* SPDX-License-Identifier: Apache-2.0
 *
 * The key by which the hall gives its word: what it holds, which numbers it leased, how its queues are. The signed root
 * names it (manifest.h, acknowledgement). With OpenSSL, 25 times faster than mbedTLS: one signature is made for each batch.
 */
#ifndef HALL_SIGNER_H
#define HALL_SIGNER_H

#include "wire/manifest.h"

struct signer;

/* DIR/ack.pem, until signer_take() finds that the root names another. A hall set up before there was one makes it: until the
 * root names it, terminals take its word for nothing. */
int signer_load(const char *tls_dir, struct signer **ret, struct err *e);
void signer_free(struct signer *s); /* takes NULL */
/* From now on signs with the first key of the role that is there as DIR/ack*.pem. A role without keys, or none of whose keys
 * is there, changes nothing. */
int signer_take(struct signer *s, const char *tls_dir, const struct manifest_role *role, struct err *e);
/* ECDSA/SHA-256 over prefix ‖ msg, as manifest_verify_one() takes it. From any thread. */
int signer_sign(const struct signer *s, const char *prefix, const void *msg, size_t len, struct manifest_signature *ret,
                struct err *e);

/* What was signed by the key of this id is signed by the one in use. From any thread. */
bool signer_is(const struct signer *s, const uint8_t id[8]);

#endif
