/* SPDX-License-Identifier: Apache-2.0
 *
 * See logs.h.
 */
#include "wire/logs.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

static const struct {
    const char *word, *about;
} whys[] = {
    [LOGS_WHY_NONE] = {"", ""},
#define LOGS_WHY(name, word, about) [LOGS_WHY_##name] = {word, about},
#include "wire/logs_why.def"
#undef LOGS_WHY
};

const char *logs_why_word(enum logs_why w)
{
    return whys[w].word;
}

const char *logs_why_about(enum logs_why w)
{
    return whys[w].about;
}

bool logs_why_by_word(const char *word, enum logs_why *ret)
{
    for (int i = 0; i < LOGS_WHYS; i++)
        if (strcmp(whys[i].word, word) == 0) {
            *ret = (enum logs_why)i;
            return true;
        }
    return false;
}

static int check(const struct logs_piece *p, struct err *e)
{
    bool none = !p->size && !p->at && !p->len;
    bool fits = p->len && p->len <= LOGS_PIECE_MAX && p->at >= 0 && p->size <= LOGS_SIZE_MAX &&
                p->at <= p->size - (int64_t)p->len;

    return (p->why ? none : fits) ? 0 : err_set(e, ERR_INVALID, "a piece of logs lies outside the whole");
}

int logs_piece_encode(const struct logs_piece *p, struct buf *out, struct err *e)
{
    struct jsonw w;
    int rc = check(p, e);

    if (rc < 0)
        return rc;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_hex(&w, "id", p->id, sizeof p->id);
    jsonw_int(&w, "size", p->size);
    jsonw_hex(&w, "sha256", p->sha256, sizeof p->sha256);
    jsonw_int(&w, "at", p->at);
    jsonw_str(&w, "why", logs_why_word(p->why));
    jsonw_end(&w);
    buf_addc(out, '\n');
    buf_add(out, p->bytes, p->len);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "a piece of logs");
}

static int take_hex(const struct json *j, const char *name, uint8_t *out, size_t len, struct err *e)
{
    const char *hex = NULL;
    size_t n = 0;
    int rc = json_get_str(j, name, 2 * len, 2 * len, &hex, e);

    if (rc == 0 && (hex_decode(hex, strlen(hex), out, len, &n) < 0 || n != len))
        rc = err_set(e, ERR_INVALID, "\"%s\" is not hexadecimal", name);
    return rc;
}

static int take_head(const struct json *j, struct logs_piece *p, struct err *e)
{
    const char *why = NULL;
    int rc = json_known(j, "id size sha256 at why", e);

    if (rc == 0)
        rc = take_hex(j, "id", p->id, sizeof p->id, e);
    if (rc == 0)
        rc = json_get_int(j, "size", 0, LOGS_SIZE_MAX, &p->size, e);
    if (rc == 0)
        rc = take_hex(j, "sha256", p->sha256, sizeof p->sha256, e);
    if (rc == 0)
        rc = json_get_int(j, "at", 0, LOGS_SIZE_MAX, &p->at, e);
    if (rc == 0)
        rc = json_get_str(j, "why", 0, 20, &why, e);
    if (rc == 0 && !logs_why_by_word(why, &p->why))
        rc = err_set(e, ERR_INVALID, "\"why\" is not known");
    return rc;
}

int logs_piece_decode(const void *data, size_t len, struct logs_piece *ret, struct err *e)
{
    const uint8_t *end = len ? memchr(data, '\n', len) : NULL;
    size_t head = end ? (size_t)(end - (const uint8_t *)data) : 0;
    struct logs_piece p = {.size = 0};
    struct json *doc = NULL;
    int rc = end ? json_parse(data, head, LOGS_HEAD_MAX, &doc, e) : err_set(e, ERR_INVALID, "it has no head");

    if (rc == 0)
        rc = take_head(doc, &p, e);
    json_free(doc);
    if (rc == 0) {
        p.len = len - head - 1;
        p.bytes = p.len ? end + 1 : NULL;
        rc = check(&p, e);
    }
    if (rc == 0)
        *ret = p;
    return err_wrap(e, rc, "a piece of logs");
}

int logs_answer_encode(const struct logs_answer *a, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "have", a->have);
    jsonw_bool(&w, "over", a->over);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int logs_answer_decode(const void *data, size_t len, struct logs_answer *ret, struct err *e)
{
    struct logs_answer a = {.have = 0};
    struct json *doc = NULL;
    int rc = json_parse(data, len, LOGS_ANSWER_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "have over", e);
    if (rc == 0)
        rc = json_get_int(doc, "have", 0, LOGS_SIZE_MAX, &a.have, e);
    if (rc == 0)
        rc = json_get_bool(doc, "over", &a.over, e);
    json_free(doc);
    if (rc == 0)
        *ret = a;
    return err_wrap(e, rc, "what the hall has of the logs");
}
