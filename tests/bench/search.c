/* SPDX-License-Identifier: Apache-2.0
 *
 * CPU time of search in a large catalogue, keystroke by keystroke, beside a bare scan of the same characters; then among
 * ITEMS (1,000,000) items. Queries are pieces of names in the catalogue, always the same ones. Usage: bench-search
 * CATALOG.db
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "catalog/catalog_db.h"
#include "catalog/search.h"
#include "catalog/search_index_make.h"
#include "catalog/search_text.h"
#include "tests/bench/bench.h"
#include "tests/bench/search_grown.h"
#include "voice/pinyin.h"

#define QUERIES 400
#define KEYS_MAX 12
#define PAGE 6
#define PASSES 3 /* the least of them counts: the others had company on the processor */

enum typed { CHARACTERS, FIRST_LETTERS, WHOLE_PINYIN, OTHER_READINGS, MISTAKES };

static uint32_t seed = 7;
static double limit_ms;                  /* of a bare scan */
static double spent[QUERIES * KEYS_MAX]; /* by each key: the least of all passes */

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static double own_cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "bench-search: %s\n", what);
    exit(1);
}

static void *read_table(sqlite3 *db, size_t *len)
{
    sqlite3_blob *blob = NULL;
    void *data;

    if (sqlite3_blob_open(db, "main", "search", "packed", 1, 0, &blob))
        fail(sqlite3_errmsg(db));
    *len = (size_t)sqlite3_blob_bytes(blob);
    data = malloc(*len);
    if (!data || sqlite3_blob_read(blob, data, (int)*len, 0))
        fail("read the table");
    sqlite3_blob_close(blob);
    return data;
}

/* --- the limit --- */

/* How often two bytes, three apart, follow in the text: all that a scan of characters can do at best. */
static uint32_t bare_scan(const uint8_t *p, size_t n, uint8_t a, uint8_t b)
{
    typedef uint8_t block __attribute__((vector_size(16)));
    uint32_t hits = 0;

    for (size_t i = 0; i + 32 < n; i += 16) {
        block x, y, both;
        uint64_t half[2];

        memcpy(&x, p + i, sizeof x);
        memcpy(&y, p + i + 3, sizeof y);
        both = (block)(x == a) & (block)(y == b);
        memcpy(half, &both, sizeof half);
        hits += (uint32_t)__builtin_popcountll(half[0]) + (uint32_t)__builtin_popcountll(half[1]);
    }
    return hits / 8;
}

static double bare_limit(char **names, size_t n_names)
{
    size_t len = 0;
    char *text_of_names = malloc(n_names * 401 + 64);
    double ms[101];
    uint32_t hits = 0;

    if (!text_of_names)
        fail("out of memory");
    for (size_t i = 0; i < n_names; i++)
        len += (size_t)sprintf(text_of_names + len, "%s\n", names[i]);
    for (int i = 0; i < 101; i++) {
        double begin = own_cpu_ms();

        hits += bare_scan((const uint8_t *)text_of_names, len, (uint8_t)(0xe4 + i % 6), (uint8_t)(0xe4 + i % 5));
        ms[i] = own_cpu_ms() - begin;
    }
    qsort(ms, 101, sizeof *ms, by_value);
    free(text_of_names);
    if (hits == 1) /* so that the scan is not left out as useless */
        puts("");
    return ms[50];
}

/* --- what is typed --- */

static void add_reading(char *out, const struct pinyin_char *c, enum typed how)
{
    const char *reading = c->here, *other = strchr(c->all, ' ');
    size_t n = strlen(out), whole;

    if (how == OTHER_READINGS && other && chance(2))
        reading = other + 1;
    whole = strcspn(reading, "12345 ");
    if (whole && n + whole < 64)
        snprintf(out + n, 64 - n, "%.*s", how == FIRST_LETTERS || (how == OTHER_READINGS && chance(2)) ? 1 : (int)whole,
                 reading);
}

/* One to six characters from somewhere in a name, in the way they are typed. */
static void make_query(char out[64], const char *name, enum typed how)
{
    size_t all = utf8_count(name), n = 1 + chance(6), from;
    struct pinyin_walk w;
    struct pinyin_char c;

    n = n > all ? all : n;
    from = chance((uint32_t)(all - n + 1));
    out[0] = '\0';
    if (how == CHARACTERS) {
        name += utf8_prefix(name, from);
        snprintf(out, 64, "%.*s", (int)utf8_prefix(name, n), name);
        return;
    }
    pinyin_begin(&w, name);
    for (size_t i = 0; i < from + n && pinyin_next(&w, &c); i++)
        if (i >= from)
            add_reading(out, &c, how);
    if (how == MISTAKES && strlen(out) > 4)
        out[2 + chance((uint32_t)strlen(out) - 3)] = (char)('a' + chance(26));
}

static int type(struct search *s, const char *query, double *ms, bool first)
{
    int keys = 0, all = (int)utf8_count(query);

    for (int n = 1; n <= all && keys < KEYS_MAX; n++) {
        struct search_answer answer;
        uint32_t rows[PAGE];
        char typed[64];
        double begin, took;

        snprintf(typed, sizeof typed, "%.*s", (int)utf8_prefix(query, (size_t)n), query);
        begin = own_cpu_ms();
        search_run(s, &(struct search_query){typed, true, false}, &answer);
        search_rows(s, SEARCH_ALL, 0, rows, PAGE);
        took = own_cpu_ms() - begin;
        ms[keys] = first || took < ms[keys] ? took : ms[keys];
        keys++;
    }
    return keys;
}

