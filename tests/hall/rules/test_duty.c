/* SPDX-License-Identifier: Apache-2.0
 *
 * Open alerts: how urgent, when the next hears of it, and who may take one.
 */
#include "test.h"

#include "tools/hall/rules/duty.h"

#define NOW INT64_C(1767574800000)
#define MINUTE INT64_C(60000)

TEST(how_urgent)
{
    CHECK_INT(duty_kind("silent").level, DUTY_NOW);
    CHECK(duty_kind("silent").lasts);
    CHECK_INT(duty_kind("reader-fault").level, DUTY_NOW);
    CHECK_INT(duty_kind("receipt-paper-low").level, DUTY_SOON);
    CHECK_INT(duty_kind("catalogue-refused").level, DUTY_DESK);
    CHECK(duty_kind("catalogue-refused").lasts);
    CHECK(!duty_kind("fork").lasts && !duty_kind("case-open").lasts);
    CHECK_INT(duty_kind("system-failed").level, DUTY_SOON);
    CHECK(!duty_kind("system-failed").lasts);
    CHECK(!duty_kind("").lasts);
}

/* What a terminal is told to say ends when it does not say it any more: none of its words is left to nobody. */
TEST(every_word_of_health_is_known)
{
    static const char *const words[] = {
#define HEALTH_WORD(word, meaning) word,
#include "tools/hall/terminals/health_word.def"
    };
    enum situation s;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        CHECK(situation_of_why(words[i], &s));
}

TEST(what_lasts)
{
    const char *lasts[DUTY_LASTS_MAX];
    struct situation_now now = {.situation = SITUATION_GO, .why = {"fork", "reader-fault", SITUATION_OTHER}, .n = 3};

    CHECK_INT(duty_lasts(&now, lasts), 2); /* fork is for somebody to end */
    CHECK_STR(lasts[0], "reader-fault");
    CHECK_STR(lasts[1], "other");
    now.situation = SITUATION_SILENT;
    CHECK_INT(duty_lasts(&now, lasts), 3);
    CHECK_STR(lasts[0], DUTY_SILENT);
}

TEST(when_the_next_is_told)
{
    struct duty_facts f = {.level = DUTY_NOW};

    CHECK(duty_due(&f, NOW)); /* nobody yet: at once */
    f.told_ms = NOW;
    CHECK(!duty_due(&f, NOW + 15 * MINUTE - 1) && duty_due(&f, NOW + 15 * MINUTE));
    f.level = DUTY_SOON;
    CHECK(!duty_due(&f, NOW + 15 * MINUTE) && duty_due(&f, NOW + 60 * MINUTE));
    f.nobody = true;
    CHECK(duty_due(&f, NOW + MINUTE)); /* as soon as somebody is */
    f.nobody = false;
    f.by_ms = NOW + 90 * MINUTE; /* taken */
    CHECK(!duty_due(&f, NOW + 89 * MINUTE) && duty_due(&f, NOW + 90 * MINUTE));
    f.by_ms = NOW + 10 * MINUTE; /* past before the limit is */
    CHECK(!duty_due(&f, NOW + 20 * MINUTE));
    CHECK_INT(duty_next(&f), NOW + 60 * MINUTE);
    f.told_ms = NOW + 95 * MINUTE; /* told after a promise was past */
    CHECK(!duty_due(&f, NOW + 100 * MINUTE));
}

/* Alone on duty, at night: never silent, and not every quarter of an hour either. */
TEST(the_list_begins_again_by_and_by)
{
    static const int minutes[] = {15, 30, 60, 120, 120, 120};
    struct duty_facts f = {.level = DUTY_NOW, .told_ms = NOW, .again = true};

    for (f.rounds = 0; f.rounds < 6; f.rounds++)
        CHECK_INT(duty_next(&f), NOW + minutes[f.rounds] * MINUTE);
    f.again = false; /* somebody else is on the list, and was not told yet */
    CHECK_INT(duty_next(&f), NOW + 15 * MINUTE);
    f = (struct duty_facts){.level = DUTY_DESK, .told_ms = NOW, .again = true, .rounds = 9};
    CHECK_INT(duty_next(&f), NOW + 8 * 60 * MINUTE);
    f.nobody = true;
    CHECK(duty_due(&f, NOW));
}

TEST(who_may)
{
    struct duty_stand s = {.whose = ""};

    CHECK_INT(duty_judge(&s, DUTY_TAKE, "a", ""), DUTY_MAY);
    CHECK_INT(duty_judge(&s, DUTY_DONE, "a", ""), DUTY_MAY);
    CHECK_INT(duty_judge(&s, DUTY_LEAVE, "a", ""), DUTY_NOT_MINE);
    s.whose = "b";
    CHECK_INT(duty_judge(&s, DUTY_TAKE, "a", ""), DUTY_NOT_TAKEN); /* b was faster */
    CHECK_INT(duty_judge(&s, DUTY_DONE, "a", ""), DUTY_NOT_TAKEN);
    CHECK_INT(duty_judge(&s, DUTY_TAKE, "a", "b"), DUTY_MAY); /* over, knowingly */
    CHECK_INT(duty_judge(&s, DUTY_LEAVE, "a", "b"), DUTY_NOT_MINE);
    CHECK_INT(duty_judge(&s, DUTY_LEAVE, "b", "b"), DUTY_MAY);
    CHECK_INT(duty_judge(&s, DUTY_TAKE, "b", "b"), DUTY_MAY); /* a longer promise */
    s.lasts = true;
    CHECK_INT(duty_judge(&s, DUTY_DONE, "b", "b"), DUTY_NOT_LASTS);
    s.ended = true;
    CHECK_INT(duty_judge(&s, DUTY_TAKE, "b", "b"), DUTY_NOT_ENDED);
}

TEST(words)
{
    enum duty_verb v;

    for (int i = 0; i < DUTY_VERBS; i++)
        CHECK(duty_verb_by_word(duty_verb_word((enum duty_verb)i), &v) && v == (enum duty_verb)i);
    CHECK(!duty_verb_by_word("", &v) && !duty_verb_by_word("takes", &v));
    for (int i = 0; i < DUTY_LEVELS; i++)
        CHECK(duty_level_word((enum duty_level)i)[0] && duty_limit_ms((enum duty_level)i) > 0);
    CHECK_STR(duty_refusal_word(DUTY_NOT_TAKEN), "alert-taken");
    CHECK_INT(duty_refusal_status(DUTY_NOT_TAKEN), 409);
}

TEST_MAIN(T(how_urgent), T(every_word_of_health_is_known), T(what_lasts), T(when_the_next_is_told),
          T(the_list_begins_again_by_and_by), T(who_may), T(words))
