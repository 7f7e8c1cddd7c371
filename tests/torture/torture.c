/* SPDX-License-Identifier: Apache-2.0
 *
 * torture: every flow once for counting its USB transfers, then once for each transfer and each kind of fault, in processes
 * side by side. One line for each flow and fault; the last line is the sum of the cases.
 * Usage: torture [--every K] [--main] [--only WORD] [--case MODEL FAULT N]
 * --every K: each K-th transfer; --main: only one device of each kind; --only: models or flows whose name holds the word.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "drivers/virtual/printer.h"
#include "drivers/virtual/printer_profile.h"
#include "drivers/virtual/sam.h"
#include "torture/flow.h"

#define WATCHDOG_S 300 /* of real time, on a machine however busy: only what hangs takes so long */
#define FLOWS_MAX 64
#define JOBS_MAX 16
#define LOG_TAIL 3000

struct flow {
    const char *kind, *model;
    void (*run)(const struct flow_case *c, struct flow_report *r);
    struct flow_report *clean;
};

struct job {
    pid_t pid; /* 0: free */
    struct flow_case c;
    struct flow_report *report;
    int log;
};

static struct flow flows[FLOWS_MAX];
static int n_flows;
static struct job jobs[JOBS_MAX];
static int n_jobs, every = 1;
static int passed, failed, skipped, group_failed, group_passed;
static bool verbose;
static struct {
    char word[24];
    int n;
} outcomes[8];

/* --- one case in a process -------------------------------------------------------------------------------------------- */

static void child(const struct flow *f, const struct flow_case *c, struct flow_report *r, int log)
{
    dup2(log, STDERR_FILENO);
    dup2(log, STDOUT_FILENO);
    alarm(WATCHDOG_S);
    f->run(c, r);
    r->finished = true;
    fflush(NULL);
    _exit(0);
}

static void start(const struct flow *f, struct job *j, const struct flow_case *c, struct flow_report *r)
{
    memset(r, 0, sizeof *r);
    *j = (struct job){.c = *c, .report = r, .log = memfd_create("log", MFD_CLOEXEC)};
    fflush(NULL);
    j->pid = fork();
    if (j->pid == 0)
        child(f, c, r, j->log);
    if (j->pid < 0 || j->log < 0) {
        perror("torture");
        exit(2);
    }
}

static void show_log(int log)
{
    char text[LOG_TAIL + 1];
    off_t size = lseek(log, 0, SEEK_END), from = size > LOG_TAIL ? size - LOG_TAIL : 0;
    ssize_t n = pread(log, text, LOG_TAIL, from);
    text[n > 0 ? n : 0] = '\0';
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        printf("#     %s\n", line);
}

/* What the process said, or how it ended without saying it. */
static bool judge(struct job *j, int status)
{
    struct flow_report *r = j->report;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        flow_fail(r, "it hangs");
    else if (!r->finished)
        flow_fail(r, "it crashed (status %d)", status);
    if (r->failure[0] || verbose) {
        printf("# %s %s at transfer %u: %s\n", j->c.model, faults_name(j->c.fault), j->c.n,
               r->failure[0] ? r->failure : r->outcome);
        show_log(j->log);
    }
    close(j->log);
    j->pid = 0;
    return !r->failure[0];
}

/* --- many of them ----------------------------------------------------------------------------------------------------- */

static void count_outcome(const char *word)
{
    size_t i = 0;
    while (i + 1 < sizeof outcomes / sizeof *outcomes && outcomes[i].n > 0 && strcmp(outcomes[i].word, word))
        i++;
    snprintf(outcomes[i].word, sizeof outcomes[i].word, "%s", word);
    outcomes[i].n++;
}

static void await_one(void)
{
    int status;
    pid_t pid = wait(&status);
    for (int i = 0; i < n_jobs; i++) {
        if (jobs[i].pid != pid)
            continue;
        if (judge(&jobs[i], status))
            group_passed++;
        else
            group_failed++;
        count_outcome(jobs[i].report->outcome);
        return;
    }
}

static bool any_running(void)
{
    for (int i = 0; i < n_jobs; i++) {
        if (jobs[i].pid)
            return true;
    }
    return false;
}

static struct job *free_job(void)
{
    for (;;) {
        for (int i = 0; i < n_jobs; i++) {
            if (!jobs[i].pid)
                return &jobs[i];
        }
        await_one();
    }
}

static void run_group(const struct flow *f, enum virtual_fault fault, struct flow_report *reports, unsigned first)
{
    group_failed = group_passed = 0;
    memset(outcomes, 0, sizeof outcomes);
    for (unsigned n = first; n <= f->clean->transfers; n += (unsigned)every) {
        struct job *j = free_job();
        struct flow_case c = {.model = f->model, .n = n, .fault = fault, .clean = f->clean};
        start(f, j, &c, &reports[j - jobs]);
    }
    while (any_running())
        await_one();
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes && outcomes[i].n; i++)
        printf("#   %s: %d\n", outcomes[i].word, outcomes[i].n);
    printf("%s %s %s %s: %d of %u transfers broken\n", group_failed ? "not ok" : "ok", f->kind, f->model, faults_name(fault),
           group_failed + group_passed, f->clean->transfers);
    fflush(stdout);
    passed += group_passed;
    failed += group_failed;
}