static const struct kind {
    enum typed how;
    const char *what;
    double budget; /* times a bare scan */
} kinds[] = {{CHARACTERS, "characters", 0.5},
             {FIRST_LETTERS, "first letters", 0.5},
             {WHOLE_PINYIN, "whole pinyin", 0.5},
             {OTHER_READINGS, "every reading", 0.5},
             {MISTAKES, "with a mistake", 1}};
#define KINDS (sizeof kinds / sizeof *kinds)

struct timed {
    double p50, p99, most;
    int n;
};

static struct timed measure(struct search *s, char **names, size_t n_names, enum typed how)
{
    static char queries[QUERIES][64];
    int n = 0;

    seed = 7 + how;
    for (int i = 0; i < QUERIES; i++)
        make_query(queries[i], names[chance((uint32_t)n_names)], how);
    for (int pass = 0; pass < PASSES; pass++) {
        n = 0;
        for (int i = 0; i < QUERIES; i++)
            n += type(s, queries[i], spent + n, pass == 0);
    }
    qsort(spent, (size_t)n, sizeof *spent, by_value);
    return (struct timed){spent[n / 2], spent[n * 99 / 100], spent[n - 1], n};
}

static void bench(struct search *s, char **names, size_t n_names, const struct kind *k, struct timed *ret)
{
    *ret = measure(s, names, n_names, k->how);
    row(ret->p99 <= k->budget * limit_ms ? MET : MISSED, text("search, %s", k->what),
        text("CPU p99 <= %.1f x a bare scan", k->budget),
        text("p50 %.2f, p99 %.2f, most %.2f ms of %d keys", ret->p50, ret->p99, ret->most, ret->n),
        text("bare scan %.2f ms: %.2f x", limit_ms, ret->p99 / limit_ms));
}

static void open_table(struct buf *index, const void *data, size_t len, struct search **ret)
{
    struct search_table table;
    struct err e = {0};
    double begin = own_cpu_ms(), made;

    if (search_table_decode(data, len, &table, &e) < 0 || search_index_make(&table, index, &e) < 0)
        fail(e.text);
    made = own_cpu_ms() - begin;
    begin = own_cpu_ms();
    if (search_open_index(data, len, index->data, index->len, ret, &e) < 0)
        fail(e.text);
    row(FOR_INFORMATION, "search, opened at the first query", "", text("%.2f ms of CPU", own_cpu_ms() - begin),
        text("%.1f MB of %u items mapped, %.1f of them index, made in %.0f ms", (double)(len + index->len) / 1e6,
             table.n_items, (double)index->len / 1e6, made));
}

/* Ten times the items may take three times as long. */
static void bench_grown(const void *table, size_t len, char **names, size_t n, const struct timed small[KINDS])
{
    const char *asked = getenv("ITEMS");
    uint32_t items = asked ? (uint32_t)strtoul(asked, NULL, 10) : SEARCH_ITEMS_MAX, times = items / (uint32_t)n;
    struct search *s = NULL;
    struct buf grown, index;

    if (times < 2)
        return;
    buf_init(&grown, SEARCH_INDEX_MAX);
    buf_init(&index, SEARCH_INDEX_MAX);
    search_grown(table, len, times, &grown);
    open_table(&index, grown.data, grown.len, &s);
    for (size_t i = 0; i < KINDS; i++) {
        struct timed t = measure(s, names, n, kinds[i].how);

        row(times != 10                 ? FOR_INFORMATION
            : t.p99 <= 3 * small[i].p99 ? MET
                                        : MISSED,
            text("  %s, %u times the items", kinds[i].what, times), "p99 <= 3 x for ten times the items",
            text("p50 %.2f, p99 %.2f, most %.2f ms of %d keys", t.p50, t.p99, t.most, t.n),
            text("%.2f ms: %.1f x", small[i].p99, t.p99 / small[i].p99));
    }
    search_close(s);
    buf_finish(&index);
    buf_finish(&grown);
}

static char **read_names(sqlite3 *db, size_t *ret_n)
{
    sqlite3_stmt *st = NULL;
    char **names = calloc(SEARCH_ITEMS_MAX, sizeof *names);
    size_t n = 0;

    if (!names || sqlite3_prepare_v2(db, "SELECT name FROM items ORDER BY id", -1, &st, NULL))
        fail("read the names");
    while (n < SEARCH_ITEMS_MAX && sqlite3_step(st) == SQLITE_ROW)
        names[n++] = strdup((const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    *ret_n = n;
    return names;
}

int main(int argc, char **argv)
{
    struct timed timed[KINDS];
    struct search *s = NULL;
    struct err e = {0};
    sqlite3 *db = NULL;
    struct buf index;
    size_t len, n;
    char **names;
    void *table;

    if (argc != 2 || catalog_db_open(argv[1], &db, &e) < 0)
        fail(argc == 2 ? e.text : "usage: bench-search CATALOG.db");
    names = read_names(db, &n);
    table = read_table(db, &len);
    buf_init(&index, SEARCH_INDEX_MAX);
    open_table(&index, table, len, &s);
    limit_ms = bare_limit(names, n);
    for (size_t i = 0; i < KINDS; i++)
        bench(s, names, n, &kinds[i], &timed[i]);
    search_close(s);
    buf_finish(&index);
    bench_grown(table, len, names, n, timed);
    free(table);
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    sqlite3_close(db);
    return 0;
}
