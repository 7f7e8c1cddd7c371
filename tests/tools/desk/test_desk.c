/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk as a process of its own, spoken to over its socket; and what the tray keeps.
 */
#include "tools/desk/desk.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/line.h"
#include "test.h"
#include "tools/desk/paper.h"

static char dir[64], socket_path[96], answer[65536];
static pid_t pid;

static void start(const char *reader)
{
    snprintf(dir, sizeof dir, "/tmp/test-desk-%d", getpid());
    snprintf(socket_path, sizeof socket_path, "%s/desk", dir);
    mkdir(dir, 0700);
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        const struct desk_options o = {
            .socket = socket_path, .paper = dir, .reader = reader, .printer = "epson-tm-t20iii", .ticket = "none"};
        struct err e;
        _exit(!freopen("/dev/null", "w", stdout) || desk_run(&o, &e) < 0);
    }
}

static int call(const char *words)
{
    struct err e;
    int fd, rc = -1;
    for (int i = 0; i < 200 && (rc = line_connect(socket_path, &fd, &e)) < 0; i++)
        usleep(20000);
    if (rc == 0) {
        rc = line_call(fd, words, answer, sizeof answer, 10000, &e);
        close(fd);
    }
    CHECK_INT(rc, 0);
    return rc;
}

static void stop(void)
{
    int status = -1;
    call("quit");
    waitpid(pid, &status, 0);
    CHECK_INT(status, 0);
    CHECK(access(socket_path, F_OK) < 0);
    rmdir(dir);
}

TEST(words_and_answers)
{
    char cwd[400], words[512];
    start("whole");
    call("status");
    CHECK(strstr(answer, "{\"reader\":{\"plugged\":true,\"device\":{\"transport\":\"whole\",\"card\":false}},\"printer\":"));
    CHECK(!strstr(answer, "ticket"));
    snprintf(words, sizeof words, "card place %s/tests/cards/resident-r1.txt", getcwd(cwd, sizeof cwd));
    call(words);
    CHECK_STR(answer, "{\"ok\":true}");
    call("status");
    CHECK(strstr(answer, "\"card\":true"));
    call("card lift");
    call("reader unplug");
    CHECK_STR(answer, "{\"ok\":true}");
    call("status");
    CHECK(strstr(answer, "\"plugged\":false,\"device\":{\"transport\":\"whole\",\"card\":false}"));
    call("paper");
    CHECK_STR(answer, "[]");
    stop();
}

TEST(more_devices_and_the_hub)
{
    start("split");
    call("add keyboard");
    CHECK_STR(answer, "{\"ok\":true}");
    call("add keyboard");
    CHECK(strstr(answer, "\"ok\":false"));
    call("add reader2 whole");
    call("keyboard touched");
    CHECK_STR(answer, "{\"touched\":0}");
    call("reader unplug");
    call("hub reset");
    CHECK_STR(answer, "{\"ok\":true}");
    call("status");
    CHECK(strstr(answer, "{\"reader\":{\"plugged\":false")); /* what was not there does not come back */
    CHECK(strstr(answer, "\"reader2\":{\"plugged\":true"));
    stop();
}

TEST(refusals)
{
    start("none");
    call("card lift");
    CHECK_STR(answer, "{\"ok\":false,\"error\":\"there is no reader on this desk\"}");
    call("ticket paper-out");
    CHECK_STR(answer, "{\"ok\":false,\"error\":\"there is no ticket on this desk\"}");
    call("printer dance");
    CHECK_STR(answer, "{\"ok\":false,\"error\":\"a printer does not know \\\"dance\\\"\"}");
    call("card place /no/such/card");
    CHECK(strstr(answer, "\"ok\":false"));
    call("coffee");
    CHECK(strstr(answer, "unknown command"));
    call("");
    CHECK(strstr(answer, "unknown command"));
    stop();
}

TEST(bad_options)
{
    struct desk_options o = {.socket = "/tmp/test-desk-x",
                             .paper = "/tmp/test-desk-y",
                             .reader = "telepathy",
                             .printer = "none",
                             .ticket = "none"};
    struct err e = {0};
    CHECK_INT(desk_run(&o, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "telepathy"));
    o.reader = "none";
    o.printer = "stone-tablet";
    CHECK_INT(desk_run(&o, &e), -ERR_NOTFOUND);
    rmdir("/tmp/test-desk-y");
}

static void check_file(const char *name, const void *want, size_t len)
{
    char path[128];
    struct buf b;
    struct err e;
    fs_join(path, sizeof path, dir, name);
    CHECK_INT(fs_read(path, 65536, &b, &e), 0);
    CHECK(b.len >= len);
    if (b.len >= len)
        CHECK_MEM(b.data, want, len);
    buf_finish(&b);
    unlink(path);
}

TEST(the_tray_keeps_bytes_text_and_picture)
{
    static const uint8_t rows[8] = {0x80, 1, 0x40, 2, 0x20, 4, 0x10, 8};
    static const char *const qr[] = {"a code"};
    const struct virtual_paper paper = {(const uint8_t *)"\x1B@x", 3, "收件\n", qr, 1, 16, 4, 2, rows, false, true};
    struct err e;
    struct buf list;
    snprintf(dir, sizeof dir, "/tmp/test-tray-%d", getpid());
    struct tray *t = tray_create(dir, &e);
    tray_add(t, "printer", &paper);
    tray_destroy(t);
    t = tray_create(dir, &e); /* another desk on the same folder */
    tray_add(t, "ticket", &paper);
    buf_init(&list, 4096);
    CHECK_INT(tray_list(t, &list), 1);
    char want[256];
    snprintf(want, sizeof want,
             "{\"role\":\"ticket\",\"file\":\"%s/002-ticket.png\",\"text\":\"收件\\n\",\"qr\":[\"a code\"],\"cut\":true}",
             dir);
    CHECK_STR(buf_str(&list), want);
    buf_finish(&list);
    tray_destroy(t);
    check_file("001-printer.bin", "\x1B@x", 3);
    check_file("001-printer.txt", "收件\n", 7);
    check_file("001-printer.png", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\4\1\0", 26);
    check_file("002-ticket.bin", "\x1B@x", 3);
    check_file("002-ticket.txt", "收件\n", 7);
    check_file("002-ticket.png", "\x89PNG", 4);
    CHECK_INT(rmdir(dir), 0);
}

TEST_MAIN(T(words_and_answers), T(more_devices_and_the_hub), T(refusals), T(bad_options),
          T(the_tray_keeps_bytes_text_and_picture))
