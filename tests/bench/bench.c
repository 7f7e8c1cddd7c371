/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures of this machine, each beside its peer from the same run and its budget: start to first frame, memory of the
 * terminal's programs, confirm to case number. Usage: bench BUILD SOURCE WORK; run by run.sh.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "crypto/seal.h"
#include "tools/scenario/play.h"

#define STARTS 9
#define VISITS 12
#define BROWSES 200
#define SYNCS 200
#define APPLICATION_BYTES 2048

static double now_ms(void)
{
    return (double)clock_measure_us() / 1000;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    return v[n / 2];
}

static void die(const char *what, const struct err *e)
{
    fprintf(stderr, "bench: %s: %s\n", what, e->text);
    exit(1);
}

/* --- start to first frame --- */

static double peer_start(const char *build)
{
    char path[STAND_PATH_MAX];
    double begin = now_ms();
    pid_t pid;

    snprintf(path, sizeof path, "%s/bench-window", build);
    pid = fork();
    if (pid == 0) {
        setenv("SDL_VIDEODRIVER", "dummy", 1);
        execl(path, path, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
    return now_ms() - begin;
}

/* kiosk answers its first question when the first frame has been drawn. */
static double kiosk_start(struct stand *s)
{
    struct json *doc = NULL;
    struct err e = {0};
    double begin;

    stand_kill(s, PROGRAM_KIOSK);
    begin = now_ms();
    if (stand_run_program(s, PROGRAM_KIOSK, &e) < 0 || stand_control(s, PROGRAM_KIOSK, "nodes", &doc, &e) < 0)
        die("start kiosk", &e);
    json_free(doc);
    return now_ms() - begin;
}

static void bench_start(struct stand *s)
{
    double own[STARTS], peer[STARTS];

    for (int i = 0; i < STARTS; i++) {
        peer[i] = peer_start(s->opt.build);
        own[i] = kiosk_start(s);
    }
    double o = median(own, STARTS), p = median(peer, STARTS);
    printf(
        "start -> first frame      kiosk %.0f ms, bare SDL2 window %.0f ms: %.2f x      (budget 1.4 x; sample catalogue)\n",
        o, p, o / p);
}

/* --- memory --- */

static long pss_kib(pid_t pid)
{
    char path[64], line[256];
    long kib = 0;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "Pss: %ld", &kib) == 1)
            break;
    if (f)
        fclose(f);
    return kib;
}

static void play(struct stand *s, const char *source, const char *file, int times)
{
    char path[STAND_PATH_MAX];
    struct script *script;
    struct err e = {0};

    snprintf(path, sizeof path, "%s/tests/bench/%s", source, file);
    if (script_load(path, &script, &e) < 0)
        die(path, &e);
    for (int i = 0; i < times; i++) {
        struct play p = {.stand = s, .script = script};
        if (play_steps(&p, 0, script_steps(script), false, &e) < 0)
            die(file, &e);
        play_finish(&p);
    }
    script_free(script);
}

static void bench_memory(struct stand *s, const char *source)
{
    double before, kiosk, sync;

    play(s, source, "browse.txt", 20);
    before = (double)(pss_kib(s->pid[PROGRAM_KIOSK]) + pss_kib(s->pid[PROGRAM_SYNC])) / 1024;
    play(s, source, "browse.txt", BROWSES);
    kiosk = (double)pss_kib(s->pid[PROGRAM_KIOSK]) / 1024;
    sync = (double)pss_kib(s->pid[PROGRAM_SYNC]) / 1024;
    printf("memory (PSS)              kiosk %.1f MB + kiosk-sync %.1f MB after %d visits, %+.2f MB over the last %d  "
           "(budget about 32 MB, flat)\n",
           kiosk, sync, BROWSES + 20, kiosk + sync - before, BROWSES);
}

/* --- confirm to case number
 * ------------------------------------------------------------------------------------------------ */

