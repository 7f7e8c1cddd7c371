/* SPDX-License-Identifier: Apache-2.0
 *
 * Health reports.
 */
#include "sync/health.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/version.h"

#define TIMEOUT_S 30
#define HEALTH_WARNING_MAX 31

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
}

static void put_warnings(struct jsonw *w, const char *words)
{
    char word[HEALTH_WARNING_MAX + 1];
    jsonw_arr(w, "warnings");
    for (size_t n; *words; words += n + (words[n] == ',')) {
        n = strcspn(words, ",");
        snprintf(word, sizeof word, "%.*s", (int)n, words);
        jsonw_str(w, NULL, word);
    }
    jsonw_end(w);
}

void health_send(struct http *h, const struct health_report *r)
{
    struct buf body;
    struct jsonw w;
    buf_init(&body, 1024);
    jsonw_init(&w, &body);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "version", version_text());
    jsonw_int(&w, "acked", r->acked);
    jsonw_int(&w, "head", r->head);
    jsonw_int(&w, "catalogue", r->catalogue);
    put_warnings(&w, r->warnings);
    jsonw_end(&w);
    const struct http_call call = {.method = "POST",
                                   .path = "/v1/health",
                                   .type = "application/json",
                                   .body = body.data,
                                   .body_len = body.len,
                                   .timeout_s = TIMEOUT_S};
    http_start(h, &call, on_answer, NULL);
    buf_finish(&body);
}
