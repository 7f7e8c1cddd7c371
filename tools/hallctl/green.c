/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl green: green-channel cards (model/green_card.h), issued, listed, revoked and checked.
 */
#include "tools/hallctl/green.h"
#include "tools/hallctl/staff_role.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "tools/hall/papers/green_page.h"
#include "tools/hallctl/hall_word.h"
#include "tools/hallctl/queue.h"
#include "wire/green_revoked.h"
#include "wire/record.h"

#define TRIES 20 /* as many may issue at one moment */
#define MINUTE_MS INT64_C(60000)
#define DAYS_MAX (3 * 366) /* a later day is mistyped; and keys of the hall's word are renewed */
#define PAGE_MAX (256 * 1024)

static const char usage[] =
    "hallctl green issue  --data DIR --office N --kind KIND --until DAY --staff NAME --out FILE.html [--holder MASKED] "
    "[--json]\n"
    "hallctl green list   --data DIR --office N [--json]\n"
    "hallctl green revoke --data DIR --office N --serial SERIAL --staff NAME --reason WHY [--json]\n"
    "hallctl green check  --root FILE [--revoked FILE] [--office N] [--json] [CODE]\n"
    "Cards for those who need not wait as long as others. Who has taken a number shows his at the counter, see "
    "hallctl\n"
    "queue check-in.\n"
    "issue: a page to print and cut out, with the code that the hall has signed. The card names nobody.\n"
    "  --kind KIND      elderly, disabled, military, or chosen: by the office, for reasons of its own\n"
    "  --until DAY      its last day, 2027-12-31; at most three years from now\n"
    "  --holder MASKED  whom it was given to, masked by *: kept here, on the page, and shown at each use; never the whole "
    "name\n"
    "list: the cards of an office, as they were issued. revoke: a card that was lost, say; given again it writes the list "
    "of\n"
    "revoked cards anew (DIR/public/green-OFFICE.txt), which is signed and stands beside the catalogue.\n"
    "check: whether a card counts today, without a hall. FILE is its public/root.json. CODE is what the QR code says, in\n"
    "  quotation marks; without it one line of standard input, as a scanner types it. --office: that counts there.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such card, office or hall, 4 the card does not count (with --json the\n"
    "reason is \"refused\").\n";

/* One command on its way. */
struct deed {
    struct store *store;
    const struct green_options *options;
    struct green_row row;
    struct green_code code; /* of a new card */
    struct green_revoked *list;
    bool was_revoked; /* before */
};

/* --- the list of revoked cards --- */

static int keep_revoked(void *ctx, const struct green_row *r)
{
    struct green_revoked *list = ctx;

    if (list->n < GREEN_REVOKED_MAX)
        memcpy(list->serials[list->n], r->card.serial, sizeof list->serials[0]);
    list->n++;
    return 0;
}

static int sign_list(struct deed *d, const struct private_key *k, struct err *e)
{
    int office = d->options->office_n;
    int64_t now = clock_wall_ms();

    *d->list = (struct green_revoked){.office = office, .minute = now / MINUTE_MS};
    int rc = green_each_revoked(d->store, office, date_to_days(date_of_ms(now)), keep_revoked, d->list, e);
    if (rc == 0 && d->list->n > GREEN_REVOKED_MAX)
        return err_set(e, ERR_RANGE, "office %04d: the list takes %d cards that were revoked before their last day", office,
                       GREEN_REVOKED_MAX);
    return rc == 0 ? green_revoked_sign(k, d->list, e) : rc;
}

static int write_list(const struct deed *d, struct err *e)
{
    char path[600];
    struct buf out;

    if ((size_t)snprintf(path, sizeof path, "%s/public/green-%04d.txt", d->options->data, d->options->office_n) >=
        sizeof path)
        return err_set(e, ERR_TOOLONG, "%s/public", d->options->data);
    buf_init(&out, GREEN_REVOKED_BYTES_MAX);
    int rc = green_revoked_encode(d->list, &out);
    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the list of revoked cards") : fs_write_atomic(path, out.data, out.len, 0644, e);
    buf_finish(&out);
    return rc;
}

