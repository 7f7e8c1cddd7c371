/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl case: what becomes of applications: taken in, accepted, examined, decided, and by when.
 */
#include "tools/hallctl/case.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char usage[] =
    "hallctl case list    --data DIR --office N [--stage STAGE] [--json]\n"
    "hallctl case list    --data DIR --bundle NUMBER [--json]\n"
    "hallctl case cards   --data DIR [--office N] [--language zh-CN|en] [--json]\n"
    "hallctl case overdue --data DIR --office N --out FILE [--language zh-CN|en] [--json]\n"
    "hallctl case show    NUMBER --data DIR [--json]\n"
    "hallctl case licences NUMBER --data DIR [--json]\n"
    "hallctl case explain NUMBER --data DIR [--language zh-CN|en] [--json]\n"
    "hallctl case open     NUMBER --data DIR --staff NAME --post POST --reason REASON [--socket PATH] [--json]\n"
    "hallctl case openings NUMBER --data DIR [--openings FILE] [--json]\n"
    "hallctl case receive [NUMBER] --data DIR --office N --staff NAME --post POST [--at TIME] [--json]\n"
    "hallctl case accept     NUMBER … [--json]\n"
    "hallctl case supplement NUMBER … --reason ALL-THAT-IS-MISSING [--json]\n"
    "hallctl case supplied   NUMBER … --reason WHAT-CAME [--json]\n"
    "hallctl case refuse     NUMBER … --reason WHY --law BASIS [--json]\n"
    "hallctl case stop       NUMBER … --procedure WHICH --law BASIS --days N [--unit calendar-day] [--json]\n"
    "hallctl case resume     NUMBER … --reason OUTCOME [--json]\n"
    "hallctl case examine    NUMBER … --reason OPINION [--json]\n"
    "hallctl case decide     NUMBER … --result granted|denied [--reason WHY] [--json]\n"
    "hallctl case deliver    NUMBER … [--json]\n"
    "hallctl case withdraw   NUMBER … --reason WHY [--json]\n"
    "hallctl case hand-over  NUMBER … --to NAME --to-post POST --reason WHY [--json]\n"
    "hallctl case tacit      NUMBER … [--json]\n"
    "hallctl case paper NUMBER WHICH --data DIR --out FILE.pdf|FILE.html [--name NAME] [--id MASKED] [--json]\n"
    "hallctl case verify-paper --root FILE [--json] [CODE]\n"
    "hallctl case verify-page --root FILE --out FILE.html [--json]\n"
    "hallctl case recount --data DIR [--json]\n"
    "hallctl case recompute --events FILE --catalogue FILE [--language zh-CN|en] [--json]\n"
    "…: --data DIR --staff NAME --post POST [--at TIME] [--version N]\n"
    "list: the cases of an office; --stage new: those nobody has taken in, also received, supplement-asked, refused,\n"
    "  accepted, examined, decided, delivered, withdrawn.\n"
    "list --bundle: the cases that were handed in together, with one form; each goes its own way. show names the\n"
    "  others of its bundle, and the lead department.\n"
    "cards: which limits are near or past today, whose step and post owe them: reminder, tacit, yellow, red; of all "
    "offices,\n"
    "  or of one.\n"
    "overdue: a page (HTML) of what is past a limit today, to be published; it names no person.\n"
    "licences: what the applicant holds electronically of what the item asks for, until when and by whom; what is to be\n"
    "  brought, and what could not be checked. `hallctl licence fetch` asks the platform.\n"
    "show: what happened to a case. explain: its dates, each with what it follows from, counted anew from its events.\n"
    "open: asks hall-open, which alone has the key, for what the applicant wrote; who asked and why is written down before\n"
    "  anything is shown. list and show have the masked name from then on. openings: who opened it or tried to, when and\n"
    "  why, after looking at the chain of hall-open's file.\n"
    "  --socket PATH    of hall-open; default /run/tongban-open/open.sock\n"
    "  --openings FILE  its --log; default /var/lib/tongban-open/openings.log\n"
    "receive: takes a delivered application in, or all of the office, and pins the limits its item has; who does it "
    "answers\n"
    "  for it. Only who answers for a case acts on it; hand-over puts another person there, also yourself, for a reason.\n"
    "supplement: once, with everything that is missing. stop: a special procedure (inspection hearing review test "
    "quarantine\n"
    "  appraisal tender), whose time does not count, for --days working days at most.\n"
    "tacit: enters what the law says when nobody has answered in time: accepted, or decided.\n"
    "paper: what the agency hands over, of what has happened: acceptance, supplement, refusal or decision; A4, as PDF, or "
    "as\n"
    "  a page to print where FILE ends in .html; - and -.html: to standard output. It wants the applicant's name, one line "
    "on standard input, or by --name,\n"
    "  which others on this machine can see; --id: the number of the certificate, masked by *.\n"
    "verify-paper: whether what the QR code on a paper says was signed by the hall whose public/root.json FILE is; needs\n"
    "  no hall. CODE is the whole text, in quotation marks, or its last line; without it, it is read from standard input.\n"
    "verify-page: a page that tells the same on any phone, without a server or a network: the keys are in it. Make it anew\n"
    "  when the root's role acknowledgement was rotated, and put it where people find it.\n"
    "recompute: the dates of a case from what `show --json` printed and a catalogue's file alone, without a hall; the "
    "chain\n"
    "  it ends in is the one that `show` names at the hall.\n"
    "recount: finds the days of all cases anew, after a calendar was published.\n"
    "  --at TIME      when it was, for what is entered later: 2026-01-05T09:00:00+08:00; default now\n"
    "  --version N    only if the case still is as `show` had it; else nothing is changed\n"
    "What may not be is refused with a reason (with --json as \"refused\"), changes nothing, and goes into the audit log.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such case or hall, 4 refused.\n";

