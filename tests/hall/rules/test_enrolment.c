/* SPDX-License-Identifier: Apache-2.0
 *
 * Who gets a certificate, and which one is good: by hash, by date, and after a restored database.
 */
#include "test.h"

#include "tools/hall/rules/enrolment.h"

#define HOUR INT64_C(3600000)
#define DAY_MS (24 * HOUR)
#define NOW (INT64_C(20000) * DAY_MS)

static enum code_verdict judge(struct enrolment_code c, uint8_t code, uint8_t key, int64_t now)
{
    const uint8_t shown[HASH_LEN] = {code}, by[HASH_LEN] = {key};
    return enrolment_code_judge(&c, shown, by, now);
}

TEST(code)
{
    const struct enrolment_code fresh = {.code = {1}, .expires = enrolment_code_expires(NOW)};
    const struct enrolment_code used = {.code = {1}, .key = {5}, .bound = true, .expires = fresh.expires};
    CHECK_INT(judge(fresh, 1, 5, NOW), CODE_NEW);
    CHECK_INT(judge(fresh, 2, 5, NOW), CODE_WRONG);
    CHECK_INT(judge(used, 1, 5, NOW), CODE_SAME);
    CHECK_INT(judge(used, 1, 6, NOW), CODE_OTHER_KEY);
    CHECK_INT(judge(used, 2, 5, NOW), CODE_WRONG);
    CHECK_INT(judge(fresh, 1, 5, NOW + 24 * HOUR - 1), CODE_NEW);
    CHECK_INT(judge(fresh, 1, 5, NOW + 24 * HOUR), CODE_LATE);
    CHECK_INT(judge(used, 1, 5, NOW + 24 * HOUR), CODE_LATE);
    CHECK_INT(judge(used, 2, 5, NOW + 24 * HOUR), CODE_WRONG); /* a wrong code learns nothing of the right one */
}

static struct enrolment_certs has(uint8_t cert, uint8_t next, int64_t issued)
{
    return (struct enrolment_certs){.cert = {cert}, .next = {next}, .issued_ms = issued};
}

/* Issued then; good for a year. */
static struct enrolment_shown shown(uint8_t cert, int64_t issued)
{
    return (struct enrolment_shown){.cert = {cert}, .from_ms = issued - HOUR, .ends_ms = issued + 365 * DAY_MS};
}

static enum standing standing(struct enrolment_certs c, struct enrolment_shown s)
{
    return enrolment_standing(&c, &s, NOW, false, HOUR);
}

TEST(by_hash_and_date)
{
    const struct enrolment_certs c = has(1, 2, NOW - 10 * DAY_MS);
    const struct enrolment_shown over = shown(1, NOW - 370 * DAY_MS), long_over = shown(1, NOW - (365 + 181) * DAY_MS);
    CHECK_INT(standing(c, shown(1, NOW - 10 * DAY_MS)), STANDING_GOOD);
    CHECK_INT(standing(c, shown(2, NOW - 1 * DAY_MS)), STANDING_NEXT);
    CHECK_INT(standing(c, over), STANDING_ENDED);
    CHECK_INT(enrolment_standing(&c, &over, NOW, true, HOUR), STANDING_GOOD); /* for its renewal */
    CHECK_INT(enrolment_standing(&c, &long_over, NOW, true, HOUR), STANDING_ENDED);
    CHECK_INT(standing(c, shown(1, NOW + 2 * HOUR)), STANDING_ENDED); /* not yet */
}

TEST(replaced_revoked_or_newer)
{
    const struct enrolment_shown s = shown(9, NOW - 5 * DAY_MS);
    CHECK_INT(standing(has(1, 0, NOW - 1 * DAY_MS), s), STANDING_ENDED);
    CHECK_INT(standing(has(1, 0, NOW - 5 * DAY_MS), s), STANDING_ENDED);
    CHECK_INT(standing(has(1, 0, NOW - 6 * DAY_MS), s), STANDING_NEWER);
    CHECK_INT(standing(has(0, 0, NOW - 6 * DAY_MS), s), STANDING_ENDED); /* revoked */
    CHECK_INT(enrolment_standing(NULL, &s, NOW, false, HOUR), STANDING_NEWER);
}

TEST(renewal)
{
    const struct enrolment_certs c = has(1, 2, NOW);
    CHECK_INT(enrolment_renewal_judge(&c, (uint8_t[HASH_LEN]){1}), RENEWAL_GRANTED);
    CHECK_INT(enrolment_renewal_judge(&c, (uint8_t[HASH_LEN]){2}), RENEWAL_ADOPTS);
    CHECK_INT(enrolment_renewal_judge(&c, (uint8_t[HASH_LEN]){3}), RENEWAL_REFUSED);
}

static enum journal_verdict journal(int registration, const uint8_t *has_epoch, const char *has_key)
{
    const struct journal_facts f = {registration, has_epoch, has_key, 3};
    return enrolment_journal_judge(&f, (uint8_t[EPOCH_LEN]){7}, "key");
}

TEST(one_journal_a_registration)
{
    CHECK_INT(journal(1, NULL, NULL), JOURNAL_TAKEN);
    CHECK_INT(journal(1, (uint8_t[EPOCH_LEN]){7}, "key"), JOURNAL_TAKEN); /* the same again */
    CHECK_INT(journal(2, NULL, "key"), JOURNAL_TAKEN);                    /* kept through another enrolment */
    CHECK_INT(journal(0, NULL, NULL), JOURNAL_NOT_ENROLLED);
    CHECK_INT(journal(1, (uint8_t[EPOCH_LEN]){8}, NULL), JOURNAL_OTHER);
    CHECK_INT(journal(2, NULL, "kex"), JOURNAL_OTHER_KEY);
}

TEST_MAIN(T(code), T(by_hash_and_date), T(replaced_revoked_or_newer), T(renewal), T(one_journal_a_registration))
