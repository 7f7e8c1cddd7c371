/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl staff --file: the list of those who may open a terminal's technician page. Card number and PIN come in on standard
 * input, never as arguments, and neither is stored.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "crypto/random.h"
#include "model/identity.h"
#include "tools/hallctl/account.h"
#include "tools/hallctl/catalog_staff.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl staff"
#define CARD_ROUNDS 100000
#define PIN_ROUNDS 600000
#define NUMBER_MAX 32

static const char usage[] =
    "hallctl staff add --file staff.json --id ID --name NAME --role ROLE --until DAY [--own-pin]\n"
    "                  [--json]\n"
    "hallctl staff remove --file staff.json --id ID [--json]\n"
    "hallctl staff list --file staff.json [--json]\n"
    "hallctl staff add     --data DIR --office N --id ID --name NAME --post POST --role ROLE [--json]\n"
    "hallctl staff list    --data DIR [--json]\n"
    "hallctl staff role    --data DIR --id ID --role ROLE [--post POST] [--json]\n"
    "hallctl staff reset   --data DIR --id ID [--json]\n"
    "hallctl staff code    --data DIR --id ID [--json]\n"
    "hallctl staff disable --data DIR --id ID [--json]\n"
    "hallctl staff door    --data DIR --host NAME [--json]\n"
    "There are two lists. With --file, technicians: who may open the technician page of every terminal, after the next "
    "catalogue is published. The file lies in the\n"
    "catalogue's folder. add reads the number of the person's own ID card from standard input and prints a PIN of six\n"
    "digits once; with --own-pin the PIN is the next line of the input, and one that is easily guessed is refused. Neither\n"
    "number nor PIN is stored. An id that stands in the list is replaced.\n"
    "  --until DAY   the last day, e.g. 2027-06-30, today or later\n"
    "With --data, the hall's own people, who sign in at its staff pages (hall --staff-listen): add prints a one-time code, "
    "with\n"
    "which the person chooses a passphrase and sets up an authenticator. The first administrator is made so too. Where an\n"
    "office has accounts, `hallctl case` takes as --staff only the name of one whose role may do it.\n"
    "  --role ROLE   window department supervisor publisher fleet administrator\n"
    "code: a new code for one that was not used. reset: takes passphrase, authenticator and sessions away, gives a code; "
    "also\n"
    "  brings back who was disabled. disable: nobody signs in with it, and nothing is done in its name.\n"
    "door: makes DIR/tls/staff.pem, key and certificate of the staff's listener, by the hall's own CA, for the name NAME.\n"
    "Exit: 0 done, 1 failed or no card's number, 2 wrong arguments, 3 no such file, hall or id, 4 the card, id or name is\n"
    "another's, or the code was used.\n";

struct options {
    const char *file, *id, *name, *role, *until;
    struct date last_day; /* --until */
    bool own_pin, json;
};
struct secrets {
    char number[NUMBER_MAX + 2], pin[STAFF_PIN_LEN + 2];
};

/* One line of standard input without its end. */
static int read_line(const char *prompt, char *out, size_t cap, struct err *e)
{
    if (isatty(0))
        fprintf(stderr, "%s: ", prompt);
    if (!fgets(out, (int)cap, stdin))
        return err_set(e, ERR_INVALID, "%s is missing on standard input", prompt);
    out[strcspn(out, "\r\n")] = 0;
    return 0;
}

/* Of any kind of card that a terminal reads. */
static bool card_number(const char *number)
{
    static const enum identity_kind kinds[] = {IDENTITY_RESIDENT, IDENTITY_HMT, IDENTITY_FOREIGN_2017,
                                               IDENTITY_FOREIGN_2023};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (identity_number_valid(kinds[i], number))
            return true;
    return false;
}

static bool six_digits(const char *pin)
{
    return strlen(pin) == STAFF_PIN_LEN && strspn(pin, "0123456789") == STAFF_PIN_LEN;
}

