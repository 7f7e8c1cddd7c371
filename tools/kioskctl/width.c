/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl width: what a technician reads from the ruler of a printer nobody knows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/line.h"
#include "base/text.h"
#include "model/device.h"
#include "tools/kioskctl/kioskctl.h"

#define ANSWER_MS 5000

#define COMMAND "kioskctl width"

static const char help[] =
    "kioskctl width receipt|ticket [MARK] [--json] [--run DIR]\n\n"
    "A printer that no profile knows prints a ruler once, and its papers are as narrow as on 58 mm until MARK, the last\n"
    "number on the ruler that has a bar at its right, is told here. It is kept with the printer. Without MARK the ruler is\n"
    "printed again; also for a printer whose papers run off the edge.\n"
    "Exit: 0 printed or kept, 1 it was not taken: says why, 2 wrong arguments, 3 kiosk does not answer.\n";

static int show(const struct json *doc, const char *answer, bool json, bool told)
{
    const char *error = json_is_str(json_member(doc, "error")) ? json_str(json_member(doc, "error")) : NULL;
    const struct json *dots = json_member(doc, "dots");

    if (json)
        puts(answer);
    else if (error)
        fprintf(stderr, "kioskctl: %s\n", error);
    else if (told)
        printf("kept: its papers are %lld dots wide from now on\n", json_is_int(dots) ? (long long)json_int(dots) : 0LL);
    else
        puts("the ruler is being printed: tell the last number that has a bar at its right");
    return error ? EXIT_BAD : EXIT_OK;
}

static bool is_mark(const char *text)
{
    return strlen(text) <= 3 && strspn(text, "0123456789") == strlen(text) && strtol(text, NULL, 10) > 0;
}

int kioskctl_width(int argc, char **argv)
{
    struct peer_line request = {.kind = PEER_WIDTH};
    char answer[1024];
    const char *run = KIOSKCTL_RUN, *words[2];
    bool json = false;
    const struct option_word options[] = {{"--json", NULL, &json}, {"--run", &run, NULL}, {NULL, NULL, NULL}};
    struct json *doc = NULL;
    struct err e = {0};
    int n;

    int code = options_read(COMMAND, argc, argv, help, options, words, 2, &n);
    if (code >= 0)
        return code;
    if (n < 1 || device_by_word(words[0]) >= PRINTER_ROLES)
        return options_wrong(COMMAND, "of which printer: receipt or ticket?");
    if (n == 2 && !is_mark(words[1]))
        return options_wrong(COMMAND, "MARK is a number of the ruler, not \"%s\"", words[1]);
    text_copy(request.role, sizeof request.role, words[0]);
    request.mark = n == 2 ? strtol(words[1], NULL, 10) : 0;
    int rc = kioskctl_ask(run, &request, ANSWER_MS, answer, sizeof answer, &e);
    if (rc == 0)
        rc = err_wrap(&e, json_parse(answer, strlen(answer), sizeof answer, &doc, &e), "understand kiosk's answer");
    code = rc ? kioskctl_fail(&e, EXIT_CANNOT) : show(doc, answer, json, n == 2);
    json_free(doc);
    return code;
}
