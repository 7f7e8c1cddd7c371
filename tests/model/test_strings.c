/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of text: complete, well-formed, and in the words the terminal uses towards people.
 */
#include "model/strings.h"

#include "base/text.h"
#include "test.h"

static const char *const names[STR_COUNT] = {
#define STR(id) [STR_##id] = #id,
#include "string_ids.inc"
#undef STR
};

TEST(every_id_has_text)
{
    CHECK(STR_COUNT > 0);
    for (int lang = 0; lang < LANGUAGE_COUNT; lang++) {
        for (int i = 0; i < STR_COUNT; i++) {
            const char *text = str((enum language)lang, (enum str_id)i);
            if (!text || !text[0] || !utf8_valid(text, strlen(text))) {
                printf("# %s has no good text\n", names[i]);
                CHECK(0);
            }
        }
    }
}

TEST(what_is_no_id_has_no_text)
{
    CHECK_STR(str(LANGUAGE_ZH_CN, STR_COUNT), "");
    CHECK_STR(str(LANGUAGE_COUNT, STR_common_yes), "");
}

TEST(languages_by_tag)
{
    enum language l;

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        CHECK(language_by_tag(language_tag(i), &l) && (int)l == i);
    CHECK(!language_by_tag("zh", &l) && !language_by_tag("", &l));
    CHECK_STR(language_name(LANGUAGE_ZH_CN, LANGUAGE_ZH_HANT), "繁體");
    CHECK_STR(language_name(LANGUAGE_EN, LANGUAGE_ZH_CN), "简体");
    CHECK_STR(language_name(LANGUAGE_EN, LANGUAGE_COUNT), "");
}

TEST(filling)
{
    char out[64], small[11];
    CHECK(str_fill(out, sizeof out, LANGUAGE_ZH_CN, STR_value_date, STR_ARGS("2026", "1月", "5")) == out);
    CHECK_STR(out, "2026年1月5日");
    str_fill(small, sizeof small, LANGUAGE_ZH_CN, STR_value_date, STR_ARGS("2026", "1月", "5"));
    CHECK_STR(small, "2026年1");
    CHECK_STR(str_fill(out, sizeof out, LANGUAGE_EN, STR_ui_days, STR_ARGS("1")), "1 day");
    CHECK_STR(str_fill(out, sizeof out, LANGUAGE_EN, STR_ui_days, STR_ARGS("20")), "20 days");
}

/* Text that somebody wrote never tells a resident that they did wrong. */
/* "The system" does things to people; on the pages of whoever installs or updates one it is the thing in his hands. */
static bool speaks_of_systems(const char *id)
{
    return !strncmp(id, "install_", 8) || !strncmp(id, "sheet_", 6) || !strncmp(id, "versions_", 9);
}

TEST(no_word_blames)
{
    static const char *const never[] = {"非法",    "系统",    "您输错", "错误操作", "invalid",
                                        "Invalid", "illegal", "system", "!"};
    for (int i = 0; i < STR_COUNT; i++) {
        for (size_t k = 0; k < sizeof never / sizeof *never; k++) {
            for (int lang = 0; lang < LANGUAGE_COUNT; lang++)
                if (speaks_of_systems(names[i]) && (!strcmp(never[k], "系统") || !strcmp(never[k], "system")))
                    continue;
                else if (strstr(str((enum language)lang, (enum str_id)i), never[k])) {
                    printf("# %s: %s\n", names[i], str((enum language)lang, (enum str_id)i));
                    CHECK(0);
                }
        }
    }
}

TEST_MAIN(T(every_id_has_text), T(what_is_no_id_has_no_text), T(languages_by_tag), T(filling), T(no_word_blames))
