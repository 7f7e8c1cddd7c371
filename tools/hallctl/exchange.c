/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl exchange: the national tables of a day, as CSV and SQL, and what the data centre answers.
 */
#include "tools/hallctl/exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"

#define PATH_MAX_ 600

static const char usage[] =
    "hallctl exchange --data DIR --day DAY --out FOLDER [--office N] [--codes FILE] [--json]\n"
    "hallctl exchange feedback FILE --data DIR [--json]\n"
    "hallctl exchange errors --data DIR [--office N] [--json]\n"
    "The first writes the national exchange tables into FOLDER, each as TABLE.csv (RFC 4180, UTF-8) and TABLE.sql (inserts, "
    "for\n"
    "  MySQL): up_pro_* with what happened to cases on DAY (2026-01-05), up_task_* with the items that are published now.\n"
    "  The same day written again has the same rows, each under the same row_guid.\n"
    "  What the hall does not have is empty, and told for each field: applicants stand in sealed applications alone, and "
    "where\n"
    "  codes are a place's own, --codes FILE has them: lines `field<TAB>code` or `field.word<TAB>code`, such as\n"
    "  data_source, cd_operation, apply_type, anticipate_type.working-day, result_type.granted, task_state.in-use.\n"
    "feedback: takes the data centre's dn_audit_abnormal, a CSV with the names of its columns first, and puts what it found "
    "onto\n"
    "  the cases: all of FILE, or nothing of it. What is known already, or is of no case here, is counted. errors: lists "
    "them;\n"
    "  `hallctl case show` has those of a case.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such hall or file.\n";

void exchange_batch(const struct exchange_options *o, char out[20])
{
    const struct date d = o->day_n;

    if (o->office_n >= 0)
        snprintf(out, 20, "%04u%02u%02u-%04u", (unsigned)d.year % 10000, (unsigned)d.month % 100, (unsigned)d.day % 100,
                 (unsigned)o->office_n % 10000);
    else
        snprintf(out, 20, "%04u%02u%02u", (unsigned)d.year % 10000, (unsigned)d.month % 100, (unsigned)d.day % 100);
}

/* --- what is said --- */

static const char *why_empty(const struct exchange_field *f)
{
    static const char *const words[] = {[EXCHANGE_NONE] = "the hall does not have it",
                                        [EXCHANGE_VALUE] = "not known",
                                        [EXCHANGE_ITEM_JSON] = "the catalogue does not say it",
                                        [EXCHANGE_PART_JSON] = "the catalogue does not say it",
                                        [EXCHANGE_CODE] = "no code for it in --codes"};
    return words[f->how];
}

static void say_table(const struct exchange_out *x)
{
    printf("%s: %" PRId64 " rows\n", x->table->name, x->rows);
    if (x->table->row == EXCHANGE_CASE_MATERIAL)
        puts("  what was handed in stands in sealed applications alone");
    for (int i = 0; i < x->table->n_fields; i++) {
        const struct exchange_field *f = &x->table->fields[i];

        if (x->unfit[i])
            printf("  %s: empty in %" PRId64 " of them, too long for its field\n", f->name, x->unfit[i]);
        if (f->required && x->empty[i] > x->unfit[i])
            printf("  %s: required, and empty in %" PRId64 " of them: %s\n", f->name, x->empty[i] - x->unfit[i],
                   why_empty(f));
    }
}

static void put_counts(struct jsonw *w, const char *key, const struct exchange_out *x, const int64_t *counts, bool required)
{
    jsonw_obj(w, key);
    for (int i = 0; i < x->table->n_fields; i++)
        if (counts[i] && (!required || x->table->fields[i].required))
            jsonw_int(w, x->table->fields[i].name, counts[i]);
    jsonw_end(w);
}

static void tell_json(const struct exchange_options *o, const struct exchange_out *outs, int n)
{
    struct hallctl_object answer;
    char batch[20];

    exchange_batch(o, batch);
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "batch", batch);
    jsonw_arr(&answer.w, "tables");
    for (int i = 0; i < n; i++) {
        jsonw_obj(&answer.w, NULL);
        jsonw_str(&answer.w, "table", outs[i].table->name);
        jsonw_int(&answer.w, "rows", outs[i].rows);
        put_counts(&answer.w, "required_empty", &outs[i], outs[i].empty, true);
        put_counts(&answer.w, "empty", &outs[i], outs[i].empty, false);
        put_counts(&answer.w, "too_long", &outs[i], outs[i].unfit, false);
        jsonw_end(&answer.w);
    }
    jsonw_end(&answer.w);
    hallctl_object_print(&answer);
}

