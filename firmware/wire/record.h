/* SPDX-License-Identifier: Apache-2.0
 *
 * Record headers as bytes: one JSON object, made once, stored and sent as it is, never re-serialised.
 */
#ifndef WIRE_RECORD_H
#define WIRE_RECORD_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/record.h"

/* Appends the header's JSON (at most RECORD_HEADER_MAX bytes). */
int record_header_encode(const struct record_header *h, struct buf *out, struct err *e);
/* Strict: known members for the kind, types, lengths. Takes any bytes. */
int record_header_decode(const void *data, size_t len, struct record_header *ret, struct err *e);
/* A day as it stands in headers, "2026-01-05" -> date; false when it is no valid one. */
bool record_day_parse(const char *s, struct date *ret);
/* HPKE info of a kind: "tongban/application/1". Static. */
const char *record_seal_info(enum record_kind kind);

#endif
