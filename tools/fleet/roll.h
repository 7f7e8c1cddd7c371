/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes terminals known to a hall in bulk, by the store's own functions, as `hallctl terminal add` and their enrolment
 * would: a row, a registration number, a certificate of the hall's CA, the journal. A hall that runs on the same folder
 * hears of them within a second.
 */
#ifndef FLEET_ROLL_H
#define FLEET_ROLL_H

#include "model/record.h"
#include "tools/fleet/credential.h"

enum roll_kind { ROLL_GOOD, ROLL_EXPIRED, ROLL_REVOKED, ROLL_FOREIGN, ROLL_KINDS };

struct roll_entry {
    enum roll_kind kind; /* how its certificate is to be */
    int office;
    char id[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    struct private_key *signing; /* of its journal. Made, as all below; the caller's */
    struct credential *credential;
    int registration;
};
/* `data_dir`: the hall's. Called again with an id, it is enrolled anew. told (may be NULL) hears how many are done. An entry
 * that was not done has neither key nor credential. -ERR_RANGE: an office has no registration number left. -ERR_STATE: a
 * certificate that has ended was asked for, and this CA makes none (hallctl keys init --test). */
int roll_call(const char *data_dir, struct roll_entry *list, size_t n, void (*told)(void *ctx, size_t done), void *ctx,
              struct err *e);

#endif
