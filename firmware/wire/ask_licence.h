/* SPDX-License-Identifier: Apache-2.0
 *
 * What is answered about the licences that one item asks for, within the questions of wire/ask.h:
 *     {"v":1,"at":ms,"licences":[{"kind":as the item has it,"state":"held","issuer":…,"until":"2029-01-04"},
 *      {"kind":…,"state":"expired","issuer":…,"until":"2025-12-31"},{"kind":…,"state":"not-good","issuer":…},
 *      {"kind":…,"state":"none"},{"kind":…,"state":"unchecked","why":"away"},…]}
 * each kind once. Nothing of a licence's number. Pure, strict and bounded; takes any bytes.
 */
#ifndef WIRE_ASK_LICENCE_H
#define WIRE_ASK_LICENCE_H

#include "base/buf.h"
#include "base/err.h"
#include "model/ask_reason.h"
#include "model/my_licence.h"

int ask_licences_encode(const struct my_licences *m, struct buf *out);
/* ret->at is filled in either way; the rest of *ret where *ret_why is ASK_ANSWERED. */
int ask_licences_decode(const void *data, size_t len, struct my_licences *ret, enum ask_reason *ret_why, struct err *e);

#endif
