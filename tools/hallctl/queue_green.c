/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl queue check-in: whoever waits shows a green-channel card, and his number becomes a priority number.
 */
#include <stdio.h>

#include "tools/hall/calling/check_in.h"
#include "tools/hallctl/green.h"
#include "tools/hallctl/hall_word.h"
#include "tools/hallctl/queue.h"

#define TRIES 20 /* as many may press at one moment */

struct coming {
    struct store *store;
    const struct queue_options *options;
    struct green_code code;
    struct check_in what;
    struct check_in_answer answer;
};

static bool is_done(const struct coming *c)
{
    return c->answer.card == GREEN_MAY && c->answer.number == QUEUE_MAY;
}

static int try_once(struct coming *c, struct err *e)
{
    int rc = store_begin(c->store, e);

    if (rc < 0)
        return rc;
    rc = queue_need_office(c->store, c->what.office, e);
    if (rc == 0)
        rc = check_in(c->store, &c->what, &c->answer, e);
    if (rc == 0)
        return store_commit(c->store, e);
    store_rollback(c->store);
    return rc;
}

static void put_json(const struct coming *c, const char *why, const char *words, const char *remedy)
{
    const struct queue_ticket *t = &c->answer.ticket;
    struct hallctl_object o;

    hallctl_object_open(&o);
    if (c->what.card)
        green_put(&o.w, c->what.card);
    jsonw_str(&o.w, "holder", c->answer.holder);
    jsonw_str(&o.w, "queue", c->what.queue);
    jsonw_str(&o.w, "number", t->number[0] ? t->number : c->what.number);
    if (is_done(c))
        jsonw_str(&o.w, "class", queue_class_word(t->class));
    if (*why) {
        jsonw_str(&o.w, "refused", why);
        jsonw_str(&o.w, "words", words);
        jsonw_str(&o.w, "remedy", remedy);
    }
    hallctl_object_print(&o);
}

static int say_refused(const struct coming *c)
{
    bool card = c->answer.card != GREEN_MAY;
    const char *why = card ? green_refusal_word(c->answer.card) : queue_refusal_word(c->answer.number);
    const char *words = card ? green_refusal_what(c->answer.card) : queue_refusal_what(c->answer.number);
    const char *remedy = card ? green_refusal_remedy(c->answer.card) : queue_refusal_remedy(c->answer.number);

    fprintf(stderr, "hallctl: check-in: not done: %s%s%s. Nothing was changed. %s\n", card ? "the card: " : c->what.number,
            card ? "" : ": ", words, remedy);
    if (c->options->json)
        put_json(c, why, words, remedy);
    return !card && c->answer.number == QUEUE_REFUSAL_UNKNOWN ? EXIT_NOT_FOUND : EXIT_REFUSED;
}

static int say_done(const struct coming *c)
{
    const struct queue_ticket *t = &c->answer.ticket;
    char name[GREEN_NAME_MAX];

    if (c->options->json) {
        put_json(c, "", "", "");
        return EXIT_OK;
    }
    green_name(c->what.card, name);
    printf("%s %s goes with the %s numbers; card %s, %s%s%s\n", t->queue, t->number,
           t->class == QUEUE_CLASS_PRIORITY ? "priority" : queue_class_word(t->class), name,
           green_kind_word(c->what.card->kind), c->answer.holder[0] ? ", given to " : "", c->answer.holder);
    return EXIT_OK;
}

/* Signed by a key that the hall's root names now. */
static int take_card(struct coming *c, struct err *e)
{
    struct manifest_root root;
    bool reads;
    int rc = hall_word_own_root(c->options->data, &root, e);

    if (rc < 0)
        return rc;
    green_take_code(c->options->card, &c->code, &reads);
    c->what.card = reads ? &c->code.card : NULL;
    c->what.is_signed = reads && green_code_verify(&root.acknowledgement, &c->code, NULL) == 0;
    return 0;
}

int queue_verb_check_in(struct store *s, const struct queue_options *o)
{
    struct coming c = {.store = s,
                       .options = o,
                       .what = {.office = o->office_n,
                                .queue = o->queue,
                                .number = o->number,
                                .staff = o->staff,
                                .by = hallctl_who(),
                                .at = o->at_ms}};
    struct err e = {0};
    int rc = take_card(&c, &e);

    if (rc == 0)
        rc = -ERR_RETRY;
    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        e = (struct err){0};
        rc = try_once(&c, &e);
    }
    if (rc < 0) {
        err_wrap(&e, rc, "check-in: nothing was changed");
        return hallctl_fail(&e);
    }
    if (!is_done(&c))
        return say_refused(&c);
    queue_renew(s, o);
    return say_done(&c);
}
