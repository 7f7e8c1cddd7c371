/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines over a socket: torn and joined lines, slow and rude peers, files of bytes, the simple client.
 */
#include "base/line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/loop.h"
#include "hang_up.h"
#include "test.h"

static struct loop *l;
static struct line *conn;
static char heard[4096];
static bool gone;
static int peer;

static void on_line(void *ctx, struct line *c, char *text)
{
    if (!text) {
        gone = true;
        line_destroy(c);
        conn = NULL;
        return;
    }
    strncat(heard, text, sizeof heard - strlen(heard) - 2);
    strcat(heard, "|");
    if (!strcmp(text, "destroy")) {
        line_destroy(c);
        conn = NULL;
    }
}

static void begin(void)
{
    int pair[2];
    heard[0] = '\0';
    gone = false;
    l = loop_create();
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    peer = pair[1];
    conn = line_create(l, pair[0], on_line, NULL);
}

static void end(void)
{
    line_destroy(conn);
    conn = NULL;
    loop_destroy(l);
    close(peer);
}

static void peer_says(const char *bytes, size_t len)
{
    CHECK_INT(write(peer, bytes, len), len);
    loop_step(l, 0);
}

TEST(lines_are_cut_at_newlines_wherever_the_reads_end)
{
    begin();
    peer_says("one\ntw", 6);
    CHECK_STR(heard, "one|");
    peer_says("o\n\nthree\n", 9);
    CHECK_STR(heard, "one|two||three|");
    end();
}

TEST(the_last_lines_are_heard_before_the_end)
{
    begin();
    CHECK_INT(write(peer, "last\nhalf", 9), 9);
    shutdown(peer, SHUT_WR);
    loop_step(l, 0);
    CHECK_STR(heard, "last|");
    CHECK(!gone);
    loop_step(l, 0);
    CHECK(gone);
    CHECK_STR(heard, "last|");
    end();
}

TEST(destroyed_inside_its_own_call)
{
    begin();
    peer_says("a\ndestroy\nnever\n", 16);
    CHECK_STR(heard, "a|destroy|");
    CHECK(!gone);
    end();
    line_destroy(NULL);
}

TEST(too_long_a_line_ends_the_connection)
{
    begin();
    char *big = malloc(LINE_MAX_BYTES + 1);
    memset(big, 'x', LINE_MAX_BYTES + 1);
    for (size_t at = 0; at < LINE_MAX_BYTES + 1 && !gone;) {
        ssize_t n = send(peer, big + at, LINE_MAX_BYTES + 1 - at, MSG_DONTWAIT | MSG_NOSIGNAL);
        at += n > 0 ? (size_t)n : 0;
        loop_step(l, 0);
    }
    for (int i = 0; i < 20 && !gone; i++)
        loop_step(l, 0);
    CHECK(gone);
    CHECK_STR(heard, "");
    free(big);
    end();
}

TEST(the_longest_line_is_heard)
{
    begin();
    char *big = malloc(LINE_MAX_BYTES + 1);
    memset(big, 'x', LINE_MAX_BYTES);
    big[LINE_MAX_BYTES] = '\n';
    for (size_t at = 0; at < LINE_MAX_BYTES + 1;) {
        ssize_t n = send(peer, big + at, LINE_MAX_BYTES + 1 - at, MSG_DONTWAIT | MSG_NOSIGNAL);
        at += n > 0 ? (size_t)n : 0;
        loop_step(l, 0);
    }
    for (int i = 0; i < 20 && !heard[0]; i++)
        loop_step(l, 0);
    CHECK(!gone);
    CHECK(strlen(heard) > 1000);
    free(big);
    end();
}

TEST(a_nul_ends_the_connection)
{
    begin();
    peer_says("a\0b\n", 4);
    CHECK(gone);
    CHECK_STR(heard, "");
    end();
}

