/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading it line by line.
 */
#include "tools/fleet/answer_wire.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"

#define DELAY_MAX_MS (60 * 60 * 1000)

struct line {
    const char *text;
    size_t len;
};

/* The next line without its CRLF; false: there is none that ends so. */
static bool next_line(const char **at, const char *end, struct line *ret)
{
    const char *stop = memmem(*at, (size_t)(end - *at), "\r\n", 2);

    if (!stop)
        return false;
    *ret = (struct line){*at, (size_t)(stop - *at)};
    *at = stop + 2;
    return true;
}

static bool digits(const char *text, size_t len, int64_t max, int64_t *ret)
{
    int64_t v = 0;

    if (len == 0 || len > 9)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        v = v * 10 + (text[i] - '0');
    }
    *ret = v;
    return v <= max;
}

/* The value behind "Name:", without blanks around it; false: it is another header. */
static bool value_of(const struct line *l, const char *name, struct line *ret)
{
    size_t n = strlen(name);

    if (l->len <= n || strncasecmp(l->text, name, n) || l->text[n] != ':')
        return false;
    *ret = (struct line){l->text + n + 1, l->len - n - 1};
    while (ret->len && (*ret->text == ' ' || *ret->text == '\t')) {
        ret->text++;
        ret->len--;
    }
    while (ret->len && (ret->text[ret->len - 1] == ' ' || ret->text[ret->len - 1] == '\t'))
        ret->len--;
    return true;
}

static bool read_status(const struct line *l, struct answer_head *ret)
{
    int64_t status = 0;

    if (l->len < 12 || memcmp(l->text, "HTTP/1.1 ", 9) || (l->len > 12 && l->text[12] != ' ') ||
        !digits(l->text + 9, 3, 599, &status) || status < 200)
        return false;
    ret->status = (int)status;
    return true;
}

static bool read_header(const struct line *l, struct answer_head *ret, bool *measured)
{
    struct line value;
    int64_t n = 0;

    if (value_of(l, "Transfer-Encoding", &value))
        return false;
    if (value_of(l, "Content-Length", &value)) {
        bool ok = !*measured && digits(value.text, value.len, ANSWER_BODY_MAX, &n);

        *measured = true;
        ret->body = (size_t)n;
        return ok;
    }
    if (value_of(l, "Connection", &value))
        ret->close = value.len == 5 && !strncasecmp(value.text, "close", 5);
    if (value_of(l, "Next-Delay-Ms", &value))
        return digits(value.text, value.len, DELAY_MAX_MS, &ret->next_delay_ms);
    return true;
}

int answer_head_decode(const char *text, size_t len, struct answer_head *ret)
{
    const char *at = text, *end = text + len;
    struct answer_head h = {0};
    bool measured = false;
    struct line l;

    if (len > ANSWER_HEAD_MAX || !next_line(&at, end, &l) || !read_status(&l, &h))
        return -ERR_PROTOCOL;
    for (;;) {
        if (!next_line(&at, end, &l))
            return -ERR_PROTOCOL;
        if (l.len == 0)
            break;
        if (!read_header(&l, &h, &measured))
            return -ERR_PROTOCOL;
    }
    bool none = h.status == 204 || h.status == 304;

    if (at != end || (none ? h.body != 0 : !measured))
        return -ERR_PROTOCOL;
    *ret = h;
    return 0;
}