/* The physical limit: seal an application, write and sync as many bytes, preallocated. */
static double bench_limit(const char *work)
{
    static uint8_t zeros[1 << 20];
    char path[STAND_PATH_MAX];
    double v[SYNCS];
    struct private_key *k;
    struct public_key to;
    struct err e = {0};
    int fd;

    snprintf(path, sizeof path, "%s/raw", work);
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, zeros, sizeof zeros) != sizeof zeros || fsync(fd) < 0 || key_generate(&k, &e) < 0)
        die(path, &e);
    key_public(k, &to);
    for (int i = 0; i < SYNCS; i++) {
        struct buf sealed;
        double begin = now_ms();

        buf_init(&sealed, 1 << 16);
        if (seal(&to, "tongban/application/1", 21, "h", 1, zeros, APPLICATION_BYTES, NULL, &sealed, &e) < 0)
            die("seal", &e);
        if (pwrite(fd, sealed.data, sealed.len, (i % 256) * 4096) < 0 || fdatasync(fd) < 0)
            die("fdatasync", &e);
        v[i] = now_ms() - begin;
        buf_finish(&sealed);
    }
    close(fd);
    key_free(k);
    return median(v, SYNCS);
}

/* From the finger's lift to the frame with the number, which kiosk draws before it begins the paper and answers. */
static double confirm(struct stand *s)
{
    struct play p = {.stand = s};
    struct json *doc;
    const struct json *nodes, *button = NULL;
    char request[64];
    struct err e = {0};
    int64_t begin, shown;

    if (play_nodes(&p, &doc, &nodes, &e) < 0)
        die("review", &e);
    for (size_t i = 0; i < json_len(nodes); i++)
        if (!strcmp(node_str(json_at(nodes, i), "id"), "submit"))
            button = json_at(nodes, i);
    snprintf(request, sizeof request, "down %d %d", (int)json_int(json_member(button, "x")) + 60,
             (int)json_int(json_member(button, "y")) + 60);
    if (!button || stand_control(s, PROGRAM_KIOSK, request, NULL, &e) < 0)
        die("press confirm", &e);
    memcpy(request, "up   ", 5);
    json_free(doc);
    begin = clock_measure_us();
    if (stand_control(s, PROGRAM_KIOSK, request, &doc, &e) < 0)
        die("release confirm", &e);
    shown = json_int(json_member(doc, "shown_us"));
    json_free(doc);
    if (shown < begin)
        die("the number was not drawn", &e);
    return (double)(shown - begin) / 1000;
}

static void bench_confirm(struct stand *s, const char *source, const char *work)
{
    double v[VISITS], limit = bench_limit(work), own;

    for (int i = 0; i < VISITS; i++) {
        play(s, source, "to-review.txt", 1);
        v[i] = confirm(s);
        play(s, source, "leave.txt", 1);
    }
    own = median(v, VISITS);
    printf("confirm -> case number    %.2f ms, raw fdatasync + sealing %.2f ms: %.2f x          (budget 1.6 x)\n", own,
           limit, own / limit);
}

int main(int argc, char **argv)
{
    struct stand_options opt = {
        .build = argv[1], .source = argv[2], .reader = "split", .printer = "epson-tm-t20iii", .ticket = "xprinter-80"};
    char prepared[STAND_PATH_MAX], dir[STAND_PATH_MAX];
    int port = stand_free_port();
    struct stand s;
    struct err e = {0};

    if (argc != 4) {
        fputs("usage: bench BUILD SOURCE WORK\n", stderr);
        return 2;
    }
    snprintf(opt.catalogue, sizeof opt.catalogue, "%s/assets/catalog/sample", argv[2]);
    snprintf(prepared, sizeof prepared, "%s/prepared", argv[3]);
    snprintf(dir, sizeof dir, "%s/stand", argv[3]);
    if (stand_prepare(&opt, prepared, port, &e) < 0 || stand_start(&s, &opt, prepared, dir, port, &e) < 0)
        die("make the stand", &e);
    bench_start(&s);
    bench_memory(&s, argv[2]);
    bench_confirm(&s, argv[2], argv[3]);
    stand_stop(&s);
    return 0;
}