TEST(sends_lines_and_bytes_in_order)
{
    char got[64] = "";
    begin();
    line_send(conn, "hello");
    line_sendf(conn, "{\"bytes\":%d}", 3);
    line_send_bytes(conn, "\0\n\1", 3);
    CHECK_INT(read(peer, got, sizeof got), 21);
    CHECK_MEM(got, "hello\n{\"bytes\":3}\n\0\n\1", 21);
    end();
}

/* More than a socket buffer holds: queued, then flushed as the peer reads, whole and in order. */
TEST(a_slow_peer_gets_all_of_it)
{
    enum { SIZE = 3 * 1024 * 1024 };
    begin();
    uint8_t *sent = malloc(SIZE), *got = malloc(SIZE + 5);
    for (size_t i = 0; i < SIZE; i++)
        sent[i] = (uint8_t)(i * 31 >> 7);
    line_send_bytes(conn, sent, SIZE);
    line_send(conn, "tail");
    size_t have = 0;
    while (have < SIZE + 5) {
        ssize_t n = recv(peer, got + have, SIZE + 5 - have, MSG_DONTWAIT);
        have += n > 0 ? (size_t)n : 0;
        loop_step(l, 0);
    }
    CHECK_MEM(got, sent, SIZE);
    CHECK_MEM(got + SIZE, "tail\n", 5);
    loop_step(l, 0);
    CHECK(!gone);
    free(sent);
    free(got);
    end();
}

TEST(nothing_waits_when_nothing_is_queued)
{
    begin();
    line_send(conn, "x");
    struct pollfd p = {.fd = line_fd(conn), .events = POLLIN};
    CHECK_INT(poll(&p, 1, 0), 0);
    CHECK_INT(loop_step(l, 0), 0);
    CHECK_STR(heard, "");
    end();
}

TEST(a_peer_that_never_reads_is_dropped_at_the_ceiling)
{
    begin();
    char *block = calloc(1, 1 << 20);
    for (int i = 0; i < 40; i++)
        line_send_bytes(conn, block, 1 << 20);
    CHECK(!gone); /* never from inside a send */
    loop_step(l, 0);
    CHECK(gone);
    free(block);
    end();
}

TEST(sending_to_a_dead_peer_is_told_by_the_loop)
{
    begin();
    hang_up(peer);
    line_send(conn, "x");
    line_send(conn, "y");
    CHECK(!gone);
    loop_step(l, 0);
    CHECK(gone);
    peer = open("/dev/null", O_RDONLY);
    end();
}

static int accepted = -1;

static void on_accept(void *ctx, int fd)
{
    accepted = fd;
}

/* The lock stays when its server has gone. */
static void forget(const char *path)
{
    char lock[128];

    snprintf(lock, sizeof lock, "%s.lock", path);
    CHECK_INT(unlink(lock), 0);
}

TEST(a_server_by_path)
{
    char path[64];
    struct line_server *s = NULL, *second = NULL;
    int fd = -1;
    struct stat st;
    snprintf(path, sizeof path, "/tmp/tongban-test-line-%d", (int)getpid());
    l = loop_create();
    CHECK_INT(line_connect(path, &fd, NULL), -ERR_NOTFOUND);
    CHECK_INT(line_listen(l, path, on_accept, NULL, &s, NULL), 0);
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_mode & 0777, 0660);
    CHECK_INT(line_listen(l, path, on_accept, NULL, &second, NULL), -ERR_BUSY);
    CHECK_INT(line_connect(path, &fd, NULL), 0);
    while (accepted < 0)
        loop_step(l, -1);
    close(accepted);
    close(fd);
    line_server_destroy(s);
    line_server_destroy(NULL);
    CHECK(stat(path, &st) < 0);
    forget(path);
    loop_destroy(l);
}

TEST(a_socket_left_behind_is_replaced)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    struct line_server *s = NULL;
    snprintf(a.sun_path, sizeof a.sun_path, "/tmp/tongban-test-left-%d", (int)getpid());
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK_INT(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
    close(fd);
    l = loop_create();
    CHECK_INT(line_listen(l, a.sun_path, on_accept, NULL, &s, NULL), 0);
    line_server_destroy(s);
    forget(a.sun_path);
    loop_destroy(l);
}

