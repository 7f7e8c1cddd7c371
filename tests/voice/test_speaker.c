/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-voice as kiosk runs it, with a pipe where the card would be: the words it says, in order; that it stops; that it
 * sounds, about so long and so loud (never which samples: engines differ); and what it does with a broken order.
 */
#include "voice/speaker.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"
#include "voice/engine.h"

#define SOCKET 3
#define SAMPLES_MAX (60 * ENGINE_RATE)

static struct {
    pid_t pid;
    int orders, out;
    uint32_t serial;
} child;

static void start(const char *kind, const char *card)
{
    char path[PATH_MAX];
    int pair[2], out[2];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);

    path[n > 0 ? n : 0] = '\0';
    for (int up = 0; up < 3; up++) /* …/tests/voice/test_speaker */
        *strrchr(path, '/') = '\0';
    strcat(path, "/kiosk-voice");
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0 || pipe2(out, O_CLOEXEC) < 0)
        exit(2);
    child.pid = fork();
    if (child.pid == 0) {
        if (dup2(out[1], STDOUT_FILENO) < 0 || dup2(pair[1], SOCKET) < 0 || fcntl(SOCKET, F_SETFD, 0) < 0)
            _exit(126);
        execl(path, "kiosk-voice", kind, card, (char *)NULL);
        _exit(127);
    }
    close(pair[1]);
    close(out[1]);
    child.orders = pair[0];
    child.out = out[0];
}

