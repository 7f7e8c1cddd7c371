/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a slot of the journal's anchor: what is read says the same when it is written again. The digest is made to
 * fit, so that what lies behind it is reached.
 */
#include <stdlib.h>
#include <string.h>

#include "crypto/hash.h"
#include "journal/anchor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t slot[ANCHOR_SLOT_LEN] = {0}, again[ANCHOR_SLOT_LEN];
    struct anchor a;
    uint64_t turn;

    memcpy(slot, data, size < sizeof slot ? size : sizeof slot);
    if (!anchor_slot_decode(slot, &a, &turn)) {
        sha256(slot, sizeof slot - SHA256_LEN, slot + sizeof slot - SHA256_LEN);
        if (!anchor_slot_decode(slot, &a, &turn))
            return 0;
    }
    struct anchor b;
    uint64_t turn_again;
    anchor_slot_encode(&a, turn, again);
    if (!anchor_slot_decode(again, &b, &turn_again) || turn != turn_again || strcmp(a.terminal, b.terminal) ||
        memcmp(&a.last, &b.last, sizeof a.last) || memcmp(&a.acked, &b.acked, sizeof a.acked) ||
        memcmp(a.epoch, b.epoch, EPOCH_LEN) || a.trusted_ms != b.trusted_ms)
        abort();
    return 0;
}