static void draw_pin(char pin[STAFF_PIN_LEN + 1], const char *number)
{
    uint32_t n;

    do {
        do
            random_bytes(&n, sizeof n);
        while (n >= 4294000000u); /* every PIN equally often */
        snprintf(pin, STAFF_PIN_LEN + 1, "%06u", n % 1000000);
    } while (staff_pin_weak(pin, number));
}

static int take_secrets(const struct options *o, struct secrets *s, struct err *e)
{
    int rc = read_line("card number", s->number, sizeof s->number, e);

    for (char *p = s->number; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    if (rc == 0 && !card_number(s->number))
        rc = err_set(e, ERR_INVALID, "that is no card's number: it is mistyped, its check character does not fit");
    if (rc < 0)
        return rc;
    if (!o->own_pin) {
        draw_pin(s->pin, s->number);
        return 0;
    }
    rc = read_line("PIN", s->pin, sizeof s->pin, e);
    if (rc == 0 && (!six_digits(s->pin) || staff_pin_weak(s->pin, s->number)))
        rc = err_set(e, ERR_INVALID, "a PIN has six digits and is not easily guessed");
    return rc;
}

static int describe(const struct options *o, const struct staff_list *l, const struct secrets *s, struct staff *p,
                    struct err *e)
{
    if (strlen(o->id) > STAFF_ID_MAX || strlen(o->name) >= sizeof p->name || strlen(o->role) >= sizeof p->role)
        return err_set(e, ERR_TOOLONG, "--id, --name or --role is too long");
    p->valid_until = o->last_day;
    text_copy(p->id, sizeof p->id, o->id);
    text_copy(p->name, sizeof p->name, o->name);
    text_copy(p->role, sizeof p->role, o->role);
    p->rounds = PIN_ROUNDS;
    random_bytes(p->salt, sizeof p->salt);
    staff_card_hash(s->number, l->salt, l->rounds, p->card);
    staff_pin_hash(s->pin, s->number, p->salt, p->rounds, p->pin);
    return 0;
}

/* Room for one more is there: staff_file_read() leaves it. */
static int put(struct staff_list *l, const struct staff *p, struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->list[i].id, p->id) && !memcmp(l->list[i].card, p->card, sizeof p->card))
            return err_set(e, ERR_EXISTS, "the card is %s's already", l->list[i].id);
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->list[i].id, p->id)) {
            l->list[i] = *p;
            return 0;
        }
    if (l->n == STAFF_MAX)
        return err_set(e, ERR_RANGE, "the list holds %d people", STAFF_MAX);
    l->list[l->n++] = *p;
    return 0;
}

static int begin_list(struct staff_list *l, struct err *e)
{
    l->list = calloc(1, sizeof *l->list);
    l->rounds = CARD_ROUNDS;
    random_bytes(l->salt, sizeof l->salt);
    return l->list ? 0 : err_set(e, ERR_NOMEM, "the staff list");
}

static void say_added(const struct options *o, const struct staff *p, const char *pin)
{
    struct hallctl_object answer;
    char day[DATE_LEN + 1];

    if (!o->json) {
        if (!o->own_pin)
            printf("the PIN of %s is %s: hand it over and keep no copy\n", p->id, pin);
        return;
    }
    date_format(p->valid_until, day);
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "id", p->id);
    jsonw_str(&answer.w, "valid_until", day);
    if (!o->own_pin)
        jsonw_str(&answer.w, "pin", pin);
    hallctl_object_print(&answer);
}

static void say_removed(const struct options *o, size_t left)
{
    struct hallctl_object answer;

    if (!o->json)
        return;
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "removed", o->id);
    jsonw_int(&answer.w, "left", (int64_t)left);
    hallctl_object_print(&answer);
}

static int add(const struct options *o, struct staff_list *l, struct err *e)
{
    struct secrets *s = secret_alloc(sizeof *s);
    struct staff p = {.rounds = 0};
    int rc = take_secrets(o, s, e);

    if (rc == 0)
        rc = describe(o, l, s, &p, e);
    if (rc == 0)
        rc = put(l, &p, e);
    if (rc == 0)
        rc = staff_file_write(o->file, l, e);
    if (rc == 0)
        say_added(o, &p, s->pin);
    secret_free(s, sizeof *s);
    return rc;
}