/* Its exit code. */
static int end(void)
{
    int status = -1;

    close(child.orders);
    waitpid(child.pid, &status, 0);
    close(child.out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool answered(void)
{
    uint8_t got[VOICE_ANSWER_LEN + 1];

    return recv(child.orders, got, sizeof got, 0) == VOICE_ANSWER_LEN && got[3] == (uint8_t)child.serial;
}

static void order(enum voice_op op, enum language in, int volume, enum voice_speed speed, const char *text)
{
    static struct voice_order o;
    static uint8_t out[VOICE_ORDER_MAX];

    o = (struct voice_order){op, in, volume, speed, ++child.serial, ""};
    snprintf(o.text, sizeof o.text, "%s", text);
    size_t n = voice_order_encode(&o, out);
    CHECK_INT(send(child.orders, out, n, MSG_NOSIGNAL), n);
    CHECK(answered());
}

static const char *line(void)
{
    static char got[512];
    size_t n = 0;

    while (n < sizeof got - 1 && read(child.out, got + n, 1) == 1 && got[n] != '\n')
        n++;
    got[n] = '\0';
    return got;
}

TEST(words_in_order)
{
    start("words", NULL);
    order(VOICE_SAY, LANGUAGE_ZH_CN, 3, VOICE_USUAL, "请取走 2 份");
    CHECK_STR(line(), "zh qing3 qu3 zou3 liang3 fen4");
    order(VOICE_SAY, LANGUAGE_EN, 3, VOICE_USUAL, "居住证 is ready");
    order(VOICE_ADD, LANGUAGE_EN, 3, VOICE_USUAL, "A025");
    CHECK_STR(line(), "zh ju1 zhu4 zheng4");
    CHECK_STR(line(), "en is ready");
    CHECK_STR(line(), "en A zero two five");
    order(VOICE_STOP, LANGUAGE_EN, 3, VOICE_USUAL, "");
    order(VOICE_SAY, LANGUAGE_EN, 3, VOICE_USUAL, "on");
    CHECK_STR(line(), "en on");
    CHECK_INT(end(), 0);
}

TEST(a_broken_order_ends_it)
{
    start("words", NULL);
    CHECK_INT(send(child.orders, "\x02 not one of ours", 17, MSG_NOSIGNAL), 17);
    CHECK_STR(line(), "");
    CHECK_INT(end(), 1);
}

TEST(a_strange_call)
{
    start("everywhere", NULL);
    CHECK_STR(line(), "");
    CHECK_INT(end(), 2);
}

/* --- samples --- */

struct sound {
    long n;
    double loudness; /* mean square */
};

/* What comes until nothing has come for half a second; `most`: no more than so many samples are waited for. */
static struct sound listen_to(long most)
{
    static int16_t got[4096];
    struct sound s = {0, 0};
    struct pollfd p = {.fd = child.out, .events = POLLIN};

    while (s.n < most && poll(&p, 1, s.n ? 500 : 20000) > 0) {
        ssize_t n = read(child.out, got, sizeof got);

        for (ssize_t i = 0; i < n / 2; i++)
            s.loudness += (double)got[i] * got[i];
        if (n <= 0)
            break;
        s.n += n / 2;
    }
    s.loudness /= s.n ? (double)s.n : 1;
    return s;
}

static struct sound say(enum language in, int volume, enum voice_speed speed, const char *text)
{
    order(VOICE_SAY, in, volume, speed, text);
    return listen_to(SAMPLES_MAX);
}

TEST(it_sounds)
{
    start("samples", NULL);
    struct sound usual = say(LANGUAGE_ZH_CN, 5, VOICE_USUAL, "请取走身份证");
    struct sound soft = say(LANGUAGE_ZH_CN, 1, VOICE_USUAL, "请取走身份证");
    struct sound slow = say(LANGUAGE_ZH_CN, 5, VOICE_SLOW, "请取走身份证");
    struct sound both = say(LANGUAGE_EN, 5, VOICE_USUAL, "Please take your card. 请取走身份证");

    CHECK(usual.n > ENGINE_RATE / 2 && usual.n < 5 * ENGINE_RATE);
    CHECK(usual.loudness > 1e5);
    CHECK(soft.loudness > 0 && soft.loudness < usual.loudness / 20);
    CHECK(slow.n > usual.n + usual.n / 10);
    CHECK(both.n > usual.n + usual.n / 2);
    CHECK_INT(end(), 0);
}

/* A page that is long to read ends when another order comes: what follows is heard at once, and nothing of the page behind
 * it. */
TEST(it_stops)
{
    char page[VOICE_TEXT_MAX + 1] = "";

    start("samples", NULL);
    struct sound word = say(LANGUAGE_ZH_CN, 5, VOICE_USUAL, "好");
    while (strlen(page) + 60 < sizeof page)
        strcat(page, "请取走身份证。Please take your card. ");
    for (int i = 0; i < 5; i++) {
        order(VOICE_SAY, LANGUAGE_ZH_CN, 5, VOICE_USUAL, page);
        CHECK(listen_to(1).n > 0);
    }
    struct sound rest = say(LANGUAGE_ZH_CN, 5, VOICE_USUAL, "好");
    CHECK(rest.n < word.n + 4 * ENGINE_RATE); /* and what a pipe holds */
    CHECK_INT(end(), 0);
}

/* ALSA's card that nobody hears takes what a real one would; one that is not there is no card. */
TEST(a_card)
{
    start("loudspeaker", "null");
    for (int i = 0; i < 3; i++)
        order(VOICE_SAY, LANGUAGE_ZH_CN, 5, VOICE_USUAL, "请取走身份证。Please take your card.");
    order(VOICE_STOP, LANGUAGE_EN, 3, VOICE_USUAL, "");
    CHECK_INT(end(), 0);
    start("headphones", "plughw:31");
    CHECK_STR(line(), "");
    CHECK_INT(end(), 3);
}

TEST(softer_in_steps)
{
    int16_t samples[2];

    for (int volume = 1, before = 0; volume <= VOICE_VOLUMES; volume++) {
        samples[0] = 32767;
        samples[1] = -32768;
        speaker_soften(samples, 2, volume);
        CHECK(samples[0] > before && samples[1] < -before);
        before = samples[0];
    }
    CHECK_INT(samples[0], 32767);
    CHECK_INT(samples[1], -32768);
}

TEST_MAIN(T(words_in_order), T(a_broken_order_ends_it), T(a_strange_call), T(it_sounds), T(it_stops), T(a_card),
          T(softer_in_steps))
