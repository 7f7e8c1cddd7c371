/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl enrol: makes the key and the epoch of the journal and lets kiosk-sync, which may not read that key, do what
 * needs the network. Whatever is interrupted is taken up by running it again: nothing made before is made anew.
 *
 * With --anew for a terminal that is enrolled: the network's part comes first, and until it is done nothing has changed.
 * Then the earlier journal is put aside (enrol_aside.c), where kiosk-sync goes on delivering it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/secret.h"
#include "journal/announce.h"
#include "journal/journal.h"
#include "tools/kioskctl/enrol.h"
#include "tools/kioskctl/kioskctl.h"
#include "wire/enrol.h"

#define SHEET_MAX 4096

#define COMMAND "kioskctl enrol"

static const char help[] =
    "kioskctl enrol --sheet FILE [--anew [--undelivered]] [--json] [--data DIR]\n\n"
    "Makes this terminal known to the hall. FILE is the enrolment sheet that `hallctl terminal add` wrote; it\n"
    "holds a one-time code. An interrupted enrolment goes on when the same command is run again.\n"
    "--anew: of a terminal that is enrolled, with kiosk and kiosk-sync stopped. It gets a new registration and a\n"
    "new journal; the one before is kept in DIR/earlier and its rest delivered.\n"
    "--undelivered: also when the hall has not got all of its records, or when its journal lost some or is a fork;\n"
    "without it such a terminal is refused.\n"
    "DIR is " KIOSKCTL_DATA " where it is not given; it must be there. As root: what is made belongs to DIR's owner.\n"
    "--json: {\"ok\":true,\"terminal\":ID}\n"
    "Exit: 0 enrolled, 1 the sheet is no good or the hall refuses it, 3 it could not be done.\n";

struct enrolment {
    const char *sheet_path, *data;
    bool json, anew, undelivered;
    bool enrolled;            /* it is, and so `anew` applies */
    struct enrol_sheet sheet; /* holds the code: memory from secret_alloc */
    struct private_key *key;
    struct enrol_register request;
};

static int data_path(const struct enrolment *n, const char *name, char out[KIOSKCTL_PATH_MAX], struct err *e)
{
    return fs_join(out, KIOSKCTL_PATH_MAX, n->data, name) ? err_set(e, ERR_TOOLONG, "the path of DIR is too long") : 0;
}

static int read_sheet(struct enrolment *n, struct err *e)
{
    struct buf text;

    int rc = fs_read_given(n->sheet_path, SHEET_MAX, &text, e);
    if (rc)
        return rc;
    rc = enrol_sheet_decode(text.data, text.len, &n->sheet, e);
    buf_finish(&text);
    return err_wrap(e, rc, "%s is no enrolment sheet", n->sheet_path);
}

/* How many records the hall has not acknowledged, by kiosk-sync's own word; -1: it does not say. */
static long long pending(const struct enrolment *n)
{
    char line[64] = "";
    long long count = -1;
    int out[2], status = 0;

    if (pipe(out) < 0)
        return -1;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(out[1], 1);
        close(out[0]);
        enrol_exec_sync((const char *const[]){"kiosk-sync", "pending", "--data", n->data, NULL});
    }
    close(out[1]);
    if (pid > 0 && read(out[0], line, sizeof line - 1) > 0 && sscanf(line, "%lld", &count) != 1)
        count = -1;
    close(out[0]);
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? count : -1;
}

/* The journal lost its end, or is a fork: what there is of it is put aside as it is, when that was asked for. */
static int doubted(struct enrolment *n, int rc, struct err *e)
{
    if (!n->undelivered)
        return err_wrap(e, rc, "the journal cannot be trusted; with --undelivered it is kept and left behind");
    fprintf(stderr, "kioskctl: the journal is left behind: %s\n", e->text);
    n->enrolled = true;
    return 0;
}

/* -ERR_EXISTS when it is not to be done anew, or the terminal holds what is not delivered. */
static int check_enrolled(struct enrolment *n, const char *path, struct err *e)
{
    if (!n->anew)
        return err_set(e, ERR_EXISTS, "this terminal is enrolled already (%s); --anew enrols it once more", path);
    int rc = enrol_aside_check(n->data, e);
    if (journal_refused(rc)) /* it waits for nobody any more: enrolling anew is what helps */
        return doubted(n, rc, e);
    long long left = rc ? 0 : pending(n);
    if (left > 0 && !n->undelivered)
        rc = err_set(e, ERR_EXISTS,
                     "%lld records are not delivered: let kiosk-sync reach the hall first; with --undelivered they are kept "
                     "and delivered afterwards",
                     left);
    else if (left < 0 && !n->undelivered)
        rc = err_set(e, ERR_EXISTS, "it is not known whether the hall has all records: see the message above");
    n->enrolled = true;
    return rc;
}

static int check_new(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    int rc = data_path(n, "terminal.json", path, e);
    if (rc)
        return rc;
    if (!access(path, F_OK))
        return check_enrolled(n, path, e);
    rc = data_path(n, "journal", path, e);
    if (rc || !announce_too_late(path))
        return rc;
    return err_set(e, ERR_EXISTS,
                   "%s is of an earlier enrolment, or what its anchor says of it is: move %s away first, and keep it", path,
                   n->data);
}

