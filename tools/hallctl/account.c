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
#include "tools/hall/keys/pki.h"
#include "tools/hall/store/store_account.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl staff"

struct options {
    const char *verb, *data, *office, *id, *name, *post, *role, *host;
    bool json;
    int office_n;
    enum role role_n;
};

/* One account that is being changed. */
struct change {
    struct store *store;
    const struct options *options;
    struct account account;
    char code[ENROL_CODE_MAX + 1]; /* "": none was made */
};

/* --- what each verb makes of it, inside the transaction --- */

static void new_code(struct change *c)
{
    uint8_t hash[SHA256_LEN];

    terminal_new_code(c->code);
    account_code_hash(c->code, hash);
    account_invite(&c->account, hash, clock_wall_ms());
}

static int add(struct change *c, struct err *e)
{
    const struct options *o = c->options;
    struct account *a = &c->account;

    *a = (struct account){.office = o->office_n, .role = o->role_n};
    text_copy(a->id, sizeof a->id, o->id);
    text_copy(a->name, sizeof a->name, o->name);
    text_copy(a->post, sizeof a->post, o->post);
    new_code(c);
    return account_add(c->store, a, e);
}

static int set_role(struct change *c, struct err *e)
{
    c->account.role = c->options->role_n;
    if (c->options->post)
        text_copy(c->account.post, sizeof c->account.post, c->options->post);
    return account_put(c->store, &c->account, e);
}

static int reset(struct change *c, struct err *e)
{
    int rc = session_end_all(c->store, c->account.id, e);

    new_code(c);
    return rc == 0 ? account_put(c->store, &c->account, e) : rc;
}

static int give_code(struct change *c, struct err *e)
{
    if (c->account.state != ACCOUNT_INVITED)
        return err_set(e, ERR_EXISTS,
                       "%s has used the code: reset takes passphrase and authenticator away and gives a new one",
                       c->account.id);
    new_code(c);
    return account_put(c->store, &c->account, e);
}

static int disable(struct change *c, struct err *e)
{
    const uint8_t none[SHA256_LEN] = {0};
    int rc = session_end_all(c->store, c->account.id, e);

    account_invite(&c->account, none, 0);
    c->account.state = ACCOUNT_DISABLED;
    return rc == 0 ? account_put(c->store, &c->account, e) : rc;
}

static const struct {
    const char *word;
    const char *needed, *taken; /* options, as options_fit() has them */
    int (*run)(struct change *c, struct err *e);
} verbs[] = {
    {"add", "--data --office --id --name --post --role", "--json", add},
    {"role", "--data --id --role", "--post --json", set_role},
    {"reset", "--data --id", "--json", reset},
    {"code", "--data --id", "--json", give_code},
    {"disable", "--data --id", "--json", disable},
    {"list", "--data", "--json", NULL},
    {"door", "--data --host", "--json", NULL},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* --- changing one --- */

static int audit(struct change *c, struct err *e)
{
    char action[40], words[200];

    snprintf(action, sizeof action, "staff-%s", c->options->verb);
    snprintf(words, sizeof words, "%s, %s", c->account.name, role_word(c->account.role));
    return store_audit(c->store, c->account.office, hallctl_who(), action, c->account.id, words, e);
}

static int change(struct change *c, size_t verb, struct err *e)
{
    int rc = store_begin(c->store, e);

    if (rc < 0)
        return rc;
    if (verbs[verb].run != add)
        rc = account_read(c->store, c->options->id, &c->account, e);
    if (rc == 0)
        rc = verbs[verb].run(c, e);
    if (rc == 0)
        rc = audit(c, e);
    if (rc == 0)
        return store_commit(c->store, e);
    store_rollback(c->store);
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

static void say_changed(const struct change *c)
{
    const struct account *a = &c->account;
    struct hallctl_object out;

    if (c->options->json) {
        hallctl_object_open(&out);
        put_account(&out.w, a);
        if (c->code[0])
            jsonw_str(&out.w, "code", c->code);
        hallctl_object_print(&out);
    } else if (c->code[0]) {
        printf("the one-time code of %s (%s) is %s: good for 24 hours, shown only here; hand it over in person\n", a->id,
               a->name, c->code);
    } else {
        printf("%s (%s, %s): %s, %s\n", a->id, a->name, a->post, role_word(a->role), account_state_word(a->state));
    }
}

static int run_change(struct store *s, const struct options *o, size_t verb)
{
    struct change c = {.store = s, .options = o};
    struct err e = {0};
    int rc = change(&c, verb, &e);

    if (rc == 0)
        say_changed(&c);
    secret_wipe(c.code, sizeof c.code);
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

static int run(const struct options *o, size_t verb)
{
    struct store *s = NULL;
    struct err e = {0};

    if (strcmp(o->verb, "door") == 0)
        return run_door(o);
    if (store_open(o->data, &s, &e) < 0)
        return hallctl_fail(&e);
    int code = verbs[verb].run ? run_change(s, o, verb) : run_list(s, o);
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
    return code < 0 ? run(&o, verb) : code;
}