/* A name of which one or two characters can be read: no whole name, and no number. */
static bool is_masked(const char *text)
{
    int stars = 0, readable = 0;

    if (strlen(text) > GREEN_HOLDER_MAX || !text_is_plain_line(text))
        return false;
    for (const char *s = text, *end = text + strlen(text); s < end;) {
        int32_t cp = utf8_next(&s, end);

        stars += cp == '*';
        readable += cp != '*';
    }
    return stars > 0 && readable <= 2;
}

/* --- what changes something, in one transaction --- */

static int audit(const struct deed *d, const char *action, const char *words, struct err *e)
{
    char name[GREEN_NAME_MAX];

    green_name(&d->row.card, name);
    return store_audit(d->store, d->options->office_n, hallctl_who(), action, name, words, e);
}

static int step_issue(struct deed *d, const struct private_key *k, struct err *e)
{
    const struct green_options *o = d->options;
    char words[CALL_STAFF_MAX + 40];

    d->row = (struct green_row){.card = {.office = o->office_n, .kind = o->kind_n, .until = o->until_n},
                                .issued = clock_wall_ms()};
    text_copy(d->row.holder, sizeof d->row.holder, o->holder ? o->holder : "");
    int rc = green_add(d->store, &d->row, e);
    d->code.card = d->row.card;
    if (rc == 0)
        rc = green_code_sign(k, &d->code, e);
    snprintf(words, sizeof words, "%s, until %s; %s", o->kind, o->until, o->staff);
    return rc == 0 ? audit(d, "green-issue", words, e) : rc;
}

static int step_revoke(struct deed *d, struct err *e)
{
    const struct green_options *o = d->options;
    char words[CALL_STAFF_MAX + HALLCTL_REASON_MAX + 8];
    int rc = green_find(d->store, o->office_n, o->serial_n, &d->row, e);

    if (rc == 0)
        return err_set(e, ERR_NOTFOUND, "office %04d has issued no card %s: hallctl green list", o->office_n, o->serial_n);
    if (rc == 1)
        rc = green_revoke(d->store, o->office_n, o->serial_n, clock_wall_ms(), e);
    d->was_revoked = rc == 0;
    if (rc <= 0)
        return rc;
    snprintf(words, sizeof words, "%s; %s", o->reason, o->staff);
    return audit(d, "green-revoke", words, e);
}

static int try_once(struct deed *d, const struct private_key *k, struct err *e)
{
    int rc = store_begin(d->store, e);

    if (rc < 0)
        return rc;
    rc = queue_need_office(d->store, d->options->office_n, e);
    if (rc == 0)
        rc = d->options->serial ? step_revoke(d, e) : step_issue(d, k, e);
    if (rc == 0)
        rc = sign_list(d, k, e);
    if (rc == 0)
        return store_commit(d->store, e);
    store_rollback(d->store);
    return rc;
}

static int change(struct deed *d, struct err *e)
{
    struct private_key *k = NULL;
    int rc = hall_word_key(d->options->data, &k, e);

    d->list = calloc(1, sizeof *d->list);
    if (rc == 0 && !d->list)
        rc = err_set(e, ERR_NOMEM, "%s", GREEN_COMMAND);
    if (rc == 0)
        rc = -ERR_RETRY;
    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        *e = (struct err){0};
        rc = try_once(d, k, e);
    }
    key_free(k);
    return err_wrap(e, rc, "%s: nothing was changed", d->options->verb);
}

/* --- verbs --- */

static int write_page(const struct deed *d, struct buf *code, struct err *e)
{
    struct buf page;
    int rc = green_code_encode(&d->code, code);

    buf_init(&page, PAGE_MAX);
    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the code of the card")
                : green_page(&d->row.card, d->row.holder, buf_str(code), &page, e);
    if (rc == 0)
        rc = fs_write_given(d->options->out, page.data, page.len, 0600, e);
    buf_finish(&page);
    return rc;
}

static void say_issued(const struct deed *d, const char *code)
{
    struct hallctl_object o;
    char name[GREEN_NAME_MAX];

    green_name(&d->row.card, name);
    if (!d->options->json) {
        printf("%s: card %s, %s, until %s\n", d->options->out, name, d->options->kind, d->options->until);
        return;
    }
    hallctl_object_open(&o);
    green_put(&o.w, &d->row.card);
    jsonw_str(&o.w, "holder", d->row.holder);
    jsonw_str(&o.w, "file", d->options->out);
    jsonw_str(&o.w, "code", code);
    hallctl_object_print(&o);
}

