/* SPDX-License-Identifier: Apache-2.0
 *
 * Codes, certificates, journals.
 */
#include "tools/hall/rules/enrolment.h"

#include <string.h>

#include "base/secret.h"

#define HOUR_MS INT64_C(3600000)

static const uint8_t none[HASH_LEN];

static bool same(const uint8_t a[HASH_LEN], const uint8_t b[HASH_LEN])
{
    return memcmp(a, b, HASH_LEN) == 0;
}

enum code_verdict enrolment_code_judge(const struct enrolment_code *c, const uint8_t code[HASH_LEN],
                                       const uint8_t key[HASH_LEN], int64_t now)
{
    if (!secret_equal(code, c->code, HASH_LEN))
        return CODE_WRONG;
    if (now >= c->expires)
        return CODE_LATE;
    if (!c->bound)
        return CODE_NEW;
    return same(c->key, key) ? CODE_SAME : CODE_OTHER_KEY;
}

int64_t enrolment_code_expires(int64_t now)
{
    return now + ENROLMENT_CODE_HOURS * HOUR_MS;
}

/* A revoked terminal has none, and nothing newer than that. */
static bool newer(const struct enrolment_certs *c, const struct enrolment_shown *s, int64_t backdated_ms)
{
    return !same(c->cert, none) && s->from_ms + backdated_ms > c->issued_ms;
}

enum standing enrolment_standing(const struct enrolment_certs *c, const struct enrolment_shown *s, int64_t now, bool renews,
                                 int64_t backdated_ms)
{
    int64_t grace = renews ? ENROLMENT_GRACE_DAYS * 24 * HOUR_MS : 0;
    if (now < s->from_ms || now > s->ends_ms + grace)
        return STANDING_ENDED;
    if (!c)
        return STANDING_NEWER;
    if (same(c->cert, s->cert))
        return STANDING_GOOD;
    if (same(c->next, s->cert))
        return STANDING_NEXT;
    return newer(c, s, backdated_ms) ? STANDING_NEWER : STANDING_ENDED;
}

enum renewal_verdict enrolment_renewal_judge(const struct enrolment_certs *c, const uint8_t shown[HASH_LEN])
{
    if (same(c->next, shown))
        return RENEWAL_ADOPTS;
    return same(c->cert, shown) ? RENEWAL_GRANTED : RENEWAL_REFUSED;
}

enum journal_verdict enrolment_journal_judge(const struct journal_facts *f, const uint8_t epoch[EPOCH_LEN],
                                             const void *signing)
{
    if (f->registration == 0)
        return JOURNAL_NOT_ENROLLED;
    if (f->epoch && memcmp(f->epoch, epoch, EPOCH_LEN))
        return JOURNAL_OTHER;
    return f->signing && memcmp(f->signing, signing, f->signing_len) ? JOURNAL_OTHER_KEY : JOURNAL_TAKEN;
}
