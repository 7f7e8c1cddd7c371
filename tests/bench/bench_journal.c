/* SPDX-License-Identifier: Apache-2.0
 *
 * Confirm -> case number: journal_append of an application against a raw fdatasync of the same bytes plus sealing, turn by
 * turn in one run on one file system. Prints "name value unit" lines and the ratio with its budget; the folder is the
 * first argument.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "crypto/seal.h"
#include "journal/journal.h"
#include "wire/record.h"

#define ROUNDS 400
#define PLAIN 1400 /* an application of medium size */
#define BUDGET 1.6

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at(double *v, int percent)
{
    qsort(v, ROUNDS, sizeof *v, compare);
    return v[(ROUNDS - 1) * percent / 100];
}

static char plain[PLAIN];

static double time_append(struct journal *j)
{
    struct record_header h = {.kind = RECORD_APPLICATION, .item = "x"};
    struct case_number n;
    struct err e = {0};

    double start = now_ms();
    int rc = journal_next_case(j, journal_day(j, date_of_ms(clock_wall_ms())), &n, &e);
    case_number_format(&n, h.number);
    if (rc || journal_append(j, &h, plain, sizeof plain, &e)) {
        fprintf(stderr, "bench_journal: %s\n", e.text);
        exit(1);
    }
    double took = now_ms() - start;
    journal_sign_head(j, &e); /* off the resident's path */
    return took;
}

static double time_seal(const struct public_key *to)
{
    const char *info = record_seal_info(RECORD_APPLICATION);
    struct buf padded, out;

    double start = now_ms();
    buf_init(&padded, RECORD_BODY_MAX);
    buf_init(&out, RECORD_BODY_MAX);
    buf_add(&padded, plain, sizeof plain);
    seal_pad(&padded);
    if (seal(to, info, strlen(info), "header", 6, padded.data, padded.len, NULL, &out, NULL))
        exit(1);
    buf_finish(&padded);
    buf_finish(&out);
    return now_ms() - start;
}

/* Header and sealed body into a file that has its size already: what no journal can beat. */
static double time_sync(int fd, int round)
{
    static char bytes[PLAIN + 700];

    double start = now_ms();
    if (pwrite(fd, bytes, sizeof bytes, (off_t)(round % 500) * 4096) != (ssize_t)sizeof bytes || fdatasync(fd))
        exit(1);
    return now_ms() - start;
}

static int open_raw(const char *dir)
{
    static const char zeros[4096];
    char path[512];

    snprintf(path, sizeof path, "%s/raw", dir);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int i = 0; fd >= 0 && i < 501; i++)
        if (write(fd, zeros, sizeof zeros) != (ssize_t)sizeof zeros)
            exit(1);
    if (fd < 0 || fsync(fd))
        exit(1);
    return fd;
}

int main(int argc, char **argv)
{
    static double append[ROUNDS], sealing[ROUNDS], sync_[ROUNDS];
    const struct journal_identity id = {.terminal = "t-bench", .office = 1103, .registration = 3};
    struct private_key *signing = NULL, *hall = NULL;
    struct public_key to;
    struct journal *j = NULL;
    struct err e = {0};

    if (argc != 2 || key_generate(&signing, &e) || key_generate(&hall, &e))
        return 2;
    key_public(hall, &to);
    int fd = open_raw(argv[1]);
    if (journal_open(argv[1], &id, signing, &to, &j, &e)) {
        fprintf(stderr, "bench_journal: %s\n", e.text);
        return 1;
    }
    for (int i = 0; i < ROUNDS; i++) {
        append[i] = time_append(j);
        sealing[i] = time_seal(&to);
        sync_[i] = time_sync(fd, i);
    }
    journal_close(j);
    close(fd);
    double ratio = at(append, 50) / (at(sealing, 50) + at(sync_, 50));
    printf(
        "append_p50 %.3f ms\nappend_p99 %.3f ms\nseal_p50 %.3f ms\nraw_fdatasync_p50 %.3f ms\nraw_fdatasync_p99 %.3f ms\n",
        at(append, 50), at(append, 99), at(sealing, 50), at(sync_, 50), at(sync_, 99));
    printf("append_ratio %.2f (budget %.1f)\n", ratio, BUDGET);
    key_free(signing);
    key_free(hall);
    return ratio <= BUDGET ? 0 : 1;
}