#define WHO "--data --staff --post"
#define WHEN " --at --version --json"

#define ENTERS(word, needed, taken) {word, 1, WHO needed, taken, case_act},

/* What the verb of each event of case_event.def needs and takes: EVENT_NAME(word). The law's own two are entered by one. */
#define EVENT_RECEIVE(word) {word, -1, WHO " --office", "--at --json", case_receive},
#define EVENT_SUPPLEMENT(word) ENTERS(word, " --reason", WHEN)
#define EVENT_SUPPLIED(word) ENTERS(word, " --reason", WHEN)
#define EVENT_ACCEPT(word) ENTERS(word, "", WHEN)
#define EVENT_ACCEPT_TACIT(word) ENTERS("tacit", "", WHEN)
#define EVENT_REFUSE(word) ENTERS(word, " --reason --law", WHEN)
#define EVENT_STOP(word) ENTERS(word, " --procedure --law --days", "--reason --unit" WHEN)
#define EVENT_RESUME(word) ENTERS(word, " --reason", WHEN)
#define EVENT_EXAMINE(word) ENTERS(word, " --reason", WHEN)
#define EVENT_DECIDE(word) ENTERS(word, " --result", "--reason --law" WHEN)
#define EVENT_DECIDE_TACIT(word)
#define EVENT_DELIVER(word) ENTERS(word, "", WHEN)
#define EVENT_WITHDRAW(word) ENTERS(word, " --reason", WHEN)
#define EVENT_HAND_OVER(word) ENTERS(word, " --to --to-post --reason", WHEN)

