/* SPDX-License-Identifier: Apache-2.0
 *
 * A year of a hall (year_make.mjs) into a hall's database by way of the store and its rules, many cases in one transaction:
 * whatever the rules refuse ends it. And what the product counts of each case on a day, a line each, as days.mjs writes it.
 *     year load DIR UNTIL-MS <LINES       year tell DIR DAY       year bundles DIR: a line for each case of one
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/cases/case_json.h"
#include "tools/hall/rules/card.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hallctl/case.h"
#include "wire/record.h"

#define OFFICE 1103
#define CASES_TOGETHER 500
#define WORDS_MAX 10
#define TERMINALS 8

static struct store *store;
static struct published published;
static struct err e;

static _Noreturn void fail(const char *line, const char *why)
{
    fprintf(stderr, "year: %s: %s\n", line, why);
    exit(1);
}

static void check(int rc, const char *line)
{
    if (rc < 0)
        fail(line, e.text);
}

/* --- records --- */

static int64_t next_seq(const char *terminal)
{
    static char names[TERMINALS][TERMINAL_ID_MAX + 1];
    static int64_t seqs[TERMINALS];
    int i = 0;

    while (i < TERMINALS - 1 && names[i][0] && strcmp(names[i], terminal) != 0)
        i++;
    text_copy(names[i], sizeof names[i], terminal);
    return ++seqs[i];
}

static void add_record(struct record_header *h, const char *line)
{
    static const uint8_t zeros[HASH_LEN];
    struct buf header;

    h->v = 1;
    h->clock_trusted = true;
    h->seq = (uint64_t)next_seq(h->terminal);
    memset(h->epoch, 1, sizeof h->epoch);
    text_copy(h->boot, sizeof h->boot, "00000000-0000-4000-8000-000000000000");
    buf_init(&header, RECORD_HEADER_MAX);
    check(record_header_encode(h, &header, &e), line);
    check(
        sql_do(store_sql(store), &e,
               "INSERT INTO record (office, terminal, epoch, seq, id, kind, number, at, received, state, hash, header, body,"
               " body_hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,0,$10,$11,$12,$13)",
               "itbibttiibbbb", (int64_t)OFFICE, h->terminal, h->epoch, sizeof h->epoch, (int64_t)h->seq, h->id,
               sizeof h->id, record_kind_word(h->kind), h->number, h->at, h->at + 1000, zeros, sizeof zeros, header.data,
               header.len, "", (size_t)0, zeros, sizeof zeros),
        line);
    buf_finish(&header);
}

static void add_rating(char *w[WORDS_MAX], const char *line)
{
    struct record_header h = {
        .kind = RECORD_RATING, .score = atoi(w[4]), .set = 1, .item_version = 1, .form_version = 1, .at = atoll(w[5])};
    size_t len;

    check(hex_decode(w[1], strlen(w[1]), h.id, sizeof h.id, &len), line);
    text_copy(h.terminal, sizeof h.terminal, w[2]);
    text_copy(h.item, sizeof h.item, w[3]);
    text_copy(h.number, sizeof h.number, w[6]);
    add_record(&h, line);
    check(sql_do(store_sql(store), &e,
                 "INSERT INTO rating (office, id, item, question_set, score, number) VALUES ($1,$2,$3,1,$4,$5)", "ibtit",
                 (int64_t)OFFICE, h.id, sizeof h.id, w[3], (int64_t)h.score, w[6]),
          line);
}

static void add_told(char *w[WORDS_MAX], const char *line)
{
    static uint64_t n;
    struct record_header h = {.kind = RECORD_AVAILABILITY, .at = atoll(w[2])};

    h.id[0] = 0xff;
    memcpy(h.id + 8, &(uint64_t){++n}, 8);
    text_copy(h.terminal, sizeof h.terminal, w[1]);
    if (strcmp(w[3], "start") == 0 || strcmp(w[3], "shutdown") == 0)
        h.kind = (enum record_kind)record_kind_by_word(w[3]);
    else
        text_copy(h.what, sizeof h.what, w[3]);
    add_record(&h, line);
}

/* --- cases --- */

static struct case_file file;

static void add_to_bundle(char *w[WORDS_MAX], const char *line)
{
    struct record_header h = {.kind = RECORD_APPLICATION, .part = atoi(w[8]), .parts = atoi(w[9])};

    text_copy(h.number, sizeof h.number, w[1]);
    text_copy(h.bundle, sizeof h.bundle, w[6]);
    text_copy(h.bundle_item, sizeof h.bundle_item, w[7]);
    if (!bundle_fits(&h))
        fail(line, "not its number in the bundle");
    check(bundle_put(store, OFFICE, &h, &e), line);
}

static void add_case(char *w[WORDS_MAX], const char *line)
{
    static int64_t n;
    uint8_t id[16] = {0xfe};

    memcpy(id + 8, &(int64_t){++n}, 8);
    check(
        sql_do(store_sql(store), &e,
               "INSERT INTO cases (office, number, id, terminal, received, applied, item, version, stage, staff, post, due)"
               " VALUES ($1,$2,$3,$4,$5,$6,$7,0,0,'','',$8)",
               "itbtiiti", (int64_t)OFFICE, w[1], id, sizeof id, w[4], atoll(w[5]) + (int64_t)1000, (int64_t)atoll(w[5]),
               w[2], date_to_days(date_of_ms(atoll(w[5])))),
        line);
    if (w[6][0])
        add_to_bundle(w, line);
    check(case_file_read(store, OFFICE, w[1], NULL, NULL, &file, &e), line);
    file.state.limits.item_version = atoi(w[3]); /* until it is taken in */
}

