/* SPDX-License-Identifier: Apache-2.0
 *
 * See engine.h. A question is serial 4, rate 4, words; an answer serial 4, samples. Both ends are one program: numbers are
 * the machine's.
 */
#include "voice/engine.h"

#include <errno.h>
#include <espeak-ng/speak_lib.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/child.h"
#include "base/must.h"
#include "base/sandbox.h"

#define READY 1 /* the first byte that comes: the voice is there */

struct engine {
    pid_t pid;
    int fd;
};

struct packet {
    uint32_t serial;
    union {
        int16_t samples[ENGINE_CHUNK];
        struct {
            int32_t rate;
            char words[ENGINE_LINE_MAX + 1];
        } line;
    };
};
#define PACKET_HEAD (sizeof(uint32_t))
#define LINE_HEAD (sizeof(uint32_t) + sizeof(int32_t))

/* --- the process --- */

static struct {
    int fd;
    struct packet in, out;
} worker;

/* Whether somebody wants something else already, or has gone. */
static bool interrupted(void)
{
    struct pollfd p = {.fd = worker.fd, .events = POLLIN};

    return poll(&p, 1, 0) > 0;
}

/* Where somebody wants something else already the rest is made for nobody: libespeak-ng 1.51 that is told to stop in a
 * sentence reads files again, which it may not any more. */
static int on_samples(short *samples, int n, espeak_EVENT *events)
{
    while (samples && n > 0 && !interrupted()) {
        int part = n < ENGINE_CHUNK ? n : ENGINE_CHUNK;

        memcpy(worker.out.samples, samples, (size_t)part * sizeof *samples);
        worker.out.serial = worker.in.serial;
        if (send(worker.fd, &worker.out, PACKET_HEAD + (size_t)part * sizeof *samples, MSG_NOSIGNAL) < 0)
            _exit(0);
        samples += part;
        n -= part;
    }
    return 0;
}

static void work(void)
{
    for (;;) {
        ssize_t n = recv(worker.fd, &worker.in, sizeof worker.in - 1, 0);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < (ssize_t)LINE_HEAD)
            _exit(0); /* whoever asks has gone */
        size_t len = (size_t)n - LINE_HEAD;
        worker.in.line.words[len] = '\0';
        espeak_SetParameter(espeakRATE, worker.in.line.rate, 0);
        espeak_Synth(worker.in.line.words, len + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
        worker.out.serial = worker.in.serial;
        if (send(worker.fd, &worker.out, PACKET_HEAD, MSG_NOSIGNAL) < 0)
            _exit(0);
    }
}

static int let_go(short *samples, int n, espeak_EVENT *events)
{
    return 0;
}

/* The Chinese voice opens English at the first letter that is no syllable, and dies where it may not: now. */
static void warm_up(void)
{
    static const char text[] = "X";

    espeak_SetSynthCallback(let_go);
    espeak_Synth(text, sizeof text, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
}

static void become_worker(enum language in, int fd)
{
    /* by the names of their files, so that those of a hundred other languages are not read */
    const char *voice = in == LANGUAGE_EN ? "gmw/en" : "sit/cmn-Latn-pinyin";
    const uint8_t ready = READY;
    struct err e = {0};

    worker.fd = fd;
    if (espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 50, NULL, espeakINITIALIZE_DONT_EXIT) != ENGINE_RATE ||
        espeak_SetVoiceByName(voice) != EE_OK)
        _exit(3);
    warm_up();
    espeak_SetSynthCallback(on_samples);
    if (sandbox_sockets_kept(&e) < 0 || send(fd, &ready, 1, MSG_NOSIGNAL) < 0)
        _exit(3);
    work();
}

/* --- whoever asks --- */

int engine_create(enum language in, struct engine **ret, struct err *e)
{
    struct engine *n;
    uint8_t ready = 0;
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return err_errno(e, "make a voice");
    pid_t pid = child_fork(pair[1], e);
    if (pid == 0)
        become_worker(in, pair[1]);
    close(pair[1]);
    n = pid > 0 ? malloc(sizeof *n) : NULL;
    if (!n || recv(pair[0], &ready, 1, 0) != 1 || ready != READY) {
        close(pair[0]);
        child_end(pid);
        free(n);
        return err_set(e, ERR_NOTFOUND, "no voice for %s: is espeak-ng-data installed?", language_tag(in));
    }
    *n = (struct engine){pid, pair[0]};
    *ret = n;
    return 0;
}

void engine_destroy(struct engine *n)
{
    if (!n)
        return;
    close(n->fd);
    child_end(n->pid);
    free(n);
}

int engine_fd(const struct engine *n)
{
    return n->fd;
}

int engine_say(struct engine *n, uint32_t serial, int rate, const char *words)
{
    static struct packet out;
    size_t len = strlen(words);
    must(len <= ENGINE_LINE_MAX, "a line too long for the engine");

    out.serial = serial;
    out.line.rate = rate;
    memcpy(out.line.words, words, len);
    return send(n->fd, &out, LINE_HEAD + len, MSG_NOSIGNAL) < 0 ? -ERR_STATE : 0;
}

int engine_hear(struct engine *n, uint32_t *ret_serial, int16_t samples[ENGINE_CHUNK])
{
    static struct packet in;
    ssize_t len;

    do
        len = recv(n->fd, &in, sizeof in, 0);
    while (len < 0 && errno == EINTR);
    if (len < (ssize_t)PACKET_HEAD || (size_t)len > PACKET_HEAD + sizeof in.samples || len % 2)
        return -ERR_STATE;
    *ret_serial = in.serial;
    memcpy(samples, in.samples, (size_t)len - PACKET_HEAD);
    return (int)(((size_t)len - PACKET_HEAD) / sizeof *samples);
}
