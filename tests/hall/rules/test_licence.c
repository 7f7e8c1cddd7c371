/* SPDX-License-Identifier: Apache-2.0
 *
 * Licences: what a line must say, when one is good, what a later word changes, which material it stands in for.
 */
#include "tools/hall/rules/licence.h"

#include "base/text.h"
#include "test.h"

#define CITIZEN "110101199003070038"
static const struct date today = {2026, 1, 5};

static struct licence_words fine(void)
{
    return (struct licence_words){.certificate_holder_code = CITIZEN,
                                  .certificate_type_code = "11100000MB0302-001",
                                  .certificate_type = "居住证",
                                  .certificate_number = "JZ2024000123",
                                  .issue_dept = "市公安局",
                                  .valid_from = "2024-01-05",
                                  .valid_to = "2029-01-04",
                                  .state = "valid",
                                  .told = "2026-01-05"};
}

static enum licence_fault judge(struct licence_words w)
{
    struct licence_said said;

    return licence_read(&w, today, &said);
}

/* A fine line but for one member. */
#define CHANGED(member, value) (changed = fine(), changed.member = (value), judge(changed))
static struct licence_words changed;

TEST(a_line)
{
    struct licence_words w = fine();
    struct licence_said said;

    CHECK_INT(licence_read(&w, today, &said), LICENCE_FINE);
    CHECK_STR(said.holder, CITIZEN);
    CHECK_STR(said.number, "JZ2024000123");
    CHECK_STR(said.licence.number, "****0123");
    CHECK_STR(said.licence.kind, "居住证");
    CHECK_INT(said.licence.to.year, 2029);
    CHECK_INT(said.licence.state, LICENCE_VALID);
    w.valid_to = "";
    w.certificate_holder_code = "11010519491231002x";
    CHECK_INT(licence_read(&w, today, &said), LICENCE_FINE);
    CHECK_INT(said.licence.to.year, 0);
    CHECK_STR(said.holder, "11010519491231002X"); /* one person, one index */
}

TEST(each_thing_that_can_be_wrong)
{
    char long_name[LICENCE_ISSUER_MAX + 2];

    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    CHECK_INT(CHANGED(certificate_holder_code, "110101199003070039"), LICENCE_FAULT_HOLDER);
    CHECK_INT(CHANGED(certificate_holder_code, ""), LICENCE_FAULT_HOLDER);
    CHECK_INT(CHANGED(certificate_holder_code, "1101011990030700381"), LICENCE_FAULT_HOLDER);
    CHECK_INT(CHANGED(certificate_type_code, ""), LICENCE_FAULT_CODE);
    CHECK_INT(CHANGED(certificate_type_code, "a b"), LICENCE_FAULT_CODE);
    CHECK_INT(CHANGED(certificate_type, "居住\n证"), LICENCE_FAULT_KIND);
    CHECK_INT(CHANGED(certificate_type, long_name), LICENCE_FAULT_KIND);
    CHECK_INT(CHANGED(certificate_number, ""), LICENCE_FAULT_NUMBER);
    CHECK_INT(CHANGED(certificate_number, long_name), LICENCE_FAULT_NUMBER);
    CHECK_INT(CHANGED(issue_dept, ""), LICENCE_FAULT_ISSUER);
    CHECK_INT(CHANGED(issue_dept, long_name), LICENCE_FAULT_ISSUER);
    CHECK_INT(CHANGED(issue_dept, "市\u202e公安局"), LICENCE_FAULT_ISSUER);
    CHECK_INT(CHANGED(issue_dept, "市公安局 11010519491231002X"), LICENCE_FAULT_PERSONAL);
    CHECK_INT(CHANGED(certificate_type, "11010519491231002X"), LICENCE_FAULT_PERSONAL);
    CHECK_INT(CHANGED(certificate_type_code, "11010519491231002X"), LICENCE_FAULT_PERSONAL);
    CHECK_INT(CHANGED(valid_from, "2024-02-30"), LICENCE_FAULT_FROM);
    CHECK_INT(CHANGED(valid_from, ""), LICENCE_FAULT_FROM);
    CHECK_INT(CHANGED(valid_from, "2024/01/05"), LICENCE_FAULT_FROM);
    CHECK_INT(CHANGED(valid_from, "2024-1-005"), LICENCE_FAULT_FROM);
    CHECK_INT(CHANGED(valid_to, "2029-13-01"), LICENCE_FAULT_TO);
    CHECK_INT(CHANGED(valid_to, "20290104"), LICENCE_FAULT_TO);
    CHECK_INT(CHANGED(valid_to, "2024-01-04"), LICENCE_FAULT_ORDER);
    CHECK_INT(CHANGED(valid_to, "2024-01-05"), LICENCE_FINE);
    CHECK_INT(CHANGED(state, "good"), LICENCE_FAULT_STATE);
    CHECK_INT(CHANGED(told, ""), LICENCE_FAULT_TOLD);
    CHECK_INT(CHANGED(told, "2026-01-06"), LICENCE_FAULT_TOLD_LATER);
    for (int f = LICENCE_FINE + 1; f < LICENCE_FAULTS; f++)
        CHECK(licence_fault_what((enum licence_fault)f)[0]);
}

