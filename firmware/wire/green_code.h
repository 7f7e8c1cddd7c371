/* SPDX-License-Identifier: Apache-2.0
 *
 * What the QR code of a green-channel card (model/green_card.h) says, one line of printable ASCII:
 *     TBG1 <office, 4 digits> <serial, 8 digits> <kind> <last day> <signature>
 *     TBG1 1103 48213907 elderly 2027-12-31 3045…
 * The signature is DER in hexadecimal, by a key of the root's role acknowledgement, the hall's own word, over
 *     "tongban-green-v1\n" ‖ all that stands before the signature and its space
 * So a card is checked wherever a root is, without the hall: a terminal or a window takes it as genuine by
 * green_code_verify(), and by green_judge() as one that counts. Pure; of any bytes.
 */
#ifndef WIRE_GREEN_CODE_H
#define WIRE_GREEN_CODE_H

#include "base/buf.h"
#include "base/err.h"
#include "model/green_card.h"
#include "wire/manifest.h"

#define GREEN_CODE_MAX 200 /* bytes; base/qr.h takes 450 */

struct green_code {
    struct green_card card;
    uint8_t sig[SIGNATURE_MAX];
    size_t sig_len;
};

/* Fills the signature. */
int green_code_sign(const struct private_key *k, struct green_code *c, struct err *e);
/* By any key of the role: 0 or -ERR_SIGNATURE. */
int green_code_verify(const struct manifest_role *hall, const struct green_code *c, struct err *e);
int green_code_encode(const struct green_code *c, struct buf *out);
/* One spelling for each value; a line end behind it, as scanners send it, is passed over. -ERR_INVALID. */
int green_code_decode(const void *data, size_t len, struct green_code *ret, struct err *e);

#endif
