/* SPDX-License-Identifier: Apache-2.0
 *
 * See speech.h.
 */
#include "kiosk/speech.h"

#include <errno.h>
#include <glob.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/hant.h"
#include "wire/voice.h"

#define PATIENCE_US 2000000
#define START_PATIENCE_US 10000000 /* the first answer waits for the engines */
#define CARDS "/dev/snd/pcmC*D*p"  /* what plays */

struct speech {
    struct loop *loop;
    const char *where;
    const struct port *port;
    pid_t pid; /* 0: none */
    int fd;
    struct loop_fd *source;
    bool again, gone; /* started a second time in this visit; given up */
    bool heard;       /* the child has answered since it was started */
    uint32_t serial;  /* of the last order */
    int64_t since_us; /* when the first that is not answered was given; 0: all are. Of the machine, which a child hangs by */
    struct voice_order order;
    uint8_t bytes[VOICE_ORDER_MAX];
};

static void failed(struct speech *s, const char *how);

bool speech_where(const char *word, enum voice_reach *ret)
{
    static const struct {
        const char *word;
        enum voice_reach reach;
    } words[] = {{"none", VOICE_NONE},
                 {"headphones", VOICE_PRIVATE},
                 {"loudspeaker", VOICE_ALOUD},
                 {"samples", VOICE_PRIVATE},
                 {"words", VOICE_PRIVATE}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(word, words[i].word)) {
            *ret = words[i].reach;
            return true;
        }
    return false;
}

static bool has_card(void)
{
    glob_t found = {0};
    bool has = glob(CARDS, GLOB_NOSORT, NULL, &found) == 0 && found.gl_pathc > 0;

    globfree(&found);
    return has;
}

enum voice_reach speech_reach(const struct speech *s)
{
    enum voice_reach reach = VOICE_NONE;
    bool plays = !strcmp(s->where, "headphones") || !strcmp(s->where, "loudspeaker");

    must(speech_where(s->where, &reach), "a voice that is heard nowhere");
    return child_beside("kiosk-voice") && (!plays || has_card()) ? reach : VOICE_NONE;
}

/* --- the child --- */

static void on_answer(void *ctx, int fd, short revents)
{
    struct speech *s = ctx;
    uint8_t in[VOICE_ANSWER_LEN + 1];
    ssize_t n;

    while ((n = recv(fd, in, sizeof in, MSG_DONTWAIT)) == VOICE_ANSWER_LEN) {
        s->heard = true;
        if (be32(in) == s->serial)
            s->since_us = 0;
    }
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    failed(s, n <= 0 ? "it has ended" : "its answer breaks the format");
}

static void end_child(struct speech *s)
{
    loop_fd_remove(s->source);
    s->source = NULL;
    if (!s->pid)
        return;
    close(s->fd);
    child_end(s->pid);
    s->pid = 0;
}

static int start_child(struct speech *s)
{
    must(!s->pid && !s->source, "two children speak");
    const char *const argv[] = {"kiosk-voice", s->where, NULL};
    pid_t pid = child_converse(argv, &s->fd, NULL);

    if (pid < 0)
        return -ERR_NOTFOUND;
    s->heard = false;
    s->pid = pid;
    s->source = loop_add_fd(s->loop, s->fd, POLLIN, on_answer, s);
    return 0;
}

/* --- orders --- */

static void give_order(struct speech *s)
{
    must(s->pid && !s->gone, "an order to nobody");
    s->order.serial = ++s->serial;
    size_t len = voice_order_encode(&s->order, s->bytes);
    ssize_t n = send(s->fd, s->bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);

    secret_wipe(s->bytes, sizeof s->bytes);
    s->since_us = s->since_us ? s->since_us : clock_measure_us();
    if (n < 0)
        failed(s, "it takes no order");
}

static void give_up(struct speech *s)
{
    s->gone = true;
    s->since_us = 0;
    secret_wipe(&s->order, sizeof s->order);
    port_feed_kind(s->port, INPUT_VOICE_GONE);
}

static void failed(struct speech *s, const char *how)
{
    log_warn("kiosk", "kiosk-voice: %s%s", how, s->again ? ", for the second time" : "");
    end_child(s);
    s->since_us = 0;
    if (s->again || start_child(s) < 0) {
        give_up(s);
        return;
    }
    s->again = true;
    if (s->order.op != VOICE_STOP)
        give_order(s);
}

struct speech *speech_create(struct loop *l, const char *where, const struct port *port)
{
    struct speech *s = secret_alloc(sizeof *s);

    s->loop = l;
    s->where = where;
    s->port = port;
    s->order.op = VOICE_STOP;
    return s;
}

/* Whoever hears nothing presses a key again. */
static bool hangs(struct speech *s)
{
    if (s->pid && s->since_us)
        on_answer(s, s->fd, 0); /* it may have, while this program was busy */
    int64_t patience = s->heard ? PATIENCE_US : START_PATIENCE_US;

    return s->pid && s->since_us && clock_measure_us() - s->since_us > patience;
}

void speech_say(struct speech *s, const struct settings *how, const char *words, bool add)
{
    if (hangs(s))
        failed(s, "it does not answer");
    if (s->gone)
        return;
    if (!s->pid && start_child(s) < 0) {
        log_warn("kiosk", "kiosk-voice cannot be started: nothing is said");
        give_up(s);
        return;
    }
    s->order.op = add ? VOICE_ADD : VOICE_SAY;
    s->order.language = language_is_chinese(how->language) ? LANGUAGE_ZH_CN : how->language;
    s->order.volume = how->loudness;
    s->order.speed = how->speed;
    text_copy(s->order.text, sizeof s->order.text, words);
    if (how->language == LANGUAGE_ZH_HANT) /* it is read as simplified characters are */
        hans_text(s->order.text, sizeof s->order.text, s->order.text);
    give_order(s);
}

void speech_stop(struct speech *s)
{
    if (!s->pid || s->order.op == VOICE_STOP)
        return;
    s->order.op = VOICE_STOP;
    secret_wipe(s->order.text, sizeof s->order.text);
    give_order(s);
}

void speech_end(struct speech *s)
{
    end_child(s);
    s->again = s->gone = false;
    s->since_us = 0;
    secret_wipe(&s->order, sizeof s->order);
    s->order.op = VOICE_STOP;
}

void speech_destroy(struct speech *s)
{
    if (!s)
        return;
    speech_end(s);
    secret_free(s, sizeof *s);
}
