/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments and endings, alike for all commands.
 */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"
#include "base/text.h"
#include "model/identity.h"
#include "tools/hall/store/disk.h"
#include "tools/hallctl/hallctl.h"

#define VERBS_MAX 500
#define ANSWER_MAX ((size_t)65 * 1024 * 1024) /* the findings of a whole district */

int hallctl_fail(const struct err *e)
{
    fprintf(stderr, "hallctl: %s\n", e->text);
    if (e->code == ERR_NOTFOUND)
        return EXIT_NOT_FOUND;
    if (e->code == ERR_EXISTS || e->code == ERR_SIGNATURE || e->code == ERR_KEY || e->code == ERR_EXPIRED)
        return EXIT_REFUSED;
    return EXIT_FAILED;
}

int hallctl_line(const char *command, const char *name, const char *text, size_t max)
{
    if (!text)
        return -1;
    if (strlen(text) > max || !text_is_plain_line(text))
        return options_wrong(command, "%s is one line of at most %zu bytes, and nothing invisible in it", name, max);
    if (citizen_number_in(text))
        return options_wrong(
            command, "%s holds somebody's citizen number, and it is kept for all to read: leave the number out", name);
    return -1;
}

const char *hallctl_who(void)
{
    const char *sudo = getenv("SUDO_USER");
    if (geteuid() == 0 && sudo && *sudo)
        return sudo;
    const struct passwd *p = getpwuid(getuid());
    return p ? p->pw_name : "unknown";
}

static int keep_office(void *ctx, int office)
{
    struct hallctl_offices *all = ctx;

    all->list[all->n++] = office;
    return all->n == HALLCTL_OFFICES_MAX;
}

int hallctl_all_offices(struct store *s, struct hallctl_offices *ret, struct err *e)
{
    ret->n = 0;
    return store_each_office(s, keep_office, ret, e);
}

struct office_sought {
    int office;
    bool found;
};
static int is_sought(void *ctx, int office)
{
    struct office_sought *x = ctx;

    x->found = office == x->office;
    return x->found;
}

int hallctl_office_known(struct store *s, int office, struct err *e)
{
    struct office_sought x = {.office = office};
    int rc = store_each_office(s, is_sought, &x, e);

    return rc < 0 || x.found ? rc : err_set(e, ERR_NOTFOUND, "the hall has no office %04d", office);
}

static const char *verb_at(const void *verbs, size_t row, size_t i)
{
    return *(const char *const *)((const char *)verbs + i * row);
}

size_t hallctl_verb(const void *verbs, size_t row, size_t n, const char *word)
{
    size_t i = 0;

    while (i < n && (!word || strcmp(word, verb_at(verbs, row, i)) != 0))
        i++;
    return i;
}

int hallctl_which(const char *command, const void *verbs, size_t row, size_t n)
{
    struct buf all;

    buf_init(&all, VERBS_MAX);
    for (size_t i = 0; i < n; i++)
        buf_addf(&all, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", verb_at(verbs, row, i));
    must(buf_ok(&all), "the verbs of a command fit in a line");
    int code = options_wrong(command, "which: %s", buf_str(&all));
    buf_finish(&all);
    return code;
}

void hallctl_object_open(struct hallctl_object *o)
{
    buf_init(&o->out, ANSWER_MAX);
    jsonw_init(&o->w, &o->out);
    jsonw_obj(&o->w, NULL);
}

void hallctl_object_print(struct hallctl_object *o)
{
    jsonw_end(&o->w);
    puts(buf_str(&o->out));
    buf_finish(&o->out);
}

int hallctl_count(const char *what, int n, bool json)
{
    struct hallctl_object o;

    if (!json) {
        printf("%d %s\n", n, what);
        return EXIT_OK;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, what, n);
    hallctl_object_print(&o);
    return EXIT_OK;
}

void hallctl_row(struct hallctl_list *l, struct buf *row)
{
    printf("%s%s%s", l->json && l->n ? "," : "", l->json ? "\n" : "", buf_str(row));
    if (!l->json)
        putchar('\n');
    l->n++;
    buf_finish(row);
}

int hallctl_listing(const char *command, int argc, char **argv, const char *usage,
                    int (*each)(struct store *, struct hallctl_list *, struct err *))
{
    const char *data = NULL;
    char words[160];
    struct hallctl_list l = {0};
    struct store *s = NULL;
    struct err e = {0};
    const struct option_word options[] = {{"--data", &data, NULL}, {"--json", NULL, &l.json}, {0}};
    int n, code = options_read(command, argc, argv, usage, options, NULL, 0, &n);
    if (code < 0)
        code = options_fit(command, options, "--data", "--json");
    if (code >= 0)
        return code;
    int rc = store_open(data, &s, &e);
    if (rc == 0 && disk_state(data, words, sizeof words) != DISK_FINE)
        fprintf(stderr, "hallctl: %s\n", words);
    if (rc == 0 && l.json)
        fputs("[", stdout);
    if (rc == 0)
        rc = each(s, &l, &e);
    if (rc >= 0 && l.json)
        fputs("\n]\n", stdout);
    store_close(s);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
