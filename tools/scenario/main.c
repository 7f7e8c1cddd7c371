/* SPDX-License-Identifier: Apache-2.0
 *
 * scenario: plays visits written as text files against the shipping programs, and says of each whether what must hold
 * held. With --stand it only sets the table and lets a person play.
 */
#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/options.h"
#include "base/version.h"
#include "tools/scenario/chaos.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/play.h"
#include "tools/scenario/port.h"
#include "tools/scenario/xvfb.h"

#define CATALOGUES_MAX 12
#define PLAYERS_MAX 64
#define TMPDIR_MAX 55 /* the sockets of a stand below it have names of at most 107 bytes */

struct settings {
    const char *build, *source, *keep, *database;
    bool every_sync, stand, window, pointer, shots, json;
    int players;
    int kills; /* with --chaos */
    unsigned seed;
    int told; /* files, with --json */
    FILE *hands;
    struct xvfb *xvfb;
    int port;
    char work[96];                                    /* temporary folder */
    char prepared_of[CATALOGUES_MAX][STAND_PATH_MAX]; /* catalogues, of work/prepared-0 and so on */
};

/* What the players share: the next file, and what came of those before. */
struct tally {
    atomic_int next, passed, failed;
};

/* The hall and the enrolment are made once for each catalogue and copied: the port is in them, so by each player. */
static int prepare(struct settings *set, const struct stand_options *opt, char dir[STAND_PATH_MAX], struct err *e)
{
    char of[STAND_PATH_MAX];
    int n = 0, rc;

    snprintf(of, sizeof of, "%.460s", opt->catalogue);
    if (opt->real_keys)
        snprintf(of + strlen(of), sizeof of - strlen(of), " at %lld", (long long)opt->wall_ms);
    if (opt->second)
        snprintf(of + strlen(of), sizeof of - strlen(of), " for two");
    while (n < CATALOGUES_MAX - 1 && set->prepared_of[n][0] && strcmp(set->prepared_of[n], of))
        n++;
    snprintf(dir, STAND_PATH_MAX, "%s/prepared-%d", set->work, n);
    if (!strcmp(set->prepared_of[n], of))
        return 0;
    set->prepared_of[n][0] = 0;
    rc = stand_prepare(opt, dir, set->port, e);
    if (rc >= 0)
        snprintf(set->prepared_of[n], sizeof set->prepared_of[n], "%s", of);
    return rc;
}

static struct stand_options default_options(const struct settings *set)
{
    struct stand_options opt = {
        .build = set->build, .source = set->source, .window = set->window, .xvfb = set->xvfb, .database = set->database};

    snprintf(opt.catalogue, sizeof opt.catalogue, "%.400s/tests/catalogues/zone", set->source);
    snprintf(opt.reader, sizeof opt.reader, "split");
    snprintf(opt.printer, sizeof opt.printer, "epson-tm-t20iii");
    snprintf(opt.ticket, sizeof opt.ticket, "xprinter-80");
    return opt;
}

/* One run of a script. cut_sync 0: as written. *ret_syncs: how many syncs the terminal made until the end. */
static int run_once(struct settings *set, const struct script *script, uint32_t cut_sync, uint32_t *ret_syncs, struct err *e)
{
    struct stand_options opt = default_options(set);
    struct stand stand = {.control = STAND_NONE, .other.control = STAND_NONE}; /* may be stopped before it was started */
    struct play play = {.stand = &stand, .script = script, .write_shots = set->shots, .hands = set->hands};
    char prepared[STAND_PATH_MAX], dir[STAND_PATH_MAX], shots[STAND_PATH_MAX * 2];
    int end = script_end(script), rc;

    opt.disk_log = set->every_sync || script_uses(script, VERB_POWER, "cut", NULL) ||
                   script_uses(script, VERB_DEVICE, "disk", NULL) || script_uses(script, VERB_KILL, "kiosk", "at");
    snprintf(dir, sizeof dir, "%s/stand", set->work);
    rc = play_givens(script, &opt, e);
    if (rc >= 0)
        rc = prepare(set, &opt, prepared, e);
    if (rc >= 0)
        rc = stand_start(&stand, &opt, prepared, dir, set->port, e);
    if (rc >= 0) {
        snprintf(shots, sizeof shots, "%s", stand_path(&stand, "shots"));
        play.shots = set->keep ? shots : NULL;
        if (stand.page && cut_sync)
            stand.page->cut_sync = cut_sync;
        stand.seed = cut_sync + 1;
        rc = play_steps(&play, 0, end, stand.page != NULL, e);
        if (stand.page && ret_syncs)
            *ret_syncs = stand.page->syncs;
    }
    if (rc >= 0)
        rc = play_steps(&play, end, script_steps(script), false, e);
    if (rc < 0 && stand_alive(&stand, PROGRAM_KIOSK)) {
        struct err ignored = {0};
        stand_frame(&stand, stand_path(&stand, "failed.png"), &ignored);
    }
    stand_stop(&stand);
    play_finish(&play);
    return rc;
}

