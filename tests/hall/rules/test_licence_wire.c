/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said to the platform, and which of its answers are believed.
 */
#include "tools/hall/rules/licence_wire.h"

#include "base/text.h"
#include "test.h"

#define CITIZEN "110101199003070038"
#define OTHER "11010519491231002X"
#define NUMBER "1103001260105000018"
static const struct date today = {2026, 1, 5};
static struct licence_question question;
static struct licence_answer answer;

TEST(a_question)
{
    static struct licence_question again;
    struct err e = {0};
    struct buf out;

    memset(question.request, 0xab, sizeof question.request);
    text_copy(question.number, sizeof question.number, NUMBER);
    text_copy(question.item, sizeof question.item, "11110105MB0A0000164000709102000");
    text_copy(question.purpose, sizeof question.purpose, "办理核验");
    text_copy(question.staff, sizeof question.staff, "李");
    text_copy(question.post, sizeof question.post, "接待岗");
    text_copy(question.holder, sizeof question.holder, CITIZEN);
    text_copy(question.kinds[0], sizeof question.kinds[0], "居住证");
    text_copy(question.kinds[1], sizeof question.kinds[1], "结婚证");
    question.n = 2;
    buf_init(&out, LICENCE_QUESTION_BYTES_MAX);
    CHECK_INT(licence_question_encode(&question, &out), 0);
    CHECK_INT(licence_question_decode(out.data, out.len, &again, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_MEM(&again, &question, sizeof again);
    buf_finish(&out);
}

TEST(no_question)
{
    static const char *const bad[] = {
        "", "[]", "{}", "{\"v\":2}", "{\"v\":1,\"request\":\"ab\"}",
        /* no case number; no kind */
        "{\"v\":1,\"request\":\"abababababababababababababababab\",\"case\":\"1103001260105000019\",\"item\":\"x\","
        "\"purpose\":\"p\","
        "\"staff\":\"s\",\"post\":\"p\",\"certificate_holder_code\":\"" CITIZEN "\",\"kinds\":[\"k\"]}",
        "{\"v\":1,\"request\":\"abababababababababababababababab\",\"case\":\"" NUMBER "\",\"item\":\"x\",\"purpose\":\"p\","
        "\"staff\":\"s\",\"post\":\"p\",\"certificate_holder_code\":\"" CITIZEN "\",\"kinds\":[]}"};
    struct licence_question q;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(licence_question_decode(bad[i], strlen(bad[i]), &q, NULL) < 0);
}

/* --- answers --- */

#define REQUEST "abababababababababababababababab"
#define ANSWER(answers) "{\"v\":1,\"request\":\"" REQUEST "\",\"answers\":[" answers "]}"
#define NONE(kind) "{\"kind\":\"" kind "\",\"certificates\":[]}"
#define CERTIFICATE(holder, kind, to)                                                                                        \
    "{\"certificate_holder_code\":\"" holder "\",\"certificate_type_code\":\"C-1\",\"certificate_type\":\"" kind             \
    "\",\"certificate_number\":\"JZ2024000123\",\"issue_dept\":\"市公安局\",\"valid_from\":\"2024-01-05\",\"valid_to\":" \
    "\"" to "\",\"state\":\"valid\"}"
#define HELD(holder, kind, to) "{\"kind\":\"居住证\",\"certificates\":[" CERTIFICATE(holder, kind, to) "]}"

static int take(const char *text)
{
    struct err e = {0};
    int rc = licence_answer_decode(text, strlen(text), &question, today, &answer, &e);

    CHECK(!strstr(e.text, CITIZEN) && !strstr(e.text, OTHER)); /* what is told of a lie names nobody */
    return rc;
}

TEST(believed)
{
    CHECK_INT(take(ANSWER(HELD(CITIZEN, "居住证", "2029-01-04") "," NONE("结婚证"))), 0);
    CHECK_INT(answer.n, 1);
    CHECK_STR(answer.said[0].holder, CITIZEN);
    CHECK_STR(answer.said[0].licence.number, "****0123");
    CHECK_INT(answer.said[0].licence.source, LICENCE_PLATFORM);
    CHECK_INT(date_compare(answer.said[0].licence.told, today), 0);
    CHECK_INT(answer.checks[0].asked, LICENCE_SAID_HELD);
    CHECK_INT(answer.checks[1].asked, LICENCE_SAID_NONE);
    CHECK_STR(answer.checks[1].kind, "结婚证");
    /* in another order; one that it cannot say; without an end */
    CHECK_INT(take(ANSWER("{\"kind\":\"结婚证\",\"failed\":\"source-away\"}," HELD(CITIZEN, "居住证", ""))), 0);
    CHECK_INT(answer.checks[1].asked, LICENCE_NOT_TOLD);
    CHECK_INT(answer.checks[1].why, LICENCE_WHY_SOURCE_AWAY);
    CHECK_INT(answer.said[0].licence.to.year, 0);
}

TEST(not_believed)
{
    CHECK_INT(take(ANSWER(HELD(OTHER, "居住证", "2029-01-04") "," NONE("结婚证"))), -ERR_PROTOCOL);
    CHECK_INT(take(ANSWER(HELD(CITIZEN, "暂住证", "2029-01-04") "," NONE("结婚证"))), -ERR_PROTOCOL);
    CHECK_INT(take(ANSWER(HELD(CITIZEN, "居住证", "2019-02-30") "," NONE("结婚证"))), -ERR_PROTOCOL);
    CHECK_INT(take(ANSWER(HELD(CITIZEN, "居住证", "2023-01-01") "," NONE("结婚证"))), -ERR_PROTOCOL);
    CHECK_INT(take(ANSWER(NONE("居住证"))), -ERR_PROTOCOL);                                       /* one is left out */
    CHECK_INT(take(ANSWER(NONE("居住证") "," NONE("居住证") "," NONE("结婚证"))), -ERR_PROTOCOL); /* one comes twice */
    CHECK_INT(take(ANSWER(NONE("居住证") "," NONE("驾驶证"))), -ERR_PROTOCOL);
    CHECK_INT(take("{\"v\":1,\"request\":\"00000000000000000000000000000000\",\"answers\":[" NONE("居住证") "," NONE(
                  "结婚证") "]}"),
              -ERR_PROTOCOL);
    CHECK_INT(take(ANSWER("{\"kind\":\"居住证\"}," NONE("结婚证"))), -ERR_INVALID);
    CHECK_INT(take(ANSWER("{\"kind\":\"居住证\",\"failed\":\"late\"}," NONE("结婚证"))), -ERR_INVALID);
    CHECK_INT(take(ANSWER("{\"kind\":\"居住证\",\"failed\":\"" CITIZEN "\"}," NONE("结婚证"))), -ERR_INVALID);
    CHECK_INT(take(ANSWER("{\"kind\":\"居住证\",\"certificates\":[],\"" CITIZEN "\":1}," NONE("结婚证"))), -ERR_INVALID);
    CHECK_INT(take("<html>"), -ERR_INVALID);
    CHECK_INT(take(""), -ERR_INVALID);
}

TEST(more_than_an_answer_can_be)
{
    struct buf text;

    buf_init(&text, 4 * LICENCE_ANSWER_BYTES_MAX);
    buf_adds(&text, "{\"v\":1,\"request\":\"" REQUEST "\",\"answers\":[{\"kind\":\"居住证\",\"certificates\":[");
    for (int i = 0; i <= LICENCE_OF_KIND_MAX; i++)
        buf_addf(&text, "%s%s", i ? "," : "", CERTIFICATE(CITIZEN, "居住证", ""));
    buf_adds(&text, "]}," NONE("结婚证") "]}");
    CHECK_INT(take(buf_str(&text)), -ERR_TOOLONG);
    buf_reset(&text);
    buf_adds(&text, ANSWER(NONE("居住证") "," NONE("结婚证")));
    while (text.len <= LICENCE_ANSWER_BYTES_MAX)
        buf_adds(&text, "          ");
    CHECK_INT(take(buf_str(&text)), -ERR_TOOLONG);
    buf_finish(&text);
}

TEST_MAIN(T(a_question), T(no_question), T(believed), T(not_believed), T(more_than_an_answer_can_be))
