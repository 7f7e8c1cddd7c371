/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl notice: tells applicants, posts and supervisors what became of cases. The outbox is filled by what happens to
 * them, and by `due` with what is near or past its last day; `send` hands it to a file or a hook.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/cases/case_json.h"
#include "tools/hall/rules/feed.h"
#include "tools/hall/store/store_complaint.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/case_open.h"
#include "tools/hallctl/notice_text.h"
#include "tools/hallctl/outbox.h"

#define COMMAND "hallctl notice"

static const char usage[] =
    "hallctl notice due   --data DIR [--office N] [--json]\n"
    "hallctl notice send  --data DIR (--file FILE | --hook URL [--token FILE]) [--socket PATH] [--json]\n"
    "hallctl notice list  --data DIR --office N [--all] [--json]\n"
    "hallctl notice retry --data DIR --office N [--json]\n"
    "Who is told what of a case: the applicant that it was accepted, what is missing, that it was refused or decided; the "
    "post\n"
    "that something came or was handed over, and a working day before a limit ends; the supervisor when it is over.\n"
    "due: puts what is near or past its last day today into the outbox, of all offices or of one; to be run each morning,\n"
    "  twice does no harm.\n"
    "send: delivers what waits, one object of JSON each, and ends. What is not taken comes again after a minute, two, four "
    "…\n"
    "  an hour; after three days it is given up, with an alert. To be run each minute; two at once do not tell twice.\n"
    "  --file FILE    a line for each, appended\n"
    "  --hook URL     POST with Idempotency-Key; taken when the answer is 200 to 299. A message with the same id is the "
    "same\n"
    "  --token FILE   sent with it as Authorization: Bearer\n"
    "  --socket PATH  hall-open's: then the phone number that an applicant gave stands in the message, and that it was "
    "opened\n"
    "                 for a notice in hall-open's log. Without it there is the masked one, and the gateway knows people "
    "itself\n"
    "list: what is not delivered yet; --all: and what is. retry: what was given up is tried again.\n"
    "Exit: 0 done (send: all of it was taken), 1 failed or something was not taken, 2 wrong arguments, 3 no hall in DIR.\n";

struct options {
    const char *verb, *data, *office, *file, *hook, *token_file, *socket;
    bool json, all;
    int office_n;
};

/* --- due --------------------------------------------------------------------------------------------------------------- */

struct due {
    struct store *store;
    const struct published *published;
    struct date today;
    int added, rc;
    struct err *e;
};

static int add_limits(struct due *d, const struct case_file *f, const struct deadlines *all)
{
    char about[NOTICE_ABOUT_MAX + 1];
    int n = 0;

    for (int i = 0; i < all->n; i++) {
        enum notice_kind kind = notice_of_limit(&all->list[i], d->published->calendar, d->today, about);
        int rc = kind == NOTICES ? 0 : store_notice_add(d->store, f->office, f->number, kind, about, clock_wall_ms(), d->e);
        if (rc < 0)
            return rc;
        n += rc;
    }
    return n;
}

/* Yellow and red cards, for what stands beside the terminals. They are not counted: no person is told. */
static int add_cards(struct due *d, const struct case_file *f, const struct case_state *state, const struct deadlines *all)
{
    char about[NOTICE_ABOUT_MAX + 1];
    struct card cards[DEADLINES];
    int rc = 0, n = card_list(state, d->published->calendar, all, d->today, cards);

    for (int i = 0; rc >= 0 && i < n; i++) {
        enum notice_kind kind = feed_of_card(&cards[i], about);
        if (kind != NOTICES)
            rc = store_notice_add(d->store, f->office, f->number, kind, about, clock_wall_ms(), d->e);
    }
    return rc < 0 ? rc : 0;
}

static int add_case(void *ctx, const struct case_file *f)
{
    struct due *d = ctx;
    struct case_state state = case_state_of(f);
    struct deadlines all;

    deadline_fold(&state, d->published->calendar, d->today, &all);
    d->rc = 0;
    if (f->state.seq > 0) /* nobody answers yet for one that nobody has taken in: `case cards` has it */
        d->rc = add_limits(d, f, &all);
    d->added += d->rc > 0 ? d->rc : 0;
    if (d->rc >= 0)
        d->rc = add_cards(d, f, &state, &all);
    return d->rc < 0;
}

/* What somebody said, and nobody has answered in time. */
static int add_spoken(void *ctx, const struct complaint_file *f)
{
    struct due *d = ctx;
    char about[NOTICE_ABOUT_MAX + 1], day[DATE_LEN + 1];
    int year = 0;
    struct date due = complaint_due(f->kind, f->said, d->published->calendar, &year);

    if (!complaint_is_late(&f->state, due, d->today))
        return 0;
    date_format(due, day);
    snprintf(about, sizeof about, "answer %s over", day);
    d->rc = store_notice_add(d->store, f->office, f->number, NOTICE_SPOKEN_OVERDUE, about, clock_wall_ms(), d->e);
    d->added += d->rc > 0 ? d->rc : 0;
    return d->rc < 0;
}

