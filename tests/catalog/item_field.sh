#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A field of items is one line: with lines behind those of item_field.def, and nothing else changed, each is read from a file in
# both languages, measured, and asked for where its line says that it must be there.
cd "$(dirname "$0")/../.." || exit 2
build=${1:-build/test}
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
mkdir -p "$work/model"
awk '/^#undef TEXT/ {
    print "TEXT(made_text, 8, \"write the made text\")\nWORDS(made_words, 20)\nINT(made_number, 1, 5, \"write the made number\")"
    print "FLAG(made_flag)\nLIST(made_list, 4, \"name one\")"
} 1' firmware/model/item_field.def >"$work/model/item_field.def"
cat >"$work/main.c" <<'C'
#include "catalog/item_test.h"

#define MADE "\"schema\": 1, \"made_text\": \"eight888\", \"made_words\": \"甲\", \"made_words_en\": \"A\", \"made_number\": 5,"
static struct item_file *f;
static struct err e;

static int parse(const char *made, enum language language)
{
    struct buf text;

    item_file_free(f);
    f = NULL;
    e = (struct err){0};
    change(&text, "\"schema\": 1,", made);
    int rc = item_file_parse(text.data, text.len, language, &f, &e);
    buf_finish(&text);
    return rc;
}

static char said[2000];
static void say(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text)
{
    size_t at = strlen(said);

    if (severity == ITEM_ERROR)
        snprintf(said + at, sizeof said - at, "%s %s: %s\n", code, field, text);
}

static const char *lint(void)
{
    said[0] = '\0';
    item_check(f, &(struct item_report){say, NULL});
    return said;
}

TEST(each_is_read)
{
    CHECK_INT(parse(MADE "\"made_flag\": true, \"made_list\": [\"a\", \"bbbb\"],", LANGUAGE_ZH_CN), 0);
    CHECK_STR(e.text, "");
    CHECK_STR(f->item.made_text, "eight888");
    CHECK_STR(f->item.made_words, "甲");
    CHECK(f->item.made_number == 5 && f->item.made_flag && f->item.made_list.n == 2);
    CHECK_STR(f->item.made_list.at[1], "bbbb");
    CHECK_STR(lint(), "");
    CHECK_INT(parse(MADE, LANGUAGE_EN), 0);
    CHECK_STR(f->item.made_words, "A");
}

TEST(each_is_measured)
{
    CHECK(parse("\"schema\": 1, \"made_text\": \"nine99999\",", LANGUAGE_ZH_CN) < 0);
    CHECK(parse("\"schema\": 1, \"made_words\": \"一二三四五六七\",", LANGUAGE_ZH_CN) < 0);
    CHECK(parse("\"schema\": 1, \"made_number\": 6,", LANGUAGE_ZH_CN) < 0);
    CHECK(parse("\"schema\": 1, \"made_flag\": 1,", LANGUAGE_ZH_CN) < 0);
    CHECK(parse("\"schema\": 1, \"made_list\": [\"fives\"],", LANGUAGE_ZH_CN) < 0);
    CHECK(parse("\"schema\": 1, \"made_other\": 1,", LANGUAGE_ZH_CN) < 0);
}

TEST(lint_asks_for_those_that_must_be_there)
{
    CHECK_INT(parse("\"schema\": 1,", LANGUAGE_ZH_CN), 0);
    CHECK_STR(lint(), "missing made_text: it is missing: write the made text\n"
                      "missing made_number: it is missing: write the made number\n"
                      "missing made_list: it is missing: name one\n");
    CHECK_INT(parse("\"schema\": 1, \"made_text\": \"\", \"made_number\": 1, \"made_list\": [],", LANGUAGE_ZH_CN), 0);
    CHECK_STR(lint(), "empty made_text: it is empty: fill it in\nempty made_list: it is empty: fill it in\n");
    item_file_free(f);
}

TEST_MAIN(T(each_is_read), T(each_is_measured), T(lint_asks_for_those_that_must_be_there))
C
# whatever sees struct item; the rest is as it was built
${CC:-gcc} -std=c11 -D_GNU_SOURCE -fsanitize=address,undefined -I"$work" -Ifirmware -I. -Itests -I"$build/gen" -o "$work/made" "$work/main.c" \
    firmware/catalog/item_*.c firmware/model/application.c firmware/model/demand.c -Wl,--start-group "$build"/firmware-*.a -Wl,--end-group \
    "$build/firmware/base/version.o" -ljansson -lsqlite3 -lzstd -lmbedcrypto -lcrypto -lsodium -lgfshare -lm 2>"$work/said" || {
    sed 's/^/# /' "$work/said"
    echo "not ok a_line_compiles"
    exit 1
}
"$work/made"
