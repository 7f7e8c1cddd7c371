/* SPDX-License-Identifier: Apache-2.0
 *
 * What simulated terminals believe of the hall: the keys that its signed root names. Signatures are verified by OpenSSL, 25
 * times faster than a terminal does it: one process listens for thousands.
 */
#ifndef FLEET_TRUST_H
#define FLEET_TRUST_H

#include <stdbool.h>

#include "wire/ack.h"

struct trust;

/* From the hall's folder. */
int trust_create(const char *data_dir, struct trust **ret, struct err *e);
void trust_destroy(struct trust *t); /* takes NULL */
/* To whom applications are sealed. Borrowed. */
const struct public_key *trust_sealing(const struct trust *t);
/* It is the hall's word about this journal of this terminal. */
bool trust_believes(const struct trust *t, const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct ack *a);

#endif
