/* SPDX-License-Identifier: Apache-2.0
 *
 * The code of a paper: what is signed is what is read, in one spelling alone.
 */
#include "test.h"

#include "tools/hall/papers/case_paper_code.h"

#define NUMBER "1103001260105000018"

static struct private_key *key;
static struct public_key public;

static void a_key(void)
{
    static const uint8_t scalar[P256_SCALAR_LEN] = {[31] = 7};

    CHECK_INT(key_from_scalar(scalar, &key, NULL), 0);
    key_public(key, &public);
}

static void key_away(void)
{
    key_free(key);
}

static struct case_paper_claim claim(enum case_paper_kind kind, enum case_result result)
{
    struct case_paper_claim c = {.kind = kind,
                                 .number = NUMBER,
                                 .seq = 2,
                                 .day = {2026, 1, 5},
                                 .result = result,
                                 .check = {0x3F, 0x7A, 0x91, 0xC2, 0x0B, 0x44, 0xD1, 0xE8}};
    CHECK(case_paper_claim_sign(key, &c, NULL) == 0);
    return c;
}

static int read_back(const char *text, struct case_paper_claim *ret)
{
    return case_paper_claim_decode(text, strlen(text), ret, NULL);
}

TEST(every_paper_comes_back_and_verifies)
{
    for (int k = 0; k < PAPERS; k++)
        for (int r = CASE_RESULT_NONE; r < CASE_RESULTS; r++) {
            if ((k == PAPER_decision) != (r != CASE_RESULT_NONE))
                continue;
            struct case_paper_claim c = claim((enum case_paper_kind)k, (enum case_result)r), again;
            struct buf text;
            buf_init(&text, PAPER_CODE_MAX);
            CHECK(case_paper_claim_encode(&c, &text) == 0);
            CHECK(read_back(buf_str(&text), &again) == 0);
            CHECK(again.kind == c.kind && again.seq == 2 && again.result == c.result && again.day.day == 5);
            CHECK(strcmp(again.number, NUMBER) == 0 && memcmp(again.check, c.check, sizeof c.check) == 0);
            CHECK(case_paper_claim_verify(&public, &again, NULL) == 0);
            again.day.day = 6;
            CHECK(case_paper_claim_verify(&public, &again, NULL) == -ERR_SIGNATURE);
            buf_finish(&text);
        }
}

TEST(what_a_phone_shows)
{
    struct case_paper_claim c = claim(PAPER_decision, CASE_DENIED);
    struct buf text;
    buf_init(&text, PAPER_CODE_MAX);
    CHECK(case_paper_claim_encode(&c, &text) == 0);
    static const char shown[] = "办理决定书 " NUMBER "\n2026年1月5日 不予批准\n校验码 3F7A-91C2-0B44-D1E8\n"
                                "TBP1 decision " NUMBER " 2 2026-01-05 denied 3f7a91c20b44d1e8 30";
    CHECK(strncmp(buf_str(&text), shown, sizeof shown - 1) == 0);
    buf_finish(&text);
}

TEST(other_spellings_are_refused)
{
    static const char *const wrong[] = {
        "",
        "TBP1",
        "TBP2 acceptance " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance 1103001260105000019 2 2026-01-05 - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance " NUMBER " 02 2026-01-05 - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance " NUMBER " 2 2026-1-05 - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance " NUMBER " 2 2026-02-30 - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance " NUMBER " 2 2026-01-05 granted 3f7a91c20b44d1e8 30",
        "TBP1 decision " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance " NUMBER " 2 2026-01-05 - 3F7A91C20B44D1E8 30",
        "TBP1 acceptance " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1 30",
        "TBP1 acceptance " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1e8 ",
        "TBP1 acceptance " NUMBER " 2 2026-01-05  - 3f7a91c20b44d1e8 30",
        "TBP1 acceptance " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1e8 30 30",
        "不予受理通知书 " NUMBER "\n2026年1月5日 予以受理\n校验码 3F7A-91C2-0B44-D1E8\n"
        "TBP1 acceptance " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1e8 30",
    };
    struct case_paper_claim c;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(read_back(wrong[i], &c) == -ERR_INVALID);
    CHECK(read_back("TBP1 acceptance " NUMBER " 2 2026-01-05 - 3f7a91c20b44d1e8 30\n", &c) == 0);
}

TEST_MAIN(SETUP(a_key), T(every_paper_comes_back_and_verifies), T(what_a_phone_shows), T(other_spellings_are_refused),
          TEARDOWN(key_away))
