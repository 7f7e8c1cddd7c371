/* SPDX-License-Identifier: Apache-2.0
 *
 * Which green-channel cards of an office were revoked before their last day: what stands beside the published catalogue as
 * green-<office>.txt, for whoever checks cards without the hall.
 *     TBR1 <office, 4 digits> <minutes since 1970> <how many>
 *     <serial>            a line for each, in their order
 *     <signature>         DER in hexadecimal
 * Signed by a key of the root's role acknowledgement over "tongban-green-revoked-v1\n" ‖ all lines but the last, with their
 * line ends. A card whose last day is over stands there no more: it does not count anyway. An older list that is shown again
 * says by its time how much it can know. Pure; of any bytes.
 */
#ifndef WIRE_GREEN_REVOKED_H
#define WIRE_GREEN_REVOKED_H

#include "base/buf.h"
#include "base/err.h"
#include "model/green_card.h"
#include "wire/manifest.h"

#define GREEN_REVOKED_MAX 2000
#define GREEN_REVOKED_BYTES_MAX (GREEN_REVOKED_MAX * (GREEN_SERIAL_LEN + 1) + 200)

struct green_revoked {
    int office;
    int64_t minute;                                        /* when it was signed */
    int n;                                                 /* at most GREEN_REVOKED_MAX */
    char serials[GREEN_REVOKED_MAX][GREEN_SERIAL_LEN + 1]; /* rising, none twice */
    uint8_t sig[SIGNATURE_MAX];
    size_t sig_len;
};
bool green_revoked_has(const struct green_revoked *r, const char *serial);

/* Fills the signature. */
int green_revoked_sign(const struct private_key *k, struct green_revoked *r, struct err *e);
/* By any key of the role: 0 or -ERR_SIGNATURE. */
int green_revoked_verify(const struct manifest_role *hall, const struct green_revoked *r, struct err *e);
int green_revoked_encode(const struct green_revoked *r, struct buf *out);
/* *ret is untouched when it fails. -ERR_INVALID. */
int green_revoked_decode(const void *data, size_t len, struct green_revoked *ret, struct err *e);

#endif
