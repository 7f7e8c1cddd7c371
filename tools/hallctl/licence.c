/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl licence: electronic licences: a register of what people hold, and the provincial platform that is asked.
 */
#include "tools/hallctl/licence.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char usage[] =
    "hallctl licence import   FILE.csv --data DIR --office N --staff NAME --post POST [--socket PATH] [--json]\n"
    "hallctl licence list     --data DIR [--kind KIND] [--json]\n"
    "hallctl licence show     ID --data DIR [--json]\n"
    "hallctl licence revoke   ID --data DIR --office N --staff NAME --post POST --reason WHY [--json]\n"
    "hallctl licence fetch    NUMBER --data DIR --staff NAME --post POST --reason PURPOSE [--socket PATH] [--json]\n"
    "hallctl licence platform --data DIR [--url URL] [--ca FILE --cert FILE --key FILE] [--wait SECONDS] [--json]\n"
    "Electronic licences. The register knows whose one is by a blind index alone, and its number masked.\n"
    "import: a CSV (UTF-8) with the names of its columns first, in any order: certificate_holder_code (the citizen's "
    "number),\n"
    "  certificate_type_code, certificate_type, certificate_number, issue_dept, valid_from, valid_to, state, told. Days "
    "are\n"
    "  like 2026-01-05; valid_to is empty for one without an end; state is valid, suspended or revoked; told is the day "
    "the\n"
    "  line speaks of. Each line is judged: the good ones are taken, the bad ones listed with their line and why. What is\n"
    "  known changes nothing; a line of a later day replaces it. hall-open makes the indexes: nothing of FILE stays.\n"
    "  --socket PATH  of hall-open; default /run/tongban-open/open.sock\n"
    "list: the register, or one kind of it, by name or code. show: one, by its ID in the list.\n"
    "revoke: it counts no more, whatever the platform says; an import that speaks of a later day puts it back.\n"
    "fetch: asks the platform what a case's applicant holds of what the item asks for, keeps the answer, and tells it as\n"
    "  `hallctl case licences NUMBER` does. hall-open gives the number, for --reason; both it and the hall write down who\n"
    "  asked before the platform hears anything.\n"
    "platform: which one is asked; without --url, which it is now. https with the platform's CA, and the hall's "
    "certificate\n"
    "  and key, as PEM files; http for localhost alone. --wait: seconds for an answer, 1 to 60, default 10.\n"
    "In an office with accounts the role of --staff decides who may. All of it goes into the audit log.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such file, licence, case or hall, 4 refused, or lines were.\n";

#define WHO "--data --staff --post"

static const struct {
    const char *word, *which; /* which: what its word names; NULL: it has none */
    const char *needed, *taken;
    int (*run)(struct store *, const struct licence_options *);
} verbs[] = {
    {"import", "a file", WHO " --office", "--socket --json", licence_import},
    {"list", NULL, "--data", "--kind --json", licence_list},
    {"show", "an ID", "--data", "--json", licence_show},
    {"revoke", "an ID", WHO " --office --reason", "--json", licence_revoke},
    {"fetch", "a case number", WHO " --reason", "--socket --json", licence_fetch},
    {"platform", NULL, "--data", "--url --ca --cert --key --wait --json", licence_platform},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* -1: go on; else the exit code; as all below. */
static int check_number(struct licence_options *o)
{
    struct case_number n;

    if (!case_number_parse(o->given, &n))
        return options_wrong(LICENCE_COMMAND, "\"%s\" is no case number: check its digits", o->given);
    case_number_format(&n, o->number);
    o->office_n = n.office;
    return -1;
}

static int check_given(struct licence_options *o, size_t verb)
{
    size_t n;

    if (!verbs[verb].which)
        return o->given ? options_wrong(LICENCE_COMMAND, "\"%s\" is one word too many", o->given) : -1;
    if (!o->given)
        return options_wrong(LICENCE_COMMAND, "which: %s is missing", verbs[verb].which);
    if (verbs[verb].run == licence_fetch)
        return check_number(o);
    if (verbs[verb].run == licence_import)
        return -1;
    if (hex_decode(o->given, strlen(o->given), o->id, sizeof o->id, &n) < 0 || n != sizeof o->id)
        return options_wrong(LICENCE_COMMAND, "\"%s\" is no ID of %d digits: hallctl licence list has them", o->given,
                             2 * LICENCE_ID_LEN);
    return -1;
}

static int check(struct licence_options *o, const struct option_word *options, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(LICENCE_COMMAND, options, verbs[verb].needed, verbs[verb].taken);

    if (code < 0 && o->office)
        code = options_number(LICENCE_COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->wait)
        code = options_number(LICENCE_COMMAND, "--wait", o->wait, 1, 60, &o->wait_n);
    if (code < 0 && !o->url && (o->ca || o->cert || o->key || o->wait))
        code = options_wrong(LICENCE_COMMAND, "--url is missing");
    code = code < 0 ? hallctl_line(LICENCE_COMMAND, "--staff", o->staff, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(LICENCE_COMMAND, "--post", o->post, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(LICENCE_COMMAND, "--reason", o->reason, CASE_WORDS_MAX) : code;
    return code < 0 ? check_given(o, verb) : code;
}

static int run(const struct licence_options *o, size_t verb)
{
    struct store *s = NULL;
    struct err e = {0};
    int code = store_open(o->data, &s, &e) < 0 ? hallctl_fail(&e) : verbs[verb].run(s, o);

    store_close(s);
    return code;
}

int hallctl_licence(int argc, char **argv)
{
    struct licence_options o = {0};
    const char *words[2] = {NULL, NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL},     {"--office", &o.office, NULL},
                                          {"--staff", &o.staff, NULL},   {"--post", &o.post, NULL},
                                          {"--reason", &o.reason, NULL}, {"--socket", &o.socket, NULL},
                                          {"--kind", &o.kind, NULL},     {"--url", &o.url, NULL},
                                          {"--ca", &o.ca, NULL},         {"--cert", &o.cert, NULL},
                                          {"--key", &o.key, NULL},       {"--wait", &o.wait, NULL},
                                          {"--json", NULL, &o.json},     {0}};
    int n, code = options_read(LICENCE_COMMAND, argc, argv, usage, options, words, 2, &n);

    if (code >= 0)
        return code;
    o.verb = words[0];
    o.given = words[1];
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return options_wrong(LICENCE_COMMAND, "which: import, list, show, revoke, fetch or platform");
    code = check(&o, options, verb);
    return code < 0 ? run(&o, verb) : code;
}
