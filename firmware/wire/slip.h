/* SPDX-License-Identifier: Apache-2.0
 *
 * What the QR code on the slip of a first boot says: that this terminal, with the key the hall registered for it, was
 * running this image in this slot when it was tested. One line of printable ASCII, which any reader of codes gives back:
 *     TB1 <terminal> <version, or -> <a, b or -> <minutes since 1970> <y|n: nothing was left out> <image> <signature>
 * image: the root hash of dm-verity (base/machine.h) in base64url without padding (RFC 4648 §5), "-" where the system came
 * from no image; signature: the DER signature in the same letters, by the key that signs the journal's heads, over
 *     "tongban-slip-v1\n" ‖ all that stands before the signature and its space ‖ "\n" ‖ epoch
 * The epoch binds it to one enrolment: a slip of the terminal that bore the name before does not verify.
 *
 * It proves who says so, and not more: a terminal whose kiosk was taken over would say what it likes. Pure; of any bytes.
 */
#ifndef WIRE_SLIP_H
#define WIRE_SLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/machine.h"
#include "crypto/sign.h"
#include "model/record.h"

#define SLIP_TEXT_MAX 213 /* what base/qr takes */

struct slip_claim {
    char terminal[TERMINAL_ID_MAX + 1];
    struct machine machine;
    int64_t minute; /* wall clock, since 1970 */
    bool ready;     /* nothing was left out */
    uint8_t sig[SIGNATURE_MAX];
    size_t sig_len;
};

/* Fills the signature. */
int slip_sign(const struct private_key *k, const uint8_t epoch[EPOCH_LEN], struct slip_claim *s, struct err *e);
/* 0 or -ERR_SIGNATURE. */
int slip_verify(const struct public_key *k, const uint8_t epoch[EPOCH_LEN], const struct slip_claim *s, struct err *e);
int slip_encode(const struct slip_claim *s, struct buf *out);
/* A line end behind it is passed over. -ERR_INVALID. */
int slip_decode(const void *data, size_t len, struct slip_claim *ret, struct err *e);

#endif
