/* SPDX-License-Identifier: Apache-2.0
 *
 * hall-open: the only program of a running hall that holds the sealing keys. It has no network, no database and no screen:
 * a local socket, a folder of keys and a file of what it opened.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/line.h"
#include "base/log.h"
#include "base/must.h"
#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/version.h"
#include "tools/hall/open/asker.h"
#include "tools/hall/open/holder.h"
#include "tools/hall/open/holder_wire.h"
#include "tools/hall/open/opener.h"

static const char usage[] =
    "hall-open --keys DIR --log FILE --socket PATH [--desk PATH] [--ask PATH] [--pkcs11 MODULE --token LABEL --pin FILE]\n"
    "Opens sealed applications, one at a time, for `hallctl case open`, and writes down who asked and why before it "
    "answers.\n"
    "For `hallctl licence` it gives the number of one applicant, to ask the platform with, and blind names for the "
    "register.\n"
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
    "  --pkcs11 MODULE, --token LABEL, --pin FILE\n"
    "                 keys in a token too: a library like /usr/lib/softhsm/libsofthsm2.so, which token, and a file with "
    "its\n"
    "                 PIN that nobody else may read. P-256 keys that may derive, labelled sealing-… and ask-…; their\n"
    "                 private halves never leave the token. A module that needs a network does not work here\n"
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
    const char *log_path, *socket, *desk, *ask, *module, *label, *pin;
    struct keyring keys;
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

/* One line, one answer; NULL: whoever asked has gone. */
static void serve_line(struct program *p, struct line *c, char *text,
                       void (*answer)(struct program *p, int64_t user, char *text, struct buf *out))
{
    struct buf out;

    if (!text) {
        line_destroy(c);
        return;
    }
    int64_t user = user_of(c);
    if (user < 0)
        return;
    buf_init(&out, LINE_MAX_BYTES - 1);
    answer(p, user, text, &out);
    line_send(c, buf_str(&out));
    buf_finish(&out);
}

/* hallctl alone asks about licences: the socket of the staff's pages and that of the hall take no such line. */
static void answer_hallctl(struct program *p, int64_t user, char *text, struct buf *out)
{
    if (holder_asks(text))
        holder_obey(&p->keys, p->log, user, text, out);
    else
        opener_answer(&p->keys, p->log, user, text, out);
}

static void answer_staff(struct program *p, int64_t user, char *text, struct buf *out)
{
    opener_answer(&p->keys, p->log, user, text, out);
}

static void answer_hall(struct program *p, int64_t user, char *text, struct buf *out)
{
    asker_answer(p->asker, user, text, out);
}

static void on_line(void *ctx, struct line *c, char *text)
{
    serve_line(ctx, c, text, answer_hallctl);
}

static void on_desk(void *ctx, struct line *c, char *text)
{
    serve_line(ctx, c, text, answer_staff);
}

static void on_ask(void *ctx, struct line *c, char *text)
{
    serve_line(ctx, c, text, answer_hall);
}

static void on_terminate(void *ctx)
{
    loop_stop(ctx);
}

static int serve(struct program *p, struct err *e)
{
    struct line_server *server = NULL, *desk = NULL, *ask = NULL;
    int rc = opener_check_keys(p->keys.dir, e);

    if (rc == 0)
        rc = opening_log_open(p->log_path, &p->log, e);
    if (rc == 0 && p->ask)
        rc = asker_create(&p->keys, p->log, p->log_path, &p->asker, e);
    p->loop = loop_create();
    must(p->loop, "out of memory");
    if (rc == 0)
        rc = loop_on_terminate(p->loop, on_terminate, p->loop);
    if (rc == 0)
        rc = line_serve(p->loop, p->socket, &bounds, on_line, p, &server, e);
    if (rc == 0 && p->desk)
        rc = line_serve(p->loop, p->desk, &bounds, on_desk, p, &desk, e);
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

/* A line in a file of this user's alone. */
static int read_pin(const char *path, struct buf *ret, struct err *e)
{
    struct stat st;

    buf_init(ret, TOKEN_PIN_MAX);
    if (stat(path, &st) < 0)
        return err_errno(e, "the file with the PIN, %s", path);
    if (st.st_uid != geteuid() || (st.st_mode & 077))
        return err_set(e, ERR_ACCESS, "%s must be a file of the user that hall-open runs as, with the mode 0600", path);
    int rc = fs_read(path, TOKEN_PIN_MAX, ret, e);
    if (rc == 0 && ret->len)
        ret->data[strcspn(buf_str(ret), "\r\n")] = '\0';
    return rc;
}

static int open_token(struct program *p, struct err *e)
{
    struct buf pin;
    int rc = read_pin(p->pin, &pin, e);

    if (rc == 0)
        rc = token_open(p->module, p->label, buf_str(&pin), &p->keys.token, e);
    buf_finish(&pin); /* wipes */
    return rc;
}

static int run(int argc, char **argv)
{
    struct program p = {0};
    struct err e = {0};
    bool version = false;
    const struct option_word options[] = {{"--keys", &p.keys.dir, NULL}, {"--log", &p.log_path, NULL},
                                          {"--socket", &p.socket, NULL}, {"--desk", &p.desk, NULL},
                                          {"--ask", &p.ask, NULL},       {"--pkcs11", &p.module, NULL},
                                          {"--token", &p.label, NULL},   {"--pin", &p.pin, NULL},
                                          {"--version", NULL, &version}, {0}};
    int n, code = options_read("hall-open", argc, argv, usage, options, NULL, 0, &n);

    if (code < 0 && version) {
        printf("hall-open %s\n", version_text());
        return 0;
    }
    if (code < 0)
        code = options_fit("hall-open", options, "--keys --log --socket", "--desk --ask --pkcs11 --token --pin");
    if (code < 0 && (!p.module != !p.label || !p.module != !p.pin))
        code = options_wrong("hall-open", "--pkcs11, --token and --pin belong together");
    if (code >= 0)
        return code;
    secret_harden_process();
    secret_wipe_heap();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    umask(0027);
    int rc = p.module ? open_token(&p, &e) : 0; /* the library is loaded while everything may still be called */
    if (rc == 0)
        rc = sandbox_no_network(&e);
    if (rc == 0)
        rc = serve(&p, &e);
    keyring_forget(&p.keys);
    token_close(p.keys.token);
    if (rc < 0)
        log_error("opening", "cannot start: %s", e.text);
    return rc < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    return options_end("hall-open", run(argc, argv), 1);
}
