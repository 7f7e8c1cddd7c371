/* SPDX-License-Identifier: Apache-2.0
 *
 * A journal of N records, of visits as they are: the work of one more record, of the next case number, and of opening it at
 * a start. Processor time: what the disk takes is its own. Usage: bench-journal DIR N
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "journal/anchor.h"
#include "journal/journal.h"
#include "tests/bench/bench.h"

#define LAST 2000 /* applications that are measured */
#define VISIT_RECORDS 5

static const struct journal_identity identity = {.terminal = "t-1", .epoch = {1}, .office = 1103, .registration = 1};

static double own_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void add(struct journal *j, struct record_header *h, const void *plain, size_t len)
{
    struct err e = {0};

    if (journal_append(j, h, plain, len, &e) < 0)
        die("append", &e);
}

/* The samples may be NULL. */
static void apply(struct journal *j, const uint8_t visit[16], struct samples *number, struct samples *record)
{
    static char plain[600]; /* as a form with a dozen fields */
    struct record_header h = {
        .kind = RECORD_APPLICATION, .item_version = 1, .form_version = 1, .item = "11330100002489559W4330114014000"};
    struct case_number n;
    struct err e = {0};

    memset(plain, 'x', sizeof plain);
    memcpy(h.visit, visit, sizeof h.visit);
    double begin = own_ms();
    if (journal_next_case(j, journal_day(j), &n, &e) < 0)
        die("the next number", &e);
    double between = own_ms();
    case_number_format(&n, h.number);
    add(j, &h, plain, sizeof plain);
    if (number)
        add_sample(number, between - begin);
    if (record)
        add_sample(record, own_ms() - between);
}

static void visit(struct journal *j, long i, struct samples *number, struct samples *record)
{
    static const enum record_kind kinds[VISIT_RECORDS] = {RECORD_VISIT_START, RECORD_APPLICATION, RECORD_PRINT_START,
                                                          RECORD_PRINT_DONE, RECORD_VISIT_END};
    uint8_t of[16] = {0};

    memcpy(of, &i, sizeof i);
    for (int k = 0; k < VISIT_RECORDS; k++) {
        bool paper = kinds[k] == RECORD_PRINT_START || kinds[k] == RECORD_PRINT_DONE;
        struct record_header h = {.kind = kinds[k]};

        memcpy(h.visit, of, sizeof h.visit);
        if (paper) {
            snprintf(h.job, sizeof h.job, "0011223344556677");
            snprintf(h.role, sizeof h.role, "receipt");
            h.copy = 1;
        }
        if (kinds[k] == RECORD_APPLICATION)
            apply(j, of, number, record);
        else
            add(j, &h, NULL, 0);
    }
    journal_sign_head(j, NULL);
    clock_advance(120000); /* some seven hundred a day */
}

int main(int argc, char **argv)
{
    struct samples number = {.n = 0}, record = {.n = 0};
    struct private_key *signing, *hall;
    struct public_key seal_to;
    struct journal *j;
    struct err e = {0};
    long n = argc == 3 ? atol(argv[2]) / VISIT_RECORDS : 0;

    if (n <= 0) {
        fputs("usage: bench-journal DIR N, N >= 5\n", stderr);
        return 2;
    }
    if (key_generate(&signing, &e) < 0 || key_generate(&hall, &e) < 0 ||
        anchor_make(argv[1], identity.terminal, identity.epoch, &e) < 0)
        die("a journal's keys", &e);
    key_public(hall, &seal_to);
    if (journal_open(argv[1], &identity, signing, &seal_to, &j, &e) < 0)
        die("make the journal", &e);
    for (long i = 0; i < n; i++)
        visit(j, i, i >= n - LAST ? &number : NULL, i >= n - LAST ? &record : NULL);
    journal_rest(j, NULL);
    journal_close(j);
    double begin = own_ms();
    if (journal_open(argv[1], &identity, signing, &seal_to, &j, &e) < 0)
        die("open it again", &e);
    double opened = own_ms() - begin;
    journal_close(j);
    row(FOR_INFORMATION, "journal, one record more, p50", "", text("%.3f ms of CPU", quantile(&record, 0.5)),
        text("p99 %.3f", quantile(&record, 0.99)));
    row(FOR_INFORMATION, "journal, the next case number, p50", "", text("%.3f ms of CPU", quantile(&number, 0.5)),
        text("p99 %.3f", quantile(&number, 0.99)));
    row(FOR_INFORMATION, "journal, opened at a start", "", text("%.1f ms of CPU", opened),
        text("%ld records", n * VISIT_RECORDS));
    key_free(hall);
    key_free(signing);
    return 0;
}