static const char *base_name(const char *path)
{
    static char name[128];
    const char *slash = strrchr(path, '/');

    snprintf(name, sizeof name, "%s", slash ? slash + 1 : path);
    if (strlen(name) > 4 && !strcmp(name + strlen(name) - 4, ".txt"))
        name[strlen(name) - 4] = 0;
    return name;
}

/* Once as written, then once for each sync it counted, with the power failing there. */
static int run_every_sync(struct settings *set, const struct script *script, uint32_t *ret_syncs, struct err *e)
{
    uint32_t syncs = 0;
    int rc = run_once(set, script, 0, &syncs, e);

    for (uint32_t n = 1; rc >= 0 && n <= syncs; n++) {
        rc = run_once(set, script, n, NULL, e);
        rc = err_wrap(e, rc, "power cut at sync %u of %u", n, syncs);
    }
    *ret_syncs = syncs;
    return rc;
}

/* `syncs` 0: they were not asked for. `kept`: the folder of a failed one, or empty. */
static void tell(struct settings *set, const char *name, const struct err *e, uint32_t syncs, const char *kept)
{
    struct jsonw w;
    struct buf out;

    if (!set->json) {
        if (syncs && !e)
            printf("# power cut at each of %u syncs: nothing lost, nothing doubled\n", syncs);
        printf(e ? "not ok %s %s\n" : "ok %s\n", name, e ? e->text : "");
        if (*kept)
            printf("# its folder: %s\n", kept);
        return;
    }
    buf_init(&out, JSON_SIZE_MAX);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "scenario", name);
    jsonw_bool(&w, "passed", !e);
    if (syncs)
        jsonw_int(&w, "syncs", syncs);
    if (e)
        jsonw_str(&w, "error", e->text);
    if (*kept)
        jsonw_str(&w, "folder", kept);
    jsonw_end(&w);
    printf("%s\n%s", set->told++ ? "," : "[", buf_str(&out));
    buf_finish(&out);
}

static bool run_file(struct settings *set, const char *path)
{
    struct script *script = NULL;
    struct err e = {0};
    uint32_t syncs = 0;
    char stand[STAND_PATH_MAX], kept[STAND_PATH_MAX] = "";
    int rc = script_load(path, &script, &e);

    if (rc >= 0)
        rc = set->every_sync ? run_every_sync(set, script, &syncs, &e) : run_once(set, script, 0, NULL, &e);
    script_free(script);
    if (rc < 0) {
        snprintf(stand, sizeof stand, "%s/stand", set->work);
        snprintf(kept, sizeof kept, "%s/failed-%s", set->work, base_name(path));
        if (rename(stand, kept))
            kept[0] = 0;
    }
    tell(set, base_name(path), rc < 0 ? &e : NULL, syncs, kept);
    fflush(stdout);
    return rc >= 0;
}

static void keep(const struct settings *set)
{
    char stand[STAND_PATH_MAX];
    struct err e = {0};

    snprintf(stand, sizeof stand, "%s/stand", set->work);
    if (stand_replace(stand, set->keep, &e) < 0)
        fprintf(stderr, "scenario: the folder is not kept: %s\n", e.text);
}