TEST(a_number_is_masked)
{
    char out[LICENCE_MASKED_MAX + 1];

    licence_mask(CITIZEN, out);
    CHECK_STR(out, "****0038");
    licence_mask("1234567", out); /* four of seven would be most of it */
    CHECK_STR(out, "****");
    licence_mask("京房权证字第零零一二三四号", out);
    CHECK_STR(out, "****二三四号");
}

static struct licence licence(const char *kind, struct date to, enum licence_state state)
{
    struct licence l = {.code = "C-1", .from = {2024, 1, 5}, .to = to, .state = state, .told = {2026, 1, 2}};

    text_copy(l.kind, sizeof l.kind, kind);
    return l;
}

static enum licence_standing on(struct licence l, int year, int month, int day)
{
    return licence_on(&l, (struct date){year, month, day});
}

TEST(good_on_a_day)
{
    struct licence l = licence("k", (struct date){2029, 1, 4}, LICENCE_VALID);
    struct licence endless = licence("k", (struct date){0}, LICENCE_VALID);

    CHECK_INT(on(l, 2024, 1, 4), LICENCE_NOT_YET);
    CHECK_INT(on(l, 2024, 1, 5), LICENCE_GOOD);
    CHECK_INT(on(l, 2029, 1, 4), LICENCE_GOOD); /* its last day is one */
    CHECK_INT(on(l, 2029, 1, 5), LICENCE_EXPIRED);
    CHECK_INT(on(endless, 2199, 12, 31), LICENCE_GOOD);
    l.state = LICENCE_SUSPENDED;
    CHECK_INT(on(l, 2026, 1, 5), LICENCE_IS_SUSPENDED);
    l.state = LICENCE_REVOKED;
    CHECK_INT(on(l, 2029, 1, 5), LICENCE_IS_REVOKED); /* which says more than that it is past its end */
}

static enum licence_change change(const char *revoked_by, int known_day, enum licence_source source, int day,
                                  const char *kind)
{
    struct licence known = licence("k", (struct date){2029, 1, 4}, LICENCE_VALID),
                   said = licence(kind, known.to, LICENCE_VALID);

    text_copy(known.staff, sizeof known.staff, revoked_by);
    known.told.day = known_day;
    said.told.day = day;
    said.source = source;
    return licence_judge(&known, &said);
}

