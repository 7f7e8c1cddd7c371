/* SPDX-License-Identifier: Apache-2.0
 *
 * Any three of five shares give the key back and what was sealed to it; two do not, nor a wrong or a mistyped one.
 */
#include "test.h"

#include "crypto/seal.h"
#include "crypto/share.h"

static const char text[] = "an application of earlier years";

/* Does this key open what was sealed to that one? */
static bool opens(const struct private_key *k, const struct buf *sealed)
{
    struct buf plain;

    buf_init(&plain, 1024);
    int rc = seal_open(k, "i", 1, "a", 1, sealed->data, sealed->len, &plain, NULL);
    bool same = rc == 0 && plain.len == sizeof text && memcmp(plain.data, text, sizeof text) == 0;
    buf_finish(&plain);
    return same;
}

TEST(any_three)
{
    struct private_key *k = NULL, *back = NULL;
    struct public_key p;
    struct share all[SHARES], read[SHARES];
    struct buf sealed;
    char line[SHARE_LINE_MAX];
    int tried = 0;

    buf_init(&sealed, 1024);
    CHECK_INT(key_generate(&k, NULL), 0);
    key_public(k, &p);
    CHECK_INT(seal(&p, "i", 1, "a", 1, text, sizeof text, &sealed, NULL), 0);
    share_split(k, all);
    key_free(k); /* lost */
    for (int i = 0; i < SHARES; i++) {
        share_format(&all[i], line);
        CHECK_INT(share_parse(line, strlen(line), &read[i], NULL), 0);
    }
    for (int a = 0; a < SHARES; a++)
        for (int b = 0; b < SHARES; b++)
            for (int c = 0; c < SHARES; c++) {
                struct share three[] = {read[a], read[b], read[c]};
                bool differ = a != b && b != c && a != c;

                CHECK_INT(share_combine(three, &back, NULL), differ ? 0 : -ERR_INVALID);
                if (!differ)
                    continue;
                CHECK(opens(back, &sealed));
                key_free(back);
                tried++;
            }
    CHECK_INT(tried, 60); /* ten threes, in every order */
    buf_finish(&sealed);
}

TEST(what_does_not_belong_together)
{
    struct private_key *k = NULL, *other = NULL, *back = NULL;
    struct share mine[SHARES], theirs[SHARES];

    CHECK_INT(key_generate(&k, NULL) + key_generate(&other, NULL), 0);
    share_split(k, mine);
    share_split(other, theirs);
    struct share mixed[] = {mine[0], mine[1], theirs[2]};
    CHECK_INT(share_combine(mixed, &back, NULL), -ERR_INVALID);
    memcpy(mixed[2].id, mine[0].id, sizeof mixed[2].id); /* forged: says it is of the same key */
    CHECK_INT(share_combine(mixed, &back, NULL), -ERR_KEY);
    mixed[2] = mine[1]; /* two, one of them under the number of a third */
    mixed[2].number = 4;
    CHECK_INT(share_combine(mixed, &back, NULL), -ERR_KEY);
    CHECK(back == NULL);
    key_free(k);
    key_free(other);
}

TEST(mistyped)
{
    struct private_key *k = NULL;
    struct share all[SHARES], s;
    char line[SHARE_LINE_MAX], padded[SHARE_LINE_MAX + 8];

    CHECK_INT(key_generate(&k, NULL), 0);
    share_split(k, all);
    share_format(&all[2], line);
    CHECK_INT(share_parse(line, strlen(line), &s, NULL), 0);
    CHECK_INT(s.number, 3);
    CHECK_MEM(s.bytes, all[2].bytes, sizeof s.bytes);
    snprintf(padded, sizeof padded, " %s \r\n", line);
    CHECK_INT(share_parse(padded, strlen(padded), &s, NULL), 0);
    for (size_t i = 0; line[i]; i++) { /* each character another one */
        char was = line[i];

        line[i] = was == '3' ? '4' : '3';
        CHECK(share_parse(line, strlen(line), &s, NULL) < 0);
        line[i] = was;
    }
    CHECK_INT(share_parse(line, strlen(line) - 1, &s, NULL), -ERR_CHECKSUM);
    CHECK_INT(share_parse("", 0, &s, NULL), -ERR_INVALID);
    snprintf(padded, sizeof padded, "%s x", line);
    CHECK_INT(share_parse(padded, strlen(padded), &s, NULL), -ERR_INVALID);
    key_free(k);
}

TEST_MAIN(T(any_three), T(what_does_not_belong_together), T(mistyped))
