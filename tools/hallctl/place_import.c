/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl place import: coordinates of many terminals, as a spreadsheet saves them. The whole file is judged first, and what
 * is wrong is told of every row; then it is written a few hundred places at a time, so that nobody who hands something in
 * waits for 200,000 of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/fs.h"
#include "base/text.h"
#include "tools/hall/reports/csv.h"
#include "tools/hall/reports/report_words.h"
#include "tools/hall/store/store_map.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/place.h"

#define IMPORT "hallctl place import"
#define BAD_TOLD_MAX 50

static const char usage[] = "hallctl place import FILE.csv --data DIR [--datum gcj02|bd09] [--json]\n"
                            "Takes coordinates of terminals' places from columns terminal, latitude and longitude: "
                            "nothing while a row is wrong. More: hallctl place --help.\n"
                            "  --json  {\"set\":n,\"empty\":n,\"refused\":n}\n";

enum { TERMINAL, LATITUDE, LONGITUDE, COLUMNS };
static const struct {
    const char *name;
    enum report_word chinese;
} names[COLUMNS] = {[TERMINAL] = {"terminal", REPORT_WORD_place_terminal},
                    [LATITUDE] = {"latitude", REPORT_WORD_place_latitude},
                    [LONGITUDE] = {"longitude", REPORT_WORD_place_longitude}};
#define FIELD_MAX 100 /* longer than any id or number of degrees */

#define PIECE 250                /* places in one transaction */
#define PAUSE_NS (10 * 1000000L) /* between two, for the others: who waits for SQLite looks again within so long */
#define TRIES 20

/* Where a row of this file has put a place, by one of its terminals: a second one may say the same. */
struct put {
    int office, line;
    char name[ZONE_NAME_LEN + 1], terminal[TERMINAL_ID_MAX + 1];
    struct point at;
};
struct import {
    struct store *store;
    enum datum datum;
    struct csv_reader csv;
    int at[COLUMNS];
    struct put *puts;
    size_t n, room;
    int empty, bad;
};

/* A field without the blanks around it; what is cut is too long for all that it can be. */
static const char *trim(const char *text, char out[FIELD_MAX + 1])
{
    text_copy(out, FIELD_MAX + 1, text + strspn(text, " \t"));
    size_t n = strlen(out);
    while (n > 0 && (out[n - 1] == ' ' || out[n - 1] == '\t'))
        n--;
    out[n] = '\0';
    return out;
}

static bool is_column(const char *head, int c)
{
    char name[FIELD_MAX + 1];

    trim(head, name);
    return strcasecmp(name, names[c].name) == 0 || strcmp(name, report_word(names[c].chinese)) == 0;
}

static int read_header(struct import *x, struct err *e)
{
    int rc = csv_next(&x->csv, e);

    if (rc < 0)
        return rc;
    for (int c = 0; c < COLUMNS; c++) {
        x->at[c] = -1;
        for (int i = 0; rc == 1 && i < x->csv.n; i++)
            if (is_column(x->csv.fields[i], c))
                x->at[c] = i;
        if (x->at[c] < 0)
            return err_set(e, ERR_INVALID, "its first line names no column \"%s\" (%s)", names[c].name,
                           report_word(names[c].chinese));
    }
    return 0;
}

static int bad(struct import *x, int line, const char *why, const char *more)
{
    if (x->bad++ < BAD_TOLD_MAX)
        fprintf(stderr, "line %d: %s%s\n", line, why, more);
    return 0;
}

static const char *field(const struct import *x, int c, char out[FIELD_MAX + 1])
{
    return trim(x->at[c] < x->csv.n ? x->csv.fields[x->at[c]] : "", out);
}

static int keep(struct import *x, const struct terminal *t, const struct point *at, struct err *e)
{
    if (x->n == x->room) {
        size_t room = x->room ? 2 * x->room : 64;
        struct put *more = reallocarray(x->puts, room, sizeof *more);

        if (!more)
            return err_set(e, ERR_NOMEM, "places");
        x->puts = more;
        x->room = room;
    }
    struct put *p = &x->puts[x->n++];
    *p = (struct put){.office = t->office, .line = x->csv.lines, .at = *at};
    zone_name(t->office, &t->place, p->name);
    text_copy(p->terminal, sizeof p->terminal, t->id);
    return 0;
}

static int take_line(struct import *x, struct err *e)
{
    char room[COLUMNS][FIELD_MAX + 1];
    const char *lat = field(x, LATITUDE, room[LATITUDE]), *lon = field(x, LONGITUDE, room[LONGITUDE]),
               *id = field(x, TERMINAL, room[TERMINAL]);
    struct err why = {0};
    struct terminal t;
    struct point at;

    if (!*lat && !*lon) {
        x->empty++;
        return 0;
    }
    enum point_fault fault = point_read(lat, lon, x->datum, &at);
    if (fault != POINT_GOOD)
        return bad(x, x->csv.lines, point_fault_about(fault), "");
    int rc = terminal_get(x->store, id, &t, &why);
    if (rc == -ERR_NOTFOUND)
        return bad(x, x->csv.lines, "there is no terminal ", id);
    if (rc < 0)
        *e = why;
    return rc < 0 ? rc : keep(x, &t, &at, e);
}

