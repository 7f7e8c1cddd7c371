/* SPDX-License-Identifier: Apache-2.0
 *
 * hall-open: the only program of a running hall that holds the sealing keys. It has no network, no database and no screen:
 * a local socket, a folder of keys and a file of what it opened.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/line.h"
#include "base/log.h"
#include "base/must.h"
#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/version.h"
#include "tools/hall/open/asker.h"
#include "tools/hall/open/opener.h"

static const char usage[] =
    "hall-open --keys DIR --log FILE --socket PATH [--desk PATH] [--ask PATH]\n"
    "Opens sealed applications, one at a time, for `hallctl case open`, and writes down who asked and why before it "
    "answers.\n"
    "For the hall it answers the sealed questions of terminals; what it opens for that it shows to nobody, and writes down "
    "too.\n"
    "It runs as a user of its own, beside the hall, and can open no socket of the network.\n"
    "\n"
    "  --keys DIR     the sealing*.pem and ask*.pem, old and new side by side; a folder of that user, with the mode 0700.\n"
    "                 Keys that come later are found without a new start. index.secret is made there: back it up\n"
    "  --log FILE     every opening and every refusal, chained by hashes; read by `hallctl case openings`. What cannot be\n"
    "                 written there is not opened\n"
    "  --socket PATH  where it is asked: who may write this file (0660) may ask\n"
    "  --desk PATH    the same for the hall's staff pages, which name who is signed in there; without it they open nothing\n"
    "  --ask PATH     where the hall asks for terminals, likewise: nothing can be read through it\n"
    "  --help, --version\n"
    "\n"
    "Prints \"serving PATH\" when ready. Exit: 0 ended by a signal, 1 could not start, 2 wrong arguments.\n";

/* One line is a request with its sealed body: a few a second are more than people can read. */
static const struct line_bounds bounds = {
    .lines_per_s = 8, .bytes_per_s = 8 * LINE_MAX_BYTES, .queue_max = 8 * LINE_MAX_BYTES};

/* A terminal's question is two lines, and an index is one: it waits for the disk, so this is more than can be done. */
static const struct line_bounds ask_bounds = {
    .lines_per_s = 1000, .bytes_per_s = 256 * LINE_MAX_BYTES, .queue_max = 64 * LINE_MAX_BYTES};

struct program {
    const char *keys, *log_path, *socket, *desk, *ask;
    struct opening_log *log;
    struct asker *asker;
    struct loop *loop;
};

/* Who asks, by the kernel's word; -1: it says nothing, and the line is closed. */
static int64_t user_of(struct line *c)
{
    struct ucred who;
    socklen_t len = sizeof who;

    if (getsockopt(line_fd(c), SOL_SOCKET, SO_PEERCRED, &who, &len) == 0)
        return who.uid;
    log_error("opening", "the kernel does not say who asks: nothing is opened");
    line_destroy(c);
    return -1;
}

static void on_line(void *ctx, struct line *c, char *text)
{
    struct program *p = ctx;
    struct buf answer;

    if (!text) {
        line_destroy(c);
        return;
    }
    int64_t user = user_of(c);
    if (user < 0)
        return;
    buf_init(&answer, LINE_MAX_BYTES - 1);
    opener_answer(p->keys, p->log, user, text, &answer);
    line_send(c, buf_str(&answer));
    buf_finish(&answer);
}

static void on_ask(void *ctx, struct line *c, char *text)
{
    struct program *p = ctx;
    struct buf answer;

    if (!text) {
        line_destroy(c);
        return;
    }
    int64_t user = user_of(c);
    if (user < 0)
        return;
    buf_init(&answer, LINE_MAX_BYTES - 1);
    asker_answer(p->asker, user, text, &answer);
    line_send(c, buf_str(&answer));
    buf_finish(&answer);
}

static void on_terminate(void *ctx)
{
    loop_stop(ctx);
}

static int serve(struct program *p, struct err *e)
{
    struct line_server *server = NULL, *desk = NULL, *ask = NULL;
    int rc = opener_check_keys(p->keys, e);

    if (rc == 0)
        rc = opening_log_open(p->log_path, &p->log, e);
    if (rc == 0 && p->ask)
        rc = asker_create(p->keys, p->log, p->log_path, &p->asker, e);
    p->loop = loop_create();
    must(p->loop, "out of memory");
    if (rc == 0)
        rc = loop_on_terminate(p->loop, on_terminate, p->loop);
    if (rc == 0)
        rc = line_serve(p->loop, p->socket, &bounds, on_line, p, &server, e);
    if (rc == 0 && p->desk)
        rc = line_serve(p->loop, p->desk, &bounds, on_line, p, &desk, e);
    if (rc == 0 && p->ask)
        rc = line_serve(p->loop, p->ask, &ask_bounds, on_ask, p, &ask, e);
    if (rc == 0) {
        printf("serving %s\n", p->socket);
        fflush(stdout);
        rc = loop_run(p->loop);
    }
    line_server_destroy(ask);
    line_server_destroy(desk);
    line_server_destroy(server);
    loop_destroy(p->loop);
    asker_destroy(p->asker);
    opening_log_close(p->log);
    return rc;
}

static int run(int argc, char **argv)
{
    struct program p = {0};
    struct err e = {0};
    bool version = false;
    const struct option_word options[] = {{"--keys", &p.keys, NULL},
                                          {"--log", &p.log_path, NULL},
                                          {"--socket", &p.socket, NULL},
                                          {"--desk", &p.desk, NULL},
                                          {"--ask", &p.ask, NULL},
                                          {"--version", NULL, &version},
                                          {0}};
    int n, code = options_read("hall-open", argc, argv, usage, options, NULL, 0, &n);

    if (code < 0 && version) {
        printf("hall-open %s\n", version_text());
        return 0;
    }
    if (code < 0)
        code = options_fit("hall-open", options, "--keys --log --socket", "--desk --ask");
    if (code >= 0)
        return code;
    secret_harden_process();
    secret_wipe_heap();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    umask(0027);
    int rc = sandbox_no_network(&e);
    if (rc == 0)
        rc = serve(&p, &e);
    if (rc < 0)
        log_error("opening", "cannot start: %s", e.text);
    return rc < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    return options_end("hall-open", run(argc, argv), 1);
}
