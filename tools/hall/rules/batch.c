/* SPDX-License-Identifier: Apache-2.0
 *
 * Places and hashes.
 */
#include "tools/hall/rules/batch.h"

#include <string.h>

/* True, and where: a record is stored with another hash. */
static bool forks(const struct batch_facts *f, size_t *ret_at)
{
    for (size_t i = 0; i < f->n && f->first + i <= f->stored; i++) {
        *ret_at = i;
        if (memcmp(f->known[i], f->hashes[i], HASH_LEN))
            return true;
    }
    return false;
}

enum batch_verdict batch_judge(const struct batch_facts *f, size_t *ret_at)
{
    if (f->first > f->stored + 1)
        return BATCH_GAP;
    if (f->first <= f->stored) {
        if (forks(f, ret_at))
            return BATCH_FORKS;
        return f->head <= f->stored ? BATCH_REPEATED : BATCH_OVERLAPS;
    }
    return memcmp(f->hashes[f->n - 1], f->head_hash, HASH_LEN) ? BATCH_HEAD_LIES : BATCH_FOLLOWS;
}
