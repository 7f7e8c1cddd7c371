/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what the hall asks of hall-open, and as what it says: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/open/asking_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void request(const char *text, size_t size)
{
    static struct asking_request r, again;
    struct buf out;

    buf_init(&out, JSON_SIZE_MAX);
    if (asking_request_decode(text, size, &r, NULL) == 0) {
        if (asking_request_encode(&r, &out) < 0 || strchr(buf_str(&out), '\n'))
            abort();
        if (asking_request_decode(buf_str(&out), out.len, &again, NULL) < 0 || again.what != r.what ||
            again.header_len != r.header_len || again.body_len != r.body_len || again.cases.len != r.cases.len)
            abort();
        asking_request_finish(&again);
    }
    asking_request_finish(&r);
    buf_finish(&out);
}

static void answer(const char *text, size_t size)
{
    static struct asking_answer a, again;
    struct buf out;

    if (asking_answer_decode(text, size, &a, NULL) < 0)
        return;
    buf_init(&out, JSON_SIZE_MAX);
    if (asking_answer_encode(&a, &out) < 0 || asking_answer_decode(buf_str(&out), out.len, &again, NULL) < 0 ||
        again.outcome != a.outcome || again.indexed != a.indexed || again.reply_len != a.reply_len ||
        strcmp(again.number, a.number) != 0)
        abort();
    buf_finish(&out);
}

/* What anybody may have sealed. */
static void person(const uint8_t *data, size_t size)
{
    struct asking_person p;

    if (asking_person_decode(data, size, &p, NULL) == 0 && p.phone[0] && strlen(p.phone) > ASK_PHONE_LEN)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    person(data, size);
    request((const char *)data, size);
    answer((const char *)data, size);
    return 0;
}
