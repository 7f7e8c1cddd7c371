/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/paper/NUMBER/WHICH.pdf (or .html) {"name":"…"}: the paper of what has happened, the very bytes of `hallctl case
 * paper`, which makes it in a process of its own (made.h). The row of the audit log is written before it goes out.
 */
#include <stdio.h>

#include "base/secret.h"
#include "tools/hall/staff/made.h"
#include "tools/hall/store/store_case.h"

static void print_take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (!print_path_decode(exchange_tail(a->exchange), a->number, &a->office, &a->print)) {
        ask_refuse(a, 404, "no-case");
    } else if (print_ask_decode(body, len, &a->print, &e) < 0) {
        ask_refuse(a, 400, "unreadable");
    }
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
    return rc;
}

static void print_made(struct ask *a, enum made_exit code)
{
    if (code != MADE_DONE)
        ask_refuse(a, 422, "no-paper");
}

static void print_wait(struct ask *a)
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
    char line[PAPER_NAME_MAX + 2];

    snprintf(line, sizeof line, "%s\n", a->print.name);
    made_begin(a, MADE_PAPER, argv, line, print_made);
    secret_wipe(line, sizeof line);
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

    if (!a->type)
        return;
    snprintf(name, sizeof name, "attachment; filename=\"%s-%s.%s\"", a->number, case_paper_kind_word(a->print.kind),
             a->print.page ? "html" : "pdf");
    exchange_set(a->exchange, "Content-Disposition", name);
}

const struct api api_print = {
    .take = print_take, .read = print_read, .wait = print_wait, .write = print_write, .ended = print_ended};