static int drop(const struct options *o, struct staff_list *l, struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->list[i].id, o->id)) {
            memmove(&l->list[i], &l->list[i + 1], (--l->n - i) * sizeof *l->list);
            int rc = staff_file_write(o->file, l, e);
            if (rc == 0)
                say_removed(o, l->n);
            return rc;
        }
    return err_set(e, ERR_NOTFOUND, "there is no %s in %s", o->id, o->file);
}

static int list(const struct options *o, const struct staff_list *l)
{
    struct hallctl_list out = {.json = o->json};

    fputs(o->json ? "[" : "", stdout);
    for (size_t i = 0; i < l->n; i++) {
        const struct staff *p = &l->list[i];
        char day[DATE_LEN + 1];
        struct jsonw w;
        struct buf row;

        buf_init(&row, 1024);
        date_format(p->valid_until, day);
        if (o->json) {
            jsonw_init(&w, &row);
            jsonw_obj(&w, NULL);
            jsonw_str(&w, "id", p->id);
            jsonw_str(&w, "name", p->name);
            jsonw_str(&w, "role", p->role);
            jsonw_str(&w, "valid_until", day);
            jsonw_end(&w);
        } else {
            buf_addf(&row, "%-12s until %s  %s  %s", p->id, day, p->name, p->role);
        }
        hallctl_row(&out, &row);
    }
    fputs(o->json ? "\n]\n" : "", stdout);
    return 0;
}

static int run(const char *verb, const struct options *o, struct err *e)
{
    struct staff_list l;
    int rc = staff_file_read(o->file, &l, e);

    if (rc == -ERR_NOTFOUND && !strcmp(verb, "add"))
        rc = begin_list(&l, e);
    if (rc == 0)
        rc = !strcmp(verb, "add") ? add(o, &l, e) : !strcmp(verb, "remove") ? drop(o, &l, e) : list(o, &l);
    free(l.list);
    return rc;
}

static int check_until(struct options *o)
{
    int code = options_day(COMMAND, "--until", o->until, &o->last_day);

    if (code < 0 && date_compare(o->last_day, date_of_ms(clock_wall_ms())) < 0)
        code = options_wrong(COMMAND, "--until %s is over already", o->until);
    return code;
}

/* -1: go on; else the exit code. */
static int check(const char *verb, struct options *o, const struct option_word *options)
{
    int code;

    if (verb && !strcmp(verb, "list"))
        return options_fit(COMMAND, options, "--file", "--json");
    if (verb && !strcmp(verb, "remove"))
        return options_fit(COMMAND, options, "--file --id", "--json");
    if (!verb || strcmp(verb, "add"))
        return options_wrong(COMMAND, "which: add, list or remove; with --data also role, reset, code, disable or door");
    code = options_fit(COMMAND, options, "--file --id --name --role --until", "--own-pin --json");
    return code < 0 ? check_until(o) : code;
}

int hallctl_staff(int argc, char **argv)
{
    struct options o = {0};
    const char *verb[1] = {NULL};
    struct err e = {0};
    const struct option_word options[] = {
        {"--file", &o.file, NULL},   {"--id", &o.id, NULL},           {"--name", &o.name, NULL}, {"--role", &o.role, NULL},
        {"--until", &o.until, NULL}, {"--own-pin", NULL, &o.own_pin}, {"--json", NULL, &o.json}, {0}};
    if (hallctl_account_means(argc, argv))
        return hallctl_account(argc, argv, usage);
    int n, code = options_read(COMMAND, argc, argv, usage, options, verb, 1, &n);

    if (code < 0)
        code = check(verb[0], &o, options);
    if (code >= 0)
        return code;
    return run(verb[0], &o, &e) < 0 ? hallctl_fail(&e) : EXIT_OK;
}
