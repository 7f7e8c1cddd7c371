/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl enrol: makes the key and the epoch of the journal and lets kiosk-sync, which may not read that key, do what
 * needs the network. Whatever is interrupted is taken up by running it again: nothing made before is made anew.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/secret.h"
#include "crypto/random.h"
#include "journal/anchor.h"
#include "journal/outbox.h"
#include "tools/kioskctl/kioskctl.h"
#include "wire/enrol.h"

#define SHEET_MAX 4096

static const char help[] =
    "kioskctl enrol --sheet FILE [--json] [--data DIR]\n\n"
    "Makes this terminal known to the hall. FILE is the enrolment sheet that `hallctl terminal add` wrote; it\n"
    "holds a one-time code. An interrupted enrolment goes on when the same command is run again.\n"
    "DIR is " KIOSKCTL_DATA " where it is not given. --json: {\"ok\":true,\"terminal\":ID}\n"
    "Exit: 0 enrolled, 1 the sheet is no good or the hall refuses it, 3 it could not be done.\n";

struct enrolment {
    const char *sheet_path, *data;
    bool json;
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

/* An anchor with record 0 is what an interrupted enrolment leaves. */
static bool was_written(const char *journal)
{
    struct outbox *o = NULL;
    struct anchor a;

    int rc = anchor_read(journal, &a, NULL);
    if (rc ? rc != -ERR_NOTFOUND : a.last.seq + a.acked.seq > 0)
        return true;
    if (outbox_open(journal, &o, NULL))
        return false;
    outbox_close(o);
    return true;
}

/* -ERR_EXISTS when this terminal is enrolled, or was and still holds its records. */
static int check_new(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    int rc = data_path(n, "terminal.json", path, e);
    if (rc)
        return rc;
    if (!access(path, F_OK))
        return err_set(
            e, ERR_EXISTS,
            "this terminal is enrolled already (%s). To enrol it anew: let it deliver its records, stop kiosk, move "
            "%s away",
            path, n->data);
    rc = data_path(n, "journal", path, e);
    if (rc || !was_written(path))
        return rc;
    return err_set(e, ERR_EXISTS,
                   "%s is of an earlier enrolment, or what its anchor says of it is: move %s away first, and keep it", path,
                   n->data);
}

static int make_folders(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    int rc = data_path(n, "keys", path, e);
    if (!rc)
        rc = fs_mkdirs(path, 0700, e);
    if (!rc)
        rc = data_path(n, "sync", path, e);
    return rc ? rc : fs_mkdirs(path, 0755, e);
}

static int make_key(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    int rc = data_path(n, "keys/journal.pem", path, e);
    if (rc)
        return rc;
    rc = key_load(path, &n->key, e);
    if (rc != -ERR_NOTFOUND)
        return rc;
    rc = key_generate(&n->key, e);
    return rc ? rc : key_save(n->key, path, e);
}

/* The request of an earlier try, when it is for this terminal and this key: the hall may know its epoch by now. */
static bool take_up(struct enrolment *n, const char *path)
{
    struct public_key own;
    struct buf text;

    if (fs_read_given(path, SHEET_MAX, &text, NULL))
        return false;
    int rc = enrol_register_decode(text.data, text.len, &n->request, NULL);
    buf_finish(&text);
    key_public(n->key, &own);
    return !rc && !strcmp(n->request.terminal, n->sheet.terminal) &&
           !memcmp(n->request.signing.point, own.point, sizeof own.point);
}

static int make_request(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];
    struct buf text;

    int rc = data_path(n, "sync/register.json", path, e);
    if (rc || take_up(n, path))
        return rc;
    memset(&n->request, 0, sizeof n->request);
    memcpy(n->request.terminal, n->sheet.terminal, sizeof n->request.terminal);
    random_bytes(n->request.epoch, sizeof n->request.epoch);
    buf_init(&text, SHEET_MAX);
    rc = enrol_register_sign(n->key, &n->request, e);
    if (!rc)
        rc = enrol_register_encode(&n->request, &text);
    if (!rc)
        rc = fs_write_atomic(path, text.data, text.len, 0644, e);
    buf_finish(&text);
    return rc;
}

/* Before the terminal counts as enrolled: what says that its empty journal is a first start. */
static int make_anchor(struct enrolment *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    int rc = data_path(n, "journal", path, e);
    return rc ? rc : anchor_make(path, n->request.terminal, n->request.epoch, e);
}

static int prepare(struct enrolment *n, struct err *e)
{
    int rc = check_new(n, e);

    if (!rc)
        rc = make_folders(n, e);
    if (!rc)
        rc = make_key(n, e);
    if (!rc)
        rc = make_request(n, e);
    if (!rc)
        rc = make_anchor(n, e);
    return err_wrap(e, rc, "prepare the enrolment");
}

/* kiosk-sync beside this program, else where PATH says. */
static void exec_sync(const struct enrolment *n)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - sizeof "kiosk-sync");

    if (len > 0) {
        path[len] = 0;
        char *name = strrchr(path, '/');
        strcpy(name ? name + 1 : path, "kiosk-sync");
        execl(path, "kiosk-sync", "enrol", "--sheet", n->sheet_path, "--data", n->data, (char *)NULL);
    }
    execlp("kiosk-sync", "kiosk-sync", "enrol", "--sheet", n->sheet_path, "--data", n->data, (char *)NULL);
    fputs("kioskctl: there is no kiosk-sync beside kioskctl: install both in one folder\n", stderr);
    _exit(EXIT_CANNOT);
}

#define SYNC_REFUSED 4 /* kiosk-sync: the hall refuses */

static int run_sync(const struct enrolment *n)
{
    int status = 0;

    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        exec_sync(n);
    if (pid < 0 || waitpid(pid, &status, 0) < 0) {
        fputs("kioskctl: kiosk-sync could not be started: is there memory left?\n", stderr);
        return EXIT_CANNOT;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        /* an id holds nothing that JSON would have to escape */
        printf(n->json ? "{\"ok\":true,\"terminal\":\"%s\"}\n" : "%s is enrolled: kiosk can be started\n",
               n->sheet.terminal);
        return EXIT_OK;
    }
    fputs("kioskctl: not enrolled yet. What was made is kept: when the cause above is gone, run the same command again\n",
          stderr);
    return WIFEXITED(status) && WEXITSTATUS(status) == SYNC_REFUSED ? EXIT_BAD : EXIT_CANNOT;
}

static int enrol(struct enrolment *n)
{
    struct err e = {0};

    int rc = read_sheet(n, &e);
    if (rc)
        return kioskctl_fail(&e, rc == -ERR_INVALID || rc == -ERR_RANGE || rc == -ERR_VERSION ? EXIT_BAD : EXIT_CANNOT);
    if (prepare(n, &e))
        return kioskctl_fail(&e, EXIT_CANNOT);
    return run_sync(n);
}

int kioskctl_enrol(int argc, char **argv)
{
    const char *sheet = NULL, *data = KIOSKCTL_DATA;
    bool json = false;
    const struct option_word options[] = {
        {"--sheet", &sheet, NULL}, {"--data", &data, NULL}, {"--json", NULL, &json}, {NULL, NULL, NULL}};
    int count;

    int code = kioskctl_options(argc, argv, help, options, NULL, 0, &count);
    if (code >= 0)
        return code;
    if (!sheet)
        return kioskctl_usage(help, "--sheet FILE is missing");
    struct enrolment *n = secret_alloc(sizeof *n);
    *n = (struct enrolment){.sheet_path = sheet, .data = data, .json = json};
    code = enrol(n);
    key_free(n->key);
    secret_free(n, sizeof *n);
    return code;
}