static bool run_clean(const struct flow *f)
{
    struct job j;
    struct flow_case c = {.model = f->model};
    int status;
    start(f, &j, &c, f->clean);
    waitpid(j.pid, &status, 0);
    bool ok = judge(&j, status);
    if (ok && f->clean->skip[0]) {
        printf("# %s\nskip %s %s\n", f->clean->skip, f->kind, f->model);
        skipped++;
        return false;
    }
    printf("# %s %s: %u transfers, %lld ms\n%s %s %s without a fault\n", f->kind, f->model, f->clean->transfers,
           (long long)f->clean->took_ms, ok ? "ok" : "not ok", f->kind, f->model);
    if (ok)
        passed++;
    else
        failed++;
    return ok;
}

/* --- what there is ---------------------------------------------------------------------------------------------------- */

static void *shared(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) {
        perror("torture");
        exit(2);
    }
    return p;
}

static void add(const char *kind, const char *model, void (*run)(const struct flow_case *, struct flow_report *))
{
    if (n_flows < FLOWS_MAX)
        flows[n_flows++] = (struct flow){kind, model, run, shared(sizeof(struct flow_report))};
}

/* A reader by each transport, a printer of each way to confirm: process id, automatic status, GS r that is silent while
 * feeding, 58 mm without a cutter. */
static bool is_main(const char *model)
{
    static const char *const list[] = {"split",           "whole",       "interrupt",      "hid",
                                       "epson-tm-t20iii", "xprinter-80", "gprinter-zh380", "zjiang-58"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!strcmp(model, list[i]))
            return true;
    }
    return false;
}

static void find_flows(void)
{
    for (const char *const *k = virtual_sam_readers(); *k; k++)
        add("read", *k, flow_read);
    for (const char *const *p = virtual_printer_profiles(); *p; p++)
        if (!virtual_printer_profile(*p, NULL)->language)
            add("print", *p, flow_print);
}

static int run_one(const char *model, const char *fault, unsigned n)
{
    struct flow_report *r = shared(sizeof *r);
    enum virtual_fault kind;
    verbose = true;
    for (int i = 0; i < n_flows; i++) {
        if (strcmp(flows[i].model, model) || !faults_parse(fault, &kind) || !run_clean(&flows[i]))
            continue;
        struct flow_case c = {.model = model, .n = n, .fault = kind, .clean = flows[i].clean};
        int status;
        start(&flows[i], &jobs[0], &c, r);
        waitpid(jobs[0].pid, &status, 0);
        return !judge(&jobs[0], status);
    }
    fprintf(stderr, "torture: no such case\n");
    return 2;
}

int main(int argc, char **argv)
{
    static const struct option list[] = {{"every", required_argument, NULL, 'e'},
                                         {"main", no_argument, NULL, 'm'},
                                         {"only", required_argument, NULL, 'o'},
                                         {"case", no_argument, NULL, 'c'},
                                         {NULL, 0, NULL, 0}};
    const char *only = "";
    bool one = false, main_only = false;
    int c;
    while ((c = getopt_long(argc, argv, "", list, NULL)) != -1) {
        if (c == 'e')
            every = atoi(optarg);
        else if (c == 'o')
            only = optarg;
        else if (c == 'm')
            main_only = true;
        else if (c == 'c')
            one = true;
        else
            return 2;
    }
    n_jobs = (int)sysconf(_SC_NPROCESSORS_ONLN);
    n_jobs = n_jobs < 1 ? 1 : n_jobs > JOBS_MAX ? JOBS_MAX : n_jobs;
    every = every < 1 ? 1 : every;
    find_flows();
    if (one && argc - optind == 3)
        return run_one(argv[optind], argv[optind + 1], (unsigned)atoi(argv[optind + 2]));
    struct flow_report *reports = shared(JOBS_MAX * sizeof *reports);
    unsigned turn = 0;
    for (int i = 0; i < n_flows; i++) {
        if ((!strstr(flows[i].model, only) && !strstr(flows[i].kind, only)) || (main_only && !is_main(flows[i].model)))
            continue;
        if (!run_clean(&flows[i]))
            continue;
        for (int fault = FAULT_TIMEOUT; fault <= FAULT_GONE; fault++) /* a subset begins elsewhere each time */
            run_group(&flows[i], (enum virtual_fault)fault, reports, 1 + turn++ % (unsigned)every);
    }
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed > 0;
}
