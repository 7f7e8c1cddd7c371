/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/paper/NUMBER/WHICH.pdf (or .html) {"name":"…"}: the paper of what has happened, the very bytes of `hallctl case
 * paper`, which makes it in a process of its own: letters and fonts are drawn by large libraries, which end the program when
 * they lack a font. What they do wrong costs one paper then, and not the hall; and they never see the hall's keys. The
 * paper goes over a socket and touches no disk. The row of the audit log is written before it goes out.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/papers/case_paper_pdf.h"
#include "tools/hall/staff/ask.h"
#include "tools/hall/store/store_case.h"

#define MAKING_MS 60000
#define PART 65536
#define EXIT_REFUSED_ 4 /* as hallctl says it */

static void print_take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (!print_path_decode(exchange_tail(a->exchange), a->number, &a->office, &a->print)) {
        ask_refuse(a, 404, "no-case");
    } else if (print_ask_decode(body, len, &a->print, &e) < 0) {
        ask_refuse(a, 400, "unreadable");
    } else if (a->desk->printing >= PRINTING_MAX) {
        a->retry_s = 2;
        ask_refuse(a, 503, "busy");
    } else {
        a->desk->printing++;
        a->prints = true;
    }
}

/* --- the process that makes it --- */

static int say_name(int fd, const char *name, struct err *e)
{
    char line[PAPER_NAME_MAX + 2];
    size_t len = (size_t)snprintf(line, sizeof line, "%s\n", name);
    bool sent = send(fd, line, len, MSG_NOSIGNAL) == (ssize_t)len; /* it fits the socket's buffer */

    secret_wipe(line, sizeof line);
    return sent ? 0 : err_errno(e, "say the name");
}

/* Until its end. */
static int read_all(int fd, struct buf *out, struct err *e)
{
    int64_t ends = clock_mono_ms() + MAKING_MS, left;
    uint8_t part[PART];
    ssize_t n = 1;

    while (n > 0 && (left = ends - clock_mono_ms()) > 0) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};

        if (poll(&wait, 1, (int)left) <= 0)
            continue;
        n = recv(fd, part, sizeof part, 0);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            buf_add(out, part, (size_t)n);
    }
    secret_wipe(part, sizeof part);
    if (n > 0)
        return err_set(e, ERR_TIMEOUT, "it takes longer than %d s", MAKING_MS / 1000);
    return n < 0 ? err_errno(e, "read it") : buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "it is too long");
}

/* Its exit code, or an error. */
static int make(struct ask *a, int ends[2], struct err *e)
{
    const char *const argv[] = {"hallctl",
                                "case",
                                "paper",
                                a->number,
                                case_paper_kind_word(a->print.kind),
                                "--data",
                                a->desk->data,
                                "--out",
                                a->print.page ? "-.html" : "-",
                                NULL};
    pid_t pid = child_talk(argv, ends[1], e);

    close(ends[1]);
    ends[1] = -1;
    if (pid < 0)
        return -ERR_STATE;
    int rc = say_name(ends[0], a->print.name, e);
    if (rc == 0)
        rc = read_all(ends[0], &a->file, e);
    if (rc < 0) {
        child_end(pid);
        return rc;
    }
    return child_wait(pid);
}

static int print_it(struct ask *a, struct err *e)
{
    int ends[2], code;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return err_errno(e, "a socket for a paper");
    code = make(a, ends, e);
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
    if (code < -1)
        return err_wrap(e, code, "the paper of case %s", a->number);
    if (code == EXIT_REFUSED_)
        ask_refuse(a, 422, "no-paper");
    else if (code != 0 || a->file.len == 0)
        return err_set(e, ERR_STATE, "hallctl made no paper of case %s: it ended with %d", a->number, code);
    return 0;
}

static int print_read(struct ask *a, struct store *s, struct err *e)
{
    struct case_file f;
    struct err why = {0};
    int rc = a->office == a->me.office ? case_file_read(s, a->office, a->number, NULL, NULL, &f, &why) : -ERR_NOTFOUND;

    if (rc == -ERR_NOTFOUND) { /* another office's is none here */
        ask_refuse(a, 404, "no-case");
        return 0;
    }
    *e = why;
    return rc == 0 ? print_it(a, e) : rc;
}

static int print_write(struct ask *a, struct store *s, struct err *e)
{
    int rc = store_audit(s, a->me.office, a->me.id, "case-paper", a->number, case_paper_kind_word(a->print.kind), e);

    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    a->type = a->print.page ? "text/html; charset=utf-8" : "application/pdf";
    return 0;
}

static void print_ended(struct ask *a)
{
    char name[120];

    if (a->prints)
        a->desk->printing--;
    if (!a->type)
        return;
    snprintf(name, sizeof name, "attachment; filename=\"%s-%s.%s\"", a->number, case_paper_kind_word(a->print.kind),
             a->print.page ? "html" : "pdf");
    exchange_set(a->exchange, "Content-Disposition", name);
}

const struct api api_print = {.take = print_take, .read = print_read, .write = print_write, .ended = print_ended};