/* A person sees the items of the sample, and works on what is handed in. */
static int run_stand(struct settings *set)
{
    struct stand_options opt = default_options(set);
    struct stand stand;
    char prepared[STAND_PATH_MAX], dir[STAND_PATH_MAX];
    struct err e = {0};

    snprintf(opt.catalogue, sizeof opt.catalogue, "%.400s/assets/catalog/sample", set->source);
    opt.staff_port = port_reserve();
    int rc = opt.staff_port < 0 ? err_set(&e, ERR_IO, "no port for the staff's door") : prepare(set, &opt, prepared, &e);
    snprintf(dir, sizeof dir, "%s/stand", set->work);
    if (rc >= 0)
        rc = stand_start(&stand, &opt, prepared, dir, set->port, &e);
    if (rc >= 0)
        rc = stand_run_program(&stand, PROGRAM_OPENER, &e);
    if (rc < 0) {
        fprintf(stderr, "scenario: %s\n", e.text);
        return 1;
    }
    printf(set->json ? "{\"desk\":\"%s\",\"hall_pid\":%d,\"folder\":\"%s\",\"staff\":\"https://localhost:%d\"}\n"
                     : "desk=%s\nhall_pid=%d\nfolder=%s\nstaff=https://localhost:%d\n",
           stand_path(&stand, "desk.sock"), stand.pid[PROGRAM_HALL], stand.dir, opt.staff_port);
    fflush(stdout);
    while (stand_alive(&stand, PROGRAM_KIOSK))
        usleep(200000);
    stand_stop(&stand);
    return 0;
}

static int run_chaos(struct settings *set)
{
    struct stand_options opt = default_options(set);
    struct stand stand = {.control = STAND_NONE, .other.control = STAND_NONE};
    struct chaos_sum sum = {0};
    char prepared[STAND_PATH_MAX], dir[STAND_PATH_MAX];
    struct err e = {0};
    int rc;

    snprintf(opt.catalogue, sizeof opt.catalogue, "%.400s/tests/catalogues/any-card", set->source);
    opt.disk_log = true;
    rc = clock_parse_rfc3339("2026-01-05T09:00:00+08:00", &opt.wall_ms);
    snprintf(dir, sizeof dir, "%s/stand", set->work);
    if (rc >= 0)
        rc = prepare(set, &opt, prepared, &e);
    if (rc >= 0)
        rc = stand_start(&stand, &opt, prepared, dir, set->port, &e);
    if (rc >= 0)
        rc = chaos_play(&stand, set->seed, set->kills, &sum, &e);
    if (rc < 0 && stand_alive(&stand, PROGRAM_KIOSK)) {
        struct err ignored = {0};
        stand_frame(&stand, stand_path(&stand, "failed.png"), &ignored);
    }
    stand_stop(&stand);
    printf("# seed %u: kiosk killed %d times, kiosk-sync %d, hall %d, power cut %d; %d case and %d ticket numbers shown\n"
           "# its folder: %s\n%s chaos%s%s\n",
           set->seed, sum.kiosk, sum.sync, sum.hall, sum.power, sum.applications, sum.tickets, dir, rc < 0 ? "not ok" : "ok",
           rc < 0 ? " " : "", rc < 0 ? e.text : "");
    return rc < 0;
}

