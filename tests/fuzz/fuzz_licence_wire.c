/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what is said of licences: a question, and the platform's answer to one that was asked; what hallctl and
 * hall-open say to each other; which platform is configured. What is believed of an answer is of the person and the kinds
 * that were asked for.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "tools/hall/open/holder_wire.h"
#include "tools/hall/rules/licence_wire.h"
#include "tools/hallctl/platform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void question(const char *text, size_t size)
{
    static struct licence_question q, again;
    struct buf out;

    if (licence_question_decode(text, size, &q, NULL) < 0)
        return;
    buf_init(&out, LICENCE_QUESTION_BYTES_MAX);
    if (licence_question_encode(&q, &out) == 0 &&
        (licence_question_decode(out.data, out.len, &again, NULL) < 0 || again.n != q.n ||
         strcmp(again.holder, q.holder) != 0 || strcmp(again.purpose, q.purpose) != 0))
        abort();
    buf_finish(&out);
}

/* The question of the corpus' answer. */
static void ask(struct licence_question *q)
{
    memset(q, 0, sizeof *q);
    memset(q->request, 0xab, sizeof q->request);
    text_copy(q->holder, sizeof q->holder, "110101199003070038");
    text_copy(q->kinds[0], sizeof q->kinds[0], "a");
    text_copy(q->kinds[1], sizeof q->kinds[1], "b");
    q->n = 2;
}

static void answer(const char *text, size_t size)
{
    static struct licence_question q;
    static struct licence_answer a;
    const struct date today = {2026, 1, 5};

    ask(&q);
    if (licence_answer_decode(text, size, &q, today, &a, NULL) < 0)
        return;
    for (int i = 0; i < a.n; i++) {
        const struct licence *l = &a.said[i].licence;

        if (strcmp(a.said[i].holder, q.holder) != 0 || !(licence_is_of(l, "a") || licence_is_of(l, "b")) ||
            (l->to.year && date_compare(l->to, l->from) < 0))
            abort();
    }
    for (int i = 0; i < q.n; i++)
        if (a.checks[i].asked == LICENCE_NEVER_ASKED || (a.checks[i].asked == LICENCE_NOT_TOLD) != (a.checks[i].why != 0))
            abort();
}

static void holder(const char *text, size_t size)
{
    static struct holder_request r, again;
    static struct holder_answer a, b;
    struct buf out;

    buf_init(&out, JSON_SIZE_MAX);
    if (holder_request_decode(text, size, &r, NULL) == 0 && holder_request_encode(&r, &out) == 0 &&
        (holder_request_decode(buf_str(&out), out.len, &again, NULL) < 0 || again.n != r.n || again.body_len != r.body_len ||
         !holder_asks(buf_str(&out))))
        abort();
    buf_reset(&out);
    if (holder_answer_decode(text, size, &a, NULL) == 0 &&
        (holder_answer_encode(&a, &out) < 0 || holder_answer_decode(buf_str(&out), out.len, &b, NULL) < 0 || b.n != a.n ||
         strcmp(a.citizen, b.citizen) != 0))
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct platform p;

    question((const char *)data, size);
    answer((const char *)data, size);
    holder((const char *)data, size);
    if (platform_decode(data, size, &p, NULL) == 0 && strncasecmp(p.url, "http", 4) != 0)
        abort();
    return 0;
}