TEST(a_file_in_the_way_is_not_removed)
{
    char path[64];
    struct line_server *s = NULL;
    snprintf(path, sizeof path, "/tmp/tongban-test-file-%d", (int)getpid());
    close(open(path, O_CREAT | O_WRONLY, 0600));
    l = loop_create();
    int rc = line_listen(l, path, on_accept, NULL, &s, NULL);
    CHECK(rc < 0);
    CHECK_INT(access(path, F_OK), 0);
    unlink(path);
    forget(path);
    loop_destroy(l);
    char longer[300];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    CHECK_INT(line_connect(longer, &peer, NULL), -ERR_TOOLONG);
}

/* --- peers that are not trusted --- */

static int served, ended;

static void on_served(void *ctx, struct line *c, char *text)
{
    served += text != NULL;
    ended += text == NULL;
    if (!text)
        line_destroy(c);
    else
        line_send(c, "answer");
}

static struct line_server *flooded;
static char flooded_path[64];

static void serve_begin(void)
{
    const struct line_bounds bounds = {.lines_per_s = 10, .bytes_per_s = 10000, .queue_max = 100};

    served = ended = 0;
    l = loop_create();
    snprintf(flooded_path, sizeof flooded_path, "/tmp/tongban-test-flood-%d", (int)getpid());
    CHECK_INT(line_serve(l, flooded_path, &bounds, on_served, NULL, &flooded, NULL), 0);
}

static void serve_end(void)
{
    line_server_destroy(flooded);
    forget(flooded_path);
    loop_destroy(l);
}

static void work(int steps)
{
    for (int i = 0; i < steps; i++)
        loop_step(l, 0);
}

/* So many a second, and no more is even read; a second later as many again. */
TEST(a_flood_of_lines_is_slowed_down)
{
    char flood[2000], answer[16];
    int fd = -1;

    serve_begin();
    memset(flood, 'x', sizeof flood);
    for (size_t i = 1; i < sizeof flood; i += 2)
        flood[i] = '\n';
    CHECK_INT(line_connect(flooded_path, &fd, NULL), 0);
    CHECK_INT(send(fd, flood, 60, 0), 60); /* 30 lines */
    work(50);
    CHECK(served >= 10 && served < 30); /* a second may have passed */
    while (recv(fd, answer, 7, MSG_DONTWAIT) == 7)
        ;
    clock_advance(1000);
    work(5);
    while (recv(fd, answer, 7, MSG_DONTWAIT) == 7)
        ;
    clock_advance(1000);
    work(5);
    CHECK_INT(served, 30);
    hang_up(fd);
    clock_advance(1000);
    work(5);
    CHECK_INT(ended, 1);
    serve_end();
}

