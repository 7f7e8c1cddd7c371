/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a batch of records whose signed head verifies: it follows what is stored, or is a repetition, or the chain
 * forked.
 */
#ifndef HALL_RULES_BATCH_H
#define HALL_RULES_BATCH_H

#include <stddef.h>

#include "model/record.h"

struct batch_facts {
    uint64_t stored; /* the last record that is; 0: none */
    uint64_t first;  /* of the batch, from 1 */
    size_t n;        /* at least 1 */
    uint64_t head;   /* of the batch, as it is signed */
    const uint8_t *head_hash;
    const uint8_t (*hashes)[HASH_LEN]; /* of its records, computed from what is before them; not read when there is a gap */
    const uint8_t (*known)[HASH_LEN];  /* of those of them that are stored */
};
enum batch_verdict {
    BATCH_FOLLOWS,   /* to be stored */
    BATCH_GAP,       /* send from behind `stored` */
    BATCH_REPEATED,  /* all of it is stored: what the first answer said */
    BATCH_OVERLAPS,  /* some of it is stored: send from behind `stored` */
    BATCH_FORKS,     /* *ret_at: its record that is stored with another hash */
    BATCH_HEAD_LIES, /* the signed head is not what its records come to */
};
enum batch_verdict batch_judge(const struct batch_facts *f, size_t *ret_at);

#endif