/* --- the day --- */

static int write_one(const char *folder, const char *table, const char *end, const struct buf *b, struct err *e)
{
    char path[PATH_MAX_];

    snprintf(path, sizeof path, "%s/%s.%s", folder, table, end);
    return fs_write_atomic(path, b->len ? (const void *)b->data : "", b->len, 0600, e);
}

static int write_all(const char *folder, const struct exchange_out *outs, int n, struct err *e)
{
    int rc = strlen(folder) < PATH_MAX_ - 100 ? fs_mkdirs(folder, 0700, e) : err_set(e, ERR_TOOLONG, "--out");

    for (int i = 0; rc == 0 && i < n; i++) {
        rc = write_one(folder, outs[i].table->name, "csv", &outs[i].csv, e);
        if (rc == 0)
            rc = write_one(folder, outs[i].table->name, "sql", &outs[i].sql, e);
    }
    return rc;
}

static int export_day(struct store *s, const struct published *p, const struct exchange_options *o)
{
    static struct exchange_out outs[EXCHANGE_TABLES_MAX];
    struct err e = {0};
    int n = 0, rc = exchange_day(s, p, o, outs, &n, &e);

    if (rc == 0)
        rc = write_all(o->out, outs, n, &e);
    if (rc == 0 && o->json)
        tell_json(o, outs, n);
    for (int i = 0; i < n; i++) {
        if (rc == 0 && !o->json)
            say_table(&outs[i]);
        exchange_out_finish(&outs[i]);
    }
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- the command --- */

static int read_codes(struct exchange_options *o, struct err *e)
{
    struct buf text;
    int rc = fs_read_given(o->codes, CODES_BYTES_MAX, &text, e);

    if (rc == 0)
        rc = exchange_codes_decode(buf_str(&text), text.len, &o->codes_n, e);
    buf_finish(&text);
    return err_wrap(e, rc, "%s", o->codes);
}

static int run(struct exchange_options *o, const char *verb)
{
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    int code, rc = o->codes ? read_codes(o, &e) : 0;

    if (rc == 0)
        rc = store_open(o->data, &s, &e);
    if (rc == 0 && !verb)
        rc = published_open(o->data, &p, &e);
    if (rc < 0)
        code = hallctl_fail(&e);
    else if (verb)
        code = (strcmp(verb, "feedback") == 0 ? exchange_feedback : exchange_errors)(s, o);
    else
        code = export_day(s, &p, o);
    published_close(&p);
    store_close(s);
    return code;
}

static int check(struct exchange_options *o, const char *verb, const struct option_word *options)
{
    bool feedback = verb && strcmp(verb, "feedback") == 0;
    int64_t office = -1;
    int code;

    if (verb && !feedback && strcmp(verb, "errors") != 0)
        return options_wrong(EXCHANGE_COMMAND, "\"%s\": feedback, errors, or neither", verb);
    code = options_fit(EXCHANGE_COMMAND, options, verb ? "--data" : "--data --day --out",
                       feedback ? "--json"
                       : verb   ? "--office --json"
                                : "--office --codes --json");
    if (code < 0 && o->office)
        code = options_number(EXCHANGE_COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->day)
        code = options_day(EXCHANGE_COMMAND, "--day", o->day, &o->day_n);
    if (code < 0 && o->day && date_compare(o->day_n, date_of_ms(clock_wall_ms())) > 0)
        return options_wrong(EXCHANGE_COMMAND, "--day: %s is still to come", o->day);
    if (code < 0 && feedback != (o->file != NULL))
        return options_wrong(EXCHANGE_COMMAND, feedback ? "feedback: which file" : "\"%s\" is one word too many", o->file);
    return code;
}

int hallctl_exchange(int argc, char **argv)
{
    static struct exchange_options o;
    const char *words[2] = {NULL, NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--day", &o.day, NULL},
                                          {"--out", &o.out, NULL},
                                          {"--office", &o.office, NULL},
                                          {"--codes", &o.codes, NULL},
                                          {"--json", NULL, &o.json},
                                          {0}};
    int n, code = options_read(EXCHANGE_COMMAND, argc, argv, usage, options, words, 2, &n);

    if (code >= 0)
        return code;
    o.file = words[1];
    code = check(&o, words[0], options);
    return code < 0 ? run(&o, words[0]) : code;
}
