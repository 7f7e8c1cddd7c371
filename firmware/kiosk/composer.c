/* SPDX-License-Identifier: Apache-2.0
 *
 * See composer.h.
 */
#include "kiosk/composer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/child.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "wire/compose.h"

#define PATIENCE_MS 2000
#define START_PATIENCE_MS 10000 /* the first answer waits for the lexicon, which a busy machine reads slowly */
#define PATH_BYTES 512

struct composer {
    struct loop *loop;
    const char *assets;
    const struct port *port;
    pid_t pid; /* 0: none */
    int fd;
    struct loop_fd *source;
    struct loop_timer *patience;
    bool again, gone; /* started a second time in this visit; given up */
    bool waiting;     /* for the answer to `question` */
    bool heard;       /* the child has answered since it was started */
    struct compose_question question;
    struct composing_answer answer;
    uint8_t bytes[COMPOSE_ANSWER_MAX + 1];
};

static void failed(struct composer *c, const char *how);

/* --- the child --- */

static void on_answer(void *ctx, int fd, short revents)
{
    struct composer *c = ctx;
    ssize_t n = recv(fd, c->bytes, sizeof c->bytes, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        failed(c, "it has ended");
        return;
    }
    if (compose_answer_decode(c->bytes, (size_t)n, &c->answer) < 0) {
        failed(c, "its answer breaks the format");
        return;
    }
    c->heard = true;
    if (!c->waiting || c->answer.serial != c->question.serial)
        return;
    c->waiting = false;
    loop_timer_stop(c->patience);
    port_feed(c->port, &(struct input){.kind = INPUT_COMPOSED, .composed = &c->answer});
    secret_wipe(&c->answer, sizeof c->answer);
    secret_wipe(c->bytes, (size_t)n);
}

static void end_child(struct composer *c)
{
    loop_timer_stop(c->patience);
    loop_fd_remove(c->source);
    c->source = NULL;
    if (!c->pid)
        return;
    close(c->fd);
    child_end(c->pid);
    c->pid = 0;
}

static int start_child(struct composer *c)
{
    must(!c->pid && !c->source, "two children compose");
    char lexicon[PATH_BYTES];
    const char *const argv[] = {"kiosk-ime", lexicon, NULL};

    if (fs_join(lexicon, sizeof lexicon, c->assets, "ime") < 0)
        return -ERR_STATE;
    pid_t pid = child_converse(argv, &c->fd, NULL);
    if (pid < 0)
        return -ERR_NOTFOUND;
    c->heard = false;
    c->pid = pid;
    c->source = loop_add_fd(c->loop, c->fd, POLLIN, on_answer, c);
    return 0;
}

/* --- questions --- */

static void put_question(struct composer *c)
{
    must(c->pid && !c->gone, "a question to nobody");
    must(c->question.op != COMPOSE_START, "a question without an answer");
    uint8_t out[COMPOSE_QUESTION_MAX];
    size_t len = compose_question_encode(&c->question, out);
    ssize_t n = send(c->fd, out, len, MSG_NOSIGNAL | MSG_DONTWAIT);

    secret_wipe(out, sizeof out);
    c->waiting = true;
    loop_timer_start(c->patience, c->heard ? PATIENCE_MS : START_PATIENCE_MS);
    if (n < 0)
        failed(c, "it takes no question");
}

static void give_up(struct composer *c)
{
    c->gone = true;
    c->waiting = false;
    port_feed(c->port, &(struct input){.kind = INPUT_COMPOSE_GONE});
}

static void failed(struct composer *c, const char *how)
{
    log_warn("kiosk", "kiosk-ime: %s%s", how, c->again ? ", for the second time" : "");
    end_child(c);
    if (c->again || start_child(c) < 0) {
        give_up(c);
        return;
    }
    c->again = true;
    if (c->waiting)
        put_question(c);
}

static void on_patience(void *ctx)
{
    failed(ctx, "it does not answer");
}

struct composer *composer_create(struct loop *l, const char *assets, const struct port *port)
{
    struct composer *c = secret_alloc(sizeof *c);

    c->loop = l;
    c->assets = assets;
    c->port = port;
    c->patience = loop_add_timer(l, on_patience, c);
    return c;
}

void composer_ask(struct composer *c, const struct effect_compose *f)
{
    must(f->letters && strlen(f->letters) <= COMPOSING_LETTERS_MAX, "more letters than there is room for");
    if (c->gone)
        return;
    if (!c->pid && start_child(c) < 0) {
        log_warn("kiosk", "kiosk-ime cannot be started: Chinese cannot be typed");
        give_up(c);
        return;
    }
    if (f->op == COMPOSE_START)
        return;
    c->question = (struct compose_question){.op = f->op, .scheme = f->scheme, .index = f->index, .serial = f->serial};
    if (f->op == COMPOSE_READ)
        c->question.ink = *f->ink;
    snprintf(c->question.letters, sizeof c->question.letters, "%s", f->letters);
    put_question(c);
}

void composer_end(struct composer *c)
{
    end_child(c);
    c->again = c->gone = c->waiting = false;
    secret_wipe(&c->question, sizeof c->question);
    secret_wipe(&c->answer, sizeof c->answer);
    secret_wipe(c->bytes, sizeof c->bytes);
}

void composer_destroy(struct composer *c)
{
    if (!c)
        return;
    composer_end(c);
    loop_timer_remove(c->patience);
    secret_free(c, sizeof *c);
}
