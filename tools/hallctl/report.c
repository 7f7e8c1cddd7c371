/* SPDX-License-Identifier: Apache-2.0
 *
 * See report.h.
 */
#include "tools/hallctl/report.h"

#include <stdarg.h>

#define LIST_MAX ((size_t)64 * 1024 * 1024)

void report_open(struct report *r, FILE *out, bool json)
{
    *r = (struct report){.out = out, .json = json};
    buf_init(&r->list, LIST_MAX);
    jsonw_init(&r->w, &r->list);
    jsonw_arr(&r->w, NULL);
}

static const char *word(enum item_severity severity)
{
    return severity == ITEM_ERROR ? "error" : "warning";
}

static void say_line(struct report *r, const struct finding *f, const char *words)
{
    const char *place = f->file ? f->file : f->item;

    progress_end(r->progress);
    if (place)
        fprintf(r->out, "%s: ", place);
    fprintf(r->out, "%s: ", word(f->severity));
    if (f->path)
        fprintf(r->out, "%s: ", f->path);
    fprintf(r->out, "%s\n", words);
}

static void put(struct jsonw *w, const char *key, const char *value)
{
    if (value)
        jsonw_str(w, key, value);
}

static void say_json(struct report *r, const struct finding *f, const char *words)
{
    jsonw_obj(&r->w, NULL);
    put(&r->w, "file", f->file);
    put(&r->w, "item", f->item);
    put(&r->w, "path", f->path);
    jsonw_str(&r->w, "code", f->code);
    jsonw_str(&r->w, "severity", word(f->severity));
    jsonw_str(&r->w, "words", words);
    jsonw_end(&r->w);
}

void report_say(struct report *r, const struct finding *f, const char *fmt, ...)
{
    char words[800];
    va_list args;

    va_start(args, fmt);
    vsnprintf(words, sizeof words, fmt, args);
    va_end(args);
    if (f->severity == ITEM_ERROR)
        r->errors++;
    else
        r->warnings++;
    if (r->json)
        say_json(r, f, words);
    else
        say_line(r, f, words);
}

const char *report_list(struct report *r)
{
    jsonw_end(&r->w);
    return buf_str(&r->list);
}

void report_close(struct report *r)
{
    buf_finish(&r->list);
}
