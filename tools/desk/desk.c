/* SPDX-License-Identifier: Apache-2.0
 *
 * See desk.h.
 */
#include "tools/desk/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/control.h"
#include "base/json.h"
#include "base/line.h"
#include "base/log.h"
#include "base/loop.h"
#include "drivers/virtual/bus.h"
#include "drivers/virtual/card_file.h"
#include "drivers/virtual/plain.h"
#include "drivers/virtual/printer.h"
#include "drivers/virtual/sam.h"
#include "drivers/virtual/usbip_server.h"
#include "drivers/virtual/usbredir.h"
#include "tools/desk/paper.h"

#define REPLY_MAX (32 * 1024 * 1024)
#define CLIENTS_MAX 16

struct printer {
    struct desk *desk;
    const char *role;
};

struct desk {
    struct loop *loop;
    struct virtual_bus *bus;
    struct line_server *server;
    struct tray *tray;
    struct printer printers[2];
    struct line *clients[CLIENTS_MAX];
};

static const char *const roles[] = {"reader", "printer", "ticket", "reader2", "keyboard", "stick"};
#define N_ROLES (sizeof roles / sizeof *roles)

/* --- paper ------------------------------------------------------------------------------------------------------------ */

static void on_paper(void *ctx, const struct virtual_paper *paper)
{
    const struct printer *p = ctx;
    tray_add(p->desk->tray, p->role, paper);
}

struct listing {
    const char *role;
    struct buf *out;
    int count;
};

static void on_unfinished(void *ctx, const struct virtual_paper *paper)
{
    struct listing *l = ctx;
    if (l->count++ > 0)
        buf_addc(l->out, ',');
    tray_describe(l->role, paper, l->out);
}

static int list_paper(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    struct listing l = {.out = reply};
    buf_addc(reply, '[');
    l.count = tray_list(d->tray, reply);
    for (size_t i = 0; i < 2; i++) {
        struct virtual_device *printer = virtual_bus_find(d->bus, d->printers[i].role);
        l.role = d->printers[i].role;
        if (printer)
            virtual_printer_unfinished(printer, on_unfinished, &l);
    }
    return buf_addc(reply, ']');
}

/* --- commands --------------------------------------------------------------------------------------------------------- */

/* A card is laid on the reader that is there. */
static const char *reader_in_use(struct desk *d)
{
    return virtual_bus_plugged(d->bus, "reader2") && !virtual_bus_plugged(d->bus, "reader") ? "reader2" : "reader";
}

static int place(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    struct virtual_card card;
    const char *role = reader_in_use(d);
    struct virtual_device *reader = virtual_bus_find(d->bus, role);
    if (!reader)
        return err_set(e, ERR_NOTFOUND, "there is no reader on this desk");
    int rc = card_file_read(a->word, &card, e);
    if (rc < 0)
        return rc;
    virtual_sam_place(reader, &card);
    virtual_bus_poke(d->bus, role);
    return 0;
}

static int status(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    struct jsonw w;
    jsonw_init(&w, reply);
    jsonw_obj(&w, NULL);
    for (size_t i = 0; i < N_ROLES; i++) {
        struct buf own;
        if (!virtual_bus_find(d->bus, roles[i]))
            continue;
        buf_init(&own, 4096);
        virtual_bus_command(d->bus, roles[i], "status", &own);
        jsonw_obj(&w, roles[i]);
        jsonw_bool(&w, "plugged", virtual_bus_plugged(d->bus, roles[i]));
        jsonw_raw(&w, "device", buf_str(&own), own.len);
        jsonw_end(&w);
        buf_finish(&own);
    }
    jsonw_end(&w);
    return 0;
}

static int poke(struct desk *d, const char *role, const char *words, struct buf *reply, struct err *e)
{
    int rc = virtual_bus_command(d->bus, role, words, reply);
    if (rc == -ERR_NOTFOUND)
        return err_set(e, ERR_NOTFOUND, "there is no %s on this desk", role);
    return rc < 0 ? err_set(e, ERR_INVALID, "a %s does not know \"%s\"", role, words) : 0;
}

static int device(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    return poke(ctx, a->command, a->word, reply, e);
}

static int lift(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    return poke(ctx, reader_in_use(ctx), "lift", reply, e);
}

static int add(struct desk *d, const char *role, struct virtual_device *v)
{
    if (v)
        virtual_bus_add(d->bus, role, v);
    return v ? 0 : -ERR_NOTFOUND;
}

static int add_plain(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    if ((strcmp(a->word, "keyboard") && strcmp(a->word, "stick")) || virtual_bus_find(d->bus, a->word))
        return err_set(e, ERR_INVALID, "one reader2, keyboard and stick may be added");
    return add(d, a->word, virtual_plain_create(a->word, e));
}

static int add_second(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    if (virtual_bus_find(d->bus, "reader2"))
        return err_set(e, ERR_INVALID, "there is one already");
    return add(d, "reader2", virtual_sam_create(a->word ? a->word : "split", e));
}

static int hub_reset(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    virtual_bus_reset_hub(d->bus);
    return 0;
}

static int quit(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct desk *d = ctx;
    loop_stop(d->loop);
    return 0;
}

