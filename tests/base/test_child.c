/* SPDX-License-Identifier: Apache-2.0
 *
 * A child holds nothing of its parent's but what it was given, and does not outlive it.
 */
#include "base/child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"

/* Descriptors above 2, but for the one that looks. */
static int count_open(void)
{
    DIR *d = opendir("/proc/self/fd");
    struct dirent *entry;
    int n = 0;

    while (d && (entry = readdir(d)))
        n += atoi(entry->d_name) > STDERR_FILENO && atoi(entry->d_name) != dirfd(d);
    if (d)
        closedir(d);
    return n;
}

TEST(a_fork_keeps_one_descriptor)
{
    int ends[2], more = open("/dev/null", O_RDONLY); /* not even closed by exec */
    char word[8] = "";

    CHECK_INT(pipe(ends), 0);
    pid_t pid = child_fork(ends[1], NULL);
    if (pid == 0)
        _exit(write(ends[1], "here", 4) == 4 ? count_open() : 99);
    CHECK_INT(child_wait(pid), 1);
    CHECK_INT(read(ends[0], word, sizeof word), 4);
    pid = child_fork(-1, NULL);
    if (pid == 0)
        _exit(count_open());
    CHECK_INT(child_wait(pid), 0);
    close(ends[0]);
    close(ends[1]);
    close(more);
}

/* It hangs, and its parent's lock is free all the same. */
TEST(a_lock_is_not_shared_with_a_child)
{
    char path[] = "/tmp/tongban-test-child-XXXXXX";
    int fd = mkstemp(path), lock = -1, again = -1, ends[2];
    char c;

    CHECK_INT(pipe(ends), 0);
    CHECK_INT(fs_lock(path, 0, &lock, NULL), 0);
    pid_t pid = child_fork(ends[1], NULL);
    if (pid == 0) {
        if (write(ends[1], "r", 1) == 1)
            pause();
        _exit(0);
    }
    CHECK_INT(read(ends[0], &c, 1), 1);
    close(lock);
    CHECK_INT(fs_lock(path, 0, &again, NULL), 0);
    child_end(pid);
    child_end(0);
    unlink(path);
    close(again);
    close(fd);
    close(ends[0]);
    close(ends[1]);
}

/* The pipe's other end is closed when the grandchild, which would wait for ever, has ended. */
TEST(it_ends_with_its_parent)
{
    int ends[2];
    char c;

    CHECK_INT(pipe(ends), 0);
    pid_t parent = fork();
    if (parent == 0) {
        close(ends[0]);
        pid_t pid = child_fork(ends[1], NULL);
        if (pid == 0 && write(ends[1], "r", 1) == 1)
            for (;;)
                pause();
        pause();
    }
    close(ends[1]);
    CHECK_INT(read(ends[0], &c, 1), 1);
    kill(parent, SIGKILL);
    CHECK_INT(child_wait(parent), -1);
    CHECK_INT(read(ends[0], &c, 1), 0);
    close(ends[0]);
}

/* This program itself, as a program that was started: it says on the socket what it has. */
static int as_a_program(int fd)
{
    sigset_t blocked;
    char word[64];

    sigprocmask(SIG_SETMASK, NULL, &blocked);
    snprintf(word, sizeof word, "%d %d %s", count_open(), sigismember(&blocked, SIGTERM), getenv("HOME") ? "env" : "no env");
    return send(fd, word, strlen(word), 0) > 0 ? 7 : 1;
}

static void spawn_with(int fd, int other, int as, const char *word)
{
    const char *const argv[] = {"test_child", word, NULL};
    char said[64] = "";
    sigset_t term;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    pid_t pid = child_spawn(argv, fd, as, NULL);
    CHECK(pid > 0);
    CHECK(recv(other, said, sizeof said - 1, 0) > 0);
    CHECK_STR(said, as > STDERR_FILENO ? "1 0 no env" : "0 0 no env");
    CHECK_INT(child_wait(pid), 7);
    sigprocmask(SIG_UNBLOCK, &term, NULL);
}

TEST(a_program_gets_what_it_is_given)
{
    int pair[2];

    setenv("HOME", "/", 1);
    CHECK_INT(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    spawn_with(pair[1], pair[0], 3, "3");
    spawn_with(pair[0], pair[1], 3, "3");
    spawn_with(pair[1], pair[0], 1, "1");
    CHECK(fcntl(pair[1], F_GETFD) & FD_CLOEXEC);
    close(pair[0]);
    close(pair[1]);
}

static int as_one_to_talk_to(void)
{
    char word[16];
    ssize_t n = recv(STDIN_FILENO, word, sizeof word, 0);

    return n > 0 && count_open() == 0 && send(STDOUT_FILENO, word, (size_t)n, 0) == n ? 9 : 1;
}

TEST(one_talks_to_a_program)
{
    const char *const argv[] = {"test_child", "talk", NULL};
    char said[16] = "";
    int pair[2];

    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    pid_t pid = child_talk(argv, pair[1], NULL);
    close(pair[1]);
    CHECK_INT(send(pair[0], "hello", 5, 0), 5);
    CHECK_INT(recv(pair[0], said, sizeof said - 1, 0), 5);
    CHECK_STR(said, "hello");
    CHECK_INT(recv(pair[0], said, sizeof said, 0), 0); /* it has ended, and held the only other end */
    CHECK_INT(child_wait(pid), 9);
    close(pair[0]);
}

TEST(one_converses_with_a_program)
{
    const char *const argv[] = {"test_child", "3", NULL};
    char said[64] = "";
    int fd = -1;
    pid_t pid = child_converse(argv, &fd, NULL);

    CHECK(pid > 0);
    CHECK(recv(fd, said, sizeof said - 1, 0) > 0);
    CHECK_STR(said, "1 0 no env");
    CHECK_INT(recv(fd, said, sizeof said, 0), 0); /* it has ended, and held the only other end */
    CHECK_INT(child_wait(pid), 7);
    close(fd);
}

TEST(a_program_that_is_not_there)
{
    const char *const argv[] = {"no-such-program", NULL};

    CHECK_INT(child_wait(child_spawn(argv, STDIN_FILENO, STDIN_FILENO, NULL)), 127);
}

__attribute__((constructor)) static void started(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "talk") == 0)
        _exit(as_one_to_talk_to());
    if (argc == 2)
        _exit(as_a_program(atoi(argv[1])));
}

TEST_MAIN(T(a_fork_keeps_one_descriptor), T(a_lock_is_not_shared_with_a_child), T(it_ends_with_its_parent),
          T(a_program_gets_what_it_is_given), T(one_talks_to_a_program), T(one_converses_with_a_program),
          T(a_program_that_is_not_there))
