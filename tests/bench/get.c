/* SPDX-License-Identifier: Apache-2.0
 *
 * The load for the hall's peer: the same connections a fleet makes (tools/fleet/link.h), each with a certificate of the same
 * CA, asking any HTTPS server for one file. Says "ready" when all have connected and had an answer; then each line on
 * standard input is a number of requests, after which it says "done"; the connections stay until the input ends.
 * Usage: bench-get HALL-DATA PORT CONNECTIONS PATH
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/fleet/link.h"
#include "tools/fleet/roll.h"

#define AT_A_TIME 32 /* handshakes */
#define TIMEOUT_S 60

struct load {
    struct event_base *base;
    const char *path;
    struct roll_entry *roll;
    size_t n, begun, answered; /* links; asked for the first time; that had their first answer */
    long left, under_way;
};
/* One of them, for its callback. */
struct one {
    struct load *load;
    struct link *link;
    bool ready;
};

static void give_up(const char *why)
{
    fprintf(stderr, "bench-get: %s\n", why);
    exit(1);
}

static void ask(struct one *o)
{
    link_ask(o->link, &(struct link_request){.method = "GET", .path = o->load->path, .timeout_s = TIMEOUT_S});
}

static void begin_more(struct load *l, struct one *all)
{
    while (l->begun < l->n && l->begun - l->answered < AT_A_TIME)
        ask(&all[l->begun++]);
}

static struct one *ones;

static void on_answer(void *ctx, const struct link_answer *a)
{
    struct one *o = ctx;
    struct load *l = o->load;

    if (a->outcome != LINK_ANSWERED || a->status != 200)
        give_up("the server does not answer as it should");
    if (!o->ready) {
        o->ready = true;
        l->answered++;
        begin_more(l, ones);
        if (l->answered == l->n)
            event_base_loopbreak(l->base);
    } else if (l->left > 0) {
        l->left--;
        ask(o);
    } else if (--l->under_way == 0) {
        event_base_loopbreak(l->base);
    }
}

static void say(const char *word)
{
    puts(word);
    fflush(stdout);
}

static void run(struct load *l, long requests)
{
    size_t n = requests < (long)l->n ? (size_t)requests : l->n;

    l->left = requests - (long)n;
    l->under_way = (long)n;
    for (size_t i = 0; i < n; i++)
        ask(&ones[i]);
    if (n)
        event_base_dispatch(l->base);
    say("done");
}

static void make(struct load *l, const char *data, const char *port)
{
    char ca[512], line[32];
    struct links *links;
    struct err e = {0};
    const struct links_config config = {
        .ca = ca,
        .hall = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)), .sin_addr = {htonl(INADDR_LOOPBACK)}}};

    snprintf(ca, sizeof ca, "%s/tls/ca.crt", data);
    for (size_t i = 0; i < l->n; i++) {
        l->roll[i].office = 9000 + (int)(i / 100);
        snprintf(l->roll[i].id, sizeof l->roll[i].id, "peer-%zu", i);
    }
    if (links_most() < l->n + 64)
        give_up("more connections than there may be open files");
    if (roll_call(data, l->roll, l->n, NULL, NULL, &e) < 0 || links_create(l->base, &config, &links, &e) < 0)
        give_up(e.text);
    for (size_t i = 0; i < l->n; i++) {
        ones[i] = (struct one){.load = l};
        ones[i].link = link_create(links, l->roll[i].credential, (uint32_t)i + 1, on_answer, &ones[i]);
        if (!ones[i].link)
            give_up("out of memory");
    }
    begin_more(l, ones);
    event_base_dispatch(l->base);
    say("ready");
    while (fgets(line, sizeof line, stdin))
        run(l, atol(line));
}

int main(int argc, char **argv)
{
    struct load l = {
        .base = event_base_new(), .path = argc == 5 ? argv[4] : NULL, .n = argc == 5 ? (size_t)atoi(argv[3]) : 0};

    if (!l.n || !l.base) {
        fputs("usage: bench-get HALL-DATA PORT CONNECTIONS PATH\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    l.roll = calloc(l.n, sizeof *l.roll);
    ones = calloc(l.n, sizeof *ones);
    if (!l.roll || !ones)
        give_up("out of memory");
    make(&l, argv[1], argv[2]);
    return 0; /* the process's end closes all at once */
}
