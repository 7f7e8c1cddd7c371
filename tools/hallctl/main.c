/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl: central staff's command. Finds the command and hands its arguments on.
 */
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "tools/hallctl/catalog.h"
#include "tools/hallctl/hallctl.h"

static const struct {
    const char *word, *about;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"keys",
     "keys init, rotate, status, split, combine: make the hall's keys, renew them, see what ends when, keep them in shares",
     hallctl_keys},
    {"terminal", "terminal add, revoke: let a terminal in with its enrolment sheet, shut one out", hallctl_terminal},
    {"terminals", "list the terminals", hallctl_terminals},
    {"place", "place set, forget, import, outline, list: where terminals stand on the map", hallctl_place},
    {"slip", "check the slip that a terminal printed at its first boot", hallctl_slip},
    {"catalog", "catalog build, sign, publish", hallctl_catalog},
    {"records", "list the stored records", hallctl_records},
    {"report", "figures of a month, quarter, half-year or year; report prove: what each stands on", hallctl_report},
    {"exchange", "the national tables of a day as CSV and SQL; exchange feedback, errors: what the data centre found",
     hallctl_exchange},
    {"ratings", "count how residents rated", hallctl_ratings},
    {"staff", "staff add, list, remove, role, reset, code, disable, door: technicians, and who works at the hall",
     hallctl_staff},
    {"alerts", "list what staff must look at", hallctl_alerts},
    {"duty", "duty list, take, leave, done, plan, put, drop: who sees to which alert, and who is on duty when",
     hallctl_duty},
    {"audit", "audit list, verify: what staff did, and whether the log of it is whole", hallctl_audit},
    {"queue", "queue list, board, open, next … done, check-in, pause, close: who waits, and what the windows do",
     hallctl_queue},
    {"appointment", "appointment free, list, book, move, cancel, check-in: hours at the windows that people booked",
     hallctl_appointment},
    {"green", "green issue, list, revoke, check: green-channel cards, whose holders wait less", hallctl_green},
    {"complaint", "complaint list, show, open, assign, answer, refuse, close: what residents said at terminals, and by when",
     hallctl_complaint},
    {"case", "case list, cards, show, explain, receive, accept … deliver: what becomes of applications, and by when",
     hallctl_case},
    {"licence", "licence import, list, show, revoke, fetch, platform: electronic licences, and who is asked for them",
     hallctl_licence},
    {"notice", "notice due, send, list, retry: tell applicants, posts and supervisors what became of cases", hallctl_notice},
    {"feed", "feed send, list, pages: events and pages for what stands beside the terminals", hallctl_feed},
    {"system", "system publish, approve, rollout, pause, resume, withdraw, retry, hours, status: updates of the terminals",
     hallctl_system},
    {"rebuild", "make anew what is derived from the records", hallctl_rebuild},
    {"backup", "the whole hall into a folder, while it runs; or check such a folder", hallctl_backup},
    {"restore", "put a backup back, with the hall stopped", hallctl_restore},
    {"open", "open a sealed application, for a stated reason", hallctl_open},
    {"recovery", "the key of a terminal's disk whose TPM does not give it, for a stated reason", hallctl_recovery},
    {"release", "the code by which a terminal with undelivered applications may be erased", hallctl_release},
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

static void print_usage(FILE *to)
{
    fputs("hallctl COMMAND …   the command of the central hall's staff\n\n", to);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(to, "  %-10s %s\n", commands[i].word, commands[i].about);
    fputs("\n`hallctl COMMAND --help` tells more. --version\n"
          "`hallctl --clock TIME COMMAND …` takes it to be that time (for tests).\n"
          "Exit: 0 done, 1 failed, 2 wrong arguments, 3 not found, 4 refused.\n",
          to);
}

static int run(int argc, char **argv)
{
    bool moved;
    int code = options_clock("hallctl", &argc, &argv, &moved);
    if (code >= 0)
        return code;
    if (argc < 2)
        return options_wrong("hallctl", "a command is missing");
    if (!strcmp(argv[1], "--help")) {
        print_usage(stdout);
        return EXIT_OK;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("hallctl %s\n", version_text());
        return EXIT_OK;
    }
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (!strcmp(argv[1], commands[i].word))
            return commands[i].run(argc - 1, argv + 1);
    return options_wrong("hallctl", "there is no command \"%s\"", argv[1]);
}

int main(int argc, char **argv)
{
    return options_end("hallctl", run(argc, argv), EXIT_FAILED);
}
