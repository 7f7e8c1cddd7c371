/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealing to the hall: HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, one-shot
 * (section 6.1). Sealed = enc (65 bytes) ‖ ciphertext ‖ tag (16).
 */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "crypto/keys.h"

#define SEAL_OVERHEAD (P256_POINT_LEN + 16)
#define SEAL_PAD 256

/* Appends the sealed bytes to out. The plaintext is taken as it is: seal_pad first. */
int seal(const struct public_key *to, const void *info, size_t info_len, const void *aad, size_t aad_len, const void *plain,
         size_t plain_len, struct buf *out, struct err *e);

/* The same in two steps, for whoever has time before there is a text: nearly all the work is in the first. What it leaves
 * is a secret, and good for one message: seal_with wipes it, whatever comes of it. */
struct seal_encap { /* section 4.1 */
    uint8_t enc[P256_POINT_LEN], shared_secret[32];
};
/* `ephemeral`: NULL for a fresh key, a key only for test vectors. -ERR_KEY: `to` is no point. */
int seal_encap(const struct public_key *to, const struct private_key *ephemeral, struct seal_encap *ret, struct err *e);
int seal_with(struct seal_encap *with, const void *info, size_t info_len, const void *aad, size_t aad_len, const void *plain,
              size_t plain_len, struct buf *out, struct err *e);

/* Appends the plaintext. -ERR_SIGNATURE: wrong key, info, aad or damaged; -ERR_KEY: enc is no point; -ERR_INVALID: short;
 * what the agree() of a key that is kept elsewhere says. */
int seal_open(const struct private_key *k, const void *info, size_t info_len, const void *aad, size_t aad_len,
              const void *sealed, size_t sealed_len, struct buf *out, struct err *e);

/* --- a question and its answer: one context for both directions, by the method of RFC 9458, section 4.4 ---
 *
 * The answer is sealed under a secret exported from the question's context (RFC 9180, section 5.3), with a nonce of its own:
 *     nonce (16) ‖ ciphertext ‖ tag (16)
 * so only who asked can open it, and only as the answer to this question. */
#define SEAL_REPLY_NONCE 16
#define SEAL_REPLY_OVERHEAD (SEAL_REPLY_NONCE + 16)
#define SEAL_EXPORTER_LEN 32
struct seal_reply { /* a secret */
    uint8_t enc[P256_POINT_LEN], exporter[SEAL_EXPORTER_LEN];
};
/* As seal_with and seal_open; besides they give what the answer is sealed and opened with. */
int seal_asking(struct seal_encap *with, const void *info, size_t info_len, const void *aad, size_t aad_len,
                const void *plain, size_t plain_len, struct seal_reply *ret_reply, struct buf *out, struct err *e);
int seal_open_asked(const struct private_key *k, const void *info, size_t info_len, const void *aad, size_t aad_len,
                    const void *sealed, size_t sealed_len, struct seal_reply *ret_reply, struct buf *out, struct err *e);
/* Context.Export. -ERR_NOMEM. */
int seal_export(const uint8_t exporter[SEAL_EXPORTER_LEN], const void *context, size_t context_len, uint8_t *out,
                size_t len);
/* Each appends; errors as above. */
int seal_reply(const struct seal_reply *reply, const void *plain, size_t plain_len, struct buf *out, struct err *e);
int seal_reply_open(const struct seal_reply *reply, const void *sealed, size_t sealed_len, struct buf *out, struct err *e);

/* Padding: the JSON text, then NUL bytes up to a multiple of SEAL_PAD (at least one). Unpad cuts them off. */
int seal_pad(struct buf *plain);
int seal_unpad(struct buf *plain, struct err *e);

#endif
