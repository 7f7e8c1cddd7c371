/* SPDX-License-Identifier: Apache-2.0
 *
 * See desk.h: the listener, who is let in by the head alone, the routes.
 */
#include "tools/hall/staff/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/staff/board.h"
#include "tools/hall/staff/made.h"
#include "tools/hall/staff/page.h"

/* In every answer. What is not named may not be loaded, framed, kept or guessed at. */
static const char headers[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Strict-Transport-Security: max-age=31536000\r\n";

/* Does this request come from a page of this very host? A page of another one cannot set a header of its own here, and its
 * browser says where it comes from. */
static bool from_here(const struct exchange *x)
{
    static const char scheme[] = "https://";
    const char *origin = exchange_header(x, "Origin"), *host = exchange_header(x, "Host");

    return exchange_header(x, "X-Tongban") && origin && host && strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           strcmp(origin + sizeof scheme - 1, host) == 0;
}

static int gate(void *ctx, const struct exchange *x, const char **ret_words)
{
    *ret_words = "this is written from the hall's own pages alone";
    return strcmp(exchange_method(x), "GET") == 0 || from_here(x) ? 0 : 403;
}

#define API(method, path, needs, body, name)                                                                                \
    static void on_##name(void *ctx, struct exchange *x)                                                                    \
    {                                                                                                                       \
        ask_begin(ctx, x, &api_##name, NEEDS_##needs);                                                                      \
    }
#include "tools/hall/staff/route.def"
#undef API

static void on_page(void *ctx, struct exchange *x)
{
    struct desk *d = ctx;

    page_answer(d->pages, x);
}

static const struct server_route routes[] = {
#define API(method_, path_, needs, body_, name)                                                                             \
    {.method = #method_, .path = path_, .open = true, .body = body_, .fn = on_##name},
#include "tools/hall/staff/route.def"
#undef API
    {.method = "GET", .path = "/", .open = true, .fn = on_page},
    {0},
};

int desk_create(struct event_base *base, const struct desk_config *config, struct desk **ret, struct err *e)
{
    struct desk *d = calloc(1, sizeof *d);

    if (!d)
        return err_set(e, ERR_NOMEM, "the staff's door");
    const struct server_config door = {.tls_dir = config->tls,
                                       .listen = config->listen,
                                       .per_address = config->per_address,
                                       .routes = routes,
                                       .gate = gate,
                                       .headers = headers,
                                       .ctx = d};
    d->base = base;
    d->writer = config->writer;
    d->alerts = config->alerts;
    d->guesses = guess_create();
    d->people = guess_create();
    d->boards = board_create();
    d->makings = makings_create(base);
    int rc = d->guesses && d->people && d->boards && d->makings && text_copy(d->data, sizeof d->data, config->data)
                 ? page_load(config->pages, &d->pages, e)
                 : err_set(e, ERR_NOMEM, "the staff's door");
    if (rc == 0)
        rc = reader_create(base, config->data, &d->reader, e);
    if (rc == 0)
        rc = opener_line_create(base, config->open, &d->opener, e);
    if (rc == 0)
        rc = server_create(base, &door, &d->server, e);
    if (rc < 0) {
        desk_stop(d);
        desk_destroy(d);
        return err_wrap(e, rc, "the staff's door");
    }
    *ret = d;
    return 0;
}

void desk_stop(struct desk *d)
{
    if (!d)
        return;
    d->stopped = true;
    reader_destroy(d->reader);
    d->reader = NULL;
    opener_line_destroy(d->opener);
    d->opener = NULL;
    makings_stop(d->makings);
}

void desk_destroy(struct desk *d)
{
    if (!d)
        return;
    server_destroy(d->server);
    page_free(d->pages);
    guess_destroy(d->guesses);
    guess_destroy(d->people);
    board_destroy(d->boards);
    makings_destroy(d->makings);
    free(d);
}

const char *desk_address(const struct desk *d)
{
    return server_address(d->server);
}
