/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a catalogue's folder: the item files one by one, then what can only be seen across them.
 */
#include "tools/hallctl/catalog_source.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "model/level.h"

#define FILES_MAX 200000

#define WORDS_MAX 600

void source_say(struct catalog_source *s, enum item_severity severity, const char *file, const char *field, const char *fmt,
                ...)
{
    char words[WORDS_MAX];
    va_list args;

    va_start(args, fmt);
    vsnprintf(words, sizeof words, fmt, args);
    va_end(args);
    report_say(s->report, &(struct finding){severity, file, NULL, field, "folder"}, "%s", words);
}

/* A finding about an item as a whole. */
static void say_item(struct catalog_source *s, const struct source_item *item, const char *code, const char *path,
                     const char *words)
{
    report_say(s->report,
               &(struct finding){ITEM_ERROR, item->path, item->file ? item->file->item.task_code : NULL, path, code}, "%s",
               words);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_json(const char *name)
{
    size_t n = strlen(name);

    return name[0] != '.' && n > 5 && strcmp(name + n - 5, ".json") == 0;
}

int source_list(const char *dir, char ***ret, size_t *ret_n, struct err *e)
{
    char path[PATH_MAX], **list = NULL;
    size_t n = 0;
    struct dirent *d;
    DIR *handle = opendir(dir);

    if (!handle)
        return err_errno(e, "open folder %s", dir);
    while (n < FILES_MAX && (d = readdir(handle))) {
        if (!is_json(d->d_name) || fs_join(path, sizeof path, dir, d->d_name) < 0)
            continue;
        if (n % 64 == 0)
            list = realloc(list, (n + 64) * sizeof *list);
        must(list && (list[n] = strdup(path)), "out of memory");
        n++;
    }
    closedir(handle);
    if (n)
        qsort(list, n, sizeof *list, by_path);
    *ret = list;
    *ret_n = n;
    return 0;
}

/* A finding of item_check, told with its file. */
struct in_file {
    struct catalog_source *s;
    const struct source_item *item;
};

static void tell(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text)
{
    struct in_file *at = ctx;
    const struct finding f = {severity, at->item->path, at->item->file->item.task_code, field, code};

    report_say(at->s->report, &f, "%s", text);
}

static int compact(struct source_item *item, const struct buf *raw, struct err *e)
{
    struct json *doc = NULL;
    struct buf out;
    int rc = json_parse(raw->data, raw->len, ITEM_FILE_MAX, &doc, e);

    if (rc < 0)
        return rc;
    buf_init(&out, ITEM_FILE_MAX);
    rc = json_dump(doc, &out);
    item->needs = level_needs(LEVEL_ITEM, doc);
    json_free(doc);
    if (rc == 0) {
        item->text = strdup(buf_str(&out));
        item->len = out.len;
    }
    buf_finish(&out);
    return rc < 0 || !item->text ? err_set(e, ERR_NOMEM, "keep the file") : 0;
}

/* Also shows that the English texts are in order. */
static int read_english(struct source_item *item, struct err *e)
{
    struct item_file *f = NULL;
    int rc = item_file_parse(item->text, item->len, LANGUAGE_EN, &f, e);
    const struct item *zh = &item->file->item, *en = f ? &f->item : zh;

    if (zh->task_name && strcmp(zh->task_name, en->task_name))
        text_copy(item->name_en, sizeof item->name_en, en->task_name);
    if (zh->dept_name && strcmp(zh->dept_name, en->dept_name))
        text_copy(item->dept_en, sizeof item->dept_en, en->dept_name);
    if (f) {
        item->n_chinese = f->n_chinese;
        text_copy(item->chinese, sizeof item->chinese, f->chinese);
    }
    item_file_free(f);
    return rc;
}

/* What is only looked up needs none. */
static void check_english(struct catalog_source *s, const struct source_item *item)
{
    const struct finding f = {ITEM_WARNING, item->path, item->file->item.task_code, NULL, "english-missing"};

    if (item->n_chinese && !item->file->item.look_up)
        report_say(s->report, &f, "%zu texts have no English, the first is %s: residents who read English see Chinese there",
                   item->n_chinese, item->chinese);
}

static void read_item(struct catalog_source *s, char *path)
{
    struct source_item *item = &s->items[s->n_items++];
    struct in_file at = {s, item};
    struct item_report report = {tell, &at};
    struct err e = {0};
    struct buf raw;
    int rc = fs_read_given(path, ITEM_FILE_MAX, &raw, &e);

    item->path = path;
    if (rc == 0) {
        rc = item_file_parse(raw.data, raw.len, LANGUAGE_ZH_CN, &item->file, &e);
        if (rc == 0)
            rc = compact(item, &raw, &e);
        if (rc == 0)
            rc = read_english(item, &e);
        buf_finish(&raw);
    }
    if (rc < 0) {
        char words[WORDS_MAX];

        snprintf(words, sizeof words, "%s: the keys and their limits are in assets/catalog/README.md", e.text);
        say_item(s, item, "unreadable", NULL, words);
    } else if (item_check(item->file, &report) == 0 && item_check_demand(item->file, &report) == 0) {
        item->sound = true;
        item_fit_terminal(item->file);
        check_english(s, item);
    }
}

bool source_is_part(const char *name)
{
    static const char *const parts[] = {"themes", "queues", "staff", "places", "synonyms"};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(name, parts[i]) == 0)
            return true;
    return false;
}

