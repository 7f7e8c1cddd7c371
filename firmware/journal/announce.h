/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's own part of an enrolment, before the network's: the key that signs the journal's heads, the epoch, the
 * request that registers both, and the anchor that makes an empty journal a first start. Whatever is interrupted is taken
 * up by doing it again: nothing made before is made anew, for the hall may know it by now.
 *
 * Done by `kioskctl enrol`, and by kiosk on its first boot.
 */
#ifndef JOURNAL_ANNOUNCE_H
#define JOURNAL_ANNOUNCE_H

#include <stdbool.h>

#include "base/err.h"
#include "crypto/keys.h"
#include "wire/enrol.h"

/* Paths below `data`, whose folders `keys` and that of the request are there. */
struct announce {
    const char *data;
    const char *key, *request, *journal;
};
/* *ret_key is owned (key_free), *ret says what the request holds. */
int announce_make(const struct announce *a, const char *terminal, struct private_key **ret_key, struct enrol_register *ret,
                  struct err *e);
/* A journal of an earlier enrolment lies there: it was written, or its anchor cannot be trusted to say that it was not. An
 * anchor with record 0 is what an interrupted enrolment leaves. */
bool announce_too_late(const char *journal_dir);

#endif
