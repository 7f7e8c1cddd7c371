/* SPDX-License-Identifier: Apache-2.0
 *
 * hall: the central hall the terminals report to. Holds no key that opens what residents wrote.
 */
#include <dirent.h>
#include <errno.h>
#include <event2/event.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/options.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/version.h"
#include "tools/hall/control.h"
#include "tools/hall/door/address.h"
#include "tools/hall/staff/desk.h"
#include "tools/hall/store/disk.h"
#include "tools/hall/store/lease_log.h"
#include "tools/hall/upkeep.h"
#include "wire/ask.h"
#include "wire/batch.h"
#include "wire/lease.h"
#include "wire/system.h"

#define ASK_SOCKET "/run/tongban-ask/ask.sock"
#define OPEN_SOCKET "/run/tongban-ask/desk.sock"
#define PAGES "/usr/share/tongban/staff"

static const char usage[] =
    "hall --data DIR [--listen ADDR:PORT] [--per-address N] [--ask PATH]\n"
    "     [--staff-listen ADDR:PORT [--staff-pages DIR] [--open PATH]] [--user NAME] [--json] [--control FD[,MS]]\n"
    "The central hall: HTTPS for terminals, with client certificates; and a second door for staff with their browsers.\n"
    "\n"
    "  --data DIR          what `hallctl keys init` made: hall.db, tls/, public/\n"
    "  --listen ADDR:PORT  default 127.0.0.1:8443; port 0 takes any; the one taken is printed\n"
    "  --per-address N     connections at a time from one address that have shown no terminal's certificate; default 64.\n"
    "                      More where a proxy stands before the hall, and all come from its address\n"
    "  --ask PATH          hall-open's socket for terminals' questions; default " ASK_SOCKET "\n"
    "  --staff-listen ADDR:PORT  where staff come in, on a host name of its own; shows DIR/tls/staff.pem (hallctl staff "
    "door)\n"
    "  --staff-pages DIR   the pages they get; default " PAGES "\n"
    "  --open PATH         hall-open's socket for what they open there; default " OPEN_SOCKET "\n"
    "  --user NAME         when started as root: gives DIR to NAME and becomes NAME, who cannot read the staff's keys\n"
    "  --json              the one taken as {\"listening\":\"ADDR:PORT\"}, with \"staff\" where that door is open\n"
    "  --control FD[,MS]   for tests: an inherited socket, and the wall clock at start\n"
    "  --help, --version\n"
    "\n"
    "Prints \"listening on ADDR:PORT\" when ready, and \"staff on ADDR:PORT\". Exit: 0 ended by a signal, 1 could not start "
    "or\n"
    "hall.db is damaged, 2 wrong arguments.\n";

#define LOG_RATE 60000 /* a minute: thousands of terminals speak through one program */

struct options {
    const char *data, *listen, *user, *ask, *open, *staff_listen, *staff_pages;
    size_t per_address;
    int control;
    bool json;
};

/* The values of options. -1: go on; else the exit code. */
static int read_values(struct options *o, const char *per_address, const char *control)
{
    struct address a;
    struct err e = {0};
    int64_t n = 0, ms = 0;
    if (address_parse(o->listen, &a, &e) < 0)
        return options_wrong("hall", "--listen: %s", e.text);
    if (o->staff_listen && address_parse(o->staff_listen, &a, &e) < 0)
        return options_wrong("hall", "--staff-listen: %s", e.text);
    if (o->staff_pages && !o->staff_listen)
        return options_wrong("hall", "--staff-pages belongs to --staff-listen");
    if (o->open && !o->staff_listen)
        return options_wrong("hall", "--open belongs to --staff-listen");
    int code = per_address ? options_number("hall", "--per-address", per_address, 1, INT_MAX, &n) : -1;
    o->per_address = (size_t)n;
    if (code < 0 && control)
        code = options_control("hall", control, &o->control, &ms);
    if (code < 0 && ms) /* the clock stands right before anything is read */
        clock_set_wall(ms);
    return code;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct options *o)
{
    const char *per_address = NULL, *control = NULL;
    bool version = false;
    *o = (struct options){.listen = "127.0.0.1:8443", .ask = ASK_SOCKET, .control = -1};
    const struct option_word list[] = {{"--data", &o->data, NULL},
                                       {"--listen", &o->listen, NULL},
                                       {"--per-address", &per_address, NULL},
                                       {"--ask", &o->ask, NULL},
                                       {"--open", &o->open, NULL},
                                       {"--staff-listen", &o->staff_listen, NULL},
                                       {"--staff-pages", &o->staff_pages, NULL},
                                       {"--user", &o->user, NULL},
                                       {"--json", NULL, &o->json},
                                       {"--control", &control, NULL},
                                       {"--version", NULL, &version},
                                       {0}};
    int n, code = options_read("hall", argc, argv, usage, list, NULL, 0, &n);
    if (code < 0 && version)
        return printf("hall %s\n", version_text()) < 0;
    if (code < 0 && !o->data)
        code = options_wrong("hall", "--data is missing");
    return code < 0 ? read_values(o, per_address, control) : code;
}

