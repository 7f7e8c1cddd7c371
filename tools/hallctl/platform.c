/* SPDX-License-Identifier: Apache-2.0
 *
 * See platform.h.
 */
#include "tools/hallctl/platform.h"

#include <curl/curl.h>
#include <limits.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"
#include "tools/hall/rules/licence_wire.h"

#define FILE_NAME "platform.json"
#define FILE_MAX 4096

/* --- which --- */

/* Part of a URL; "" where it has none. */
static void part_of(CURLU *u, CURLUPart what, char *out, size_t cap)
{
    char *text = NULL;

    curl_url_get(u, what, &text, 0);
    text_copy(out, cap, text ? text : "");
    curl_free(text);
}

static bool is_here(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0;
}

static int check_files(const struct platform *p, bool secure, struct err *e)
{
    if (secure && (!p->ca[0] || !p->cert[0] || !p->key[0]))
        return err_set(e, ERR_INVALID, "https wants the platform's CA and the hall's certificate and key");
    if (!secure && (p->ca[0] || p->cert[0] || p->key[0]))
        return err_set(e, ERR_INVALID, "http takes no CA, certificate or key");
    return 0;
}

int platform_check(const struct platform *p, struct err *e)
{
    char scheme[16] = "", host[PLATFORM_TEXT_MAX + 1] = "", user[PLATFORM_TEXT_MAX + 1] = "";
    CURLU *u = curl_url();
    bool reads = u && curl_url_set(u, CURLUPART_URL, p->url, 0) == CURLUE_OK;

    if (reads) {
        part_of(u, CURLUPART_SCHEME, scheme, sizeof scheme);
        part_of(u, CURLUPART_HOST, host, sizeof host);
        part_of(u, CURLUPART_USER, user, sizeof user);
    }
    curl_url_cleanup(u);
    if (!reads || !host[0] || user[0])
        return err_set(e, ERR_INVALID, "the URL is none, or names a user");
    if (strcmp(scheme, "https") == 0)
        return check_files(p, true, e);
    if (strcmp(scheme, "http") == 0 && is_here(host))
        return check_files(p, false, e);
    return err_set(e, ERR_INVALID, "the URL is not https, and http is for localhost alone: a citizen's number goes there");
}

static int get(const struct json *o, const char *key, char out[PLATFORM_TEXT_MAX + 1], struct err *e)
{
    const char *text = "";
    int rc = json_opt_str(o, key, 0, PLATFORM_TEXT_MAX, &text, e);

    text_copy(out, PLATFORM_TEXT_MAX + 1, rc == 0 ? text : "");
    return rc;
}

int platform_decode(const void *text, size_t len, struct platform *ret, struct err *e)
{
    struct json *doc = NULL;
    int64_t wait = PLATFORM_WAIT_S;
    int rc = json_parse(text, len, FILE_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "url ca cert key wait_s", e);
    if (rc == 0)
        rc = get(doc, "url", ret->url, e);
    if (rc == 0)
        rc = get(doc, "ca", ret->ca, e);
    if (rc == 0)
        rc = get(doc, "cert", ret->cert, e);
    if (rc == 0)
        rc = get(doc, "key", ret->key, e);
    if (rc == 0)
        rc = json_opt_int(doc, "wait_s", 1, 60, &wait, e);
    json_free(doc);
    ret->wait_s = (int)wait;
    return rc == 0 ? platform_check(ret, e) : rc;
}

int platform_read(const char *data, struct platform *ret, struct err *e)
{
    char path[PATH_MAX];
    struct buf text;
    int rc = fs_join(path, sizeof path, data, FILE_NAME) < 0 ? err_set(e, ERR_TOOLONG, "%s", data) : 0;

    if (rc < 0)
        return rc;
    rc = fs_read_given(path, FILE_MAX, &text, e);
    if (rc == 0)
        rc = err_wrap(e, platform_decode(text.data, text.len, ret, e), "%s", path);
    else if (rc == -ERR_NOTFOUND)
        err_set(e, ERR_NOTFOUND, "no platform is configured: hallctl licence platform --url names one");
    buf_finish(&text);
    return rc;
}

int platform_write(const char *data, const struct platform *p, struct err *e)
{
    char path[PATH_MAX];
    struct jsonw w;
    struct buf text;
    int rc = fs_join(path, sizeof path, data, FILE_NAME) < 0 ? err_set(e, ERR_TOOLONG, "%s", data) : 0;

    buf_init(&text, FILE_MAX);
    jsonw_init(&w, &text);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "url", p->url);
    if (p->ca[0]) {
        jsonw_str(&w, "ca", p->ca);
        jsonw_str(&w, "cert", p->cert);
        jsonw_str(&w, "key", p->key);
    }
    jsonw_int(&w, "wait_s", p->wait_s);
    jsonw_end(&w);
    buf_addc(&text, '\n');
    if (rc == 0 && !buf_ok(&text))
        rc = err_set(e, ERR_TOOLONG, "%s", FILE_NAME);
    if (rc == 0)
        rc = fs_write_atomic(path, text.data, text.len, 0640, e);
    buf_finish(&text);
    return rc;
}

/* --- asking --- */

static size_t take(char *data, size_t size, size_t n, void *ctx)
{
    struct buf *out = ctx;

    return buf_add(out, data, size * n) == 0 ? size * n : 0;
}

static void set_up(CURL *c, const struct platform *p, struct curl_slist *headers, const struct buf *question,
                   struct buf *answer)
{
    curl_easy_setopt(c, CURLOPT_URL, p->url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, p->ca[0] ? "https" : "http");
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)question->len);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, question->data);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, answer);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)p->wait_s);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    if (!p->ca[0])
        return;
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_CAINFO, p->ca); /* whom this CA vouches for, and nobody the machine trusts besides */
    curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(c, CURLOPT_SSLCERT, p->cert);
    curl_easy_setopt(c, CURLOPT_SSLKEY, p->key);
}

static int result_of(CURL *c, CURLcode code, struct err *e)
{
    long status = 0;

    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_set(e, ERR_TIMEOUT, "the platform gave no whole answer in time");
    if (code == CURLE_WRITE_ERROR)
        return err_set(e, ERR_TOOLONG, "the platform's answer is longer than one can be");
    if (code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CACERT_BADFILE)
        return err_set(e, ERR_KEY, "the hall's own CA, certificate or key for the platform: %s", curl_easy_strerror(code));
    if (code != CURLE_OK)
        return err_set(e, ERR_UNREACHABLE, "the platform: %s", curl_easy_strerror(code));
    return status == 200 ? 0 : err_set(e, ERR_REFUSED, "the platform answers %ld", status);
}

int platform_ask(const struct platform *p, const struct buf *question, struct buf *answer, struct err *e)
{
    CURL *c = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    int rc = c && headers ? 0 : err_set(e, ERR_NOMEM, "the platform");

    buf_init(answer, LICENCE_ANSWER_BYTES_MAX);
    if (rc == 0) {
        set_up(c, p, headers, question, answer);
        rc = result_of(c, curl_easy_perform(c), e);
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(c);
    return rc;
}
