/* SPDX-License-Identifier: Apache-2.0
 *
 * One thing found on the line to the hall, as kiosk-sync says it to kiosk (wire/peer.def): the finding's word, its number,
 * and its words, or "-". Nobody signed it, and the words may be a stranger's: they are shown to technicians, bounded and of
 * harmless characters (model/uplink_report.h), and change nothing.
 */
#ifndef WIRE_UPLINK_WORD_H
#define WIRE_UPLINK_WORD_H

#include "model/uplink_report.h"
#include "wire/peer.h"

/* Borrows from f. */
void uplink_word_put(const struct uplink_found *f, struct peer_line *ret);
/* -ERR_INVALID: no finding is called so, or its words may not be shown. */
int uplink_word_take(const struct peer_line *p, struct uplink_found *ret);

#endif
