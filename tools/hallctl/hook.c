/* SPDX-License-Identifier: Apache-2.0
 *
 * See hook.h.
 */
#include "tools/hallctl/hook.h"

#include <curl/curl.h>
#include <stdio.h>

#define ANSWER_MAX 4096
#define HEADER_MAX 512

static size_t swallow(char *data, size_t size, size_t n, void *ctx)
{
    size_t *left = ctx;
    size_t got = size * n < *left ? size * n : *left;

    *left -= got;
    return *left ? size * n : 0;
}

static struct curl_slist *headers_of(const struct hook_message *m)
{
    char line[HEADER_MAX];
    struct curl_slist *all = curl_slist_append(NULL, "Content-Type: application/json");

    snprintf(line, sizeof line, "Idempotency-Key: %s", m->id);
    all = curl_slist_append(all, line);
    if (m->token && snprintf(line, sizeof line, "Authorization: Bearer %s", m->token) < (int)sizeof line)
        all = curl_slist_append(all, line);
    return all;
}

static int answer_of(CURL *c, CURLcode code, struct err *e)
{
    long status = 0;

    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK && code != CURLE_WRITE_ERROR) /* of that kind is an answer that was cut */
        return err_set(e, ERR_UNREACHABLE, "the hook: %s", curl_easy_strerror(code));
    return status >= 200 && status < 300 ? 0 : err_set(e, ERR_REFUSED, "the hook answers %ld", status);
}

int hook_post(const struct hook_message *m, struct err *e)
{
    CURL *c = curl_easy_init();
    struct curl_slist *headers = headers_of(m);
    size_t left = ANSWER_MAX;
    int rc = c && headers ? 0 : err_set(e, ERR_NOMEM, "the hook");

    if (rc == 0) {
        curl_easy_setopt(c, CURLOPT_URL, m->url);
        curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)m->len);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, m->json);
        curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, swallow);
        curl_easy_setopt(c, CURLOPT_WRITEDATA, &left);
        curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)m->timeout_s);
        curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
        rc = answer_of(c, curl_easy_perform(c), e);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(c);
    return rc;
}
