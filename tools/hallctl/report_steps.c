/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl report steps: which step of which item takes how much of its limit, and the cases it follows from.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/reports/report_words.h"
#include "tools/hall/reports/step_table.h"
#include "tools/hallctl/report_figures.h"

#define OUT_MAX (64 * 1024 * 1024)
#define LINE_MAX_ 2048

struct steps {
    const struct report_options *options;
    const struct published *published;
    struct step_table table;
    struct hallctl_list list; /* of the cases, where one step is asked for */
    char item[RECORD_TEXT_MAX + 1], name[400];
    int rc;
};

/* What the item is called; asked once while its cases follow one another. */
static const char *name_of(struct steps *st, const char *code)
{
    struct catalog *catalog = st->published->catalog;

    if (strcmp(st->item, code) == 0)
        return st->name;
    const struct item *item = catalog ? catalog_item(catalog, code, NULL) : NULL;
    text_copy(st->item, sizeof st->item, code);
    text_copy(st->name, sizeof st->name, item ? item->task_name : report_word(REPORT_WORD_nowhere));
    if (catalog)
        catalog_release_items(catalog);
    return st->name;
}

static void show(struct steps *st, const struct case_file *f, const struct step_use *u)
{
    char from[DATE_LEN + 1], done[DATE_LEN + 1], used[12], limit[12], line[300];
    struct jsonw w;
    struct buf row;

    date_format(u->from, from);
    date_format(u->done, done);
    buf_init(&row, LINE_MAX_);
    if (st->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "number", f->number);
        jsonw_str(&w, "item", f->item);
        jsonw_str(&w, "name", name_of(st, f->item));
        jsonw_str(&w, "step", u->limit.step);
        jsonw_str(&w, "post", u->limit.post);
        jsonw_str(&w, "from", from);
        jsonw_str(&w, "done", done);
        jsonw_int(&w, "used", u->used);
        jsonw_int(&w, "limit", u->limit.day);
        jsonw_bool(&w, "late", u->late);
        jsonw_end(&w);
    } else {
        snprintf(used, sizeof used, "%d", u->used);
        snprintf(limit, sizeof limit, "%d", u->limit.day);
        text_fill(line, sizeof line, report_word(REPORT_WORD_steps_proof),
                  (const char *const[]){f->number, from, done, used, limit}, 5);
        buf_adds(&row, line);
    }
    hallctl_row(&st->list, &row);
}

static int take(void *ctx, const struct report_proof *p)
{
    struct steps *st = ctx;
    const struct report_options *o = st->options;
    struct step_use list[DEADLINES];
    int n = p->file ? step_use_list(&o->period_n, p->state, st->published->calendar, list) : 0;

    for (int i = 0; i < n && st->rc == 0; i++) {
        if (o->step == DEADLINES)
            st->rc = step_table_add(&st->table, p->file->item, name_of(st, p->file->item), &list[i]);
        else if (list[i].kind == o->step)
            show(st, p->file, &list[i]);
    }
    return st->rc < 0 || (o->limit_n && st->list.n >= o->limit_n);
}

static int tell(struct steps *st, struct err *e)
{
    const struct report_options *o = st->options;
    struct buf out;
    int rc = 0;

    buf_init(&out, OUT_MAX);
    step_table_order(&st->table);
    (o->csv ? step_table_csv : o->json ? step_table_json : step_table_text)(&st->table, &out);
    if (buf_ok(&out))
        fwrite(out.data, 1, out.len, stdout);
    else
        rc = err_set(e, ERR_TOOLONG, "the steps");
    if (rc == 0 && o->json)
        putchar('\n');
    buf_finish(&out);
    return rc;
}

int report_steps(struct store *s, const struct published *p, const struct report_options *o)
{
    struct report_table unused;
    struct steps st = {.options = o, .published = p, .list.json = o->json};
    struct err e = {0};
    bool one = o->step != DEADLINES;
    const struct report_wish wish = {.table = &unused,
                                     .department = o->department,
                                     .item = o->item,
                                     .site = o->site,
                                     .office = o->office_n,
                                     .after = o->after,
                                     .now = clock_wall_ms(),
                                     .proof = take,
                                     .ctx = &st};

    report_table_init(&unused, &o->period_n, REPORT_BY_ALL);
    step_table_init(&st.table, &o->period_n);
    if (one && o->json)
        fputs("[", stdout);
    int rc = report_count(s, p, &wish, &e);
    if (rc == 0 && st.rc < 0)
        rc = err_set(&e, ERR_NOMEM, "the steps");
    if (rc == 0 && !one)
        rc = tell(&st, &e);
    if (rc == 0 && one && o->json)
        fputs("\n]\n", stdout);
    step_table_finish(&st.table);
    report_table_finish(&unused);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