TEST(who_does_not_read_is_dropped_early)
{
    int fd = -1;

    serve_begin();
    CHECK_INT(line_connect(flooded_path, &fd, NULL), 0);
    for (int i = 0; i < 100000 && !ended; i++) {
        if (send(fd, "x\n", 2, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN)
            break;
        clock_advance(1000);
        work(1);
    }
    CHECK_INT(ended, 1);
    close(fd);
    serve_end();
}

TEST(connections_are_counted)
{
    int fd[LINE_PEERS_OF_USER + 1], open_still = 0;
    char c;

    serve_begin();
    for (int i = 0; i <= LINE_PEERS_OF_USER; i++) {
        CHECK_INT(line_connect(flooded_path, &fd[i], NULL), 0);
        work(3);
    }
    for (int i = 0; i <= LINE_PEERS_OF_USER; i++)
        open_still += recv(fd[i], &c, 1, MSG_DONTWAIT) < 0; /* 0: closed */
    CHECK_INT(open_still, LINE_PEERS_OF_USER);
    hang_up(fd[0]);
    work(3);
    CHECK_INT(ended, 1);
    CHECK_INT(line_connect(flooded_path, &fd[0], NULL), 0); /* its place is free again */
    work(3);
    CHECK(recv(fd[0], &c, 1, MSG_DONTWAIT) < 0);
    for (int i = 0; i <= LINE_PEERS_OF_USER; i++)
        close(fd[i]);
    serve_end();
}

TEST(a_flood_of_connections_waits)
{
    int fd[1], closed = 0;

    serve_begin();
    for (int i = 0; i < 20 * LINE_ACCEPTS_PER_S; i++) {
        int one = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        struct sockaddr_un a = {.sun_family = AF_UNIX};

        strcpy(a.sun_path, flooded_path);
        closed += connect(one, (struct sockaddr *)&a, sizeof a) < 0; /* EAGAIN: as many wait as may */
        close(one);
        work(1);
    }
    CHECK(closed > 0);
    clock_advance(1000);
    work(50);
    CHECK_INT(line_connect(flooded_path, &fd[0], NULL), 0);
    CHECK_INT(send(fd[0], "x\n", 2, 0), 2);
    work(5);
    clock_advance(1000);
    work(50);
    CHECK_INT(served, 1);
    close(fd[0]);
    serve_end();
}

static void *answer_in_pieces(void *arg)
{
    int fd = *(int *)arg;
    char request[32] = "";
    if (recv(fd, request, 6, MSG_WAITALL) == 6 && !strcmp(request, "frame\n")) { /* it comes in two pieces */
        send(fd, "{\"by", 4, MSG_NOSIGNAL);
        usleep(1000);
        send(fd, "tes\":4}\nab", 10, MSG_NOSIGNAL);
        usleep(1000);
        send(fd, "cdrest", 6, MSG_NOSIGNAL);
    }
    return NULL;
}

TEST(the_simple_client)
{
    int pair[2];
    char answer[64] = "", bytes[4];
    pthread_t thread;
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    pthread_create(&thread, NULL, answer_in_pieces, &pair[1]);
    CHECK_INT(line_call(pair[0], "frame", answer, sizeof answer, -1, NULL), 0);
    CHECK_STR(answer, "{\"bytes\":4}");
    CHECK_INT(line_read_bytes(pair[0], bytes, 4, -1, NULL), 0);
    CHECK_MEM(bytes, "abcd", 4);
    pthread_join(thread, NULL);
    CHECK_INT(line_call(pair[0], "x", answer, sizeof answer, 1, NULL), -ERR_TIMEOUT); /* "rest" has no newline */
    send(pair[1], "0123456789\n", 11, 0);
    CHECK_INT(line_call(pair[0], "x", answer, 5, -1, NULL), -ERR_TOOLONG);
    close(pair[1]);
    CHECK_INT(line_read_bytes(pair[0], answer, sizeof answer, -1, NULL), -ERR_GONE);
    CHECK_INT(line_call(pair[0], "x", answer, sizeof answer, -1, NULL), -ERR_GONE);
    close(pair[0]);
}

TEST_MAIN(T(lines_are_cut_at_newlines_wherever_the_reads_end), T(the_last_lines_are_heard_before_the_end),
          T(destroyed_inside_its_own_call), T(too_long_a_line_ends_the_connection), T(the_longest_line_is_heard),
          T(a_nul_ends_the_connection), T(sends_lines_and_bytes_in_order), T(a_slow_peer_gets_all_of_it),
          T(nothing_waits_when_nothing_is_queued), T(a_peer_that_never_reads_is_dropped_at_the_ceiling),
          T(sending_to_a_dead_peer_is_told_by_the_loop), T(a_server_by_path), T(a_socket_left_behind_is_replaced),
          T(a_file_in_the_way_is_not_removed), T(a_flood_of_lines_is_slowed_down), T(who_does_not_read_is_dropped_early),
          T(connections_are_counted), T(a_flood_of_connections_waits), T(the_simple_client))
