/* SPDX-License-Identifier: Apache-2.0
 *
 * Who asks, as one value kept with the connection: handlers ask who it is and never how he came in. It is what a certificate
 * shows, so it is nobody at the staff's listener: there each request says itself who sends it (staff/desk.h).
 */
#ifndef HALL_DOOR_WHO_H
#define HALL_DOOR_WHO_H

#include "crypto/hash.h"
#include "model/record.h"

enum who_kind {
    WHO_NOBODY,   /* has shown nothing: open routes alone */
    WHO_TERMINAL, /* whose certificate this hall's CA made; whether it is good still is looked up at each request */
};
struct who {
    enum who_kind kind;
    char id[TERMINAL_ID_MAX + 1];
    int office; /* as the hall knows it, since it was let in; never as the certificate or the body says */
    uint8_t cert[SHA256_LEN];
    int64_t from_ms, ends_ms; /* of the certificate's validity, which the handshake did not look at */
};

#endif
