/* SPDX-License-Identifier: Apache-2.0
 *
 * The words after `hallctl catalog`.
 */
#include "tools/hallctl/catalog.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "catalog/item_file.h"
#include "catalog/schema.h"
#include "crypto/hash.h"
#include "tools/hallctl/catalog_halt.h"
#include "tools/hallctl/catalog_rollout.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl catalog"

static const char usage[] =
    "hallctl catalog import FILE --out DIR [--theme NAME] [--where TEXT] [--json]\n"
    "    makes item files of a district's list, to be looked up: each defect of the list is told with its item\n"
    "hallctl catalog lint DIR [--calendar DIR] [--icons DIR] [--json]\n"
    "    checks the item files of a folder, and whether its bundles and their members fit together; each finding names "
    "file,\n"
    "    field and remedy\n"
    "hallctl catalog build DIR --out FILE.db [--version N] [--calendar DIR] [--icons DIR] [--json]\n"
    "    the same, then compiles them. --version: as many as FILE.db had and one more, if not given\n"
    "hallctl catalog sign FILE.db --keys KEYS --data DIR [--expires DAY] [--min-version N] [--json]\n"
    "    signs with each KEYS/catalogue-*.pem that the hall's root names and stages it in DIR/staging. A second call with\n"
    "    other keys adds their signatures. With it go patches from the last ten published catalogues.\n"
    "    --expires: 2027-06-30, which is still to come; a year from now, if not given. --min-version: older ones are called "
    "back\n"
    "hallctl catalog publish --data DIR [--json]\n"
    "    checks what is staged and hands it to the hall\n" CATALOG_ROLLOUT_USAGE CATALOG_HALT_USAGE
    "The form of the files: assets/catalog/README.md\n";

/* -1: *ret is the version an option names, or as it was when there is no such option. */
static int read_version(const char *name, const char *text, int *ret)
{
    int64_t v = *ret;
    int code = text ? options_number(COMMAND, name, text, 1, INT_MAX, &v) : -1;

    *ret = (int)v;
    return code;
}

/* One above the catalogue that lies there. */
static int next_version(const char *out)
{
    struct catalog *c = NULL;
    int version = 1;

    if (access(out, F_OK) == 0 && catalog_open(out, &c, NULL) == 0)
        version = catalog_version(c) + 1;
    catalog_close(c);
    return version;
}