/* --- becoming somebody who may less --- */

/* The folder and what lies directly in it; links are not followed. */
static int give(const char *dir, const struct passwd *to, struct err *e)
{
    char path[700];
    DIR *d = opendir(dir);
    if (!d || lchown(dir, to->pw_uid, to->pw_gid)) {
        int rc = err_errno(e, "give %s to %s", dir, to->pw_name);
        if (d)
            closedir(d);
        return rc;
    }
    for (struct dirent *f; (f = readdir(d));) {
        snprintf(path, sizeof path, "%s/%s", dir, f->d_name);
        if (f->d_type == DT_REG && lchown(path, to->pw_uid, to->pw_gid))
            log_warn("hall", "%s stays with its owner: %s", path, strerror(errno));
    }
    closedir(d);
    return 0;
}

/* What hallctl may have made for root: the hall keeps there what staff bring (staff/upload.c). */
static int give_inner(const char *dir, const char *name, const struct passwd *to, struct err *e)
{
    char path[700];
    if (fs_join(path, sizeof path, dir, name))
        return err_set(e, ERR_TOOLONG, "%s", dir);
    return access(path, F_OK) ? 0 : give(path, to, e);
}

static int become(const struct hall *h, const char *user, struct err *e)
{
    const struct passwd *to = getpwnam(user);
    if (!to)
        return err_set(e, ERR_NOTFOUND, "no user %s: create it, e.g. adduser --system %s", user, user);
    if (geteuid() == to->pw_uid)
        return 0;
    if (geteuid() != 0)
        return err_set(e, ERR_ACCESS, "only root can become %s", user);
    int rc = give(h->data, to, e);
    if (rc == 0)
        rc = give(h->tls, to, e);
    if (rc == 0)
        rc = give(h->public, to, e);
    if (rc == 0)
        rc = give_inner(h->public, "files", to, e);
    if (rc == 0)
        rc = give_inner(h->data, "staging", to, e);
    if (rc)
        return rc;
    if (setgroups(0, NULL) || setgid(to->pw_gid) || setuid(to->pw_uid) || setuid(0) == 0)
        return err_errno(e, "become %s", user);
    return 0;
}

/* --- putting it together --- */

enum { ROUTE_TERMINAL, ROUTE_RENEWAL, ROUTE_ANYBODY };

static void wait_get(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    wait_add(h->wait, x, exchange_who(x)->office);
}

static void on_published(void *ctx, const struct manifest_catalog *c, const struct manifest_root *root)
{
    struct hall *h = ctx;
    struct err e = {0};
    if (signer_take(h->signer, h->tls, &root->acknowledgement, &e))
        log_error("hall", "%s", e.text);
    if (c->version)
        known_published(h->known, c);
    wait_set_version(h->wait, c->version);
    offer_published(h->offer, c->version, root);
}

static int64_t what_is_offered(void *ctx, const char *terminal, int64_t known)
{
    return offer_version(((struct hall *)ctx)->offer, terminal, known);
}

static void on_offer(void *ctx)
{
    wait_offer_changed(((struct hall *)ctx)->wait);
}

static void on_edition(void *ctx, const char *what, const char *detail)
{
    hall_alert(ctx, 0, STORE_NO_TERMINAL, what, detail);
}

static void on_catalogue_trouble(void *ctx, const char *why)
{
    hall_alert(ctx, 0, STORE_NO_TERMINAL, "catalogue-damaged", why);
}

/* The writer could not write. A damaged database is not written to again: terminals keep what they have. */
static void on_write_failure(void *ctx, int rc, const struct err *why)
{
    struct hall *h = ctx;
    if (rc == -ERR_NOSPACE && log_due(&h->full_told))
        hall_alert(h, 0, STORE_NO_TERMINAL, "hall-disk-full", "terminals keep what it cannot take; make room");
    if (rc != -ERR_CHECKSUM)
        return;
    log_error("hall", "hall.db is damaged: %s. Restore it from the backup (tools/hall/README.md)", why->text);
    h->failed = true;
    event_base_loopbreak(h->base);
}

