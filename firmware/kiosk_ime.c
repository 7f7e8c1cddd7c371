/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-ime: Chinese text entry in a process of its own, because librime's memory cannot be wiped: it ends with the visit.
 * It is started by kiosk with a socket as its third descriptor, maps its lexicon, gives up everything but that socket, and
 * answers questions until the socket closes or it is killed.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/version.h"
#include "ime/engine.h"
#include "ime/hand.h"
#include "wire/compose.h"

#define SOCKET 3

/* What is typed must not reach a swap; where memory may not be locked, the image has none. */
static void lock_memory(void)
{
    struct rlimit most;

    if (getrlimit(RLIMIT_MEMLOCK, &most) == 0 && most.rlim_cur == RLIM_INFINITY)
        mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

static int serve(void)
{
    static uint8_t in[COMPOSE_QUESTION_MAX + 1], out[COMPOSE_ANSWER_MAX];
    static struct composing_answer answer;
    struct compose_question question;

    for (;;) {
        ssize_t n = recv(SOCKET, in, sizeof in, 0);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0; /* kiosk has gone */
        if (compose_question_decode(in, (size_t)n, &question) < 0)
            return 1;
        if (question.op == COMPOSE_READ)
            hand_answer(&question, &answer);
        else
            engine_answer(&question, &answer);
        if (send(SOCKET, out, compose_answer_encode(&answer, out), MSG_NOSIGNAL) < 0)
            return 0;
    }
}

int main(int argc, char **argv)
{
    struct err e = {0};
    int rc;

    if (argc == 2 && !strcmp(argv[1], "--version")) {
        printf("kiosk-ime %s\n", version_text());
        return options_end("kiosk-ime", 0, 3);
    }
    if (argc != 2 || argv[1][0] == '-') {
        fputs("usage: kiosk-ime LEXICON\nChinese text entry. kiosk starts it and ends it with the visit; there is nothing "
              "to call "
              "by hand.\n",
              argc == 2 && !strcmp(argv[1], "--help") ? stdout : stderr);
        return options_end("kiosk-ime", argc == 2 && !strcmp(argv[1], "--help") ? 0 : 2, 3);
    }
    secret_harden_process();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    lock_memory();
    rc = engine_open(argv[1], &e);
    if (rc >= 0)
        rc = hand_open(argv[1], &e);
    if (rc >= 0)
        rc = sandbox_sockets_kept(&e);
    if (rc < 0)
        fprintf(stderr, "kiosk-ime: %s\n", e.text);
    else if (!SANDBOX_LEAK_CHECK) /* a sanitizer's last words */
        close(STDERR_FILENO);     /* whatever it reads from now on, the log does not get it */
    _exit(rc < 0 ? 3 : serve());
}
