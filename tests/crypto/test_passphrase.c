/* SPDX-License-Identifier: Apache-2.0
 *
 * What is kept of a passphrase knows it again, and no other.
 */
#include "test.h"

#include "crypto/passphrase.h"

TEST(known_again)
{
    char one[PASSPHRASE_KEPT_MAX + 1], other[PASSPHRASE_KEPT_MAX + 1];
    passphrase_keep("春眠不觉晓处处闻啼鸟", one);
    passphrase_keep("春眠不觉晓处处闻啼鸟", other);
    CHECK(!strncmp(one, "$argon2id$v=19$m=65536,t=3,p=1$", 31));
    CHECK(strcmp(one, other) != 0); /* a salt each */
    CHECK(!strstr(one, "春"));
    CHECK(passphrase_is("春眠不觉晓处处闻啼鸟", one));
    CHECK(!passphrase_is("春眠不觉晓处处闻啼马", one));
    CHECK(!passphrase_is("", one));
}

TEST(nobody_has_none)
{
    CHECK(!passphrase_is("", NULL));
    CHECK(!passphrase_is("anything at all", ""));
    CHECK(!passphrase_is("anything at all", "$argon2id$damaged"));
}

TEST(fit)
{
    char long_one[PASSPHRASE_MAX + 2];
    memset(long_one, 'a', sizeof long_one - 1);
    long_one[0] = 'b';
    long_one[sizeof long_one - 1] = '\0';
    CHECK(passphrase_fit("correct horse"));
    CHECK(passphrase_fit("一二三四五六七八九十"));
    CHECK(!passphrase_fit("一二三四五六七八九"));
    CHECK(!passphrase_fit(""));
    CHECK(!passphrase_fit("aaaaaaaaaaaaaaa"));
    CHECK(!passphrase_fit("two\nlines of text"));
    CHECK(!passphrase_fit("\xff\xfe not a text"));
    CHECK(!passphrase_fit(long_one));
    long_one[PASSPHRASE_MAX] = '\0';
    CHECK(passphrase_fit(long_one));
}

TEST_MAIN(T(known_again), T(nobody_has_none), T(fit))
