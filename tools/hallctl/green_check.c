/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl green check: whether a card counts, by the hall's root and its list of revoked cards alone: without a hall, a
 * database and a network.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "tools/hallctl/green.h"
#include "tools/hallctl/hall_word.h"
#include "wire/green_revoked.h"

#define MINUTE_MS INT64_C(60000)

void green_take_code(const char *given, struct green_code *ret, bool *ret_reads)
{
    char line[GREEN_CODE_MAX + 3] = "";

    if (!given && !fgets(line, sizeof line, stdin))
        line[0] = '\0';
    const char *text = given ? given : line;
    *ret_reads = green_code_decode(text, strlen(text), ret, NULL) == 0;
}

void green_name(const struct green_card *c, char out[GREEN_NAME_MAX])
{
    snprintf(out, GREEN_NAME_MAX, "%04d-%s", (int)((unsigned)c->office % 10000), c->serial);
}

void green_put(struct jsonw *w, const struct green_card *c)
{
    char name[GREEN_NAME_MAX], until[DATE_LEN + 1];

    green_name(c, name);
    date_format(c->until, until);
    jsonw_str(w, "card", name);
    jsonw_int(w, "office", c->office);
    jsonw_str(w, "kind", green_kind_word(c->kind));
    jsonw_str(w, "until", until);
}

/* What was found out of one card. */
struct check {
    struct green_code code;
    struct green_facts facts;
    char as_of[CLOCK_RFC3339_LEN + 1]; /* of the list of revoked cards; "": it was not asked */
};

/* The list that counts is one of the card's own office, signed by its hall. */
static int look_up(const char *path, const struct manifest_root *root, struct check *c, struct err *e)
{
    struct green_revoked *list = calloc(1, sizeof *list);
    struct buf text;
    int rc = list ? fs_read_given(path, GREEN_REVOKED_BYTES_MAX, &text, e) : err_set(e, ERR_NOMEM, "%s", path);

    if (!list)
        return rc;
    if (rc == 0)
        rc = green_revoked_decode(text.data, text.len, list, e);
    if (rc == 0)
        rc = green_revoked_verify(&root->acknowledgement, list, e);
    if (rc == 0 && list->office == c->code.card.office) {
        c->facts.revoked = green_revoked_has(list, c->code.card.serial);
        clock_format_rfc3339(list->minute * MINUTE_MS, c->as_of);
    }
    buf_finish(&text);
    free(list);
    return err_wrap(e, rc, "%s", path);
}

static void say(const struct check *c, enum green_refusal why)
{
    char name[GREEN_NAME_MAX], until[DATE_LEN + 1];

    if (why != GREEN_MAY) {
        fprintf(stderr, "hallctl: the card does not count: %s. %s\n", green_refusal_what(why), green_refusal_remedy(why));
        return;
    }
    green_name(&c->code.card, name);
    date_format(c->code.card.until, until);
    printf("signed by the hall: card %s, %s, until %s\n", name, green_kind_word(c->code.card.kind), until);
    if (c->as_of[0])
        printf("not among the revoked ones of %s\n", c->as_of);
    else
        puts("whether it was revoked was not looked for: --revoked green-OFFICE.txt of its office");
}

static void say_json(const struct check *c, enum green_refusal why)
{
    struct hallctl_object o;

    hallctl_object_open(&o);
    if (c->facts.card)
        green_put(&o.w, c->facts.card);
    if (c->as_of[0])
        jsonw_str(&o.w, "revoked_as_of", c->as_of);
    jsonw_bool(&o.w, "counts", why == GREEN_MAY);
    if (why != GREEN_MAY) {
        jsonw_str(&o.w, "refused", green_refusal_word(why));
        jsonw_str(&o.w, "words", green_refusal_what(why));
        jsonw_str(&o.w, "remedy", green_refusal_remedy(why));
    }
    hallctl_object_print(&o);
}

int green_check(const struct green_options *o)
{
    struct check c = {.facts = {.office = o->office_n, .today = date_of_ms(clock_wall_ms())}};
    struct manifest_root root;
    struct err e = {0};
    bool reads;
    int rc = hall_word_root(o->root, &root, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    green_take_code(o->card, &c.code, &reads);
    if (reads) {
        c.facts.card = &c.code.card;
        c.facts.is_signed = green_code_verify(&root.acknowledgement, &c.code, NULL) == 0;
    }
    if (reads && o->revoked && look_up(o->revoked, &root, &c, &e) < 0)
        return hallctl_fail(&e);
    enum green_refusal why = green_judge(&c.facts);
    if (o->json)
        say_json(&c, why);
    if (!o->json || why != GREEN_MAY)
        say(&c, why);
    return why == GREEN_MAY ? EXIT_OK : EXIT_REFUSED;
}
