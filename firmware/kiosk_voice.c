/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-voice: says what stands on the page, in a process of its own, because the engine is large and foreign, and its
 * memory cannot be wiped: it ends with the visit. It is started by kiosk with a socket as its third descriptor, opens the
 * sound card, starts its engines, gives up all else, and takes orders until the socket closes or it is killed.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/version.h"
#include "voice/speaker.h"

#define SOCKET 3

/* 0, or the exit code: nothing to worry about when kiosk has gone. */
static int take_order(struct speaker *s, bool *ret_gone)
{
    static uint8_t in[VOICE_ORDER_MAX + 1];
    static struct voice_order order;
    ssize_t n = recv(SOCKET, in, sizeof in, MSG_DONTWAIT);

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    *ret_gone = n <= 0;
    if (n <= 0)
        return 0;
    if (voice_order_decode(in, (size_t)n, &order) < 0) {
        *ret_gone = true;
        return 1;
    }
    *ret_gone = send(SOCKET, in + 5, VOICE_ANSWER_LEN, MSG_NOSIGNAL) < 0; /* its serial */
    speaker_take(s, &order);
    secret_wipe(&order, sizeof order);
    secret_wipe(in, sizeof in);
    return 0;
}

static int serve(struct speaker *s)
{
    struct pollfd fds[1 + SPEAKER_FDS];

    for (bool gone = false; !gone;) {
        fds[0] = (struct pollfd){.fd = SOCKET, .events = POLLIN};
        int n = speaker_wait(s, fds + 1);

        if (poll(fds, (nfds_t)(1 + n), -1) < 0 && errno != EINTR)
            return 1;
        if (fds[0].revents) {
            int rc = take_order(s, &gone);

            if (rc)
                return rc;
        } else if (n && speaker_step(s) < 0) {
            return 4;
        }
    }
    return 0;
}

static int usage(bool asked)
{
    fputs(
        "usage: kiosk-voice headphones|loudspeaker|samples|words [CARD]\nSays what stands on the page. kiosk starts it when "
        "somebody turns the sound on, and ends it with the visit;\nthere is nothing to call by hand. samples and words "
        "write to "
        "standard output instead of playing: for tests.\n",
        asked ? stdout : stderr);
    return options_end("kiosk-voice", asked ? 0 : 2, 3);
}

int main(int argc, char **argv)
{
    struct speaker *s = NULL;
    struct err e = {0};
    enum sink_kind kind;

    if (argc == 2 && !strcmp(argv[1], "--version")) {
        printf("kiosk-voice %s\n", version_text());
        return options_end("kiosk-voice", 0, 3);
    }
    if (argc < 2 || argc > 3 || !sink_kind_by_name(argv[1], &kind))
        return usage(argc == 2 && !strcmp(argv[1], "--help"));
    secret_harden_process();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int rc = speaker_create(kind, argc == 3 ? argv[2] : NULL, &s, &e);
    if (rc >= 0)
        rc = sandbox_sound_kept(&e);
    if (rc < 0)
        fprintf(stderr, "kiosk-voice: %s\n", e.text);
    else if (!SANDBOX_LEAK_CHECK) /* a sanitizer's last words */
        close(STDERR_FILENO);
    _exit(rc < 0 ? 3 : serve(s)); /* the engines end with it */
}