static const struct control_command commands[] = {
    {"paper", "", list_paper},        {"status", "", status},   {"card place", "r", place},   {"card lift", "", lift},
    {"add reader2", "W", add_second}, {"add", "w", add_plain},  {"hub reset", "", hub_reset}, {"quit", "", quit},
    {"reader", "r", device},          {"printer", "r", device}, {"ticket", "r", device},      {"reader2", "r", device},
    {"keyboard", "r", device},        {"stick", "r", device},   {NULL, NULL, NULL},
};

static const struct control_table table = {.commands = commands};

static void drop_client(struct desk *d, struct line *c)
{
    for (int i = 0; i < CLIENTS_MAX; i++) {
        if (d->clients[i] == c)
            d->clients[i] = NULL;
    }
    line_destroy(c);
}

static void on_line(void *ctx, struct line *c, char *text)
{
    struct desk *d = ctx;
    struct buf reply;
    if (!text) {
        drop_client(d, c);
        return;
    }
    buf_init(&reply, REPLY_MAX);
    control_obey(&table, d, text, &reply);
    line_send(c, buf_str(&reply));
    buf_finish(&reply);
}

static void on_connection(void *ctx, int fd)
{
    struct desk *d = ctx;
    for (int i = 0; i < CLIENTS_MAX; i++) {
        if (d->clients[i])
            continue;
        d->clients[i] = line_create(d->loop, fd, on_line, d);
        return;
    }
    close(fd); /* more hands than a desk has room for */
}

/* --- setting up ------------------------------------------------------------------------------------------------------- */

static int add_printer(struct desk *d, struct printer *p, const char *role, const char *profile, struct err *e)
{
    *p = (struct printer){.desk = d, .role = role};
    if (!strcmp(profile, "none"))
        return 0;
    struct virtual_device *v = virtual_printer_create(profile, e);
    if (!v)
        return -ERR_NOTFOUND;
    virtual_printer_on_job(v, on_paper, p);
    virtual_bus_add(d->bus, role, v);
    return 0;
}

static int add_reader(struct desk *d, const char *transport, struct err *e)
{
    if (!strcmp(transport, "none"))
        return 0;
    struct virtual_device *v = virtual_sam_create(transport, e);
    if (!v)
        return -ERR_NOTFOUND;
    virtual_bus_add(d->bus, "reader", v);
    return 0;
}

static void stop(void *ctx)
{
    struct desk *d = ctx;
    loop_stop(d->loop);
}

/* Other ways to the same devices, for other machines. */
static int serve_elsewhere(struct desk *d, const struct desk_options *o, struct err *e)
{
    char path[256];
    int rc = o->usbip ? usbip_server_start(d->bus, o->usbip, NULL, e) : 0;
    for (size_t i = 0; rc == 0 && o->usbredir && i < N_ROLES; i++) {
        if (!virtual_bus_find(d->bus, roles[i]))
            continue;
        if ((size_t)snprintf(path, sizeof path, "%s.%s", o->usbredir, roles[i]) >= sizeof path)
            return err_set(e, ERR_TOOLONG, "%s", o->usbredir);
        rc = usbredir_start(d->bus, roles[i], path, e);
    }
    return rc;
}

static int set_up(struct desk *d, const struct desk_options *o, struct err *e)
{
    int rc = line_listen(d->loop, o->socket, on_connection, d, &d->server, e);
    if (rc < 0)
        return rc;
    d->bus = virtual_bus_create(d->loop, o->socket, e);
    if (!d->bus)
        return -e->code;
    rc = add_reader(d, o->reader, e);
    if (rc == 0)
        rc = add_printer(d, &d->printers[0], "printer", o->printer, e);
    if (rc == 0)
        rc = add_printer(d, &d->printers[1], "ticket", o->ticket, e);
    if (rc == 0)
        rc = serve_elsewhere(d, o, e);
    if (rc == 0 && !(d->tray = tray_create(o->paper, e))) /* last: a desk that does not come to be makes no folder */
        rc = -e->code;
    return rc == 0 ? loop_on_terminate(d->loop, stop, d) : rc;
}

/* Paper that still hangs in a printer is kept as it is. */
static void keep_unfinished(struct desk *d)
{
    for (size_t i = 0; i < 2; i++) {
        struct virtual_device *v = d->printers[i].role ? virtual_bus_find(d->bus, d->printers[i].role) : NULL;
        if (v)
            virtual_printer_unfinished(v, on_paper, &d->printers[i]);
    }
}

int desk_run(const struct desk_options *o, struct err *e)
{
    struct desk d = {.loop = loop_create()};
    if (!d.loop)
        return err_set(e, ERR_NOMEM, "start the desk");
    int rc = set_up(&d, o, e);
    if (rc == 0) {
        printf("ready at %s\n", o->socket);
        fflush(stdout);
        rc = loop_run(d.loop);
        keep_unfinished(&d);
    }
    for (int i = 0; i < CLIENTS_MAX; i++)
        line_destroy(d.clients[i]);
    virtual_bus_destroy(d.bus);
    line_server_destroy(d.server);
    tray_destroy(d.tray);
    loop_destroy(d.loop);
    return rc;
}