static bool is_part(const char *path)
{
    char stem[PATH_MAX];

    text_copy(stem, sizeof stem, strrchr(path, '/') + 1);
    stem[strlen(stem) - strlen(".json")] = '\0'; /* source_list() */
    return source_is_part(stem);
}

static int read_items(struct catalog_source *s, const char *dir, struct err *e)
{
    char **list = NULL;
    struct progress p;
    size_t n = 0;
    int rc = source_list(dir, &list, &n, e);

    if (rc < 0)
        return rc;
    s->items = calloc(n + 1, sizeof *s->items);
    must(s->items, "out of memory");
    progress_begin(&p, "files read");
    s->report->progress = &p;
    for (size_t i = 0; i < n; i++) {
        if (is_part(list[i]))
            free(list[i]);
        else
            read_item(s, list[i]);
        progress_step(&p, (int64_t)i, (int64_t)n);
    }
    s->report->progress = NULL;
    progress_end(&p);
    free(list);
    if (!s->n_items)
        source_say(s, ITEM_ERROR, dir, NULL, "no item file (*.json) lies here: name the folder with the items");
    return 0;
}

static int by_popularity(const void *a, const void *b)
{
    const struct source_item *x = a, *y = b;
    int px = x->file ? x->file->item.popularity : -1, py = y->file ? y->file->item.popularity : -1;
    const char *cx = x->file && x->file->item.task_code ? x->file->item.task_code : "";
    const char *cy = y->file && y->file->item.task_code ? y->file->item.task_code : "";

    if (px != py)
        return px > py ? -1 : 1;
    return strcmp(cx, cy) ? strcmp(cx, cy) : strcmp(x->path, y->path);
}

static int by_code(const void *a, const void *b)
{
    const struct source_item *x = *(struct source_item *const *)a, *y = *(struct source_item *const *)b;
    int order = strcmp(x->file->item.task_code, y->file->item.task_code);

    return order ? order : strcmp(x->path, y->path);
}

static void say_twice(struct catalog_source *s, const struct source_item *item, const struct source_item *other)
{
    char words[WORDS_MAX];

    snprintf(words, sizeof words, "%s is also the code of %s: two items need two codes, remove or correct one",
             item->file->item.task_code, other->path);
    say_item(s, item, "code-twice", "task_code", words);
}

static void find_twice(struct catalog_source *s)
{
    const struct source_item **list = calloc(s->n_items + 1, sizeof *list);
    size_t n = 0;

    must(list, "out of memory");
    for (size_t i = 0; i < s->n_items; i++)
        if (s->items[i].file && s->items[i].file->item.task_code)
            list[n++] = &s->items[i];
    qsort(list, n, sizeof *list, by_code);
    for (size_t i = 1; i < n; i++)
        if (strcmp(list[i - 1]->file->item.task_code, list[i]->file->item.task_code) == 0)
            say_twice(s, list[i], list[i - 1]);
    free(list);
}

static void say_theme(struct catalog_source *s, const struct source_item *item, const char *theme)
{
    char words[WORDS_MAX];

    snprintf(words, sizeof words, "\"%s\" is not in themes.json: use a theme from there, or add it", theme);
    say_item(s, item, "unknown-theme", "themes", words);
}

static void check_themes(struct catalog_source *s)
{
    for (size_t i = 0; i < s->n_items; i++) {
        const struct item_file *f = s->items[i].file;

        for (size_t k = 0; f && k < f->item.themes.n; k++) {
            size_t t = 0;

            while (t < s->n_themes && strcmp(s->themes[t].name, f->item.themes.at[k]))
                t++;
            if (t == s->n_themes)
                say_theme(s, &s->items[i], f->item.themes.at[k]);
        }
    }
}

int source_read(const struct source_options *o, struct report *report, struct catalog_source **ret, struct err *e)
{
    struct catalog_source *s = calloc(1, sizeof *s);
    int rc;

    if (!s)
        return err_set(e, ERR_NOMEM, "read the catalogue");
    s->report = report;
    rc = read_items(s, o->dir, e);
    if (rc < 0) {
        source_free(s);
        return rc;
    }
    qsort(s->items, s->n_items, sizeof *s->items, by_popularity);
    source_read_parts(s, o);
    find_twice(s);
    source_join_bundles(s);
    check_themes(s);
    *ret = s;
    return 0;
}

static void count_beyond(const struct catalog_source *s, int needs, size_t *n, int *level)
{
    *n += needs > s->needs;
    *level = needs > *level ? needs : *level;
}

size_t source_beyond(const struct catalog_source *s, int *ret_level)
{
    size_t n = 0;

    *ret_level = s->needs;
    for (size_t i = 0; i < s->n_items; i++)
        count_beyond(s, s->items[i].needs, &n, ret_level);
    for (size_t i = 0; i < s->n_queues; i++)
        count_beyond(s, s->queue_needs[i], &n, ret_level);
    return n;
}

void source_free(struct catalog_source *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_items; i++) {
        free(s->items[i].path);
        free(s->items[i].text);
        item_file_free(s->items[i].file);
        for (size_t k = 0; k < ITEM_MEMBERS_MAX; k++)
            item_file_free(s->items[i].members[k]);
    }
    for (size_t i = 0; i < SOURCE_QUEUES_MAX; i++) {
        free(s->hours[i].hours);
        free(s->hours[i].closures);
    }
    free(s->staff.list);
    free(s->places.list);
    free(s->synonyms.list);
    free(s->items);
    free(s);
}
