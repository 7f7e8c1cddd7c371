/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of an HTTP/1.1 request (RFC 9112), read strictly: origin-form, CRLF, no folded lines, a body only by
 * Content-Length. Two readers of one request must not come to two opinions of where it ends, so whatever leaves room for
 * that is refused. Any bytes may come in; nothing is allocated.
 */
#ifndef HALL_HTTP_WIRE_H
#define HALL_HTTP_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_HEAD_MAX (8 * 1024)
#define HTTP_HEADERS_MAX 32

struct http_head {
    char *method, *path, *query; /* query: "" without one */
    struct http_header {
        char *name, *value;
    } headers[HTTP_HEADERS_MAX];
    size_t n;
    size_t body; /* its bytes; 0: none */
    bool close;  /* the peer wants no further request on this connection */
    bool expect; /* it waits for "100 Continue" before it sends the body */
};

/* `text`: what came up to and with the empty line, `len` <= HTTP_HEAD_MAX; it is cut into strings where it lies, and *ret
 * points into it. 0, or the status to answer with: 400, 417, 431, 501, 505. */
int http_head_decode(char *text, size_t len, struct http_head *ret);
/* NULL: there is none. Names are alike whatever their case. */
const char *http_head_find(const struct http_head *h, const char *name);
/* A parameter of the query as a number of at most 18 digits; -1: none. */
int64_t http_head_number(const struct http_head *h, const char *name);
/* A parameter that is one word: letters, digits and .,-_ (nothing else is decoded). False, and out is "": none, or it does
 * not fit. */
bool http_head_word(const struct http_head *h, const char *name, char *out, size_t cap);
/* "OK", "Not Found"; "Status" for one that is not in use here. */
const char *http_reason(int status);

#endif
