/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl: the technician's command. Finds the command and hands its arguments on.
 */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/version.h"
#include "tools/kioskctl/kioskctl.h"

static const struct {
    const char *word, *about;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"status", "how the running kiosk is", kioskctl_status},
    {"ready", "whether this start of the machine is a good one", kioskctl_ready},
    {"devices", "what is attached, what it is used for, and why", kioskctl_devices},
    {"selftest", "a guided test of everything, with a readiness report", kioskctl_selftest},
    {"width", "how wide an unknown printer prints, as its ruler says", kioskctl_width},
    {"capture", "what kiosk and a device say to each other, into a file", kioskctl_capture},
    {"enrol", "make this terminal known to the hall, with its enrolment sheet", kioskctl_enrol},
    {"journal", "journal verify, journal list: the records on this terminal", kioskctl_journal},
    {"note", "what stands outside a disk's encrypted part: whose it is, how many wait for the hall", kioskctl_note},
    {"slots", "which of the two systems runs, and what became of the last update", kioskctl_slots},
    {"logs", "what is needed to mend it, in one text without anything of residents", kioskctl_logs},
    {"network", "how the hall is reached: shown, set, tested step by step", kioskctl_network},
    {"reset", "a factory reset at the next start; asks what it must", kioskctl_reset},
    {"number", "number check: is this a case number?", kioskctl_number},
    {"card", "card decode: the fields of what a card says", kioskctl_card},
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

static void print_help(FILE *to)
{
    fputs("kioskctl COMMAND …   the technician's command of a terminal\n\n", to);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(to, "  %-9s %s\n", commands[i].word, commands[i].about);
    fputs("\n`kioskctl COMMAND --help` tells more. --version\n"
          "`kioskctl --clock TIME COMMAND …` takes it to be that time (for tests).\n"
          "Exit: 0 in order, 1 what was asked about is bad, 2 wrong arguments, 3 it could not be done.\n",
          to);
}

static int run(int argc, char **argv)
{
    secret_harden_process(); /* `card decode` holds what a card says */
    int code = options_clock("kioskctl", &argc, &argv, &kioskctl_clock_moved);
    if (code >= 0)
        return code;
    if (argc < 2)
        return options_wrong("kioskctl", "a command is missing");
    if (!strcmp(argv[1], "--help")) {
        print_help(stdout);
        return EXIT_OK;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("kioskctl %s\n", version_text());
        return EXIT_OK;
    }
    const char *word = strcmp(argv[1], "record") ? argv[1] : "capture"; /* as it was called at first */
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (!strcmp(word, commands[i].word))
            return commands[i].run(argc - 1, argv + 1);
    return options_wrong("kioskctl", "there is no command \"%s\"", argv[1]);
}

int main(int argc, char **argv)
{
    return options_end("kioskctl", run(argc, argv), EXIT_CANNOT);
}