/* What is there and no catalogue is somebody's, under a mistyped name. */
static bool may_replace(const char *out)
{
    uint8_t head[72] = {0}; /* https://sqlite.org/fileformat.html, 1.3: the application's id stands at 68 */
    FILE *f = fopen(out, "rb");

    if (!f)
        return access(out, F_OK) != 0;
    size_t n = fread(head, 1, sizeof head, f);
    fclose(f);
    uint32_t id = (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 | (uint32_t)head[70] << 8 | head[71];
    return n == sizeof head && !memcmp(head, "SQLite format 3", 16) && id == CATALOG_APPLICATION_ID;
}

static int read_source(const struct catalog_words *w, struct report *report, struct catalog_source **ret, struct err *e)
{
    struct source_options o = {.dir = w->what, .calendar = w->calendar, .icons = w->icons};
    int rc = source_read(&o, report, ret, e);

    if (rc == 0 && !report->json)
        fprintf(stderr, "%zu items: %d errors, %d warnings\n", (*ret)->n_items, report->errors, report->warnings);
    return rc;
}

/* What lint found, and build, which lints first; the object stays open. */
static void put_lint(struct jsonw *w, struct report *r, size_t items)
{
    const char *list = report_list(r);

    jsonw_int(w, "items", (int64_t)items);
    jsonw_int(w, "errors", r->errors);
    jsonw_int(w, "warnings", r->warnings);
    jsonw_raw(w, "findings", list, strlen(list));
}

static void print_lint(struct report *r, size_t items)
{
    struct hallctl_object o;

    hallctl_object_open(&o);
    put_lint(&o.w, r, items);
    hallctl_object_print(&o);
}

static int lint(const struct catalog_words *w)
{
    struct catalog_source *s = NULL;
    struct report report;
    struct err e = {0};
    int code;

    report_open(&report, stderr, w->json);
    if (read_source(w, &report, &s, &e) < 0) {
        report_close(&report);
        return hallctl_fail(&e);
    }
    if (w->json)
        print_lint(&report, s->n_items);
    code = report.errors ? EXIT_FAILED : EXIT_OK;
    source_free(s);
    report_close(&report);
    return code;
}

static int report_built(const struct catalog_words *words, int version, struct report *r, const struct catalog_source *s,
                        struct err *e)
{
    uint8_t hash[SHA256_LEN];
    char hex[2 * SHA256_LEN + 1];
    struct hallctl_object o;
    uint64_t len;
    int level, rc = sha256_file(words->out, hash, &len, e);
    size_t beyond = source_beyond(s, &level);

    if (rc < 0)
        return rc;
    hex_encode(hash, sizeof hash, hex);
    if (!words->json) {
        printf("catalogue %d: %s, %llu bytes, SHA-256 %s\n", version, words->out, (unsigned long long)len, hex);
        if (beyond)
            printf("for terminals of level %d and above; %zu items and queues need up to level %d: below it they are shown, "
                   "and "
                   "not done\n",
                   s->needs, beyond, level);
        return 0;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, "version", version);
    jsonw_str(&o.w, "file", words->out);
    jsonw_int(&o.w, "bytes", (int64_t)len);
    jsonw_str(&o.w, "sha256", hex);
    jsonw_int(&o.w, "needs", s->needs);
    jsonw_int(&o.w, "beyond", (int64_t)beyond);
    jsonw_int(&o.w, "level", level);
    put_lint(&o.w, r, s->n_items);
    hallctl_object_print(&o);
    return 0;
}

static int build(const struct catalog_words *w)
{
    struct catalog_source *s = NULL;
    struct report report;
    struct err e = {0};
    int version = w->version ? 0 : next_version(w->out), rc = read_version("--version", w->version, &version);

    if (rc >= 0)
        return rc;
    if (!may_replace(w->out)) {
        err_set(&e, ERR_EXISTS, "%s is there and is no catalogue: remove it, or name another file", w->out);
        return hallctl_fail(&e);
    }
    report_open(&report, stderr, w->json);
    rc = read_source(w, &report, &s, &e);
    if (rc == 0 && report.errors) {
        if (w->json)
            print_lint(&report, s->n_items);
        rc = err_set(&e, ERR_INVALID, "nothing was built: mend the errors above");
    }
    if (rc == 0)
        rc = catalog_build(s, w->out, version, &e);
    if (rc == 0)
        rc = report_built(w, version, &report, s, &e);
    source_free(s);
    report_close(&report);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* -1: none, or one that the lint would take from an item file; else the exit code. */
static int check_text(const char *name, const char *text, size_t max)
{
    size_t len = text ? strlen(text) : 0;
    bool good = len <= max && (!text || utf8_valid(text, len));

    for (size_t i = 0; good && i < len; i++)
        good = (unsigned char)text[i] >= ' ' || text[i] == '\n';
    if (good)
        return -1;
    return options_wrong(COMMAND, "%s is a text of at most %zu bytes in UTF-8, without control characters", name, max);
}

static int import(const struct catalog_words *w)
{
    int code = check_text("--theme", w->theme, ITEM_THEME_MAX);

    if (code < 0)
        code = check_text("--where", w->where, ITEM_ADDRESS_MAX);
    if (code >= 0)
        return code;
    const struct import_options o = {.file = w->what, .out = w->out, .theme = w->theme, .where = w->where, .json = w->json};
    struct err e = {0};

    return catalog_import(&o, &e) < 0 ? hallctl_fail(&e) : EXIT_OK;
}

static void report_signed(const struct catalog_signed *s, bool json)
{
    const struct manifest_catalog *c = &s->manifest;
    struct hallctl_object o;

    if (!json) {
        for (size_t i = 0; i < c->n_patches; i++)
            printf("patch from %lld: %lld bytes\n", (long long)c->patches[i].from, (long long)c->patches[i].file.size);
        printf("catalogue %lld: %d of %d needed signatures\n", (long long)c->version, s->signatures, s->needed);
        return;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, "version", c->version);
    jsonw_int(&o.w, "min_version", c->min_version);
    jsonw_int(&o.w, "needs", c->needs);
    jsonw_int(&o.w, "expires", c->expires_ms);
    jsonw_int(&o.w, "signatures", s->signatures);
    jsonw_int(&o.w, "needed", s->needed);
    jsonw_arr(&o.w, "patches");
    for (size_t i = 0; i < c->n_patches; i++) {
        jsonw_obj(&o.w, NULL);
        jsonw_int(&o.w, "from", c->patches[i].from);
        jsonw_int(&o.w, "bytes", c->patches[i].file.size);
        jsonw_end(&o.w);
    }
    jsonw_end(&o.w);
    hallctl_object_print(&o);
}

static int sign(const struct catalog_words *w)
{
    struct sign_options o = {.file = w->what, .keys = w->keys, .data = w->data, .min_version = 1};
    struct catalog_signed done;
    struct err e = {0};
    struct date d;
    int code = read_version("--min-version", w->min_version, &o.min_version);

    if (code < 0 && w->expires)
        code = options_day(COMMAND, "--expires", w->expires, &d);
    if (code < 0 && w->expires) /* good to the end of that day in China */
        o.expires_ms = (date_to_days(d) * 24 + 16) * 3600 * 1000;
    if (code < 0 && w->expires && o.expires_ms <= clock_wall_ms())
        code = options_wrong(COMMAND, "--expires %s is over already", w->expires);
    if (code >= 0)
        return code;
    if (catalog_sign(&o, &done, &e) < 0)
        return hallctl_fail(&e);
    report_signed(&done, w->json);
    return EXIT_OK;
}

static int publish(const struct catalog_words *w)
{
    struct manifest_catalog c;
    struct hallctl_object o;
    struct err e = {0};

    if (catalog_publish(w->data, &c, &e) < 0)
        return hallctl_fail(&e);
    if (!w->json) {
        printf("catalogue %lld is published\n", (long long)c.version);
        return EXIT_OK;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, "version", c.version);
    jsonw_int(&o.w, "patches", (int64_t)c.n_patches);
    hallctl_object_print(&o);
    return EXIT_OK;
}

static const struct {
    const char *word, *what;                   /* what stands behind the verb; NULL: nothing */
    const char *needed, *taken;                /* options, as options_fit() has them */
    int (*run)(const struct catalog_words *w); /* the exit code */
} verbs[] = {
    {"import", "a file", "--out", "--theme --where --json", import},
    {"lint", "a folder", "", "--calendar --icons --json", lint},
    {"build", "a folder", "--out", "--version --calendar --icons --json", build},
    {"sign", "a file", "--keys --data", "--expires --min-version --json", sign},
    {"publish", NULL, "--data", "--json", publish},
    {"bring", NULL, "--data --office --staff --reason", "--json", catalog_bring},
    {"approve", NULL, "--data --version --office --staff --reason", "--json", catalog_act},
    {"rollout", NULL, "--data --version --office --staff --reason", "--terminals --percent --at --stop-after --json",
     catalog_act},
    {"pause", NULL, "--data --version --office --staff --reason", "--json", catalog_act},
    {"resume", NULL, "--data --version --office --staff --reason", "--stop-after --json", catalog_act},
    {"withdraw", NULL, "--data --version --office --staff --reason", "--json", catalog_act},
    {"status", NULL, "--data", "--version --json", catalog_status},
    {"diff", "two files", "", "--html --json", catalog_difference},
    {"off", "an item", "--data --office --staff --reason --zh", "--en --json", catalog_halt},
    {"on", "an item", "--data --office --staff --reason", "--json", catalog_halt},
    {"halts", NULL, "--data", "--item --json", catalog_halts},
    {"again", "a file", "--out --version", "--json", catalog_again},
};

static int dispatch(const struct catalog_words *w, const struct option_word *options)
{
    for (size_t i = 0; w->verb && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(w->verb, verbs[i].word))
            continue;
        if (verbs[i].what && !w->what)
            return options_wrong(COMMAND, "%s needs %s", w->verb, verbs[i].what);
        bool two = verbs[i].what && strcmp(verbs[i].what, "two files") == 0;
        const char *more = verbs[i].what ? two ? NULL : w->second : w->what;
        if (two && !w->second)
            return options_wrong(COMMAND, "%s needs %s", w->verb, verbs[i].what);
        if (more)
            return options_wrong(COMMAND, "\"%s\" is one word too many", more);
        int code = options_fit(COMMAND, options, verbs[i].needed, verbs[i].taken);
        return code < 0 ? verbs[i].run(w) : code;
    }
    return options_wrong(COMMAND, "which: import, lint, build, sign, publish, bring, approve, rollout, pause, resume, "
                                  "withdraw, status, diff, again, off, on or halts");
}

int hallctl_catalog(int argc, char **argv)
{
    struct catalog_words w = {0};
    const char *positional[3] = {NULL, NULL, NULL};
    const struct option_word options[] = {{"--out", &w.out, NULL},
                                          {"--version", &w.version, NULL},
                                          {"--calendar", &w.calendar, NULL},
                                          {"--icons", &w.icons, NULL},
                                          {"--keys", &w.keys, NULL},
                                          {"--data", &w.data, NULL},
                                          {"--expires", &w.expires, NULL},
                                          {"--min-version", &w.min_version, NULL},
                                          {"--theme", &w.theme, NULL},
                                          {"--where", &w.where, NULL},
                                          {"--office", &w.office, NULL},
                                          {"--staff", &w.staff, NULL},
                                          {"--reason", &w.reason, NULL},
                                          {"--terminals", &w.terminals, NULL},
                                          {"--percent", &w.percent, NULL},
                                          {"--at", &w.at, NULL},
                                          {"--stop-after", &w.stop_after, NULL},
                                          {"--html", &w.html, NULL},
                                          {"--item", &w.item, NULL},
                                          {"--zh", &w.zh, NULL},
                                          {"--en", &w.en, NULL},
                                          {"--json", NULL, &w.json},
                                          {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, positional, 3, &n);

    if (code >= 0)
        return code;
    w.verb = positional[0];
    w.what = positional[1];
    w.second = positional[2];
    return dispatch(&w, options);
}
