/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that are whole or absent.
 */
#include "base/fs.h"
#include "base/text.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static char dir[64];

static const char *in_dir(const char *name)
{
    static char path[256];
    CHECK_INT(fs_join(path, sizeof path, dir, name), 0);
    return path;
}

TEST(writes_and_reads_whole)
{
    struct buf b;
    struct stat st;
    struct err e = {0};
    CHECK_INT(fs_write_atomic(in_dir("a"), "first", 5, 0600, &e), 0);
    CHECK_INT(fs_write_atomic(in_dir("a"), "sec\0nd", 6, 0640, &e), 0);
    CHECK_INT(fs_read(in_dir("a"), 6, &b, &e), 0);
    CHECK_INT(b.len, 6);
    CHECK_MEM(b.data, "sec\0nd", 6);
    buf_finish(&b);
    CHECK_INT(stat(in_dir("a"), &st), 0);
    CHECK_INT(st.st_mode & 0777, 0640);
    CHECK(access(in_dir("a.tmp"), F_OK) < 0);
}

TEST(an_old_temporary_is_in_nobodys_way)
{
    struct buf b;
    CHECK_INT(fs_write_atomic(in_dir("t.tmp"), "left by a power cut", 19, 0400, NULL), 0);
    CHECK_INT(fs_write_atomic(in_dir("t"), "new", 3, 0600, NULL), 0);
    CHECK_INT(fs_read(in_dir("t"), 100, &b, NULL), 0);
    CHECK_STR(buf_str(&b), "new");
    buf_finish(&b);
    CHECK(access(in_dir("t.tmp"), F_OK) < 0);
}

TEST(a_failed_write_leaves_the_old_file)
{
    struct err e = {0};
    struct stat st;
    CHECK_INT(mkdir(in_dir("d"), 0700), 0);
    CHECK(fs_write_atomic(in_dir("d"), "x", 1, 0600, &e) < 0); /* a folder cannot be replaced */
    CHECK_INT(stat(in_dir("d"), &st), 0);
    CHECK(S_ISDIR(st.st_mode));
    CHECK(access(in_dir("d.tmp"), F_OK) < 0);
    CHECK_INT(fs_write_atomic(in_dir("none/x"), "x", 1, 0600, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "none/x"));
}

TEST(a_device_stays_what_it_is)
{
    struct stat st;

    CHECK_INT(mkfifo(in_dir("fifo"), 0600), 0);
    CHECK_INT(fs_write_given(in_dir("fifo"), "x", 1, 0600, NULL), -ERR_INVALID);
    CHECK(lstat(in_dir("fifo"), &st) == 0 && S_ISFIFO(st.st_mode));
    CHECK_INT(fs_write_atomic(in_dir("fifo"), "x", 1, 0600, NULL), 0); /* what is the program's own is healed */
    CHECK(lstat(in_dir("fifo"), &st) == 0 && S_ISREG(st.st_mode));
    CHECK_INT(unlink(in_dir("fifo")), 0);
    CHECK_INT(symlink("elsewhere", in_dir("link")), 0);
    CHECK_INT(fs_write_given(in_dir("link"), "x", 1, 0600, NULL), 0);
    CHECK(lstat(in_dir("link"), &st) == 0 && S_ISREG(st.st_mode));
    CHECK_INT(unlink(in_dir("link")), 0);
}

TEST(reading_what_is_not_there_or_too_long)
{
    struct buf b;
    struct err e = {0};
    CHECK_INT(fs_read(in_dir("nothing"), 10, &b, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "nothing"));
    buf_finish(&b);
    CHECK_INT(fs_write_atomic(in_dir("l"), "12345", 5, 0600, NULL), 0);
    CHECK_INT(fs_read(in_dir("l"), 4, &b, &e), -ERR_TOOLONG);
    CHECK_INT(b.len, 0);
    CHECK_INT(fs_read(dir, 100, &b, &e), -ERR_INVALID);
    CHECK_INT(fs_write_atomic(in_dir("empty"), "", 0, 0600, NULL), 0);
    CHECK_INT(fs_read(in_dir("empty"), 0, &b, &e), 0);
    CHECK_STR(buf_str(&b), "");
    buf_finish(&b);
}

/* What another program put there must neither block the reader nor lead him elsewhere. */
TEST(only_plain_files_are_read)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct err e = {0};
    struct buf b;

    CHECK_INT(mkfifo(in_dir("fifo"), 0600), 0);
    CHECK_INT(fs_read(in_dir("fifo"), 100, &b, &e), -ERR_INVALID);
    CHECK(strstr(e.text, "fifo"));
    CHECK_INT(symlink("a", in_dir("to-a")), 0);
    CHECK_INT(fs_read(in_dir("to-a"), 100, &b, &e), -ERR_INVALID);
    CHECK_INT(fs_read_given(in_dir("to-a"), 100, &b, &e), 0);
    buf_finish(&b);
    CHECK_INT(fs_read_given(in_dir("fifo"), 100, &b, &e), -ERR_INVALID);
    text_copy(a.sun_path, sizeof a.sun_path, in_dir("socket"));
    CHECK_INT(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
    CHECK_INT(fs_read(a.sun_path, 100, &b, &e), -ERR_INVALID);
    CHECK_INT(fs_read("/dev/zero", 100, &b, &e), -ERR_INVALID);
    close(fd);
}