TEST(what_a_further_word_changes)
{
    struct licence l = licence("k", (struct date){0}, LICENCE_VALID);

    CHECK_INT(licence_judge(NULL, &l), LICENCE_NEW);
    CHECK_INT(change("", 2, LICENCE_IMPORT, 2, "k"), LICENCE_SAME);
    CHECK_INT(change("", 2, LICENCE_IMPORT, 2, "other"), LICENCE_REPLACES); /* a correction of the same day */
    CHECK_INT(change("", 2, LICENCE_IMPORT, 3, "k"), LICENCE_REPLACES);
    CHECK_INT(change("", 2, LICENCE_IMPORT, 1, "other"), LICENCE_OLDER);
    CHECK_INT(change("", 2, LICENCE_PLATFORM, 2, "k"), LICENCE_REPLACES); /* its age is told anew */
    CHECK_INT(change("li", 2, LICENCE_PLATFORM, 3, "k"), LICENCE_STAYS);
    CHECK_INT(change("li", 2, LICENCE_IMPORT, 2, "k"), LICENCE_STAYS);
    CHECK_INT(change("li", 2, LICENCE_IMPORT, 3, "k"), LICENCE_REPLACES);
}

TEST(what_covers_a_material)
{
    struct licence list[] = {licence("residence", (struct date){2025, 12, 31}, LICENCE_VALID),
                             licence("residence", (struct date){2027, 1, 1}, LICENCE_VALID),
                             licence("residence", (struct date){2028, 1, 1}, LICENCE_VALID),
                             licence("residence", (struct date){0}, LICENCE_REVOKED),
                             licence("driving", (struct date){2025, 12, 31}, LICENCE_VALID),
                             licence("fishing", (struct date){0}, LICENCE_SUSPENDED)};
    struct licence_check none = {.asked = LICENCE_SAID_NONE};
    struct licence_check silent = {.asked = LICENCE_NOT_TOLD, .why = LICENCE_WHY_AWAY};
    struct licence_verdict v = licence_verdict("residence", list, 6, NULL, today);

    CHECK_INT(v.cover, LICENCE_HELD);
    CHECK(v.licence == &list[2]);                              /* the one that is good longest */
    v = licence_verdict("residence", list, 6, &silent, today); /* what is known counts though nobody answers now */
    CHECK_INT(v.cover, LICENCE_HELD);
    v = licence_verdict("C-1", list, 6, NULL, today); /* by its code */
    CHECK_INT(v.cover, LICENCE_HELD);
    v = licence_verdict("driving", list, 6, NULL, today);
    CHECK_INT(v.cover, LICENCE_BRING);
    CHECK_INT(v.standing, LICENCE_EXPIRED);
    v = licence_verdict("driving", list, 6, &silent, today); /* it may have been renewed */
    CHECK_INT(v.cover, LICENCE_UNCHECKED);
    v = licence_verdict("fishing", list, 6, NULL, today);
    CHECK_INT(v.cover, LICENCE_BRING);
    CHECK_INT(v.standing, LICENCE_IS_SUSPENDED);
    v = licence_verdict("marriage", list, 6, &none, today);
    CHECK_INT(v.cover, LICENCE_BRING);
    CHECK(v.licence == NULL);
    CHECK_INT(licence_verdict("marriage", list, 6, &silent, today).cover, LICENCE_UNCHECKED);
    CHECK_INT(licence_verdict("marriage", list, 6, NULL, today).cover, LICENCE_UNCHECKED); /* nobody knows */
    CHECK_INT(licence_verdict("residence", NULL, 0, &none, today).cover, LICENCE_BRING);
}

TEST(words)
{
    enum licence_why why = LICENCE_WHY_NONE;

    CHECK(licence_why_by_word("source-away", &why) && why == LICENCE_WHY_SOURCE_AWAY && licence_why_is_said(why));
    CHECK(licence_why_by_word("late", &why) && !licence_why_is_said(why)); /* the hall's to say, not the platform's */
    CHECK(!licence_why_by_word("", &why) && !licence_why_by_word("because", &why));
    for (int r = LICENCE_MAY + 1; r < LICENCE_REFUSALS; r++)
        CHECK(licence_refusal_word((enum licence_refusal)r)[0] && licence_refusal_remedy((enum licence_refusal)r)[0]);
}

TEST_MAIN(T(a_line), T(each_thing_that_can_be_wrong), T(a_number_is_masked), T(good_on_a_day),
          T(what_a_further_word_changes), T(what_covers_a_material), T(words))
