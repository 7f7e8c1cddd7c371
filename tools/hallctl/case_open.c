/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl case open: asks hall-open, which alone has the key, to open one case for a named person and a reason; keeps what
 * is masked; shows the rest once. case openings: who opened it, with the chain of hall-open's audit looked at.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/line.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/open/opening_log.h"
#include "tools/hall/rules/licence_choice.h"
#include "tools/hall/store/store_complaint.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/case_open.h"
#include "tools/hallctl/found.h"
#include "tools/hallctl/open_line.h"

#define OPENINGS "/var/lib/tongban-open/openings.log"

/* --- asking --- */

/* The one that has the number. */
static int find_record(struct store *s, const struct case_options *o, struct found *f, struct err *e)
{
    struct complaint_file said;
    struct speak_number n;

    if (!speak_number_parse(o->number, &n))
        return store_find_case(s, o->office_n, o->number, found_keep, f, e);
    int rc = complaint_file_read(s, n.office, o->number, NULL, NULL, &said, e);
    return rc == 0 ? store_find_id(s, said.record, found_keep, f, e) : rc;
}

int case_open_record(struct store *s, const struct case_options *o, struct opening_request *r, uint8_t ret_id[16],
                     struct err *e)
{
    struct found f;

    found_init(&f);
    int rc = find_record(s, o, &f, e);
    if (rc >= 0 && !f.count)
        rc = err_set(e, ERR_NOTFOUND, "no application %s was delivered", o->number);
    if (rc >= 0 && (f.header.len > sizeof r->header || f.body.len > sizeof r->body))
        rc = err_set(e, ERR_TOOLONG, "its record is larger than an application can be");
    if (rc >= 0) {
        memcpy(ret_id, f.id, sizeof f.id);
        memcpy(r->header, f.header.data, r->header_len = f.header.len);
        memcpy(r->body, f.body.data, r->body_len = f.body.len);
    }
    found_finish(&f);
    return rc < 0 ? rc : 0;
}

static struct open_line line_of(const struct case_options *o)
{
    return (struct open_line){.socket = o->socket, .staff = o->staff, .post = o->post, .reason = o->reason};
}

int case_opener_ask(const struct case_options *o, struct opening_request *r, struct opening_answer *a, struct json **ret_doc,
                    const struct json **ret_words, struct err *e)
{
    const struct open_line line = line_of(o);

    text_copy(r->number, sizeof r->number, o->number);
    return open_line_ask(&line, r, a, ret_doc, ret_words, e);
}

int case_open_keep(struct store *s, const struct case_options *o, const struct opening_answer *a, bool read, struct err *e)
{
    const struct open_line line = line_of(o);

    return open_line_keep(s, &line, o->office_n, o->number, a, read, e);
}

int case_open_mobile(struct store *s, const struct case_options *o, struct opening_request *r, char *ret, size_t cap,
                     struct err *e)
{
    struct opening_answer a = {0};
    struct json *doc = NULL;
    const struct json *application = NULL;
    int rc = case_opener_ask(o, r, &a, &doc, &application, e);

    if (rc == 0)
        rc = case_open_keep(s, o, &a, false, e);
    if (rc == 0 && a.outcome != OPENING_OPENED)
        rc = err_set(e, ERR_REFUSED, "hall-open does not open case %s: %s", o->number, opening_what(a.outcome));
    const struct json *fields = rc == 0 ? json_member(application, "fields") : NULL;
    const char *mobile = fields ? json_str(json_member(fields, "mobile")) : NULL;
    text_copy(ret, cap, mobile ? mobile : "");
    json_free(doc);
    return rc;
}

/* --- showing --- */

static void add_member(struct buf *out, const char *key, const struct json *v)
{
    buf_addf(out, "  %s: ", key);
    if (json_is_str(v))
        buf_adds(out, json_str(v));
    else if (json_is_obj(v) && json_has(v, "strokes"))
        buf_adds(out, "(a signature: see --json)");
    else
        json_dump(v, out);
    buf_adds(out, "\n");
}

