/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl staff … --data DIR: the accounts of those who work at the hall, and the certificate of the door they come in by.
 * Rules: tools/hall/rules/account.h. The list of technicians, which is a file of the catalogue, is staff.c's.
 */
#include "tools/hallctl/account.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/cases/people.h"
#include "tools/hall/keys/pki.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl staff"

struct options {
    const char *verb, *data, *office, *id, *name, *post, *role, *host;
    bool json;
    int office_n;
    enum role role_n;
};

static const struct {
    const char *word;
    const char *needed, *taken; /* options, as options_fit() has them */
} verbs[] = {
    {"add", "--data --office --id --name --post --role", "--json"},
    {"role", "--data --id --role", "--post --json"},
    {"reset", "--data --id", "--json"},
    {"code", "--data --id", "--json"},
    {"disable", "--data --id", "--json"},
    {"list", "--data", "--json"},
    {"door", "--data --host", "--json"},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* --- changing one --- */

static int refused(const struct people_deed *d, struct err *e)
{
    switch (d->refusal) {
    case PEOPLE_TAKEN:
        return err_set(e, ERR_EXISTS, "the id %s, or the name %s in office %d, is taken: choose another", d->id, d->name,
                       d->office);
    case PEOPLE_CODE_USED:
        return err_set(e, ERR_EXISTS,
                       "%s has used the code: reset takes passphrase and authenticator away and gives a new one", d->id);
    case PEOPLE_LAST: /* is asked of pages alone */
    case PEOPLE_MAY:
        break;
    }
    return 0;
}

static int change(struct store *s, struct people_deed *d, struct err *e)
{
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    rc = people_do(s, d, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

static void put_account(struct jsonw *w, const struct account *a)
{
    jsonw_str(w, "id", a->id);
    jsonw_int(w, "office", a->office);
    jsonw_str(w, "name", a->name);
    jsonw_str(w, "post", a->post);
    jsonw_str(w, "role", role_word(a->role));
    jsonw_str(w, "state", account_state_word(a->state));
}

static void say_changed(const struct options *o, const struct people_deed *d)
{
    const struct account *a = &d->account;
    struct hallctl_object out;

    if (o->json) {
        hallctl_object_open(&out);
        put_account(&out.w, a);
        if (d->code[0])
            jsonw_str(&out.w, "code", d->code);
        hallctl_object_print(&out);
    } else if (d->code[0]) {
        printf("the one-time code of %s (%s) is %s: good for 24 hours, shown only here; hand it over in person\n", a->id,
               a->name, d->code);
    } else {
        printf("%s (%s, %s): %s, %s\n", a->id, a->name, a->post, role_word(a->role), account_state_word(a->state));
    }
}

static int run_change(struct store *s, const struct options *o, enum people_verb verb)
{
    struct people_deed d = {.verb = verb,
                            .id = o->id,
                            .office = o->office_n,
                            .name = o->name,
                            .post = o->post,
                            .role = o->role_n,
                            .by = hallctl_who()};
    struct err e = {0};
    int rc = change(s, &d, &e);

    if (rc == 0)
        rc = refused(&d, &e);
    if (rc == 0)
        say_changed(o, &d);
    secret_wipe(d.code, sizeof d.code);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- the list --- */

static int list_row(void *ctx, const struct account *a)
{
    struct hallctl_list *l = ctx;
    struct jsonw w;
    struct buf row;

    buf_init(&row, 2048);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        put_account(&w, a);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%-12s %04d  %-13s  %-8s  %s, %s", a->id, a->office, role_word(a->role), account_state_word(a->state),
                 a->name, a->post);
    }
    hallctl_row(l, &row);
    return 0;
}

static int run_list(struct store *s, const struct options *o)
{
    struct hallctl_list l = {.json = o->json};
    struct err e = {0};

    fputs(o->json ? "[" : "", stdout);
    int rc = account_each(s, list_row, &l, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    fputs(o->json ? "\n]\n" : "", stdout);
    return EXIT_OK;
}

/* --- the door --- */

/* The hall runs as who owns its folder, and reads what lies there. */
static int give_to_owner(const char *dir, const char *path, struct err *e)
{
    struct stat st;

    if (stat(dir, &st) || (geteuid() == 0 && chown(path, st.st_uid, st.st_gid)))
        return err_errno(e, "give %s to the hall", path);
    return 0;
}

static int run_door(const struct options *o)
{
    const char *const hosts[] = {o->host, NULL};
    char tls[400], path[440];
    struct hallctl_object out;
    struct err e = {0};
    int rc = fs_join(tls, sizeof tls, o->data, "tls") || fs_join(path, sizeof path, tls, PKI_STAFF_FILE)
                 ? err_set(&e, ERR_TOOLONG, "%s", o->data)
                 : 0;

    if (rc == 0 && access(tls, F_OK))
        rc = err_set(&e, ERR_NOTFOUND, "%s holds no hall: hallctl keys init makes one", o->data);
    if (rc == 0)
        rc = pki_make_staff(tls, hosts, &e);

    if (rc == 0)
        rc = give_to_owner(tls, path, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    if (o->json) {
        hallctl_object_open(&out);
        jsonw_str(&out.w, "certificate", path);
        hallctl_object_print(&out);
    } else {
        printf("%s: for https://%s; browsers must trust %s/ca.crt, or put a certificate there that they trust\n", path,
               o->host, tls);
    }
    return EXIT_OK;
}

/* --- the command --- */

/* -1: go on; else the exit code. */
static int check(struct options *o, const struct option_word *list, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(COMMAND, list, verbs[verb].needed, verbs[verb].taken);

    if (code < 0 && o->office)
        code = options_number(COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->id && !account_id_valid(o->id))
        code = options_wrong(COMMAND, "--id has at most %d of A-Z a-z 0-9 . - _", ACCOUNT_ID_MAX);
    code = code < 0 ? hallctl_line(COMMAND, "--name", o->name, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(COMMAND, "--post", o->post, CASE_NAME_MAX) : code;
    if (code < 0 && o->role && !role_by_word(o->role, &o->role_n))
        code = options_wrong(COMMAND, "--role is window, department, supervisor, publisher, fleet or administrator");
    if (code < 0 && o->host &&
        strspn(o->host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") != strlen(o->host))
        code = options_wrong(COMMAND, "--host is a name or an address");
    return code;
}

static int run(const struct options *o)
{
    enum people_verb change;
    struct store *s = NULL;
    struct err e = {0};

    if (strcmp(o->verb, "door") == 0)
        return run_door(o);
    if (store_open(o->data, &s, &e) < 0)
        return hallctl_fail(&e);
    int code = people_verb_by_word(o->verb, &change) ? run_change(s, o, change) : run_list(s, o);
    store_close(s);
    return code;
}

bool hallctl_account_means(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, argv[i]);

        if (strcmp(argv[i], "--data") == 0 || strncmp(argv[i], "--data=", 7) == 0 ||
            (verb < N_VERBS && strcmp(argv[i], "add") != 0 && strcmp(argv[i], "list") != 0))
            return true;
    }
    return false;
}

int hallctl_account(int argc, char **argv, const char *usage)
{
    struct options o = {0};
    const char *word[1] = {NULL};
    const struct option_word list[] = {{"--data", &o.data, NULL}, {"--office", &o.office, NULL}, {"--id", &o.id, NULL},
                                       {"--name", &o.name, NULL}, {"--post", &o.post, NULL},     {"--role", &o.role, NULL},
                                       {"--host", &o.host, NULL}, {"--json", NULL, &o.json},     {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, list, word, 1, &n);
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb = word[0]);

    if (code < 0 && verb == N_VERBS)
        code = options_wrong(COMMAND, "which: with --data: add, list, role, reset, code, disable or door");
    if (code < 0)
        code = check(&o, list, verb);
    return code < 0 ? run(&o) : code;
}
