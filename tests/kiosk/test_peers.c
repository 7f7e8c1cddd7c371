/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may say what to kiosk: what only kiosk-sync says is heard from the connection that said it is kiosk-sync, and from no
 * other.
 */
#include "kiosk/peers.h"

#include <sys/socket.h>
#include <unistd.h>

#include "hang_up.h"
#include "test.h"

static struct loop *loop;
static struct peers *peers;
static char run[] = "/tmp/tongban-peers-XXXXXX", sock[64];
static enum peer_kind said[16];
static char bytes[64];
static int n_said, n_there, n_away, n_gone;

static void on_sync(void *ctx, bool there)
{
    *(there ? &n_there : &n_away) += 1;
}

static void on_said(void *ctx, struct line *from, const struct peer_line *p)
{
    said[n_said++ % 16] = p->kind;
    snprintf(bytes, sizeof bytes, "%s", p->bytes ? p->bytes : "");
    if (p->kind == PEER_STATUS)
        line_send(from, "well");
}

static void on_gone(void *ctx, const struct line *c)
{
    n_gone++;
}

static void begin(void)
{
    static const struct peers_events events = {.sync = on_sync, .said = on_said, .gone = on_gone};
    struct err e = {0};

    if (!sock[0] && !mkdtemp(run))
        abort();
    snprintf(sock, sizeof sock, "%s/kiosk.sock", run);
    n_said = n_there = n_away = n_gone = 0;
    loop = loop_create();
    peers = peers_create(loop, run, &events, NULL);
    CHECK_INT(peers_open(peers, &e), 0);
}

static void end(void)
{
    peers_destroy(peers);
    loop_destroy(loop);
}

static void steps(void)
{
    for (int i = 0; i < 20; i++)
        loop_step(loop, 1);
}

static int dial(void)
{
    int fd = -1;

    CHECK_INT(line_connect(sock, &fd, NULL), 0);
    return fd;
}

static void say(int fd, const char *text)
{
    CHECK_INT(write(fd, text, strlen(text)), strlen(text));
    steps();
}

static const char *hear(int fd)
{
    static char text[4096];

    steps();
    ssize_t n = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);
    text[n > 0 ? n : 0] = '\0';
    return text;
}

TEST(kiosk_sync_is_who_says_so)
{
    begin();
    int fd = dial();
    CHECK(!peers_sync(peers));
    say(fd, "hello sync\nstate up 1\nack {\"v\":1}\n");
    CHECK(peers_sync(peers) && peers_hall(peers));
    CHECK_INT(n_there, 1);
    CHECK_INT(n_said, 2);
    CHECK_INT(said[0], PEER_STATE);
    CHECK_INT(said[1], PEER_ACK);
    CHECK_STR(bytes, "{\"v\":1}");
    peers_say(peers, &(struct peer_line){.kind = PEER_JOURNAL, .seq = 41});
    CHECK_STR(hear(fd), "journal 41\n");
    hang_up(fd);
    steps();
    CHECK(!peers_sync(peers) && !peers_hall(peers));
    CHECK_INT(n_away, 1);
    CHECK_INT(n_gone, 1);
    end();
}

TEST(nobody_else_says_what_is_its)
{
    static const char *const lines[] = {"state up 1\n", "certificate 1 0\n", "incoming\n",   "ack {}\n",
                                        "lease {}\n",   "leased\n",          "queues 1 {}\n"};
    begin();
    int sync = dial(), other = dial();
    say(sync, "hello sync\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        say(other, lines[i]);
    CHECK_INT(n_said, 0);
    CHECK(!peers_hall(peers));
    say(other, "status\n");
    CHECK_INT(n_said, 1);
    CHECK_STR(hear(other), "well\n");
    hang_up(other);
    steps();
    CHECK(peers_sync(peers));
    CHECK_INT(n_away, 0);
    close(sync);
    end();
}

TEST(what_is_not_understood)
{
    begin();
    int fd = dial();
    say(fd, "hello ctl\nstatus\n"); /* as kioskctl begins: one answer */
    CHECK_STR(hear(fd), "well\n");
    n_said = 0;
    say(fd, "capture reader x\n");
    CHECK_STR(hear(fd), "{\"error\":\"not understood\"}\n");
    say(fd, "journal 5\n"); /* kiosk's own line */
    CHECK_STR(hear(fd), "{\"error\":\"not understood\"}\n");
    CHECK_INT(n_said, 0);
    say(fd, "hello sync\ngarbage\n");
    CHECK_STR(hear(fd), ""); /* kiosk-sync asks for no answers */
    close(fd);
    end();
}

TEST(without_kiosk_sync_nothing_is_said)
{
    begin();
    int fd = dial();
    peers_say(peers, &(struct peer_line){.kind = PEER_NOW});
    CHECK_STR(hear(fd), "");
    say(fd, "hello sync\n");
    peers_say(peers, &(struct peer_line){.kind = PEER_AGAIN, .day = "not a\nday"});
    CHECK_STR(hear(fd), ""); /* out of shape: it would be two lines */
    close(fd);
    end();
    CHECK_INT(access(sock, F_OK), -1);
    CHECK_INT(rmdir(run), -1); /* the lock stays */
    char lock[80];
    snprintf(lock, sizeof lock, "%s.lock", sock);
    CHECK_INT(unlink(lock) | rmdir(run), 0);
}

TEST_MAIN(T(kiosk_sync_is_who_says_so), T(nobody_else_says_what_is_its), T(what_is_not_understood),
          T(without_kiosk_sync_nothing_is_said))
