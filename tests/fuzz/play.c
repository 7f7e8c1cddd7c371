/* SPDX-License-Identifier: Apache-2.0
 *
 * Every fuzz target in the sanitizers' build, without a fuzzer: its seeds as they are, then seeds changed at random from a
 * fixed beginning, so that every machine takes the same way. A target is a process of its own; an input that ends it is
 * written down. Whoever wants to search takes `make fuzz`.
 *     play CORPUS RUNS OUT [WORD]      RUNS: lines "NAME\tHOW-OFTEN"; WORD: only targets whose name holds it
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"

#define SEEDS_MAX 64
#define INPUT_MAX 65536
#define CHANGES 5 /* at most, in one input */

typedef int target_fn(const uint8_t *data, size_t size);
#define FUZZ_TARGET(name) target_fn fuzz_##name;
#include "fuzz_targets.inc"
#undef FUZZ_TARGET

static const struct {
    const char *name;
    target_fn *run;
} targets[] = {
#define FUZZ_TARGET(name) {#name, fuzz_##name},
#include "fuzz_targets.inc"
#undef FUZZ_TARGET
};

/* Freed memory is kept for a while, not for ever: fresh pages cost more than most runs. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=8:thread_local_quarantine_size_kb=64:max_malloc_fill_size=0";
}

static struct seed {
    uint8_t *data;
    size_t len;
} seeds[SEEDS_MAX];
static int n_seeds;
static uint64_t state;

/* What the process is at, seen by the one that waits for it. */
static struct {
    long done;
    size_t len;
    uint8_t data[INPUT_MAX];
} * now;

static uint32_t random_below(size_t n)
{
    state ^= state << 13; /* xorshift64 (Marsaglia 2003) */
    state ^= state >> 7;
    state ^= state << 17;
    return n ? (uint32_t)((state >> 16) % n) : 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_seeds(const char *corpus, const char *name)
{
    char dir[400], path[800];
    struct dirent **list = NULL;

    snprintf(dir, sizeof dir, "%s/%s", corpus, name);
    int n = scandir(dir, &list, NULL, by_name);
    for (int i = 0; i < n; i++) {
        struct buf file;

        snprintf(path, sizeof path, "%s/%s", dir, list[i]->d_name);
        if (list[i]->d_name[0] != '.' && n_seeds < SEEDS_MAX && fs_read(path, INPUT_MAX, &file, NULL) == 0) {
            seeds[n_seeds].data = malloc(file.len + 1);
            memcpy(seeds[n_seeds].data, file.data, file.len);
            seeds[n_seeds++].len = file.len;
            buf_finish(&file);
        }
        free(list[i]);
    }
    free(list);
}

static void take(const struct seed *s)
{
    memcpy(now->data, s->data, s->len);
    now->len = s->len;
}

static void cut_out(size_t at, size_t len)
{
    memmove(now->data + at, now->data + at + len, now->len - at - len);
    now->len -= len;
}

static void put_in(size_t at, const uint8_t *data, size_t len)
{
    static uint8_t copy[INPUT_MAX];

    if (len > INPUT_MAX - now->len)
        return;
    memcpy(copy, data, len);
    memmove(now->data + at + len, now->data + at, now->len - at);
    memcpy(now->data + at, copy, len);
    now->len += len;
}

/* A bit, a byte, a digit; a piece left out, said twice, or of another seed. */
static void change(void)
{
    static const uint8_t edges[] = {0, 1, 0x7f, 0x80, 0xff, '"', '\\', '{', '[', ',', '-', '0', '9', '\n', ' ', 0x1b};
    size_t at = random_below(now->len), piece = 1 + random_below(16);
    const struct seed *other = &seeds[random_below((size_t)n_seeds)];
    uint8_t *byte = &now->data[at];

    switch (random_below(7)) {
    case 0:
        *byte ^= (uint8_t)(1u << random_below(8));
        break;
    case 1:
        *byte = edges[random_below(sizeof edges)];
        break;
    case 2:
        *byte = (uint8_t)random_below(256);
        break;
    case 3:
        put_in(at, &edges[random_below(sizeof edges)], 1);
        break;
    case 4:
        cut_out(at, piece < now->len - at ? piece : now->len - at);
        break;
    case 5:
        put_in(at, byte, piece < now->len - at ? piece : now->len - at);
        break;
    default:
        if (n_seeds && other->len) {
            size_t from = random_below(other->len);

            put_in(at, other->data + from, piece < other->len - from ? piece : other->len - from);
        }
    }
}

static void try_it(target_fn *run)
{
    uint8_t *exact = malloc(now->len ? now->len : 1); /* so that a byte too far is seen */

    memcpy(exact, now->data, now->len);
    run(exact, now->len);
    free(exact);
    now->done++;
}

/* Exits with 0, or as the target ends it. */
static _Noreturn void play(target_fn *run, long times)
{
    for (int i = 0; i < n_seeds; i++) {
        take(&seeds[i]);
        try_it(run);
    }
    while (now->done < times) {
        now->len = 0;
        if (n_seeds)
            take(&seeds[random_below((size_t)n_seeds)]);
        for (uint32_t n = 1 + random_below(CHANGES); n > 0; n--)
            change();
        try_it(run);
    }
    exit(0);
}

static void keep_input(const char *dir, const char *name)
{
    char path[500];

    snprintf(path, sizeof path, "%s/input-%s", dir, name);
    FILE *f = fopen(path, "w");
    bool kept = f && fwrite(now->data, 1, now->len, f) == now->len;
    kept = f && fclose(f) == 0 && kept;
    printf("# ended by input %ld, which %s %s\n", now->done + 1, kept ? "is kept in" : "could not be written to", path);
}

static bool play_apart(int i, const char *corpus, long times, const char *out)
{
    int status = 0;

    memset(now, 0, sizeof *now);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        state = 0x9e3779b97f4a7c15u;
        read_seeds(corpus, targets[i].name);
        play(targets[i].run, times);
    }
    if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        printf("# fuzz_%s: %ld inputs\n", targets[i].name, now->done);
        return true;
    }
    keep_input(out, targets[i].name);
    return false;
}

/* 0: the table has no line for it. */
static long times_of(const struct buf *table, const char *name)
{
    size_t n = strlen(name);

    for (const char *line = table->len ? (const char *)table->data : ""; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, n) == 0 && line[n] == '\t')
            return atol(line + n);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct buf table;
    bool failed = false;

    if (argc < 4 || fs_read(argv[2], INPUT_MAX, &table, NULL) < 0) {
        fputs("usage: play CORPUS RUNS OUT [WORD]\n", stderr);
        return 2;
    }
    now = mmap(NULL, sizeof *now, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (now == MAP_FAILED)
        return 2;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        if (argc > 4 && !strstr(targets[i].name, argv[4]))
            continue;
        long times = times_of(&table, targets[i].name);
        bool good = times > 0 && play_apart((int)i, argv[1], times, argv[3]);
        if (times <= 0)
            printf("# %s has no line for it\n", argv[2]);
        printf("%s fuzz_%s\n", good ? "ok" : "not ok", targets[i].name);
        failed |= !good;
    }
    buf_finish(&table);
    return failed;
}
