/* SPDX-License-Identifier: Apache-2.0
 *
 * A client that does not keep to the rules: single connections to the hall, with or without a certificate, which send any
 * bytes when they like. Every wait ends after 20 seconds; nothing else depends on time.
 */
#ifndef HALL_RAW_TLS_H
#define HALL_RAW_TLS_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/hall/keys/openssl.h"

#define RAW_WAIT_MS 20000

struct raw {
    int fd;
    SSL *ssl; /* NULL: TCP alone */
};

/* `cert` and `key` NULL: a stranger. */
static inline SSL_CTX *raw_context(const char *cert, const char *key)
{
    SSL_CTX *c = SSL_CTX_new(TLS_client_method());
    if (cert &&
        (SSL_CTX_use_certificate_chain_file(c, cert) != 1 || SSL_CTX_use_PrivateKey_file(c, key, SSL_FILETYPE_PEM) != 1))
        printf("# %s cannot be used\n", cert);
    return c;
}

static inline int raw_connect(const char *address)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    int port = 0;
    sscanf(strrchr(address, ':'), ":%d", &port);
    to.sin_port = htons((uint16_t)port);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval wait = {RAW_WAIT_MS / 1000, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* With its handshake done. */
static inline struct raw raw_open(const char *address, SSL_CTX *tls)
{
    struct raw r = {raw_connect(address), NULL};
    if (r.fd >= 0 && tls) {
        r.ssl = SSL_new(tls);
        SSL_set_fd(r.ssl, r.fd);
        if (SSL_connect(r.ssl) != 1)
            printf("# no handshake\n");
    }
    ERR_clear_error();
    return r;
}

static inline void raw_close(struct raw *r)
{
    SSL_free(r->ssl);
    if (r->fd >= 0)
        close(r->fd);
    *r = (struct raw){-1, NULL};
}

static inline bool raw_send(struct raw *r, const char *text, size_t len)
{
    int n = r->ssl ? SSL_write(r->ssl, text, (int)len) : (int)send(r->fd, text, len, MSG_NOSIGNAL);
    ERR_clear_error();
    return n == (int)len;
}

static inline bool raw_say(struct raw *r, const char *text)
{
    return raw_send(r, text, strlen(text));
}

/* The answer's status, its whole text in `out`: read until its body is there; 0: the connection was closed first. */
static inline int raw_answer(struct raw *r, char *out, size_t cap)
{
    size_t n = 0, length = 0;
    int status = 0;
    out[0] = '\0';
    while (n + 1 < cap) {
        char *end = strstr(out, "\r\n\r\n"), *field = strstr(out, "Content-Length: ");
        if (field)
            length = (size_t)atol(field + 16);
        if (end && n >= (size_t)(end + 4 - out) + length)
            break;
        int got = SSL_read(r->ssl, out + n, (int)(cap - 1 - n));
        ERR_clear_error();
        if (got <= 0)
            return 0;
        n += (size_t)got;
        out[n] = '\0';
    }
    return sscanf(out, "HTTP/1.1 %d", &status) == 1 ? status : -1;
}

static inline int raw_status(struct raw *r)
{
    static char text[32 * 1024];
    return raw_answer(r, text, sizeof text);
}

/* Waits until the hall has closed it; false: it did not, or sent something. */
static inline bool raw_ended(struct raw *r)
{
    char byte;
    int n = r->ssl ? SSL_read(r->ssl, &byte, 1) : (int)recv(r->fd, &byte, 1, 0);
    bool closed = n <= 0 && (!r->ssl || SSL_get_error(r->ssl, n) != SSL_ERROR_WANT_READ);
    ERR_clear_error();
    return closed;
}

/* It is still there, and nothing has come. */
static inline bool raw_lives(struct raw *r)
{
    char byte;
    if (!r->ssl)
        return recv(r->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
    int flags = fcntl(r->fd, F_GETFL);
    fcntl(r->fd, F_SETFL, flags | O_NONBLOCK);
    int n = SSL_peek(r->ssl, &byte, 1); /* tickets of the session may lie there */
    bool lives = n <= 0 && SSL_get_error(r->ssl, n) == SSL_ERROR_WANT_READ;
    fcntl(r->fd, F_SETFL, flags);
    ERR_clear_error();
    return lives;
}

#endif
