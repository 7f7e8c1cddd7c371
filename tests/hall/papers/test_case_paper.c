/* SPDX-License-Identifier: Apache-2.0
 *
 * What papers say that hallctl's test (tests/tools/papers.sh) does not come to: silence that the law answers, what an item
 * leaves open, and that the check code stands for every letter.
 */
#include "test.h"

#include "tools/hall/papers/case_paper.h"
#include "tools/hall/papers/case_paper_html.h"

#define MS_DAY INT64_C(86400000)

static int64_t at(int day)
{
    return date_to_days((struct date){2026, 1, day}) * MS_DAY + 2 * 3600000; /* ten in the morning */
}

static struct case_paper_facts facts(enum case_paper_kind kind)
{
    struct case_paper_facts f = {.kind = kind,
                                 .name = "测试甲",
                                 .id = "",
                                 .supplied = "",
                                 .item_name = "某事项",
                                 .agency = "某局",
                                 .phone = "",
                                 .address = ""};
    case_event_init(&f.received, CASE_EVENT_RECEIVE);
    snprintf(f.received.number, sizeof f.received.number, "1103001260105000018");
    f.received.at = f.received.applied = at(5);
    f.received.limits = (struct case_limits){.item = "11110105MB0A0000164000709102000",
                                             .accept = {5, DAY_WORKING, "受理", "受理岗"},
                                             .examine = {-1, DAY_WORKING, "", ""},
                                             .decide = {-1, DAY_WORKING, "", ""},
                                             .promise = {-1, DAY_WORKING, "", ""},
                                             .statutory = {20, DAY_WORKING, "", ""},
                                             .law_accepts = true,
                                             .law_decides = CASE_GRANTED,
                                             .tacit_law = "某法第一条"};
    case_apply(&f.state, &f.received);
    return f;
}

static void happens(struct case_paper_facts *f, enum case_event_kind kind, int day)
{
    case_event_init(&f->event, kind);
    snprintf(f->event.number, sizeof f->event.number, "%s", f->received.number);
    snprintf(f->event.post, sizeof f->event.post, "某岗");
    f->event.at = at(day);
    f->event.seq = f->state.seq + 1;
    if (kind == CASE_EVENT_DECIDE_TACIT)
        f->event.result = CASE_GRANTED;
    case_apply(&f->state, &f->event);
}

/* Whether some block says it. */
static bool says(const struct case_paper *p, const char *label, const char *text)
{
    for (int i = 0; i < p->n; i++)
        if (strcmp(case_paper_label(p, i), label) == 0 && strcmp(case_paper_text(p, i), text) == 0)
            return true;
    return false;
}

TEST(silence_has_accepted)
{
    struct case_paper_facts f = facts(PAPER_acceptance);
    struct case_paper p;
    char first[200], day[PAPER_DAY_MAX];

    happens(&f, CASE_EVENT_ACCEPT_TACIT, 20);
    CHECK(case_paper_compose(&f, &p, NULL) == 0);
    snprintf(first, sizeof first,
             "您于2026年1月5日提出的“某事项”申请，本机关没有在期限内告知需要补正的内容，依照行政许可法第三十二条，自%"
             "s起即为受理。",
             case_paper_day(f.state.accepted, day));
    CHECK(says(&p, "", first));
    CHECK(p.day.day == 20);
    case_paper_finish(&p);
}

TEST(silence_has_granted)
{
    struct case_paper_facts f = facts(PAPER_decision);
    struct case_paper p;
    char first[200], day[PAPER_DAY_MAX];

    happens(&f, CASE_EVENT_ACCEPT, 6);
    happens(&f, CASE_EVENT_DECIDE_TACIT, 30);
    CHECK(case_paper_compose(&f, &p, NULL) == 0);
    snprintf(first, sizeof first,
             "您于2026年1月5日提出的“某事项”申请，本机关没有在法定期限内作出决定，依照某法第一条，于%s视为准予。",
             case_paper_day(f.state.decided, day));
    CHECK(says(&p, "", first));
    case_paper_finish(&p);
}

TEST(what_the_item_leaves_open_is_said)
{
    struct case_paper_facts f = facts(PAPER_acceptance);
    struct case_paper p;

    happens(&f, CASE_EVENT_ACCEPT, 6);
    CHECK(case_paper_compose(&f, &p, NULL) == 0);
    CHECK(says(&p, "承诺期限", "事项没有写明期限，不推算日期"));
    CHECK(says(&p, "联系电话", "事项没有写明"));
    CHECK(says(&p, "办理地址", "事项没有写明"));
    case_paper_finish(&p);
}

TEST(what_came_at_a_terminal)
{
    char words[CASE_WORDS_MAX + 1];
    struct case_event ev;

    case_event_init(&ev, CASE_EVENT_SUPPLIED);
    ev.at = at(8);
    snprintf(ev.words, sizeof ev.words, "户口簿复印件");
    CHECK_STR(case_paper_supplied(&ev, words), "户口簿复印件");
    ev.words[0] = '\0';
    snprintf(ev.terminal, sizeof ev.terminal, "t-1");
    CHECK_STR(case_paper_supplied(&ev, words), "申请人于2026年1月8日通过自助服务终端补正");
}

TEST(the_check_code_stands_for_every_letter)
{
    struct case_paper_facts f = facts(PAPER_acceptance);
    struct case_paper p, same, other;

    happens(&f, CASE_EVENT_ACCEPT, 6);
    CHECK(case_paper_compose(&f, &p, NULL) == 0);
    CHECK(case_paper_compose(&f, &same, NULL) == 0);
    f.name = "测试申"; /* a stroke more */
    CHECK(case_paper_compose(&f, &other, NULL) == 0);
    CHECK(memcmp(p.check, same.check, sizeof p.check) == 0);
    CHECK(memcmp(p.check, other.check, sizeof p.check) != 0);
    case_paper_finish(&p);
    case_paper_finish(&same);
    case_paper_finish(&other);
}

TEST(words_as_long_as_can_be_fit)
{
    struct case_paper_facts f = facts(PAPER_supplement);
    struct case_paper p;
    struct buf page;

    happens(&f, CASE_EVENT_SUPPLEMENT, 6);
    memset(f.event.words, '<', CASE_WORDS_MAX);
    f.event.words[CASE_WORDS_MAX] = '\0';
    CHECK(case_paper_compose(&f, &p, NULL) == 0);
    buf_init(&page, PAPER_HTML_MAX);
    CHECK(says(&p, "需要补正", f.event.words));
    CHECK(case_paper_html(&p, "a code", &page, NULL) == 0);
    CHECK(strstr(buf_str(&page), "&lt;&lt;") && !strstr(buf_str(&page), "<<"));
    buf_finish(&page);
    case_paper_finish(&p);
}

TEST_MAIN(T(silence_has_accepted), T(silence_has_granted), T(what_the_item_leaves_open_is_said), T(what_came_at_a_terminal),
          T(the_check_code_stands_for_every_letter), T(words_as_long_as_can_be_fit))
