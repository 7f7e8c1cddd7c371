/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked and answered of appointments, within the questions of wire/ask.h. A wish is members of the question:
 *     "do":a word,"id":32 hex digits,"queue":id,"from":ms,"which":number
 * each where its verb needs it (model/appointment.h). The answer is
 *     {"v":1,"at":ms,"refused":a word of model/appointment_refusal.def,"done":number,
 *      "days":[{"day":"2026-01-05","hours":[{"from":ms,"left":2},…]},…],
 *      "list":[{"number":…,"code":…,"queue":…,"from":ms,"state":"booked","arrive":a word},…]}
 * without what there is not. Pure, strict and bounded; takes any bytes.
 */
#ifndef WIRE_ASK_APPOINTMENT_H
#define WIRE_ASK_APPOINTMENT_H

#include "base/buf.h"
#include "base/json.h"
#include "model/appointment.h"
#include "model/ask_reason.h"

/* Members of the object that is open. */
void ask_wish_put(struct jsonw *w, const struct appointment_wish *wish);
int ask_wish_get(const struct json *o, struct appointment_wish *ret, struct err *e);
#define ASK_WISH_KEYS "do id queue from which"

int ask_appointments_encode(const struct my_appointments *m, struct buf *out);
/* ret->at is filled in either way; the rest of *ret where *ret_why is ASK_ANSWERED. */
int ask_appointments_decode(const void *data, size_t len, struct my_appointments *ret, enum ask_reason *ret_why,
                            struct err *e);

#endif
