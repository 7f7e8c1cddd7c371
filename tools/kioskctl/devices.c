/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl devices: what is attached, as a table that is read at a glance.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/line.h"
#include "model/device.h"
#include "tools/kioskctl/kioskctl.h"

#define ANSWER_MS 5000

#define COMMAND "kioskctl devices"

static const char help[] =
    "kioskctl devices [--json] [--run DIR]\n\n"
    "What is attached to this terminal: port, role, state, and which rule or profile decided. Devices that are\n"
    "not ours are listed with the reason why they are ignored. What stands under port, vendor, product and\n"
    "serial may be written into devices.json. DIR is " KIOSKCTL_RUN " where it is not given.\n"
    "Exit: 0 every role has a device that works, 1 one has not, 3 kiosk does not answer.\n";

static const char *member(const struct json *o, const char *key)
{
    const struct json *v = json_member(o, key);

    return json_is_str(v) ? json_str(v) : "";
}

static bool in_order(const struct json *device)
{
    const char *state = member(device, "state");

    return !strcmp(state, "ready") || !strcmp(state, "low");
}

static void print_more(const char *label, const char *text, const char *why)
{
    if (*text)
        printf("         %s %s%s%s%s\n", label, text, *why ? " (" : "", why, *why ? ")" : "");
}

static void print_device(const struct json *d)
{
    const char *role = member(d, "role"), *ignored = member(d, "ignored"), *state = member(d, "state");

    printf("%-8s %-8s %-9s %s:%s %s %s\n", member(d, "port"),
           *ignored ? "ignored"
           : *role  ? role
                    : "spare",
           *ignored ? "" : state, member(d, "vendor"), member(d, "product"), member(d, "maker"), member(d, "model"));
    if (*ignored) {
        print_more("kind        ", member(d, "kind"), ignored);
        return;
    }
    print_more("chosen by   ", member(d, "why"), "");
    print_more("driven as   ", member(d, "driver"), member(d, "driver_why"));
    print_more("confirms by ", member(d, "confirmation"), "");
    print_more("fault       ", member(d, "fault"), "");
    if (json_is_int(json_member(d, "paper_left_mm")))
        printf("         paper left   about %lld m\n", (long long)json_int(json_member(d, "paper_left_mm")) / 1000);
    if (*member(d, "counted_since"))
        printf("         printed      %lld m, cut %lld times since %s\n", (long long)json_int(json_member(d, "fed_m")),
               (long long)json_int(json_member(d, "cuts")), member(d, "counted_since"));
    if (json_is_bool(json_member(d, "asks_width")) && json_bool(json_member(d, "asks_width")))
        printf("         width        not known: kioskctl width %s MARK, as its ruler says\n", role);
    print_more("SAM         ", member(d, "sam"), "");
    print_more("firmware    ", member(d, "firmware"), "");
    print_more("says it is  ", member(d, "own_model"), member(d, "own_maker"));
    print_more("release     ", member(d, "release"), "");
    print_more("serial      ", member(d, "serial"), "");
    print_more("last fault  ", member(d, "last_fault"), member(d, "last_fault_at"));
}

static void print_counts(const struct json *counts)
{
    for (size_t i = 0; json_key(counts, i); i++) {
        const struct json *c = json_member(counts, json_key(counts, i));

        printf("%-8s", json_key(counts, i));
        for (size_t n = 0; json_key(c, n); n++)
            printf(" %s %lld%s", json_key(c, n), (long long)json_int(json_member(c, json_key(c, n))),
                   json_key(c, n + 1) ? "," : "");
        putchar('\n');
    }
}

static int show(const struct json *doc, const char *answer, bool json)
{
    const struct json *list = json_member(doc, "devices");
    bool works[DEVICE_ROLES] = {false};
    int code = EXIT_OK;

    if (json)
        puts(answer);
    else if (json_len(list) == 0)
        puts("nothing is attached");
    for (size_t i = 0; i < json_len(list); i++) {
        for (enum device_role r = DEVICE_RECEIPT; r < DEVICE_ROLES; r++)
            works[r] = works[r] || (!strcmp(member(json_at(list, i), "role"), device_word(r)) && in_order(json_at(list, i)));
        if (!json)
            print_device(json_at(list, i));
    }
    for (int i = 0; i < DEVICE_ROLES; i++) {
        enum device_role r = (enum device_role)((DEVICE_READER + i) % DEVICE_ROLES); /* the reader is asked about first */

        if (works[r])
            continue;
        code = EXIT_BAD;
        if (!json)
            printf("no %s%s works\n", device_word(r), r < PRINTER_ROLES ? " printer" : "");
    }
    if (!json) {
        puts("since kiosk began:");
        print_counts(json_member(doc, "since_start"));
    }
    return code;
}

int kioskctl_devices(int argc, char **argv)
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
    int rc = kioskctl_ask(run, &(struct peer_line){.kind = PEER_DEVICES}, ANSWER_MS, answer, sizeof answer, &e);
    if (rc == 0)
        rc = err_wrap(&e, json_parse(answer, strlen(answer), sizeof answer, &doc, &e), "understand kiosk's answer");
    if (rc == 0 && !json_is_arr(json_member(doc, "devices")))
        rc = err_set(&e, ERR_PROTOCOL, "kiosk's answer has no list of devices: %.200s", answer);
    code = rc ? kioskctl_fail(&e, EXIT_CANNOT) : show(doc, answer, json);
    json_free(doc);
    return code;
}