static void on_disk_tick(evutil_socket_t fd, short what, void *ctx)
{
    struct hall *h = ctx;
    char words[160];
    enum disk_state state = disk_state(h->data, words, sizeof words);
    if (state != DISK_FINE && state != h->disk)
        hall_alert(h, 0, STORE_NO_TERMINAL, state == DISK_FULL ? "hall-disk-full" : "hall-disk-low", words);
    h->disk = state;
}

static void on_signal(evutil_socket_t fd, short what, void *ctx)
{
    event_base_loopbreak(ctx);
}

static const struct server_route routes[] = {
#define ROUTE(method_, path_, may, body_, handler)                                                                          \
    {.method = #method_,                                                                                                    \
     .path = path_,                                                                                                         \
     .open = ROUTE_##may == ROUTE_ANYBODY,                                                                                  \
     .renews = ROUTE_##may == ROUTE_RENEWAL,                                                                                \
     .body = body_,                                                                                                         \
     .fn = handler},
#include "tools/hall/door/route.def"
#undef ROUTE
    {0},
};

static int open_desk(struct hall *h, const struct options *o, struct desk **ret, struct err *e)
{
    const struct desk_config config = {.data = h->data,
                                       .tls = h->tls,
                                       .listen = o->staff_listen,
                                       .pages = o->staff_pages ? o->staff_pages : PAGES,
                                       .open = o->open ? o->open : OPEN_SOCKET,
                                       .per_address = o->per_address,
                                       .writer = h->writer,
                                       .alerts = h->alerts};
    return o->staff_listen ? desk_create(h->base, &config, ret, e) : 0;
}

static int open_all(struct hall *h, struct publish **publish, const struct options *o, struct err *e)
{
    int rc = store_open(h->data, &h->written, e);
    if (rc == 0)
        rc = store_check(h->written, h->data, e);
    if (rc == 0)
        rc = lease_log_open(h->written, h->data, e);
    if (rc == 0)
        rc = pki_load(h->tls, &h->pki, e);
    if (rc == 0)
        rc = signer_load(h->tls, &h->signer, e);
    if (rc == 0)
        rc = reader_create(h->base, h->data, &h->reader, e);
    if (rc == 0) /* the writer has not begun */
        rc = registry_create(h->base, h->written, h->reader, enrol_changed, h, &h->registry, e);
    if (rc == 0)
        rc = writer_create(h->base, h->written, &h->writer, e);
    if (rc == 0)
        rc = alerts_create(h->base, h->writer, &h->alerts, e);
    if (rc == 0)
        rc = book_create(&h->book, e);
    if (rc == 0)
        rc = opener_line_create(h->base, o->ask, &h->opener, e);
    if (rc == 0)
        rc = indexing_create(h->base, h->reader, h->writer, h->opener, &h->indexing, e);
    if (rc == 0)
        rc = known_create(h->writer, h->book, h->public, on_catalogue_trouble, h, &h->known, e);
    if (rc == 0)
        rc = wait_create(h->base, &h->wait, e);
    if (rc == 0)
        rc = queues_create(h->base, h->reader, h->signer, h->wait, &h->queues, e);
    if (rc == 0)
        rc = halts_teller_create(h->base, h->reader, h->signer, h->wait, &h->halts, e);
    const struct offer_config offers = {.data = h->data,
                                        .reader = h->reader,
                                        .writer = h->writer,
                                        .registry = h->registry,
                                        .publish = publish,
                                        .changed = on_offer,
                                        .told = on_edition,
                                        .ctx = h};
    if (rc == 0)
        rc = offer_create(h->base, &offers, &h->offer, e);
    if (rc == 0)
        wait_set_offer(h->wait, what_is_offered, h);
    if (rc == 0)
        rc = publish_create(h->base, h->tls, h->public, on_published, h, publish, e);
    known_wait(h->known);
    if (rc == 0)
        writer_on_failure(h->writer, on_write_failure, h);
    if (rc == 0 && !(h->guesses = guess_create()))
        rc = err_set(e, ERR_NOMEM, "start");
    if (rc == 0)
        rc = upkeep_create(h, &h->upkeep, e);
    const struct server_config config = {.tls_dir = h->tls,
                                         .listen = o->listen,
                                         .routes = routes,
                                         .known = enrol_known,
                                         .per_address = o->per_address,
                                         .ctx = h};
    if (rc == 0)
        rc = server_create(h->base, &config, &h->server, e);
    return rc;
}

