/* SPDX-License-Identifier: Apache-2.0
 *
 * See options.h.
 */
#include "sync/options.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/options.h"
#include "base/version.h"
#include "model/uplink.h"

static const char usage[] =
    "kiosk-sync [--data DIR] [--run DIR] [--proxy HOST:PORT] [--control FD[,MS]]\n"
    "    delivers the journal to the hall and fetches catalogues, until it is ended; on a first boot it\n"
    "    waits for DIR/sheet.json and for kiosk, and enrols the terminal\n"
    "kiosk-sync enrol --sheet FILE [--anew] [--data DIR] [--clock MS]\n"
    "    the network's part of `kioskctl enrol`, which calls it\n"
    "kiosk-sync pending [--data DIR]\n"
    "    prints how many records the hall has not acknowledged\n"
    "\n"
    "  --data DIR         default /var/lib/tongban\n"
    "  --run DIR          default /run/tongban; kiosk.sock lies there\n"
    "  --proxy HOST:PORT  asked for a way to the hall by CONNECT; empty: none. On a first boot the sheet says it\n"
    "  --control FD[,MS]  for tests: an inherited socket, and the wall clock at start\n"
    "  --clock MS         for tests: the wall clock at start\n"
    "  --help, --version\n"
    "\n"
    "Exit: 0 ended by a signal or enrolled, 1 failed, 2 wrong arguments, 3 not enrolled yet,\n"
    "      4 refused by the hall or not the hall of the sheet, 5 the hall cannot be reached.\n";

/* -1: go on; else the exit code. */
static int read_clock(const char *control, const char *clock, struct sync_options *o)
{
    int64_t ms = 0;
    int code = control ? options_control("kiosk-sync", control, &o->control, &ms) : -1;
    if (code < 0 && clock)
        code = options_number("kiosk-sync", "--clock", clock, 1, INT64_MAX, &ms);
    o->moved = control || clock;
    if (code < 0 && ms)
        clock_set_wall(ms);
    return code;
}

/* Its unit says --proxy=${TONGBAN_PROXY}, and most terminals have none: then the word is as if it were not there. */
static int drop_empty_proxy(int argc, char **argv)
{
    int n = 0;

    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--proxy="))
            argv[n++] = argv[i];
    return n;
}

int sync_options_read(int argc, char **argv, struct sync_options *o)
{
    const char *control = NULL, *clock = NULL, *word = NULL;
    bool version = false;
    *o = (struct sync_options){.data = "/var/lib/tongban", .run = "/run/tongban", .control = -1};
    const struct option_word list[] = {
        {"--data", &o->data, NULL}, {"--run", &o->run, NULL},      {"--sheet", &o->sheet, NULL},
        {"--anew", NULL, &o->anew}, {"--proxy", &o->proxy, NULL},  {"--control", &control, NULL},
        {"--clock", &clock, NULL},  {"--version", NULL, &version}, {0}};
    int n, code = options_read("kiosk-sync", drop_empty_proxy(argc, argv), argv, usage, list, &word, 1, &n);
    if (code >= 0)
        return code;
    if (version)
        return printf("kiosk-sync %s\n", version_text()) < 0;
    o->enrol = word && !strcmp(word, "enrol");
    o->pending = word && !strcmp(word, "pending");
    if (word && !o->enrol && !o->pending)
        return options_wrong("kiosk-sync", "\"%s\" is neither enrol nor pending", word);
    code = o->enrol ? options_fit("kiosk-sync", list, "--sheet", "--anew --data --run --control --clock")
                    : options_fit("kiosk-sync", list, "", "--data --run --proxy --control --clock");
    if (code < 0 && o->proxy && !uplink_proxy_ok(o->proxy))
        code = options_wrong("kiosk-sync", "--proxy is host:port, not \"%s\"", o->proxy);
    return code < 0 ? read_clock(control, clock, o) : code;
}