static int add_of_page(struct due *d, int office, struct case_place *at)
{
    int more = case_due_page(d->store, office, date_to_days(d->today), at, add_case, d, d->e), rc = more < 0 ? more : d->rc;

    if (rc >= 0 && more == 0)
        rc = complaint_each(d->store, office, COMPLAINT_STAGES, "", add_spoken, d, d->e);
    if (rc >= 0 && d->rc < 0)
        rc = d->rc;
    return rc < 0 ? rc : more;
}

/* A page in a transaction: whoever writes beside it waits for no more. 1: there is another page. */
static int add_page(struct due *d, int office, struct case_place *at)
{
    int more = store_begin(d->store, d->e);

    if (more == 0)
        more = add_of_page(d, office, at);
    if (more < 0) {
        store_rollback(d->store);
        return more;
    }
    int rc = store_commit(d->store, d->e);
    return rc < 0 ? rc : more;
}

static int add_due(struct store *s, const struct published *p, int office, struct err *e)
{
    struct due d = {.store = s, .published = p, .today = date_of_ms(clock_wall_ms()), .e = e};
    struct case_place at = {0};
    int rc;

    do
        rc = add_page(&d, office, &at);
    while (rc > 0);
    return rc < 0 ? rc : d.added;
}

/* Of one office, or each in its own transaction. How many were added. */
static int add_all_due(struct store *s, const struct published *p, const struct options *o, struct err *e)
{
    static struct hallctl_offices all;
    int n = 0, rc = 0;

    if (o->office)
        all = (struct hallctl_offices){.list = {o->office_n}, .n = 1};
    else
        rc = hallctl_all_offices(s, &all, e);
    for (int i = 0; rc >= 0 && i < all.n; i++) {
        rc = add_due(s, p, all.list[i], e);
        n += rc > 0 ? rc : 0;
    }
    return rc < 0 ? rc : n;
}

/* --- send -------------------------------------------------------------------------------------------------------------- */

/* The phone number, for an applicant's notice; "" where hall-open does not open it. */
static int open_mobile(struct store *s, const struct options *o, const struct store_notice *n, char ret[32], struct err *e)
{
    struct opening_request *r = calloc(1, sizeof *r);
    struct case_options asked = {.socket = o->socket, .office_n = n->office};
    char reason[NOTICE_REASON_MAX + 1];
    uint8_t id[16];

    *ret = 0;
    if (!r)
        return err_set(e, ERR_NOMEM, "the notice of case %s", n->number);
    text_copy(asked.number, sizeof asked.number, n->number);
    notice_opener(n, &asked.staff, &asked.post, reason);
    asked.reason = reason;
    int rc = case_open_record(s, &asked, r, id, e);
    if (rc == 0)
        rc = case_open_mobile(s, &asked, r, ret, 32, e);
    free(r);
    return rc;
}

static void put_message(struct jsonw *w, const struct store_notice *n, const char *id, const struct notice_text *t,
                        const struct case_opened *kept, const char *mobile)
{
    char made[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(n->made, made);
    jsonw_obj(w, NULL);
    jsonw_int(w, "v", 1);
    jsonw_str(w, "id", id);
    jsonw_str(w, "kind", notice_word(n->kind));
    jsonw_str(w, "to", notice_to_word(notice_to(n->kind)));
    jsonw_int(w, "office", n->office);
    jsonw_str(w, "number", n->number);
    jsonw_str(w, "item", t->item);
    jsonw_str(w, "staff", t->staff);
    jsonw_str(w, "post", t->post);
    if (notice_to(n->kind) == NOTICE_TO_APPLICANT) {
        jsonw_str(w, "way", kept->notice);
        if (*mobile)
            jsonw_str(w, "mobile", mobile);
    }
    jsonw_str(w, "text", t->text);
    jsonw_str(w, "made", made);
    jsonw_end(w);
}

struct sending {
    struct store *store;
    const struct published *published;
    const struct options *options;
};

static int put_text(const struct sending *all, const struct store_notice *n, const struct notice_text *t, const char *id,
                    struct buf *json, struct err *e)
{
    char mobile[32] = "";
    struct case_opened kept = {.seq = 0};
    struct jsonw w;
    int rc = 0;

    if (all->options->socket && notice_to(n->kind) == NOTICE_TO_APPLICANT)
        rc = open_mobile(all->store, all->options, n, mobile, e);
    if (rc == 0)
        rc = case_opened_read(all->store, n->office, n->number, &kept, e);
    if (rc < 0)
        return rc;
    jsonw_init(&w, json);
    put_message(&w, n, id, t, &kept, mobile);
    secret_wipe(mobile, sizeof mobile);
    return 0;
}

static int compose(void *ctx, const struct store_notice *n, const char *id, struct buf *json, struct err *e)
{
    const struct sending *all = ctx;
    struct notice_text *t = calloc(1, sizeof *t);
    int rc = t ? notice_compose(all->store, all->published, n, t, e)
               : err_set(e, ERR_NOMEM, "the notice of case %s", n->number);

    if (rc == 0 && *t->text)
        rc = put_text(all, n, t, id, json, e);
    free(t);
    return rc;
}

/* --- list -------------------------------------------------------------------------------------------------------------- */

static int list_one(void *ctx, const struct store_notice *n)
{
    struct hallctl_list *l = ctx;
    char id[2 * sizeof n->id + 1], made[CLOCK_RFC3339_LEN + 1], when[CLOCK_RFC3339_LEN + 1] = "", number[24];
    const char *state = n->sent ? "sent" : n->next ? "waits" : "given-up";
    struct buf row;
    struct jsonw w;

    hex_encode(n->id, sizeof n->id, id);
    clock_format_rfc3339(n->made, made);
    if (n->sent || n->next)
        clock_format_rfc3339(n->sent ? n->sent : n->next, when);
    buf_init(&row, 2048);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "id", id);
        jsonw_str(&w, "number", n->number);
        jsonw_str(&w, "kind", notice_word(n->kind));
        jsonw_str(&w, "to", notice_to_word(notice_to(n->kind)));
        jsonw_str(&w, "about", n->about);
        jsonw_str(&w, "made", made);
        jsonw_str(&w, "state", state);
        jsonw_str(&w, "when", when);
        jsonw_int(&w, "tries", n->tries);
        jsonw_end(&w);
    } else {
        case_number_group(n->number, number);
        buf_addf(&row, "%s  %-12s %-10s  %-8s %s  %d tries", number, notice_word(n->kind),
                 notice_to_word(notice_to(n->kind)), state, when, n->tries);
    }
    hallctl_row(l, &row);
    return 0;
}