/* The order matters: what still owes answers ends before the connections they go to. */
static void close_all(struct hall *h, struct publish *publish, struct desk *desk)
{
    indexing_end(h->indexing);
    desk_stop(desk);
    reader_destroy(h->reader);
    opener_line_destroy(h->opener);
    upkeep_destroy(h->upkeep);
    queues_destroy(h->queues);
    halts_teller_destroy(h->halts);
    offer_stop(h->offer);
    wait_destroy(h->wait);
    known_wait(h->known);
    writer_destroy(h->writer);
    alerts_destroy(h->alerts);
    known_destroy(h->known);
    offer_destroy(h->offer);
    indexing_destroy(h->indexing);
    book_destroy(h->book);
    server_destroy(h->server);
    desk_destroy(desk);
    publish_destroy(publish);
    registry_destroy(h->registry);
    store_close(h->written);
    signer_free(h->signer);
    pki_free(h->pki);
    guess_destroy(h->guesses);
}

static void say_ready(const struct hall *h, const struct desk *desk, bool json)
{
    const char *staff = desk ? desk_address(desk) : NULL;
    if (json && staff)
        printf("{\"listening\":\"%s\",\"staff\":\"%s\"}\n", server_address(h->server), staff);
    else if (json)
        printf("{\"listening\":\"%s\"}\n", server_address(h->server));
    else
        printf("listening on %s\n", server_address(h->server));
    if (!json && staff)
        printf("staff on %s\n", staff);
    fflush(stdout);
}

static int serve(struct hall *h, const struct options *o, struct err *e)
{
    static const struct timeval minute = {60, 0};
    struct publish *publish = NULL;
    struct control *control = NULL;
    struct desk *desk = NULL;
    struct event *term = evsignal_new(h->base, SIGTERM, on_signal, h->base);
    struct event *intr = evsignal_new(h->base, SIGINT, on_signal, h->base);
    struct event *disk = event_new(h->base, -1, EV_PERSIST, on_disk_tick, h);
    event_add(term, NULL);
    event_add(intr, NULL);
    event_add(disk, &minute);
    int rc = open_all(h, &publish, o, e);
    if (rc == 0)
        rc = open_desk(h, o, &desk, e);
    if (rc == 0 && o->control >= 0)
        rc = hall_control_create(h, publish, o->control, &control, e);
    if (rc == 0) {
        say_ready(h, desk, o->json);
        on_disk_tick(-1, 0, h);
        event_base_dispatch(h->base);
    }
    close_all(h, publish, desk);
    hall_control_destroy(control);
    event_free(term);
    event_free(intr);
    event_free(disk);
    return rc;
}

/* One hall for one folder: two would each know only their own terminals' places and connections. hallctl may work beside. */
static int lock_folder(const struct hall *h, int *ret_fd, struct err *e)
{
    char path[512];
    if (fs_join(path, sizeof path, h->data, "hall.lock"))
        return err_set(e, ERR_TOOLONG, "%s", h->data);
    if (access(h->tls, F_OK)) /* store_open() says what is wrong; a folder that is no hall gets no lock file */
        return 0;
    int rc = fs_lock(path, 0, ret_fd, e);
    return rc == -ERR_BUSY ? err_set(e, ERR_BUSY, "another hall runs on %s", h->data) : rc;
}

int main(int argc, char **argv)
{
    struct options o;
    struct hall h = {0};
    struct err e = {0};
    int code = read_options(argc, argv, &o);
    if (code >= 0)
        return options_end("hall", code, 1);
    /* no core dumps: the CA's key is in memory */
    secret_harden_process();
    signal(SIGPIPE, SIG_IGN);
    umask(0077);
    log_set_rate(LOG_RATE);
    int rc = 0, lock = -1;
    if (!text_copy(h.data, sizeof h.data, o.data) || fs_join(h.tls, sizeof h.tls, o.data, "tls") ||
        fs_join(h.public, sizeof h.public, o.data, "public"))
        rc = err_set(&e, ERR_TOOLONG, "%s", o.data);
    if (rc == 0 && o.user)
        rc = become(&h, o.user, &e);
    if (rc == 0)
        rc = lock_folder(&h, &lock, &e);
    if (rc == 0 && !(h.base = event_base_new()))
        rc = err_set(&e, ERR_NOMEM, "start");
    if (rc == 0)
        rc = serve(&h, &o, &e);
    if (h.base)
        event_base_free(h.base);
    if (rc)
        log_error("hall", "cannot start: %s", e.text);
    if (lock >= 0)
        close(lock);
    return rc || h.failed ? 1 : 0;
}
