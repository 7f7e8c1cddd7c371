/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl feed: what stands beside the terminals hears of events, and whoever serves pages has some to serve. Board and
 * voice are `hallctl queue`'s.
 */
#include "tools/hallctl/feed.h"

#include <stdio.h>
#include <string.h>

#include "tools/hallctl/case.h"
#include "tools/hallctl/outbox.h"
#include "tools/hallctl/queue.h"

#define COMMAND "hallctl feed"

static const char usage[] =
    "hallctl feed send  --data DIR [--file FILE] [--hook URL [--token FILE]] [--json]\n"
    "hallctl feed list  --data DIR --office N [--all] [--json]\n"
    "hallctl feed pages --data DIR [--office N] [--language zh-CN|en] [--json]\n"
    "For what stands beside the terminals, and for whom is on duty (`hallctl duty`); names no resident, of staff the id.\n"
    "send: looks what happened, and tells each event once, as one object of JSON: a terminal's door (door-open), a "
    "terminal\n"
    "  that may have been tampered with (tamper), a queue in which 30 wait (queue-long, once an hour), a case's yellow or "
    "red\n"
    "  card (card-yellow, card-red; they are found each morning, by `hallctl notice due`), alerts for whom is on duty "
    "(duty)\n"
    "  or that nobody is (duty-nobody). To be run each minute. What is not\n"
    "  taken comes again, with the same id; after three days it is no event any more. To --file, --hook, or both.\n"
    "  --file FILE    a line for each, appended\n"
    "  --hook URL     POST with Idempotency-Key; taken when the answer is 200 to 299\n"
    "  --token FILE   sent with it as Authorization: Bearer\n"
    "list: what is not told yet; --all: and what is.\n"
    "pages: writes overdue.html (as `hallctl case overdue`) and decisions.html into DIR/feeds/N, of all offices or of one:\n"
    "  decisions of the last 30 days on licences and confirmations, with item, outcome and days; the number is masked.\n"
    "Exit: 0 done (send: all of it was taken), 1 failed or something was not taken, 2 wrong arguments, 3 no hall in DIR.\n";

struct options {
    const char *verb, *data, *office, *file, *hook, *token_file, *language;
    bool json, all;
    int office_n;
    enum language language_n;
};

/* --- send --- */

static int verb_send(struct store *s, const struct published *p, const struct options *o)
{
    struct feed_saying saying = {s, p};
    struct outbox box = {.store = s,
                         .who = NOTICE_FOR_FEED,
                         .file = o->file,
                         .hook = o->hook,
                         .token_file = o->token_file,
                         .compose = feed_compose,
                         .ctx = &saying};
    struct err e = {0};
    int rc = feed_look(s, clock_wall_ms(), &e);

    if (rc == 0)
        rc = outbox_send(&box, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    hallctl_count("sent", box.taken, o->json);
    return box.put_off ? EXIT_FAILED : EXIT_OK;
}

/* --- list --- */

static int list_one(void *ctx, const struct store_notice *n)
{
    struct hallctl_list *l = ctx;
    char made[CLOCK_RFC3339_LEN + 1];
    const char *state = n->sent ? "sent" : n->next ? "waits" : "given-up";
    const char *kind = notice_word(n->kind) + sizeof NOTICE_FEED_PREFIX - 1;
    struct buf row;
    struct jsonw w;

    clock_format_rfc3339(n->made, made);
    buf_init(&row, 1024);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "kind", kind);
        jsonw_str(&w, "of", n->number);
        jsonw_str(&w, "about", n->about);
        jsonw_str(&w, "made", made);
        jsonw_str(&w, "state", state);
        jsonw_int(&w, "tries", n->tries);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%s  %-11s %-20s %-8s %d tries", made, kind, n->number, state, n->tries);
    }
    hallctl_row(l, &row);
    return 0;
}

static int verb_list(struct store *s, const struct published *p, const struct options *o)
{
    struct hallctl_list l = {.json = o->json};
    struct err e = {0};

    if (queue_need_office(s, o->office_n, &e) < 0)
        return hallctl_fail(&e);
    if (l.json)
        fputs("[", stdout);
    if (store_notice_each(s, o->office_n, NOTICE_FOR_FEED, o->all, list_one, &l, &e) < 0)
        return hallctl_fail(&e);
    if (l.json)
        fputs("\n]\n", stdout);
    return EXIT_OK;
}

/* --- pages --- */

struct paging {
    struct store *store;
    const struct published *published;
    const struct options *options;
    int n, rc;
    struct err *e;
};

static int write_office(void *ctx, int office)
{
    struct paging *all = ctx;

    all->rc = feed_pages(all->store, all->published, all->options->data, office, all->options->language_n, all->e);
    all->n += all->rc == 0;
    return all->rc < 0;
}

static int verb_pages(struct store *s, const struct published *p, const struct options *o)
{
    struct err e = {0};
    struct paging all = {s, p, o, 0, 0, &e};
    int rc = o->office ? queue_need_office(s, o->office_n, &e) : 0;
    if (rc < 0)
        return hallctl_fail(&e);
    rc = o->office ? write_office(&all, o->office_n) : store_each_office(s, write_office, &all, &e);

    if (rc < 0 || all.rc < 0)
        return hallctl_fail(&e);
    return hallctl_count("offices", all.n, o->json);
}

/* --- the command --- */

static const struct {
    const char *word, *needed, *taken;
    int (*run)(struct store *, const struct published *, const struct options *);
} verbs[] = {
    {"send", "--data", "--file --hook --token --json", verb_send},
    {"list", "--data --office", "--all --json", verb_list},
    {"pages", "--data", "--office --language --json", verb_pages},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

static int check(struct options *o, const struct option_word *options, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(COMMAND, options, verbs[verb].needed, verbs[verb].taken);

    if (code < 0 && o->office)
        code = options_number(COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->language && !language_by_tag(o->language, &o->language_n))
        code = options_wrong(COMMAND, "--language is zh-CN or en");
    return code < 0 && verbs[verb].run == verb_send ? outbox_check(COMMAND, NOTICE_FOR_FEED, o->file, o->hook) : code;
}

int hallctl_feed(int argc, char **argv)
{
    struct options o = {.language_n = LANGUAGE_ZH_CN};
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &o.data, NULL}, {"--office", &o.office, NULL},    {"--file", &o.file, NULL},
        {"--hook", &o.hook, NULL}, {"--token", &o.token_file, NULL}, {"--language", &o.language, NULL},
        {"--all", NULL, &o.all},   {"--json", NULL, &o.json},        {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, &o.verb, 1, &n);
    if (code >= 0)
        return code;
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return options_wrong(COMMAND, "which: send, list or pages");
    code = check(&o, options, verb);
    if (code >= 0)
        return code;
    int rc = store_open(o.data, &s, &e);
    if (rc == 0)
        rc = case_published(o.data, &p, &e);
    code = rc < 0 ? hallctl_fail(&e) : verbs[verb].run(s, &p, &o);
    published_close(&p);
    store_close(s);
    return code;
}