static const char usage[] =
    "scenario [--build DIR] [--source DIR] [--keep DIR] [--hands FILE] [--every-sync] [--xvfb] [--shots]\n"
    "         [--json | --players N] FILE...\n"
    "scenario --database URI [--build DIR] [--source DIR] [--keep DIR] FILE\n"
    "scenario --stand [--window] [--keep DIR] [--json]\n"
    "scenario --chaos KILLS [--seed N]\n"
    "Plays visits written as text files (tests/README.md) against the shipping programs.\n"
    "  --build DIR     folder of the programs (default: where scenario lies)\n"
    "  --source DIR    source tree with tests/cards and assets (default: .)\n"
    "  --keep DIR      keep the last stand there, with a picture of every screen\n"
    "  --every-sync    play each file once for every sync it makes, with the power failing there\n"
    "  --xvfb          kiosk on a display of its own (Xvfb), touched by its pointer\n"
    "  --players N     so many files at a time, each player with a hall and a terminal of its own\n"
    "  --database URI  the hall's: an empty one of a PostgreSQL server, postgresql://…; good for one file, once\n"
    "  --hands FILE    write there where fingers touch, what becomes of the card and which screens come\n"
    "  --shots         make the reference pictures of `shot` instead of comparing with them\n"
    "  --stand         start hall, desk, kiosk-sync and kiosk and wait until kiosk ends; --window: in a window\n"
    "  --chaos KILLS   visits in which programs are killed and the power fails so often; what was shown stays in the\n"
    "                  folder it names, for tests/chaos/check.py; --seed N: when, and what is touched\n"
    "  --json          a list of {\"scenario\",\"passed\",…} instead of lines\n"
    "  --help, --version\n"
    "Exit: 0 all passed, 1 some failed, 2 wrong usage, or the answer could not be written.\n";

static int read_numbers(struct settings *set, const char *kills, const char *seed, const char *players)
{
    int64_t k = 0, s = set->seed, p = 1;
    int code = kills ? options_number("scenario", "--chaos", kills, 1, 1000000, &k) : -1;

    if (code < 0 && seed)
        code = options_number("scenario", "--seed", seed, 0, UINT_MAX, &s);
    if (code < 0 && players)
        code = options_number("scenario", "--players", players, 1, PLAYERS_MAX, &p);
    set->kills = (int)k;
    set->seed = (unsigned)s;
    set->players = (int)p;
    return code;
}

/* What lies there gives way: so it is nothing, or an earlier stand. */
static int check_keep(const char *dir)
{
    char inside[PATH_MAX];

    snprintf(inside, sizeof inside, "%s/logs", dir);
    if (access(dir, F_OK) == 0 && access(inside, F_OK) != 0)
        return options_wrong("scenario", "--keep %s is there already and holds no stand: nothing is thrown away", dir);
    return -1;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct settings *set, const char **files, int *ret_n)
{
    const char *kills = NULL, *seed = NULL, *players = NULL, *hands = NULL;
    bool version = false;
    const struct option_word list[] = {{"--build", &set->build, NULL},
                                       {"--source", &set->source, NULL},
                                       {"--keep", &set->keep, NULL},
                                       {"--hands", &hands, NULL},
                                       {"--every-sync", NULL, &set->every_sync},
                                       {"--xvfb", NULL, &set->pointer},
                                       {"--shots", NULL, &set->shots},
                                       {"--stand", NULL, &set->stand},
                                       {"--window", NULL, &set->window},
                                       {"--database", &set->database, NULL},
                                       {"--chaos", &kills, NULL},
                                       {"--seed", &seed, NULL},
                                       {"--players", &players, NULL},
                                       {"--json", NULL, &set->json},
                                       {"--version", NULL, &version},
                                       {0}};
    int code = options_read("scenario", argc, argv, usage, list, files, argc, ret_n);

    if (code < 0 && version)
        return printf("scenario %s\n", version_text()) < 0;
    if (code < 0)
        code = read_numbers(set, kills, seed, players);
    if (code < 0 && hands && !(set->hands = fopen(hands, "w"))) {
        perror(hands);
        code = 2;
    }
    if (code < 0 && set->players > 1 && (set->json || set->keep || set->hands || set->pointer))
        code = options_wrong("scenario", "--players goes without --json, --keep, --hands and --xvfb");
    if (code < 0 && set->database && (*ret_n != 1 || set->every_sync || set->players > 1))
        code = options_wrong("scenario", "--database is for one file, once: a hall is made in it");
    if (code < 0 && set->keep)
        code = check_keep(set->keep);
    if (code < 0 && *ret_n && (set->stand || kills))
        code = options_wrong("scenario", "--stand and --chaos take no files");
    if (code < 0 && !*ret_n && !set->stand && !kills)
        code = options_wrong("scenario", "which files");
    return code;
}

