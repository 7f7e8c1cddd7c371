/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a request to hall-open, as its answer, and as a row of its audit: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/open/opening_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void request(const char *text, size_t size)
{
    static struct opening_request r, again;
    struct buf out;

    if (opening_request_decode(text, size, &r, NULL) < 0)
        return;
    buf_init(&out, JSON_SIZE_MAX);
    if (opening_request_encode(&r, &out) < 0 || opening_request_decode(buf_str(&out), out.len, &again, NULL) < 0 ||
        again.body_len != r.body_len || strcmp(again.reason, r.reason) != 0)
        abort();
    buf_finish(&out);
}

static void row(const char *text, size_t size)
{
    struct opening_row r, again;
    struct buf out;

    if (opening_row_decode(text, size, &r, NULL) < 0)
        return;
    buf_init(&out, OPENING_ROW_MAX);
    if (opening_row_encode(&r, &out) < 0 || opening_row_decode(buf_str(&out), out.len, &again, NULL) < 0 ||
        again.seq != r.seq || again.outcome != r.outcome || again.act != r.act || strcmp(again.reason, r.reason) != 0)
        abort();
    buf_finish(&out);
}

static void answer(const char *text, size_t size)
{
    struct opening_answer a;
    struct json *doc;
    const struct json *application;

    if (opening_answer_decode(text, size, &a, &doc, &application, NULL) == 0 &&
        (a.outcome == OPENING_OPENED) != (application != NULL))
        abort();
    json_free(doc);
}

/* What anybody may have sealed: it becomes one line, and an answer that is read as one. */
static void application(const char *text, size_t size)
{
    struct opening_answer a = {.outcome = OPENING_OPENED};
    struct buf line, out;

    buf_init(&line, APPLICATION_MAX);
    buf_init(&out, JSON_SIZE_MAX);
    if (opening_application_decode(text, size, &a, &line) == 0 &&
        (memchr(line.data, '\n', line.len) || opening_answer_encode(&a, &line, &out) < 0 || memchr(out.data, '\n', out.len)))
        abort();
    buf_finish(&line);
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    application((const char *)data, size);
    request((const char *)data, size);
    row((const char *)data, size);
    answer((const char *)data, size);
    return 0;
}
