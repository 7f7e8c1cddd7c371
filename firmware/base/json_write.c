/* SPDX-License-Identifier: Apache-2.0
 *
 * The writing side of JSON: straight into a buffer, without a tree. What would not be valid JSON (ill-formed UTF-8, too
 * deep, an end without a beginning) fails the buffer, so that it cannot leave the house unnoticed.
 */
#include <string.h>

#include "base/json.h"
#include "base/text.h"

void jsonw_init(struct jsonw *w, struct buf *out)
{
    *w = (struct jsonw){.out = out};
}

/* Appends `s` in quotes, escaping what RFC 8259 section 7 demands. */
static void put_quoted(struct buf *out, const char *s, size_t len)
{
    static const char short_form[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    buf_addc(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, s + from, i - from);
        from = i + 1;
        if (c >= 0x20)
            buf_addf(out, "\\%c", c);
        else if (c < sizeof short_form && short_form[c])
            buf_addf(out, "\\%c", short_form[c]);
        else
            buf_addf(out, "\\u%04x", c);
    }
    buf_add(out, s + from, len - from);
    buf_addc(out, '"');
}

static void put_key(struct jsonw *w, const char *key)
{
    if (w->comma)
        buf_addc(w->out, ',');
    if (key) {
        put_quoted(w->out, key, strlen(key));
        buf_addc(w->out, ':');
    }
    w->comma = true;
}

static void open_level(struct jsonw *w, const char *key, const char *brackets)
{
    put_key(w, key);
    if ((size_t)w->depth == sizeof w->close) {
        w->out->failed = true;
        return;
    }
    buf_addc(w->out, (uint8_t)brackets[0]);
    w->close[w->depth++] = brackets[1];
    w->comma = false;
}

void jsonw_obj(struct jsonw *w, const char *key)
{
    open_level(w, key, "{}");
}

void jsonw_arr(struct jsonw *w, const char *key)
{
    open_level(w, key, "[]");
}

void jsonw_end(struct jsonw *w)
{
    if (w->depth == 0) {
        w->out->failed = true;
        return;
    }
    buf_addc(w->out, (uint8_t)w->close[--w->depth]);
    w->comma = true;
}

void jsonw_str(struct jsonw *w, const char *key, const char *value)
{
    jsonw_strn(w, key, value, strlen(value));
}

void jsonw_strn(struct jsonw *w, const char *key, const char *value, size_t len)
{
    put_key(w, key);
    if (!utf8_valid(value, len) || memchr(value, 0, len)) {
        w->out->failed = true;
        return;
    }
    put_quoted(w->out, value, len);
}

void jsonw_int(struct jsonw *w, const char *key, int64_t value)
{
    put_key(w, key);
    buf_addf(w->out, "%lld", (long long)value);
}

void jsonw_bool(struct jsonw *w, const char *key, bool value)
{
    put_key(w, key);
    buf_adds(w->out, value ? "true" : "false");
}

void jsonw_null(struct jsonw *w, const char *key)
{
    put_key(w, key);
    buf_adds(w->out, "null");
}

void jsonw_hex(struct jsonw *w, const char *key, const void *data, size_t len)
{
    put_key(w, key);
    buf_addc(w->out, '"');
    buf_add_hex(w->out, data, len);
    buf_addc(w->out, '"');
}

void jsonw_raw(struct jsonw *w, const char *key, const char *json, size_t len)
{
    put_key(w, key);
    buf_add(w->out, json, len);
}