/* The exit code, or -1: go on. Who has no role for it stands in the audit log. */
static int judge_staff(struct deed *d)
{
    const struct green_options *o = d->options;
    char words[CALL_STAFF_MAX + 60], action[20];
    struct hallctl_object answer;
    struct err e = {0};
    bool may = false;
    int rc = staff_may(d->store, o->office_n, false, o->staff, ROLE_USE_GREEN, &may, &e);

    if (rc == 0 && may)
        return -1;
    snprintf(words, sizeof words, "refused: no-role; %s", o->staff);
    snprintf(action, sizeof action, "green-%s", o->verb);
    if (rc == 0)
        rc = store_begin(d->store, &e);
    if (rc == 0 && (rc = store_audit(d->store, o->office_n, hallctl_who(), action, "-", words, &e)) < 0)
        store_rollback(d->store);
    if (rc == 0)
        rc = store_commit(d->store, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    fprintf(stderr,
            "hallctl: green %s: not done: %s has no account in this office whose role may do it. Nothing was changed.\n",
            o->verb, o->staff);
    if (o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "refused", "no-role");
        hallctl_object_print(&answer);
    }
    return EXIT_REFUSED;
}

static int verb_issue(struct deed *d)
{
    struct err e = {0};
    struct buf code;
    char name[GREEN_NAME_MAX];
    int refused = judge_staff(d);

    if (refused >= 0)
        return refused;
    int rc = change(d, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    buf_init(&code, GREEN_CODE_MAX);
    green_name(&d->row.card, name);
    rc = write_list(d, &e);
    if (rc == 0)
        rc = write_page(d, &code, &e);
    if (rc < 0)
        err_wrap(&e, rc, "card %s is issued, and not printed: revoke it and issue another", name);
    else
        say_issued(d, buf_str(&code));
    buf_finish(&code);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

static int verb_revoke(struct deed *d)
{
    struct hallctl_object o;
    struct err e = {0};
    char name[GREEN_NAME_MAX];
    int refused = judge_staff(d);

    if (refused >= 0)
        return refused;
    int rc = change(d, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    green_name(&d->row.card, name);
    rc = write_list(d, &e);
    if (rc < 0) {
        err_wrap(&e, rc, "card %s is revoked here, and the published list does not say so: revoke it once more", name);
        return hallctl_fail(&e);
    }
    if (!d->options->json) {
        printf("card %s %s\n", name, d->was_revoked ? "was revoked before; the list of revoked cards is new" : "is revoked");
        return EXIT_OK;
    }
    hallctl_object_open(&o);
    green_put(&o.w, &d->row.card);
    jsonw_bool(&o.w, "revoked", true);
    hallctl_object_print(&o);
    return EXIT_OK;
}

static int list_row(void *ctx, const struct green_row *r)
{
    struct hallctl_list *l = ctx;
    bool over = date_compare(r->card.until, date_of_ms(clock_wall_ms())) < 0;
    const char *state = r->revoked ? "revoked" : over ? "over" : "counts";
    char name[GREEN_NAME_MAX], until[DATE_LEN + 1], issued[CLOCK_RFC3339_LEN + 1];
    struct buf row;
    struct jsonw w;

    green_name(&r->card, name);
    date_format(r->card.until, until);
    clock_format_rfc3339(r->issued, issued);
    buf_init(&row, 1024);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        green_put(&w, &r->card);
        jsonw_str(&w, "holder", r->holder);
        jsonw_str(&w, "issued", issued);
        jsonw_str(&w, "state", state);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%s  %-9s until %s  %-8s issued %s  %s", name, green_kind_word(r->card.kind), until, state, issued,
                 r->holder[0] ? r->holder : "-");
    }
    hallctl_row(l, &row);
    return 0;
}

static int verb_list(struct deed *d)
{
    struct hallctl_list l = {.json = d->options->json};
    struct err e = {0};
    int rc = queue_need_office(d->store, d->options->office_n, &e);

    if (rc == 0 && l.json)
        fputs("[", stdout);
    if (rc == 0)
        rc = green_each(d->store, d->options->office_n, list_row, &l, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    if (l.json)
        fputs("\n]\n", stdout);
    else if (!l.n)
        puts("no card was issued");
    return EXIT_OK;
}

/* --- the command --- */

static const struct {
    const char *word, *needed, *taken;
    int (*run)(struct deed *); /* NULL: needs no hall */
} verbs[] = {
    {"issue", "--data --office --kind --until --staff --out", "--holder --json", verb_issue},
    {"list", "--data --office", "--json", verb_list},
    {"revoke", "--data --office --serial --staff --reason", "--json", verb_revoke},
    {"check", "--root", "--revoked --office --json", NULL},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* -1: go on; else the exit code; as all below. */
static int check_until(struct green_options *o)
{
    struct date today = date_of_ms(clock_wall_ms());

    if (!o->until)
        return -1;
    if (!record_day_parse(o->until, &o->until_n))
        return options_wrong(GREEN_COMMAND, "--until is written like 2027-12-31");
    if (date_compare(o->until_n, today) < 0)
        return options_wrong(GREEN_COMMAND, "--until %s is over already", o->until);
    if (date_to_days(o->until_n) - date_to_days(today) > DAYS_MAX)
        return options_wrong(GREEN_COMMAND, "--until %s is more than three years from now", o->until);
    return -1;
}

/* With its office, as it stands on the card, or without. */
static int check_serial(struct green_options *o)
{
    char office[8];

    o->serial_n = o->serial;
    if (!o->serial)
        return -1;
    snprintf(office, sizeof office, "%04d-", o->office_n % 10000);
    if (strncmp(o->serial, office, 5) == 0)
        o->serial_n += 5;
    if (!green_serial_valid(o->serial_n))
        return options_wrong(GREEN_COMMAND, "--serial has %d digits, as on the card of this office", GREEN_SERIAL_LEN);
    return -1;
}

static int check_words(struct green_options *o)
{
    if (o->kind && !green_kind_by_word(o->kind, &o->kind_n))
        return options_wrong(GREEN_COMMAND, "--kind is elderly, disabled, military or chosen");
    if (o->holder && !is_masked(o->holder))
        return options_wrong(GREEN_COMMAND, "--holder is masked: all of it but one or two characters is *");
    int code = hallctl_line(GREEN_COMMAND, "--staff", o->staff, CALL_STAFF_MAX);
    return code < 0 ? hallctl_line(GREEN_COMMAND, "--reason", o->reason, HALLCTL_REASON_MAX) : code;
}

static int check(struct green_options *o, const struct option_word *words, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(GREEN_COMMAND, words, verbs[verb].needed, verbs[verb].taken);

    if (code < 0 && o->card && verbs[verb].run)
        return options_wrong(GREEN_COMMAND, "\"%s\" is one word too many", o->card);
    if (code < 0 && o->office)
        code = options_number(GREEN_COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = o->office ? (int)office : GREEN_ANY_OFFICE;
    code = code < 0 ? check_words(o) : code;
    code = code < 0 ? check_until(o) : code;
    return code < 0 ? check_serial(o) : code;
}

static int run(const struct green_options *o, size_t verb)
{
    struct deed d = {.options = o};
    struct err e = {0};

    if (store_open(o->data, &d.store, &e) < 0)
        return hallctl_fail(&e);
    int code = verbs[verb].run(&d);
    store_close(d.store);
    free(d.list);
    return code;
}

int hallctl_green(int argc, char **argv)
{
    struct green_options o = {.json = false};
    const char *given[2] = {NULL, NULL};
    const struct option_word words[] = {{"--data", &o.data, NULL},
                                        {"--office", &o.office, NULL},
                                        {"--kind", &o.kind, NULL},
                                        {"--until", &o.until, NULL},
                                        {"--holder", &o.holder, NULL},
                                        {"--staff", &o.staff, NULL},
                                        {"--out", &o.out, NULL},
                                        {"--serial", &o.serial, NULL},
                                        {"--reason", &o.reason, NULL},
                                        {"--root", &o.root, NULL},
                                        {"--revoked", &o.revoked, NULL},
                                        {"--json", NULL, &o.json},
                                        {0}};
    int n, code = options_read(GREEN_COMMAND, argc, argv, usage, words, given, 2, &n);

    if (code >= 0)
        return code;
    o.verb = given[0];
    o.card = given[1];
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return options_wrong(GREEN_COMMAND, "which: issue, list, revoke or check");
    code = check(&o, words, verb);
    if (code >= 0)
        return code;
    return verbs[verb].run ? run(&o, verb) : green_check(&o);
}
