/* SPDX-License-Identifier: Apache-2.0
 *
 * Request heads as text.
 */
#include "tools/hall/door/http_wire.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BODY_DIGITS 9
#define TCHAR "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* Takes a line with its CRLF off *rest; NULL: there is none. */
static char *take_line(char **rest, const char *end)
{
    char *line = *rest, *crlf = memmem(line, (size_t)(end - line), "\r\n", 2);
    if (!crlf)
        return NULL;
    *crlf = '\0';
    *rest = crlf + 2;
    return line;
}

static bool printable(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f)
            return false;
    return true;
}

/* A field's value may hold spaces and tabs inside, and bytes above 0x7f. */
static bool value_ok(const char *s)
{
    for (; *s; s++)
        if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
            return false;
    return true;
}

static int take_request_line(char *line, struct http_head *h)
{
    char *target = strchr(line, ' ');
    char *version = target ? strchr(target + 1, ' ') : NULL;
    if (!version)
        return 400;
    *target++ = *version++ = '\0';
    if (!*line || strspn(line, TCHAR) != strlen(line) || *target != '/' || !printable(target))
        return 400;
    if (strcmp(version, "HTTP/1.1") && strcmp(version, "HTTP/1.0"))
        return strncmp(version, "HTTP/", 5) ? 400 : 505;
    h->close = version[7] == '0';
    h->method = line;
    h->path = target;
    h->query = strchr(target, '?');
    if (h->query)
        *h->query++ = '\0';
    else
        h->query = target + strlen(target);
    return 0;
}

static char *trim(char *s)
{
    s += strspn(s, " \t");
    size_t n = strlen(s);
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        s[--n] = '\0';
    return s;
}

static int take_header(char *line, struct http_head *h)
{
    size_t n = strspn(line, TCHAR);
    if (!n || line[n] != ':' || !value_ok(line + n + 1))
        return 400;
    if (h->n == HTTP_HEADERS_MAX)
        return 431;
    line[n] = '\0';
    h->headers[h->n++] = (struct http_header){line, trim(line + n + 1)};
    return 0;
}

const char *http_head_find(const struct http_head *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++)
        if (!strcasecmp(h->headers[i].name, name))
            return h->headers[i].value;
    return NULL;
}

static size_t count(const struct http_head *h, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < h->n; i++)
        n += !strcasecmp(h->headers[i].name, name);
    return n;
}

/* What the fields say of the body and of the connection. */
static int understand(struct http_head *h)
{
    const char *length = http_head_find(h, "Content-Length"), *connection = http_head_find(h, "Connection");
    const char *expect = http_head_find(h, "Expect");
    if (http_head_find(h, "Transfer-Encoding"))
        return 501;
    if (count(h, "Content-Length") > 1 || count(h, "Host") != 1)
        return 400;
    if (length) {
        size_t n = strlen(length);
        if (!n || n > BODY_DIGITS || strspn(length, "0123456789") != n)
            return 400;
        h->body = strtoul(length, NULL, 10);
    }
    h->close |= connection && strcasestr(connection, "close");
    h->expect = expect && !strcasecmp(expect, "100-continue");
    return expect && !h->expect ? 417 : 0;
}

int http_head_decode(char *text, size_t len, struct http_head *ret)
{
    struct http_head h = {.n = 0};
    char *rest = text, *end = text + len, *line;
    if (len > HTTP_HEAD_MAX)
        return 431;
    if (memchr(text, '\0', len) || !(line = take_line(&rest, end)))
        return 400;
    int status = take_request_line(line, &h);
    while (!status && (line = take_line(&rest, end)) && *line)
        status = take_header(line, &h);
    if (!status && (!line || rest != end))
        status = 400;
    if (!status)
        status = understand(&h);
    if (!status)
        *ret = h;
    return status;
}

/* Where a parameter's value begins; NULL: there is none. */
static const char *find_parameter(const struct http_head *h, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = h->query; *p; p += *p == '&') {
        if (!strncmp(p, name, n) && p[n] == '=')
            return p + n + 1;
        p += strcspn(p, "&");
    }
    return NULL;
}

int64_t http_head_number(const struct http_head *h, const char *name)
{
    const char *p = find_parameter(h, name);
    size_t digits = p ? strspn(p, "0123456789") : 0;
    return digits && digits <= 18 && (!p[digits] || p[digits] == '&') ? strtoll(p, NULL, 10) : -1;
}

bool http_head_word(const struct http_head *h, const char *name, char *out, size_t cap)
{
    static const char taken[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-_";
    const char *p = find_parameter(h, name);
    size_t n = p ? strspn(p, taken) : 0;
    bool fits = n && n < cap && (!p[n] || p[n] == '&');
    if (fits)
        memcpy(out, p, n);
    out[fits ? n : 0] = '\0';
    return fits;
}

const char *http_reason(int status)
{
    static const struct {
        int status;
        const char *words;
    } known[] = {{200, "OK"},
                 {204, "No Content"},
                 {206, "Partial Content"},
                 {304, "Not Modified"},
                 {400, "Bad Request"},
                 {401, "Unauthorized"},
                 {403, "Forbidden"},
                 {404, "Not Found"},
                 {409, "Conflict"},
                 {413, "Content Too Large"},
                 {416, "Range Not Satisfiable"},
                 {417, "Expectation Failed"},
                 {422, "Unprocessable Content"},
                 {429, "Too Many Requests"},
                 {431, "Request Header Fields Too Large"},
                 {500, "Internal Server Error"},
                 {501, "Not Implemented"},
                 {503, "Service Unavailable"},
                 {505, "HTTP Version Not Supported"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].status == status)
            return known[i].words;
    return "Status";
}