TEST(folders_in_one_go)
{
    struct stat st;
    struct err e = {0};
    CHECK_INT(fs_mkdirs(in_dir("x/y/z/"), 0700, &e), 0);
    CHECK_INT(stat(in_dir("x/y/z"), &st), 0);
    CHECK_INT(st.st_mode & 0777, 0700);
    CHECK_INT(stat(in_dir("x"), &st), 0);
    CHECK_INT(fs_mkdirs(in_dir("x/y/z"), 0700, &e), 0);
    CHECK_INT(fs_write_atomic(in_dir("file"), "x", 1, 0600, &e), 0);
    CHECK(fs_mkdirs(in_dir("file"), 0700, &e) < 0);
    CHECK(fs_mkdirs(in_dir("file/below"), 0700, &e) < 0);
    CHECK_INT(fs_mkdirs("", 0700, &e), -ERR_INVALID);
}

TEST(one_folder_where_its_parent_is)
{
    struct err e = {0};
    CHECK_INT(fs_mkdir(in_dir("mistyped/z"), 0700, &e), -ERR_NOTFOUND);
    CHECK(access(in_dir("mistyped"), F_OK) < 0);
    CHECK_INT(fs_mkdir(in_dir("one"), 0700, &e), 0);
    CHECK_INT(fs_mkdir(in_dir("one"), 0700, &e), 0);
    CHECK_INT(fs_write_atomic(in_dir("file"), "x", 1, 0600, &e), 0);
    CHECK_INT(fs_mkdir(in_dir("file"), 0700, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "Not a directory"));
}

TEST(root_in_the_folder_of_another)
{
    struct err e = {0};
    CHECK_INT(fs_refuse_root(in_dir("none"), &e), 0);
    CHECK_INT(fs_mkdir(in_dir("theirs"), 0755, &e), 0);
    CHECK_INT(fs_refuse_root(in_dir("theirs"), &e), 0);
    if (geteuid() != 0)
        SKIP("it takes root");
    CHECK_INT(chown(in_dir("theirs"), 65534, 65534), 0);
    CHECK_INT(fs_refuse_root(in_dir("theirs"), &e), -ERR_ACCESS);
    CHECK(strstr(e.text, "run it as the user"));
}

TEST(joining)
{
    char out[8];
    CHECK_INT(fs_join(out, sizeof out, "/a", "b"), 0);
    CHECK_STR(out, "/a/b");
    CHECK_INT(fs_join(out, sizeof out, "/a/", "b"), 0);
    CHECK_STR(out, "/a/b");
    CHECK_INT(fs_join(out, sizeof out, "/abc", "def"), -ERR_TOOLONG);
    CHECK_INT(fs_join(out, sizeof out, "/abc", "de"), 0);
}

TEST(syncing_a_folder)
{
    struct err e = {0};
    CHECK_INT(fs_sync_dir(dir, &e), 0);
    CHECK_INT(fs_sync_dir(in_dir("nowhere"), &e), -ERR_NOTFOUND);
}

/* Another process that asks for the lock; it exits with the code it got. */
static pid_t lock_elsewhere(int wait_ms)
{
    pid_t pid = fork();

    if (pid == 0) {
        int fd;

        close_range(3, ~0U, 0); /* else it shares our lock */
        _exit(-fs_lock(in_dir("lock"), wait_ms, &fd, NULL));
    }
    return pid;
}

static int exit_of(pid_t pid)
{
    int status = -1;

    CHECK_INT(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(a_lock_is_one_programs)
{
    struct err e = {0};
    struct stat st;
    int fd = -1, second = -1;

    CHECK_INT(fs_lock(in_dir("lock"), 0, &fd, &e), 0);
    CHECK_INT(stat(in_dir("lock"), &st), 0);
    CHECK_INT(st.st_mode & 0777, 0600);
    CHECK_INT(fs_lock(in_dir("lock"), 0, &second, &e), -ERR_BUSY);
    CHECK(strstr(e.text, in_dir("lock")));
    CHECK_INT(second, -1);
    CHECK_INT(exit_of(lock_elsewhere(0)), ERR_BUSY);
    CHECK_INT(exit_of(lock_elsewhere(50)), ERR_BUSY);
    close(fd);
    CHECK_INT(exit_of(lock_elsewhere(0)), 0);
    CHECK_INT(fs_lock(in_dir("lock"), 0, &fd, &e), 0); /* it ended with that process */
    close(fd);
    CHECK_INT(symlink("lock", in_dir("link")), 0);
    CHECK(fs_lock(in_dir("link"), 0, &fd, &e) < 0);
}

/* Whether it finds the lock held or free already: it gets it. */
TEST(a_lock_is_waited_for)
{
    int fd = -1;

    CHECK_INT(fs_lock(in_dir("lock"), 0, &fd, NULL), 0);
    pid_t waits = lock_elsewhere(60000);
    usleep(50000);
    close(fd);
    CHECK_INT(exit_of(waits), 0);
}

/* First and last of the list. */
TEST(make_a_folder)
{
    snprintf(dir, sizeof dir, "/tmp/tongban-test-fs-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
}

TEST(remove_the_folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(make_a_folder), T(writes_and_reads_whole), T(an_old_temporary_is_in_nobodys_way),
          T(a_failed_write_leaves_the_old_file), T(a_device_stays_what_it_is), T(reading_what_is_not_there_or_too_long),
          T(only_plain_files_are_read), T(folders_in_one_go), T(one_folder_where_its_parent_is),
          T(root_in_the_folder_of_another), T(joining), T(syncing_a_folder), T(a_lock_is_one_programs),
          T(a_lock_is_waited_for), TEARDOWN(remove_the_folder))
