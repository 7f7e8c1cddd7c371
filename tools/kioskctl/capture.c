/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl capture: the conversation of kiosk with one of its devices, into a file that only its owner can read.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/line.h"
#include "base/text.h"
#include "model/device.h"
#include "tools/kioskctl/kioskctl.h"

#define SECONDS_DEFAULT "60"
#define MARGIN_MS 10000

#define COMMAND "kioskctl capture"

static const char help[] =
    "kioskctl capture reader|receipt|ticket FILE [--for SECONDS] [--json] [--run DIR]\n\n"
    "Writes what kiosk and the device say to each other into a new FILE (mode 0600), for 60 seconds or as said.\n"
    "The card is replaced by an invented one, printed text by x, 0 and one Chinese character, pictures by white.\n"
    "With the real data instead, as root: --with-personal-data --yes-i-mean-it; delete that FILE when it has served.\n"
    "Exit: 0 captured, 2 wrong arguments, 3 kiosk does not answer, or FILE exists or cannot be written.\n";

struct capture {
    int fd, file;
    int lines;
};

/* One byte after the other would be slow, one line at most 33 kB: what is read is cut into lines here. */
static int copy_lines(struct capture *r, const char *path, int64_t until_ms, struct err *e)
{
    static char held[LINE_MAX_BYTES];
    size_t n = 0;

    for (;;) {
        int64_t left = until_ms - clock_mono_ms();
        struct pollfd p = {.fd = r->fd, .events = POLLIN};
        if (left <= 0 || poll(&p, 1, (int)left) <= 0)
            return err_set(e, ERR_TIMEOUT, "kiosk does not end the capture");
        ssize_t got = read(r->fd, held + n, sizeof held - 1 - n);
        if (got <= 0)
            return err_set(e, ERR_GONE, "kiosk has gone; %s holds what was captured until then", path);
        n += (size_t)got;
        held[n] = '\0';
        for (char *newline; (newline = strchr(held, '\n'));) {
            size_t len = (size_t)(newline - held) + 1;
            if (!strncmp(held, "end\n", 4))
                return 0;
            if (!strncmp(held, "error ", 6))
                return err_set(e, ERR_REFUSED, "%.*s", (int)len - 7, held + 6);
            int rc = fs_write_all(r->file, path, held, len, e);
            if (rc < 0)
                return rc;
            r->lines++;
            n -= len;
            memmove(held, held + len, n + 1);
        }
        if (n == sizeof held - 1)
            return err_set(e, ERR_TOOLONG, "kiosk's line has no end");
    }
}

static int run_capture(const char *run, const char *role, const char *path, int seconds, bool personal, struct capture *r,
                       struct err *e)
{
    struct peer_line request = {.kind = PEER_CAPTURE, .seconds = seconds};

    text_copy(request.role, sizeof request.role, role);
    text_copy(request.option, sizeof request.option, personal ? "with-personal-data" : "");
    r->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (r->file < 0)
        return err_errno(e, "make %s", path);
    int rc = kioskctl_begin(run, &request, &r->fd, e);
    return rc < 0 ? rc : copy_lines(r, path, clock_mono_ms() + seconds * INT64_C(1000) + MARGIN_MS, e);
}

static int report(const struct capture *r, const char *path, bool personal, bool json)
{
    struct jsonw w;
    struct buf b;

    if (!json) {
        printf("%d lines in %s, %s\n", r->lines, path,
               personal ? "with personal data: delete it when it has served" : "nothing personal in it");
        return EXIT_OK;
    }
    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "file", path);
    jsonw_int(&w, "lines", r->lines);
    jsonw_bool(&w, "personal", personal);
    jsonw_end(&w);
    return kioskctl_print(&b, EXIT_OK);
}

int kioskctl_capture(int argc, char **argv)
{
    const char *run = KIOSKCTL_RUN, *seconds = SECONDS_DEFAULT, *words[2];
    bool json = false, personal = false, meant = false;
    const struct option_word options[] = {{"--json", NULL, &json},           {"--run", &run, NULL},
                                          {"--for", &seconds, NULL},         {"--with-personal-data", NULL, &personal},
                                          {"--yes-i-mean-it", NULL, &meant}, {NULL, NULL, NULL}};
    struct capture r = {.fd = -1, .file = -1};
    struct err e = {0};
    int64_t s;
    int n;

    int code = options_read(COMMAND, argc, argv, help, options, words, 2, &n);
    if (code >= 0)
        return code;
    if (n != 2 || device_by_word(words[0]) == DEVICE_ROLES)
        return options_wrong(COMMAND, "it takes reader, receipt or ticket, and a file");
    code = options_number(COMMAND, "--for", seconds, 1, 3600, &s);
    if (code >= 0)
        return code;
    if (personal != meant)
        return options_wrong(COMMAND, "personal data is captured only with both --with-personal-data and --yes-i-mean-it");
    int rc = run_capture(run, words[0], words[1], (int)s, personal, &r, &e);
    if (r.fd >= 0)
        close(r.fd);
    if (r.file >= 0) {
        close(r.file);
        if (rc < 0 && !r.lines)
            unlink(words[1]);
    }
    return rc < 0 ? kioskctl_fail(&e, EXIT_CANNOT) : report(&r, words[1], personal, json);
}