/* Programs are run from other folders: every path must be absolute. */
static const char *absolute(const char *path, char out[PATH_MAX])
{
    if (!realpath(path, out)) {
        perror(path);
        exit(2);
    }
    return out;
}

/* A folder and a port of its own. */
static int settle(struct settings *set, struct err *e)
{
    const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";

    if (strlen(tmp) > TMPDIR_MAX || strpbrk(tmp, " :'"))
        return err_set(e, ERR_INVALID, "TMPDIR is longer than %d bytes, or has a space, a colon or a quote: name another",
                       TMPDIR_MAX);
    snprintf(set->work, sizeof set->work, "%s/tongban-scenario.XXXXXX", tmp);
    if (!mkdtemp(set->work))
        return err_errno(e, "make %s", set->work);
    chmod(set->work, 0755); /* the hall's own user works below it */
    set->port = port_reserve();
    return set->pointer ? xvfb_start(1080, 1920, &set->xvfb, e) : 0;
}

/* Takes the next file until none is left. */
static int play_files(struct settings *set, const char **files, int n, struct tally *tally)
{
    struct err e = {0};
    bool failed = false;

    if (settle(set, &e) < 0) {
        fprintf(stderr, "scenario: %s\n", e.text);
        return 2;
    }
    for (int i; (i = atomic_fetch_add(&tally->next, 1)) < n;) {
        bool passed = run_file(set, files[i]);

        atomic_fetch_add(passed ? &tally->passed : &tally->failed, 1);
        failed |= !passed;
    }
    if (set->keep && !failed)
        keep(set);
    if (!failed) {
        char command[STAND_PATH_MAX];
        snprintf(command, sizeof command, "rm -rf '%s'", set->work);
        if (system(command) != 0)
            fprintf(stderr, "scenario: %s stays\n", set->work);
    }
    xvfb_stop(set->xvfb);
    return failed;
}

/* 0, or the worst that one of the players ended with. */
static int play_together(struct settings *set, const char **files, int n, struct tally *tally)
{
    int worst = 0, status;

    for (int i = 0; i < set->players; i++) {
        pid_t pid = fork();

        if (pid == 0)
            exit(play_files(set, files, n, tally));
        if (pid < 0) {
            perror("scenario: start a player");
            worst = 2;
        }
    }
    while (wait(&status) > 0)
        if (!WIFEXITED(status) || WEXITSTATUS(status) > worst)
            worst = WIFEXITED(status) ? WEXITSTATUS(status) : 2;
    return worst;
}

static int run(int argc, char **argv)
{
    struct settings set = {.source = ".", .players = 1};
    char own[STAND_PATH_MAX] = "", build[PATH_MAX], source[PATH_MAX];
    struct err e = {0};
    int n, rc;

    const char **files = calloc((size_t)argc + 1, sizeof *files);
    int code = files ? read_options(argc, argv, &set, files, &n) : 2;
    if (code >= 0) {
        free(files);
        return code;
    }
    signal(SIGPIPE, SIG_IGN);
    if (!set.build && readlink("/proc/self/exe", own, sizeof own - 1) > 0)
        set.build = dirname(own);
    set.build = absolute(set.build, build);
    set.source = absolute(set.source, source);
    if (set.stand || set.kills) {
        free(files);
        if (settle(&set, &e) >= 0)
            return set.stand ? run_stand(&set) : run_chaos(&set);
        fprintf(stderr, "scenario: %s\n", e.text);
        return 2;
    }
    struct tally *tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED) {
        perror("scenario");
        return 2;
    }
    rc = set.players > 1 ? play_together(&set, files, n, tally) : play_files(&set, files, n, tally);
    free(files);
    if (set.hands && fclose(set.hands) != 0) {
        perror("scenario: write what the hands did");
        rc = 2;
    }
    if (set.json)
        puts("\n]");
    else
        printf("%d passed, %d failed\n", tally->passed, tally->failed);
    return rc;
}

int main(int argc, char **argv)
{
    return options_end("scenario", run(argc, argv), 2);
}
