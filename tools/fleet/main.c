/* SPDX-License-Identifier: Apache-2.0
 *
 * fleet: thousands of simulated terminals against a hall on this machine.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/options.h"
#include "base/version.h"
#include "tools/fleet/fleet.h"

#define SECONDS_MAX 86400
#define PORT "127.0.0.1:8443"

static const char usage[] =
    "fleet --data DIR [--hall ADDR:PORT] [--terminals N] [--seconds S] [--plan PLAN] [--seed K] [--acknowledged FILE]\n"
    "      [--json]\n"
    "Thousands of simulated terminals against a hall on this machine: each with keys, a chain of signed records, a long\n"
    "poll and an address of its own. Enrols them in DIR by itself: use a hall that is thrown away afterwards.\n"
    "\n"
    "  --data DIR           the hall's folder; the hall runs on it\n"
    "  --hall ADDR:PORT     where it listens, within 127.0.0.0/8; default " PORT "\n"
    "  --terminals N        default 100\n"
    "  --seconds S          in how long the plan's 24 hours are played; default 60\n"
    "  --plan PLAN          a file (tools/fleet/README.md), or one of these; default day\n"
#define PLAN(name, what, text) "                         " #name ": " what "\n"
#include "tools/fleet/plan.def"
#undef PLAN
    "  --seed K             the same K, the same day: who has which fault, who comes when; default 1\n"
    "  --acknowledged FILE  a line for each acknowledged record: terminal, epoch, seq, hash, kind, number\n"
    "  --json               an object a second in place of a line\n"
    "  --help, --version\n"
    "\n"
    "SIGINT or SIGTERM ends the day early; what was made is still delivered. Exit: 0 the hall has acknowledged all that\n"
    "terminals with good certificates made, 1 it has not or said what is not true, 2 wrong arguments, 3 could not begin.\n";

struct words {
    const char *data, *hall, *terminals, *seconds, *plan, *seed, *acknowledged;
    bool json, version;
};

/* -1: go on; else the exit code. */
static int read_hall(const char *text, struct sockaddr_in *ret)
{
    const char *colon = strrchr(text, ':');
    char host[16] = "";
    int64_t port = 0;

    if (colon && (size_t)(colon - text) < sizeof host)
        memcpy(host, text, (size_t)(colon - text));
    *ret = (struct sockaddr_in){.sin_family = AF_INET};
    if (inet_pton(AF_INET, host, &ret->sin_addr) != 1 || ntohl(ret->sin_addr.s_addr) >> 24 != 127)
        return options_wrong("fleet", "--hall is 127.0.0.1:PORT or another address of this machine alone, not \"%s\"", text);
    int code = options_number("fleet", "the port of --hall", colon + 1, 1, 65535, &port);
    ret->sin_port = htons((uint16_t)port);
    return code;
}

static int read_plan(const char *name, struct plan *ret)
{
    const char *known = plan_known(name);
    struct err e = {0};
    struct buf text;

    buf_init(&text, PLAN_BYTES_MAX);
    int rc = known ? 0 : fs_read_given(name, PLAN_BYTES_MAX, &text, &e);
    if (rc == 0)
        rc = plan_read(known ? known : buf_str(&text), ret, &e);
    buf_finish(&text);
    return rc == 0 ? -1 : options_wrong("fleet", "--plan %s: %s", name, e.text);
}

static int read_words(const struct words *w, struct fleet_config *c)
{
    int64_t terminals = 100, seconds = 60, seed = 1;
    int code = read_hall(w->hall ? w->hall : PORT, &c->hall);

    if (code < 0 && w->terminals)
        code = options_number("fleet", "--terminals", w->terminals, 1, FLEET_TERMINALS_MAX, &terminals);
    if (code < 0 && w->seconds)
        code = options_number("fleet", "--seconds", w->seconds, 1, SECONDS_MAX, &seconds);
    if (code < 0 && w->seed)
        code = options_number("fleet", "--seed", w->seed, 0, INT64_C(999999999999999999), &seed);
    if (code < 0)
        code = read_plan(w->plan ? w->plan : "day", &c->plan);
    c->data = w->data;
    c->json = w->json;
    c->terminals = (uint32_t)terminals;
    c->seconds = (int)seconds;
    c->seed = (uint64_t)seed;
    return code;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct words *w, struct fleet_config *c)
{
    const struct option_word list[] = {{"--data", &w->data, NULL},
                                       {"--hall", &w->hall, NULL},
                                       {"--terminals", &w->terminals, NULL},
                                       {"--seconds", &w->seconds, NULL},
                                       {"--plan", &w->plan, NULL},
                                       {"--seed", &w->seed, NULL},
                                       {"--acknowledged", &w->acknowledged, NULL},
                                       {"--json", NULL, &w->json},
                                       {"--version", NULL, &w->version},
                                       {0}};
    int n, code = options_read("fleet", argc, argv, usage, list, NULL, 0, &n);

    if (code < 0 && w->version)
        return printf("fleet %s\n", version_text()) < 0;
    if (code < 0 && !w->data)
        code = options_wrong("fleet", "--data is missing");
    return code < 0 ? read_words(w, c) : code;
}

static int run(const struct words *w, struct fleet_config *c)
{
    struct err e = {0};

    if (w->acknowledged && !(c->acknowledged = fopen(w->acknowledged, "we"))) {
        fprintf(stderr, "fleet: %s: %s\n", w->acknowledged, strerror(errno));
        return 3;
    }
    int rc = fleet_run(c, &e);
    if (c->acknowledged && (ferror(c->acknowledged) | fclose(c->acknowledged)) && rc >= 0)
        rc = err_set(&e, ERR_IO, "%s could not be written whole", w->acknowledged);
    if (rc < 0)
        fprintf(stderr, "fleet: %s\n", e.text);
    if (rc == 1)
        fprintf(stderr, "fleet: the hall has not acknowledged all of it\n");
    return rc < 0 ? 3 : rc;
}

int main(int argc, char **argv)
{
    struct fleet_config c = {.acknowledged = NULL};
    struct words w = {.data = NULL};
    int code = read_options(argc, argv, &w, &c);

    signal(SIGPIPE, SIG_IGN);
    if (code < 0)
        code = run(&w, &c);
    return options_end("fleet", code, 1);
}