static const struct {
    const char *word;
    int numbers;                /* 0: takes none; 1: needs one; -1: may have one; -2: may have the code of a paper */
    const char *needed, *taken; /* options, as options_fit() has them */
    int (*run)(struct store *, const struct published *, const struct case_options *);
} verbs[] = {
    {"list", 0, "--data", "--office --bundle --stage --json", case_list},
    {"cards", 0, "--data", "--office --language --json", case_cards},
    {"overdue", 0, "--data --office --out", "--language --json", case_overdue},
    {"show", 1, "--data", "--json", case_show},
    {"licences", 1, "--data", "--json", case_tell_licences},
    {"explain", 1, "--data", "--language --json", case_explain},
    {"open", 1, WHO " --reason", "--socket --json", case_open},
    {"openings", 1, "--data", "--openings --json", case_openings},
#define CASE_EVENT(name, word, from, to, says, about) EVENT_##name(word)
#include "tools/hall/rules/case_event.def"
#undef CASE_EVENT
    {"paper", 1, "--data --out", "--name --id --json", case_paper},
    {"verify-paper", -2, "--root", "--json", case_verify_paper},
    {"verify-page", 0, "--root --out", "--json", case_verify_page},
    {"recount", 0, "--data", "--json", case_recount},
    {"recompute", 0, "--events --catalogue", "--language --json", case_recompute},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* -1: go on; else the exit code; as all below. */
static int check_number(struct case_options *o, int numbers)
{
    struct case_number n;

    if (numbers == -2) {
        o->paper_code = o->number_given;
        return -1;
    }
    if (!o->number_given)
        return numbers == 1 ? options_wrong(CASE_COMMAND, "which: a case number is missing") : -1;
    if (numbers == 0)
        return options_wrong(CASE_COMMAND, "\"%s\" is one word too many", o->number_given);
    if (!case_number_parse(o->number_given, &n))
        return options_wrong(CASE_COMMAND, "\"%s\" is no case number: check its digits", o->number_given);
    case_number_format(&n, o->number);
    if (o->office && n.office != o->office_n)
        return options_wrong(CASE_COMMAND, "case %s is of office %d", o->number, n.office);
    o->office_n = n.office;
    return -1;
}

/* `list` wants an office or a bundle; a bundle's number says its office. */
static int check_bundle(struct case_options *o)
{
    struct case_number n;

    if (!o->bundle)
        return o->office || strcmp(o->verb, "list") != 0 ? -1
                                                         : options_wrong(CASE_COMMAND, "list needs --office or --bundle");
    if (o->office || o->stage)
        return options_wrong(CASE_COMMAND, "--bundle goes without --office and --stage");
    if (!case_number_parse(o->bundle, &n))
        return options_wrong(CASE_COMMAND, "\"%s\" is no number of a bundle: check its digits", o->bundle);
    case_number_format(&n, o->bundle_number);
    o->office_n = n.office;
    return -1;
}

static int check_texts(const struct case_options *o)
{
    int code = hallctl_line(CASE_COMMAND, "--staff", o->staff, CASE_NAME_MAX);

    code = code < 0 ? hallctl_line(CASE_COMMAND, "--post", o->post, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(CASE_COMMAND, "--to", o->to, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(CASE_COMMAND, "--to-post", o->to_post, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(CASE_COMMAND, "--law", o->law, CASE_LAW_MAX) : code;
    return code < 0 ? hallctl_line(CASE_COMMAND, "--reason", o->reason, CASE_WORDS_MAX) : code;
}

static int check_words(struct case_options *o)
{
    o->procedure_n = PROCEDURES;
    if (o->stage && !case_stage_by_word(o->stage, &o->stage_n))
        return options_wrong(CASE_COMMAND, "--stage: there is no stage \"%s\"", o->stage);
    if (o->procedure && !case_procedure_by_word(o->procedure, &o->procedure_n))
        return options_wrong(CASE_COMMAND, "--procedure: there is no procedure \"%s\"", o->procedure);
    if (o->result && !case_result_by_word(o->result, &o->result_n))
        return options_wrong(CASE_COMMAND, "--result is granted or denied");
    if (o->unit && strcmp(o->unit, "working-day") != 0 && strcmp(o->unit, "calendar-day") != 0)
        return options_wrong(CASE_COMMAND, "--unit is working-day or calendar-day");
    o->unit_n = o->unit && strcmp(o->unit, "calendar-day") == 0 ? DAY_CALENDAR : DAY_WORKING;
    if (o->language && !language_by_tag(o->language, &o->language_n))
        return options_wrong(CASE_COMMAND, "--language is zh-CN or en");
    return -1;
}

static int check(struct case_options *o, const struct option_word *options, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(CASE_COMMAND, options, verbs[verb].needed, verbs[verb].taken);

    if (code < 0 && o->paper && verbs[verb].run != case_paper)
        return options_wrong(CASE_COMMAND, "\"%s\" is one word too many", o->paper);
    o->stage_n = CASE_STAGES;
    if (code < 0 && o->office)
        code = options_number(CASE_COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->days)
        code = options_number(CASE_COMMAND, "--days", o->days, 1, CASE_DAYS_MAX, &o->days_n);
    if (code < 0 && o->version)
        code = options_number(CASE_COMMAND, "--version", o->version, 1, CASE_EVENTS_MAX, &o->version_n);
    if (code < 0 && o->at)
        code = options_time(CASE_COMMAND, "--at", o->at, &o->at_ms);
    code = code < 0 ? check_texts(o) : code;
    code = code < 0 ? check_words(o) : code;
    code = code < 0 ? check_bundle(o) : code;
    case_event_by_word(o->verb, &o->kind); /* of those that add an event; tacit: case_act.c */
    return code < 0 ? check_number(o, verbs[verb].numbers) : code;
}

int case_published(const char *data, struct published *ret, struct err *e)
{
    int rc = published_open(data, ret, e);

    if (rc == 0 && !ret->catalog)
        fputs("hallctl: no catalogue is published: limits are not known, and days may still move\n", stderr);
    return rc;
}

static int run(const struct case_options *o, size_t verb)
{
    if (!o->data) /* it needs none */
        return verbs[verb].run(NULL, NULL, o);
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    int rc = store_open(o->data, &s, &e);

    if (rc == 0)
        rc = case_published(o->data, &p, &e);
    int code = rc < 0 ? hallctl_fail(&e) : verbs[verb].run(s, &p, o);
    published_close(&p);
    store_close(s);
    return code;
}

int hallctl_case(int argc, char **argv)
{
    struct case_options o = {0};
    const char *words[3] = {NULL, NULL, NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--office", &o.office, NULL},
                                          {"--stage", &o.stage, NULL},
                                          {"--bundle", &o.bundle, NULL},
                                          {"--staff", &o.staff, NULL},
                                          {"--post", &o.post, NULL},
                                          {"--at", &o.at, NULL},
                                          {"--version", &o.version, NULL},
                                          {"--reason", &o.reason, NULL},
                                          {"--law", &o.law, NULL},
                                          {"--procedure", &o.procedure, NULL},
                                          {"--days", &o.days, NULL},
                                          {"--unit", &o.unit, NULL},
                                          {"--result", &o.result, NULL},
                                          {"--to", &o.to, NULL},
                                          {"--to-post", &o.to_post, NULL},
                                          {"--language", &o.language, NULL},
                                          {"--events", &o.events, NULL},
                                          {"--catalogue", &o.catalogue, NULL},
                                          {"--out", &o.out, NULL},
                                          {"--socket", &o.socket, NULL},
                                          {"--openings", &o.openings, NULL},
                                          {"--name", &o.name, NULL},
                                          {"--id", &o.id, NULL},
                                          {"--root", &o.root, NULL},
                                          {"--json", NULL, &o.json},
                                          {0}};
    int n, code = options_read(CASE_COMMAND, argc, argv, usage, options, words, 3, &n);
    if (code >= 0)
        return code;
    o.verb = words[0];
    o.number_given = words[1];
    o.paper = words[2];
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return hallctl_which(CASE_COMMAND, verbs, sizeof *verbs, N_VERBS);
    code = check(&o, options, verb);
    return code < 0 ? run(&o, verb) : code;
}