static void fill(struct case_event *ev, char *w[WORDS_MAX])
{
    bool law = ev->kind == CASE_EVENT_DECIDE_TACIT;

    ev->at = ev->entered = atoll(w[2]);
    text_copy(ev->staff, sizeof ev->staff, file.state.staff[0] ? file.state.staff : "张三");
    text_copy(ev->post, sizeof ev->post, file.state.post[0] ? file.state.post : "受理岗");
    text_copy(ev->words, sizeof ev->words, "已核");
    text_copy(ev->law, sizeof ev->law, "某法第一条");
    text_copy(ev->to_staff, sizeof ev->to_staff, "李四");
    text_copy(ev->to_post, sizeof ev->to_post, "审核岗");
    if (ev->kind == CASE_EVENT_RECEIVE) {
        ev->applied = file.applied;
        memcpy(ev->record, file.record, sizeof ev->record);
        if (!published_limits(&published, file.item, file.state.limits.item_version, &ev->limits))
            fail(file.number, "no catalogue has its item");
    } else if (ev->kind == CASE_EVENT_STOP && case_procedure_by_word(w[3], &ev->procedure)) {
        ev->limit_day = atoi(w[4]);
        ev->limit_unit = w[5][0] == 'w' ? DAY_WORKING : DAY_CALENDAR;
    } else if (ev->kind == CASE_EVENT_DECIDE || law) {
        case_result_by_word(w[3], &ev->result);
    }
}

static void add_event(char *w[WORDS_MAX], const char *line)
{
    struct case_event ev;
    enum case_event_kind kind;

    if (!case_event_by_word(w[1], &kind))
        fail(line, "no such event");
    case_event_init(&ev, kind);
    fill(&ev, w);
    enum case_refusal why = case_judge(&file.state, &ev, ev.entered);
    if (why == CASE_MAY)
        why = deadline_judge(&file.state, published.calendar, &ev);
    if (why != CASE_MAY)
        fail(line, case_refusal_word(why));
    check(case_file_add(store, &file, &ev, published.calendar, &e), line);
}

/* Fields of the line; those that are missing are "". */
static void split(char *line, char *w[WORDS_MAX])
{
    for (int i = 0; i < WORDS_MAX; i++) {
        w[i] = line;
        line += strcspn(line, "\t\n");
        if (*line)
            *line++ = '\0';
    }
}

static void load(int64_t until)
{
    char line[400], copy[400], *w[WORDS_MAX];
    int n = 0;

    check(store_begin(store, &e), "begin");
    while (fgets(line, sizeof line, stdin)) {
        text_copy(copy, sizeof copy, line);
        split(line, w);
        bool is_case = strcmp(w[0], "case") == 0, is_rating = strcmp(w[0], "rating") == 0;
        int64_t at = atoll(is_case || is_rating ? w[5] : w[2]);
        if (at >= until)
            continue;
        if (is_case)
            add_case(w, copy);
        else if (is_rating)
            add_rating(w, copy);
        else if (strcmp(w[0], "told") == 0)
            add_told(w, copy);
        else
            add_event(w, copy);
        if (is_case && ++n % CASES_TOGETHER == 0) {
            check(store_commit(store, &e), "commit");
            check(store_begin(store, &e), "begin");
        }
    }
    check(store_commit(store, &e), "commit");
}

/* --- what is counted --- */

static void tell_deadline(const struct deadline *d, struct date today)
{
    char day[DATE_LEN + 1];

    if (d->limit.day < 0) {
        printf(" %s unknown;", deadline_word(d->kind));
        return;
    }
    date_format(d->due, day);
    printf(" %s %s", deadline_word(d->kind), day);
    for (int i = 0; i < d->n_stops; i++)
        printf(" %d%s", d->stops[i].days, d->stops[i].open ? "o" : d->stops[i].lapsed ? "l" : "");
    printf("%s;", deadline_is_late(d, today) ? " late" : "");
}

static int tell_case(void *ctx, const struct case_file *f)
{
    const struct date *today = ctx;
    struct case_state s = case_state_of(f);
    struct deadlines all;
    struct card cards[DEADLINES];
    char day[DATE_LEN + 1];

    printf("%s", f->number);
    deadline_fold(&s, published.calendar, *today, &all);
    for (int i = 0; i < all.n; i++)
        tell_deadline(&all.list[i], *today);
    int n = card_list(&s, published.calendar, &all, *today, cards);
    for (int i = 0; i < n; i++) {
        date_format(cards[i].since, day);
        printf(" %s %s %s;", cards[i].rule, card_level_word(cards[i].level), day);
    }
    int64_t first = card_first(&s, published.calendar);
    if (first)
        date_format(date_of_days(first), day);
    printf(" first %s;\n", first ? day : "never");
    return 0;
}

static int tell_bundle(void *ctx, const struct case_file *f)
{
    struct case_bundle b;

    check(bundle_of_case(store, OFFICE, f->number, &b, &e), f->number);
    if (b.number[0])
        printf("%s %s %s %d %d\n", f->number, b.number, b.item, b.part, b.parts);
    return 0;
}

int main(int argc, char **argv)
{
    struct date today;

    if (argc < 3)
        return 2;
    check(store_open(argv[2], &store, &e), argv[2]);
    check(published_open(argv[2], &published, &e), argv[2]);
    if (strcmp(argv[1], "bundles") == 0)
        check(case_each_file(store, INT64_MAX, NULL, tell_bundle, NULL, &e), argv[2]);
    else if (argc == 4 && strcmp(argv[1], "load") == 0)
        load(atoll(argv[3]));
    else if (argc == 4 && date_parse8(argv[3], &today))
        check(case_each_file(store, INT64_MAX, NULL, tell_case, &today, &e), argv[2]);
    published_close(&published);
    store_close(store);
    return 0;
}