void case_add_members(struct buf *out, const char *title, const struct json *o)
{
    if (!o || !json_is_obj(o))
        return;
    buf_addf(out, "%s\n", title);
    for (size_t i = 0; json_key(o, i); i++)
        add_member(out, json_key(o, i), json_member(o, json_key(o, i)));
}

/* By kind: which of them the item asks for says `case licences`. */
static void add_choices(struct buf *out, const struct json *application)
{
    struct licence_choice list[ITEM_LIST_MAX];
    int n = licence_choices_read(application, NULL, list, NULL);

    if (n < 0)
        buf_adds(out, "licences\n  what it says of them cannot be, and counts for nothing\n");
    if (n > 0)
        buf_adds(out, "licences\n");
    for (int i = 0; i < n; i++) {
        char at[CLOCK_RFC3339_LEN + 1];

        clock_format_rfc3339(list[i].at, at);
        buf_addf(out, "  %s: %s (%.10s %.5s)\n", list[i].kind,
                 list[i].use ? "the electronic one, by the applicant's consent" : "brought by the applicant", at, at + 11);
    }
}

static void show_words(const struct case_options *o, const struct opening_answer *a, const struct json *application,
                       const struct case_supplements *added)
{
    struct buf out;

    buf_init(&out, 8 * LINE_MAX_BYTES);
    case_add_members(&out, "applicant", json_member(application, "applicant"));
    case_add_members(&out, "fields", json_member(application, "fields"));
    add_choices(&out, application);
    case_supplements_say(added, &out);
    printf("%s, opening %" PRId64 ", for %s, %s: %s\n%s", o->number, a->seq, o->staff, o->post, o->reason, buf_str(&out));
    buf_finish(&out);
}

static void show(const struct case_options *o, const struct opening_answer *a, const struct json *application,
                 const struct case_supplements *added)
{
    struct hallctl_object answer;
    struct buf text;

    if (!o->json) {
        show_words(o, a, application, added);
        return;
    }
    buf_init(&text, LINE_MAX_BYTES);
    json_dump(application, &text);
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "number", o->number);
    jsonw_int(&answer.w, "opening", a->seq);
    jsonw_hex(&answer.w, "hash", a->hash, sizeof a->hash);
    jsonw_str(&answer.w, "name", a->name);
    jsonw_str(&answer.w, "notice", a->notice);
    jsonw_raw(&answer.w, "application", (const char *)text.data, text.len);
    case_supplements_put(added, &answer.w);
    hallctl_object_print(&answer);
    buf_finish(&text);
}

static int say_refused(const struct case_options *o, const struct opening_answer *a)
{
    struct hallctl_object answer;

    fprintf(stderr, "hallctl: case %s: not opened: %s. Nothing was shown. %s\n", o->number, opening_what(a->outcome),
            opening_remedy(a->outcome));
    if (o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "number", o->number);
        jsonw_str(&answer.w, "refused", opening_word(a->outcome));
        jsonw_str(&answer.w, "words", opening_what(a->outcome));
        jsonw_str(&answer.w, "remedy", opening_remedy(a->outcome));
        hallctl_object_print(&answer);
    }
    return a->outcome == OPENING_NOT_AUDITED ? EXIT_FAILED : EXIT_REFUSED;
}