static int make_folders(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    int rc = data_path(n, "keys", path, e);
    if (rc == 0)
        rc = fs_mkdirs(path, 0700, e);
    if (rc == 0)
        rc = data_path(n, "sync", path, e);
    return rc ? rc : fs_mkdirs(path, 0755, e);
}

static int prepare(struct enrolment *n, struct err *e)
{
    int rc = check_new(n, e);
    const struct announce own = {.data = n->data,
                                 .key = n->enrolled ? ENROL_NEW_KEY : ENROL_KEY,
                                 .request = "sync/register.json",
                                 .journal = n->enrolled ? ENROL_NEW_JOURNAL : "journal"};

    if (rc == 0)
        rc = make_folders(n, e);
    if (rc == 0)
        rc = announce_make(&own, n->sheet.terminal, &n->key, &n->request, e);
    return err_wrap(e, rc, "prepare the enrolment");
}

#define SYNC_REFUSED 4 /* kiosk-sync: the hall refuses */

static void exec_enrol(const struct enrolment *n)
{
    char ms[24];
    const char *argv[12] = {"kiosk-sync", "enrol", "--sheet", n->sheet_path, "--data", n->data};
    int i = 6;

    snprintf(ms, sizeof ms, "%lld", (long long)clock_wall_ms());
    if (n->enrolled)
        argv[i++] = "--anew";
    if (kioskctl_clock_moved) {
        argv[i++] = "--clock";
        argv[i++] = ms;
    }
    enrol_exec_sync(argv);
}

static int run_sync(const struct enrolment *n)
{
    int status = 0;

    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        exec_enrol(n);
    if (pid < 0 || waitpid(pid, &status, 0) < 0) {
        fputs("kioskctl: kiosk-sync could not be started: is there memory left?\n", stderr);
        return EXIT_CANNOT;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return EXIT_OK;
    fputs("kioskctl: not enrolled yet. What was made is kept: when the cause above is gone, run the same command again\n",
          stderr);
    return WIFEXITED(status) && WEXITSTATUS(status) == SYNC_REFUSED ? EXIT_BAD : EXIT_CANNOT;
}

static int put_aside(const struct enrolment *n)
{
    struct err e = {0};

    return enrol_aside(n->data, &e) ? kioskctl_fail(&e, EXIT_CANNOT) : EXIT_OK;
}

static int report(const struct enrolment *n)
{
    /* an id holds nothing that JSON would have to escape */
    printf(n->json ? "{\"ok\":true,\"terminal\":\"%s\"}\n" : "%s is enrolled: kiosk can be started\n", n->sheet.terminal);
    return EXIT_OK;
}

/* It would be kiosk's with a mistyped name: nothing makes it but whoever sets the machine up. */
static int no_folder(const struct enrolment *n)
{
    fprintf(stderr,
            "kioskctl: there is no folder %s: is --data right? A new terminal's is made first and given to kiosk's user\n",
            n->data);
    return EXIT_CANNOT;
}

static int enrol(struct enrolment *n)
{
    struct err e = {0};

    int rc = read_sheet(n, &e);
    if (rc)
        return kioskctl_fail(&e, rc == -ERR_INVALID || rc == -ERR_RANGE || rc == -ERR_VERSION ? EXIT_BAD : EXIT_CANNOT);
    if (access(n->data, F_OK))
        return no_folder(n);
    if (enrol_aside_begun(n->data)) /* it was interrupted after the hall had said yes */
        rc = put_aside(n);
    else if (prepare(n, &e))
        rc = kioskctl_fail(&e, EXIT_CANNOT);
    else if ((rc = run_sync(n)) == EXIT_OK && n->enrolled)
        rc = put_aside(n);
    return rc == EXIT_OK ? report(n) : rc;
}

int kioskctl_enrol(int argc, char **argv)
{
    const char *sheet = NULL, *data = KIOSKCTL_DATA;
    bool json = false, anew = false, undelivered = false;
    const struct option_word options[] = {{"--sheet", &sheet, NULL},
                                          {"--data", &data, NULL},
                                          {"--json", NULL, &json},
                                          {"--anew", NULL, &anew},
                                          {"--undelivered", NULL, &undelivered},
                                          {NULL, NULL, NULL}};
    struct err e = {0};
    int count;

    int code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &count);
    if (code >= 0)
        return code;
    if (!sheet)
        return options_wrong(COMMAND, "--sheet is missing");
    struct enrolment *n = secret_alloc(sizeof *n);
    *n = (struct enrolment){.sheet_path = sheet, .data = data, .json = json, .anew = anew, .undelivered = undelivered};
    code = enrol(n);
    if (enrol_give(n->data, &e) < 0)
        code = kioskctl_fail(&e, EXIT_CANNOT);
    key_free(n->key);
    secret_free(n, sizeof *n);
    return code;
}
