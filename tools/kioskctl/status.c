/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl status: asks the running kiosk over its socket.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/line.h"
#include "tools/kioskctl/kioskctl.h"

#define ANSWER_MS 5000

#define COMMAND "kioskctl status"

static const char help[] = "kioskctl status [--json] [--run DIR]\n\n"
                           "How the running kiosk is: its screen, catalogue, devices, journal and way to the hall, and\n"
                           "when its certificate, the hall's root and the key that seals applications end.\n"
                           "DIR is " KIOSKCTL_RUN " where it is not given.\n"
                           "Exit: 0 it takes applications, 1 it runs and takes none, 3 it does not answer.\n";

static void print_value(const struct json *v)
{
    if (json_is_str(v))
        puts(*json_str(v) ? json_str(v) : "none");
    else if (json_is_bool(v))
        puts(json_bool(v) ? "yes" : "no");
    else if (json_is_int(v))
        printf("%lld\n", (long long)json_int(v));
    else
        puts("?");
}

static int show(const struct json *doc, const char *answer, bool json)
{
    const struct json *storage = json_member(doc, "storage"), *journal = json_member(doc, "journal");
    const struct json *takes = json_member(doc, "applications");
    bool whole = !json_is_str(journal) || !strcmp(json_str(journal), "whole");

    if (json)
        puts(answer);
    else
        for (size_t i = 0; json_key(doc, i); i++) {
            printf("%-14s ", json_key(doc, i));
            print_value(json_member(doc, json_key(doc, i)));
        }
    if (!whole && !json)
        puts(KIOSKCTL_JOURNAL_REMEDY);
    bool none = (json_is_bool(storage) && !json_bool(storage)) || (json_is_bool(takes) && !json_bool(takes));
    return !whole || none ? EXIT_BAD : EXIT_OK;
}

int kioskctl_status(int argc, char **argv)
{
    static char answer[LINE_MAX_BYTES];
    const char *run = KIOSKCTL_RUN;
    bool json = false;
    const struct option_word options[] = {{"--json", NULL, &json}, {"--run", &run, NULL}, {NULL, NULL, NULL}};
    struct json *doc = NULL;
    struct err e = {0};
    int n;

    int code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &n);
    if (code >= 0)
        return code;
    int rc = kioskctl_ask(run, &(struct peer_line){.kind = PEER_STATUS}, ANSWER_MS, answer, sizeof answer, &e);
    if (rc == 0)
        rc = err_wrap(&e, json_parse(answer, strlen(answer), sizeof answer, &doc, &e), "understand kiosk's answer");
    code = rc ? kioskctl_fail(&e, EXIT_CANNOT) : show(doc, answer, json);
    json_free(doc);
    return code;
}
