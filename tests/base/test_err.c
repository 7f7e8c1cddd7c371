/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors: the sentence of causes, its cutting, the translation of errno.
 */
#include "base/err.h"

#include <errno.h>

#include "base/text.h"
#include "test.h"

TEST(a_sentence_of_causes)
{
    struct err e = {0};
    int rc = err_set(&e, ERR_GONE, "the device went away");
    CHECK_INT(rc, -ERR_GONE);
    rc = err_wrap(&e, rc, "send to %s", "printer");
    rc = err_wrap(&e, rc, "print receipt");
    CHECK_INT(rc, -ERR_GONE);
    CHECK_INT(e.code, ERR_GONE);
    CHECK_STR(e.text, "print receipt: send to printer: the device went away");
}

TEST(success_is_not_wrapped)
{
    struct err e = {0};
    CHECK_INT(err_wrap(&e, 0, "open"), 0);
    CHECK_INT(err_wrap(&e, 7, "read"), 7);
    CHECK_STR(e.text, "");
}

TEST(wrapping_what_said_nothing)
{
    struct err e = {0};
    CHECK_INT(err_wrap(&e, -ERR_NOSPACE, "append"), -ERR_NOSPACE);
    CHECK_STR(e.text, "append: the disk is full");
    CHECK_INT(e.code, ERR_NOSPACE);
}

TEST(no_place_for_the_text)
{
    CHECK_INT(err_set(NULL, ERR_BUSY, "x"), -ERR_BUSY);
    CHECK_INT(err_wrap(NULL, -ERR_BUSY, "x"), -ERR_BUSY);
    errno = ENOSPC;
    CHECK_INT(err_errno(NULL, "x"), -ERR_NOSPACE);
}

TEST(errno_is_translated)
{
    struct err e = {0};
    errno = ENOENT;
    CHECK_INT(err_errno(&e, "open %s", "/x"), -ERR_NOTFOUND);
    CHECK_STR(e.text, "open /x: No such file or directory");
    errno = ECONNREFUSED;
    CHECK_INT(err_errno(&e, "connect"), -ERR_REFUSED);
    errno = EIO;
    CHECK_INT(err_errno(&e, "read"), -ERR_IO);
}

TEST(long_text_is_cut_at_a_character)
{
    struct err e = {0};
    char words[1200] = "";
    for (int i = 0; i < 300; i++)
        strcat(words, "字");
    for (int shift = 0; shift < 4; shift++) {
        err_set(&e, ERR_INVALID, "%.*s%s", shift, "abcd", words);
        CHECK(strlen(e.text) > ERR_TEXT_MAX - 6);
        CHECK(utf8_valid(e.text, strlen(e.text)));
        err_wrap(&e, -ERR_INVALID, "clause");
        CHECK(utf8_valid(e.text, strlen(e.text)));
        CHECK(!strncmp(e.text, "clause: ", 8));
    }
}

TEST(names_and_meanings)
{
    CHECK_STR(err_name(-ERR_NOSPACE), "NOSPACE");
    CHECK_STR(err_name(ERR_CANCELLED), "CANCELLED");
    CHECK_STR(err_name(0), "NONE");
    CHECK_STR(err_name(-9999), "UNKNOWN");
    CHECK_STR(err_meaning(-ERR_FORK), "the same place in a chain holds another record");
}

TEST_MAIN(T(a_sentence_of_causes), T(success_is_not_wrapped), T(wrapping_what_said_nothing), T(no_place_for_the_text),
          T(errno_is_translated), T(long_text_is_cut_at_a_character), T(names_and_meanings))
