/* SPDX-License-Identifier: Apache-2.0
 *
 * Is this the journal that was written last? Compared with the anchor at opening, and with each verified word of the hall.
 * The hall's word is kept also when it is against us: then the next opening finds it out again.
 */
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "journal/journal_struct.h"
#include "journal/query.h"

/* The anchor was lost, damaged or another's: what there is to know stands in the journal, when it holds anything. */
static int rebuild(struct journal *j, struct err *e)
{
    must(!j->anchor.terminal[0], "an anchor that stands is made anew");
    if (j->last == 0)
        return err_set(e, ERR_STATE, "it is empty, and no anchor beside it says that this is a first start");
    memcpy(j->anchor.terminal, j->id.terminal, sizeof j->anchor.terminal);
    memcpy(j->anchor.epoch, j->id.epoch, EPOCH_LEN);
    int rc = query_trusted(j->db, &j->anchor.trusted_ms, e);
    if (rc == 0)
        log_warn("journal", "the anchor is made anew from record %llu", (unsigned long long)j->last);
    return rc;
}

int journal_anchor_check(struct journal *j, bool there, struct err *e)
{
    int rc = there ? query_place(j->db, j->last, &j->anchor.last, "there was", e) : rebuild(j, e);

    if (rc == 0)
        rc = query_place(j->db, j->last, &j->anchor.acked, "the hall holds", e);
    if (rc == 0)
        j->acked = j->anchor.acked.seq;
    return rc;
}

void journal_anchor_note(struct journal *j)
{
    must(j->acked <= j->last, "the hall holds more than there is");
    struct err e = {0};

    j->anchor.last.seq = j->last;
    memcpy(j->anchor.last.hash, j->hash, HASH_LEN);
    if (anchor_write(&j->anchor_file, &j->anchor, &e))
        log_warn("journal", "how far the journal is could not be noted beside it: %s", e.text);
}

int journal_acknowledged(struct journal *j, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e)
{
    must(hash, "an acknowledgement of nothing");
    struct anchor_place p = {.seq = seq};

    memcpy(p.hash, hash, HASH_LEN);
    int rc = query_place(j->db, j->last, &p, "the hall holds", e);
    bool against = rc == -ERR_VERSION || rc == -ERR_STATE;
    if (rc && !against)
        return err_wrap(e, rc, "compare with what the hall holds");
    if (rc == 0 && seq > j->acked)
        j->acked = seq;
    if (!against && seq <= j->anchor.acked.seq)
        return 0;
    j->anchor.acked = p;
    journal_anchor_note(j);
    if (against)
        anchor_sync(&j->anchor_file, NULL);
    return rc;
}

uint64_t journal_acked(const struct journal *j)
{
    return j->acked;
}
