/* SPDX-License-Identifier: Apache-2.0
 *
 * `selftest VERDICT [card NAME]`: kioskctl selftest against the running kiosk. The card is laid down when it is asked for.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/scenario/play.h"

#define AGAIN_US 200000
#define TRIES 900
#define LOG_MAX (1024 * 1024)

/* In a process of its own; the exit code says what came of it. */
static void test(struct play *p, bool with_card)
{
    struct stand *s = p->stand;
    struct err e = {0};
    struct buf out;
    int rc = stand_command(s, &out, &e, "kioskctl", "selftest", "--yes", "--json", "--run", stand_path(s, "run"), "--data",
                           stand_path(s, "term"), with_card ? NULL : "--no-card", NULL);

    _exit(rc >= 0 ? 0 : strstr(e.text, "exit 1:") ? 1 : strstr(e.text, "exit 3:") ? 3 : 99);
}

/* What kioskctl says to the technician. */
static bool asks_for_card(struct play *p)
{
    struct buf log;
    bool asks = fs_read(stand_path(p->stand, "logs/commands.log"), LOG_MAX, &log, NULL) >= 0 &&
                strstr(buf_str(&log), "Lay any");

    buf_finish(&log);
    return asks;
}

static int wait_for(struct play *p, pid_t pid, const char *card, int *ret_status, struct err *e)
{
    char words[STAND_PATH_MAX + 80];
    struct buf out;

    snprintf(words, sizeof words, "card place %s/tests/cards/%s.txt", p->stand->opt.source, card ? card : "");
    for (int i = 0; i < TRIES; i++) {
        if (waitpid(pid, ret_status, WNOHANG) == pid)
            return 0;
        usleep(AGAIN_US);
        if (!card || !asks_for_card(p))
            continue;
        card = NULL;
        int rc = stand_desk(p->stand, words, &out, e);
        buf_finish(&out);
        if (rc < 0)
            return rc;
    }
    return err_set(e, ERR_TIMEOUT, "kioskctl selftest does not end");
}

int selftest_step(struct play *p, const struct step *st, struct err *e)
{
    static const char *const words[] = {"ready", "not-ready", "", "busy"};
    const char *card = st->n == 3 && !strcmp(st->words[1], "card") ? st->words[2] : NULL;
    struct buf out;
    int status = 0;
    pid_t pid = fork();

    if (pid == 0)
        test(p, card != NULL);
    int rc = wait_for(p, pid, card, &status, e);
    if (card) {
        stand_desk(p->stand, "card lift", &out, e);
        buf_finish(&out);
    }
    if (rc < 0)
        return rc;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 99;
    const char *is = code < 4 ? words[code] : "broken";
    return strcmp(is, st->words[0]) ? err_set(e, ERR_NOTFOUND, "it is %s", is) : 0;
}

/* `expect report TEXT` */
int expect_report(struct play *p, const struct step *st, struct err *e)
{
    char name[64];
    struct buf text;
    int rc;

    snprintf(name, sizeof name, "term/readiness.%s", strchr(st->words[1], '"') ? "json" : "txt");
    rc = fs_read(stand_path(p->stand, name), 64 * 1024, &text, e);
    if (rc < 0)
        return rc;
    if (!strstr(buf_str(&text), st->words[1]))
        rc = err_set(e, ERR_NOTFOUND, "the report says:\n%s", buf_str(&text));
    buf_finish(&text);
    return rc;
}