static int take_all(struct import *x, struct err *e)
{
    int rc = read_header(x, e), more = 1;

    while (rc == 0 && (more = csv_next(&x->csv, e)) == 1)
        rc = take_line(x, e);
    return rc < 0 ? rc : more;
}

static int by_place(const void *a, const void *b)
{
    const struct put *x = a, *y = b;
    int name = strcmp(x->name, y->name);

    if (x->office != y->office)
        return x->office < y->office ? -1 : 1;
    return name ? name : x->line - y->line;
}

/* One row a place is left: the first that names it. */
static void leave_one_each(struct import *x)
{
    size_t n = 0;
    char line[40];

    if (x->n)
        qsort(x->puts, x->n, sizeof *x->puts, by_place);
    for (size_t i = 0; i < x->n; i++) {
        struct put *before = n ? &x->puts[n - 1] : NULL, *p = &x->puts[i];

        if (!before || before->office != p->office || strcmp(before->name, p->name) != 0) {
            x->puts[n++] = *p;
        } else if (memcmp(&before->at, &p->at, sizeof p->at) != 0) {
            snprintf(line, sizeof line, "%d", before->line);
            bad(x, p->line, "it stands at the same zone and spot as another, which is elsewhere by line ", line);
        }
    }
    x->n = n;
}

/* --- writing --- */

static int write_piece(struct import *x, size_t from, struct err *e)
{
    struct terminal t;
    int rc = store_begin(x->store, e);

    if (rc < 0)
        return rc;
    for (size_t i = from; rc == 0 && i < x->n && i < from + PIECE; i++)
        if ((rc = terminal_get(x->store, x->puts[i].terminal, &t, e)) == 0)
            rc = place_put(x->store, &t, &x->puts[i].at, x->datum, e);
    if (rc == 0)
        return store_commit(x->store, e);
    store_rollback(x->store);
    return rc;
}

static int write_all(struct import *x, struct err *e)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};

    for (size_t from = 0; from < x->n; from += PIECE) {
        int rc = -ERR_RETRY;
        struct err why = {0};

        if (from)
            nanosleep(&pause, NULL);
        for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
            why = (struct err){0};
            rc = write_piece(x, from, &why);
        }
        if (rc < 0) {
            *e = why;
            return err_wrap(e, rc, "%zu of %zu places are on the map, do it again for the rest", from, x->n);
        }
    }
    return 0;
}

static int import_file(struct import *x, const char *path, struct err *e)
{
    struct buf text;
    int rc = fs_read_given(path, CSV_BYTES_MAX, &text, e);

    if (rc == 0) {
        csv_reader_init(&x->csv, text.data, text.len);
        rc = take_all(x, e);
        csv_reader_finish(&x->csv);
    }
    buf_finish(&text);
    if (rc == 0)
        leave_one_each(x);
    if (rc == 0 && !x->bad)
        rc = write_all(x, e);
    return rc < 0 ? err_wrap(e, rc, "%s", path) : 0;
}

static int say(const struct import *x, bool json)
{
    struct hallctl_object answer;

    if (!json) {
        if (x->bad > BAD_TOLD_MAX)
            fprintf(stderr, "and %d more\n", x->bad - BAD_TOLD_MAX);
        if (x->bad)
            fprintf(stderr, "hallctl: %d rows are wrong: nothing was taken\n", x->bad);
        else
            printf("%zu places are on the map now; %d rows had no coordinates\n", x->n, x->empty);
    } else {
        hallctl_object_open(&answer);
        jsonw_int(&answer.w, "set", x->bad ? 0 : (int64_t)x->n);
        jsonw_int(&answer.w, "empty", x->empty);
        jsonw_int(&answer.w, "refused", x->bad);
        hallctl_object_print(&answer);
    }
    return x->bad ? EXIT_REFUSED : EXIT_OK;
}

int hallctl_place_import(int argc, char **argv)
{
    const char *data = NULL, *datum = NULL, *file[1] = {NULL};
    struct import x = {.store = NULL};
    struct err e = {0};
    bool json = false;
    const struct option_word options[] = {{"--data", &data, NULL}, {"--datum", &datum, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(IMPORT, argc, argv, usage, options, file, 1, &n);

    if (code < 0)
        code = options_fit(IMPORT, options, "--data", "--datum --json");
    if (code < 0 && n == 0)
        code = options_wrong(IMPORT, "which file");
    if (code < 0)
        code = place_datum(IMPORT, datum, &x.datum);
    if (code >= 0)
        return code;
    int rc = store_open(data, &x.store, &e);
    if (rc == 0)
        rc = import_file(&x, file[0], &e);
    store_close(x.store);
    free(x.puts);
    return rc < 0 ? hallctl_fail(&e) : say(&x, json);
}
