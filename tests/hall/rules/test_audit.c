/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash of a row of the audit log, counted by another program; and that each part of a row is in it.
 */
#include "test.h"

#include "base/buf.h"
#include "tools/hall/rules/audit.h"

#define FIRST "834a1630d0c49dc8514e7db11ebb5c0fa6929afe9ab5600830db71091ad5f934"
#define SECOND "ca92f35812c5a32faad4b591a09c6268685b4b9abe51ac81012c56767ea6b79e"

static const struct audit_row row = {.office = 1103,
                                     .seq = 1,
                                     .at = 1767574800000,
                                     .id = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                     .who = "0417",
                                     .action = "case-open",
                                     .subject = "1103001260105000018",
                                     .reason = "测试卯, 受理岗: 核对"};

static const char *text(const uint8_t hash[SHA256_LEN])
{
    static char hex[2 * SHA256_LEN + 1];
    hex_encode(hash, SHA256_LEN, hex);
    return hex;
}

TEST(a_chain)
{
    uint8_t hash[SHA256_LEN] = {0};
    struct audit_row next = row;
    audit_hash(hash, &row, hash); /* in place, too */
    CHECK_STR(text(hash), FIRST);
    next.seq = 2;
    next.at++;
    next.action = "sign-out";
    next.subject = "0417";
    next.reason = "";
    audit_hash(hash, &next, hash);
    CHECK_STR(text(hash), SECOND);
}

/* What moves from one text to the next is another row. */
TEST(every_part)
{
    const uint8_t zeros[SHA256_LEN] = {0}, ones[SHA256_LEN] = {1};
    struct audit_row others[] = {row, row, row, row, row, row};
    uint8_t hash[SHA256_LEN];
    others[0].office++;
    others[1].seq++;
    others[2].at++;
    others[3].id[15]++;
    others[4].who = "0417c";
    others[4].action = "ase-open";
    others[5].reason = "";
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        audit_hash(zeros, &others[i], hash);
        CHECK(strcmp(text(hash), FIRST) != 0);
    }
    audit_hash(ones, &row, hash);
    CHECK(strcmp(text(hash), FIRST) != 0);
}

TEST_MAIN(T(a_chain), T(every_part))