static int list_all(struct store *s, const struct options *o, struct err *e)
{
    struct hallctl_list l = {.json = o->json};

    if (l.json)
        fputs("[", stdout);
    int rc = store_notice_each(s, o->office_n, NOTICE_FOR_PEOPLE, o->all, list_one, &l, e);
    if (l.json)
        fputs("\n]\n", stdout);
    return rc;
}

/* --- the command ------------------------------------------------------------------------------------------------------- */

static int run(struct store *s, const struct published *p, const struct options *o, struct err *e)
{
    struct sending all = {s, p, o};
    struct outbox box = {.store = s,
                         .who = NOTICE_FOR_PEOPLE,
                         .file = o->file,
                         .hook = o->hook,
                         .token_file = o->token_file,
                         .compose = compose,
                         .ctx = &all};
    int rc = 0;

    if (!strcmp(o->verb, "list"))
        return list_all(s, o, e) < 0 ? -1 : EXIT_OK;
    if (!strcmp(o->verb, "retry"))
        return (rc = store_notice_retry(s, o->office_n, NOTICE_FOR_PEOPLE, clock_wall_ms(), e)) < 0
                   ? -1
                   : hallctl_count("retried", rc, o->json);
    if (!strcmp(o->verb, "due"))
        return (rc = add_all_due(s, p, o, e)) < 0 ? -1 : hallctl_count("added", rc, o->json);
    if (outbox_send(&box, e) < 0)
        return -1;
    hallctl_count("sent", box.taken, o->json);
    return box.put_off ? EXIT_FAILED : EXIT_OK;
}

static const struct {
    const char *word, *needed, *taken;
} verbs[] = {{"due", "--data", "--office --json"},
             {"send", "--data", "--file --hook --token --socket --json"},
             {"list", "--data --office", "--all --json"},
             {"retry", "--data --office", "--json"}};

static int check(struct options *o, const struct option_word *options)
{
    int64_t office = 0;
    size_t i = 0;

    while (i < sizeof verbs / sizeof *verbs && (!o->verb || strcmp(o->verb, verbs[i].word) != 0))
        i++;
    if (i == sizeof verbs / sizeof *verbs)
        return options_wrong(COMMAND, o->verb ? "there is no \"%s\"" : "a word is missing", o->verb);
    int code = options_fit(COMMAND, options, verbs[i].needed, verbs[i].taken);
    if (code < 0 && o->office)
        code = options_number(COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    return code < 0 && !strcmp(o->verb, "send") ? outbox_check(COMMAND, NOTICE_FOR_PEOPLE, o->file, o->hook) : code;
}

int hallctl_notice(int argc, char **argv)
{
    struct options o = {.verb = NULL};
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &o.data, NULL}, {"--office", &o.office, NULL},    {"--file", &o.file, NULL},
        {"--hook", &o.hook, NULL}, {"--token", &o.token_file, NULL}, {"--socket", &o.socket, NULL},
        {"--all", NULL, &o.all},   {"--json", NULL, &o.json},        {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, &o.verb, 1, &n);

    if (code < 0)
        code = check(&o, options);
    if (code >= 0)
        return code;
    int rc = store_open(o.data, &s, &e);
    if (rc == 0)
        rc = case_published(o.data, &p, &e);
    code = rc < 0 ? -1 : run(s, &p, &o, &e);
    published_close(&p);
    store_close(s);
    return code < 0 ? hallctl_fail(&e) : code;
}