int case_open(struct store *s, const struct published *p, const struct case_options *o)
{
    struct opening_request *r = calloc(1, sizeof *r);
    struct opening_answer a = {0};
    struct json *doc = NULL;
    const struct json *application = NULL;
    struct case_supplements *added = NULL;
    uint8_t id[16] = {0};
    struct err e = {0};

    secret_harden_process();
    secret_wipe_heap();
    int rc = r ? case_open_record(s, o, r, id, &e) : err_set(&e, ERR_NOMEM, "case %s", o->number);
    if (rc == 0)
        rc = case_opener_ask(o, r, &a, &doc, &application, &e);
    if (rc == 0)
        rc = case_open_keep(s, o, &a, true, &e);
    if (rc == 0 && application)
        rc = case_supplements_read(s, o, id, &added, &e);
    if (rc == 0 && application)
        rc = case_supplements_open(s, o, added, &e);
    if (rc == 0 && application)
        show(o, &a, application, added);
    case_supplements_free(added);
    json_free(doc);
    free(r);
    if (rc < 0) {
        err_wrap(&e, rc, "case %s: nothing was shown", o->number);
        return hallctl_fail(&e);
    }
    return a.outcome == OPENING_OPENED ? EXIT_OK : say_refused(o, &a);
}

/* --- who opened it --- */

struct openings {
    struct hallctl_list list;
    const struct case_options *options;
    const struct case_opened *kept;
    bool seen; /* the last one that the hall knows */
};

static int look(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN])
{
    struct openings *all = ctx;

    all->seen |= r->seq == all->kept->seq && memcmp(hash, all->kept->hash, SHA256_LEN) == 0;
    return 0;
}

static int tell(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN])
{
    struct openings *all = ctx;
    struct buf out;
    struct jsonw w;
    char at[CLOCK_RFC3339_LEN + 1];

    if (strcmp(r->number, all->options->number) != 0)
        return 0;
    clock_format_rfc3339(r->at, at);
    buf_init(&out, 2 * OPENING_ROW_MAX);
    if (all->list.json) {
        jsonw_init(&w, &out);
        jsonw_obj(&w, NULL);
        jsonw_int(&w, "opening", r->seq);
        jsonw_str(&w, "at", at);
        jsonw_str(&w, "staff", r->staff);
        jsonw_str(&w, "post", r->post);
        jsonw_str(&w, "reason", r->reason);
        jsonw_int(&w, "user", r->user);
        jsonw_hex(&w, "record", r->record, sizeof r->record);
        jsonw_str(&w, "outcome", opening_word(r->outcome));
        jsonw_str(&w, "act", opening_act_word(r->act));
        jsonw_end(&w);
    } else if (r->act == OPENING_HOLDER) {
        buf_addf(&out, "%3" PRId64 "  %s  %-13s %s, %s (user %" PRId64 ") asked the platform of licences: %s", r->seq, at,
                 opening_word(r->outcome), r->staff, r->post, r->user, r->reason);
    } else if (r->act != OPENING_OPEN) {
        buf_addf(&out, "%3" PRId64 "  %s  %-13s nobody read it: %s, %s", r->seq, at, opening_word(r->outcome),
                 opening_act_word(r->act), r->reason);
    } else {
        buf_addf(&out, "%3" PRId64 "  %s  %-13s %s, %s (user %" PRId64 "): %s", r->seq, at, opening_word(r->outcome),
                 r->staff, r->post, r->user, r->reason);
    }
    hallctl_row(&all->list, &out);
    return 0;
}

int case_openings(struct store *s, const struct published *p, const struct case_options *o)
{
    const char *path = o->openings ? o->openings : OPENINGS;
    struct case_opened kept;
    struct openings all = {.list.json = o->json, .options = o, .kept = &kept};
    struct err e = {0};
    int rc = case_opened_read(s, o->office_n, o->number, &kept, &e);

    if (rc == 0)
        rc = opening_log_read(path, look, &all, &e); /* whole, before anything is told */
    if (rc == 0 && kept.seq && !all.seen)
        rc = err_set(&e, ERR_CHECKSUM,
                     "%s does not hold opening %" PRId64 " of this case, which the hall knows of: it was cut, or is another "
                     "one. Restore it from its backup, and find out who had hall-open's user",
                     path, kept.seq);
    if (rc == 0 && o->json)
        fputs("[", stdout);
    if (rc == 0)
        rc = opening_log_read(path, tell, &all, &e);
    if (rc == 0 && o->json)
        fputs("\n]\n", stdout);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
