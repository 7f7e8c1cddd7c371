/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told of what residents said: the list with its last days, one with what was done to it, and, by way of hall-open,
 * the words themselves.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/cases/complaint_deed.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/case_open.h"
#include "tools/hallctl/complaint.h"

struct telling {
    struct hallctl_list list;
    const struct published *published;
    struct date today;
};

static struct date due_of(const struct published *p, const struct complaint_file *f, bool *ret_moves)
{
    int year = 0;
    struct date due = complaint_due(f->kind, f->said, p->calendar, &year);

    *ret_moves = year != 0;
    return due;
}

static void put_facts(struct jsonw *w, const struct published *p, struct date today, const struct complaint_file *f)
{
    char at[CLOCK_RFC3339_LEN + 1], day[DATE_LEN + 1];
    bool moves;
    struct date due = due_of(p, f, &moves);

    clock_format_rfc3339(f->said, at);
    date_format(due, day);
    jsonw_str(w, "number", f->number);
    jsonw_str(w, "kind", speak_word(f->kind));
    jsonw_str(w, "stage", complaint_stage_word(f->state.stage));
    jsonw_str(w, "said", at);
    jsonw_str(w, "terminal", f->terminal);
    jsonw_str(w, "due", day);
    jsonw_bool(w, "provisional", moves);
    jsonw_bool(w, "overdue", complaint_is_late(&f->state, due, today));
    jsonw_str(w, "staff", f->state.staff);
    jsonw_str(w, "post", f->state.post);
}

static void add_facts(struct buf *out, const struct published *p, struct date today, const struct complaint_file *f)
{
    char at[CLOCK_RFC3339_LEN + 1], day[DATE_LEN + 1];
    bool moves, open = complaint_stage_open(f->state.stage);
    struct date due = due_of(p, f, &moves);

    clock_format_rfc3339(f->said, at);
    date_format(due, day);
    buf_addf(out, "%s  %-8s  %-8s  said %.10s at %s", f->number, speak_word(f->kind), complaint_stage_word(f->state.stage),
             at, f->terminal);
    if (open)
        buf_addf(out, ", answer by %s%s%s", day, moves ? " (may move)" : "",
                 complaint_is_late(&f->state, due, today) ? ", OVERDUE" : "");
    buf_addf(out, "  %s%s%s", f->state.staff[0] ? f->state.staff : "(nobody has it)", f->state.post[0] ? ", " : "",
             f->state.post);
}

static int list_one(void *ctx, const struct complaint_file *f)
{
    struct telling *t = ctx;
    struct buf row;
    struct jsonw w;

    buf_init(&row, 2048);
    if (t->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        put_facts(&w, t->published, t->today, f);
        jsonw_end(&w);
    } else {
        add_facts(&row, t->published, t->today, f);
    }
    hallctl_row(&t->list, &row);
    return 0;
}

int complaint_list(struct store *s, const struct published *p, const struct complaint_options *o)
{
    struct telling t = {.list.json = o->json, .published = p, .today = date_of_ms(clock_wall_ms())};
    struct err e = {0};

    if (o->json)
        fputs("[", stdout);
    int rc = complaint_each(s, o->office_n, o->stage_n, "", list_one, &t, &e);
    if (o->json)
        fputs("\n]\n", stdout);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- one --- */

#define SHOW_MAX (64 * 1024)

struct showing {
    bool json;
    struct buf text; /* lines, or with --json the events' objects */
    struct jsonw *w;
};

static void show_event(void *ctx, const struct complaint_event *ev)
{
    struct showing *sh = ctx;
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ev->at, at);
    if (!sh->json) {
        buf_addf(&sh->text, "%3" PRId64 "  %s  %-7s %s, %s%s%s%s%s%s%s%s%s\n", ev->seq, at, complaint_event_word(ev->kind),
                 ev->staff, ev->post, ev->to_staff[0] ? " to " : "", ev->to_staff, ev->to_post[0] ? ", " : "", ev->to_post,
                 ev->why != COMPLAINT_WHY_NONE ? ": " : "", complaint_why_word(ev->why), ev->words[0] ? ": " : "",
                 ev->words);
        return;
    }
    jsonw_obj(sh->w, NULL);
    jsonw_int(sh->w, "seq", ev->seq);
    jsonw_str(sh->w, "event", complaint_event_word(ev->kind));
    jsonw_str(sh->w, "at", at);
    jsonw_str(sh->w, "staff", ev->staff);
    jsonw_str(sh->w, "post", ev->post);
    jsonw_str(sh->w, "to", ev->to_staff);
    jsonw_str(sh->w, "to_post", ev->to_post);
    jsonw_str(sh->w, "why", complaint_why_word(ev->why));
    jsonw_str(sh->w, "words", ev->words);
    jsonw_end(sh->w);
}

static int show_text(struct store *s, const struct published *p, const struct complaint_options *o, struct err *e)
{
    struct showing sh = {.json = false};
    struct case_opened kept;
    struct complaint_file f;
    struct buf head;

    buf_init(&sh.text, SHOW_MAX);
    buf_init(&head, 2048);
    int rc = complaint_file_read(s, o->office_n, o->number, show_event, &sh, &f, e);
    if (rc == 0)
        rc = case_opened_read(s, f.office, f.number, &kept, e);
    if (rc == 0) {
        add_facts(&head, p, date_of_ms(clock_wall_ms()), &f);
        printf("%s\n%s%s%s\n%s", buf_str(&head), kept.seq ? "opened" : "nobody has opened it", kept.name[0] ? ", of " : "",
               kept.name, buf_str(&sh.text));
    }
    buf_finish(&head);
    buf_finish(&sh.text);
    return rc;
}

static int show_json(struct store *s, const struct published *p, const struct complaint_options *o, struct err *e)
{
    struct hallctl_object answer;
    struct complaint_file f;
    int rc = complaint_file_read(s, o->office_n, o->number, NULL, NULL, &f, e);

    if (rc < 0)
        return rc;
    hallctl_object_open(&answer);
    struct showing sh = {.json = true, .w = &answer.w};

    put_facts(&answer.w, p, date_of_ms(clock_wall_ms()), &f);
    jsonw_arr(&answer.w, "events");
    rc = complaint_file_read(s, o->office_n, o->number, show_event, &sh, &f, e);
    jsonw_end(&answer.w);
    hallctl_object_print(&answer);
    return rc;
}

int complaint_show(struct store *s, const struct published *p, const struct complaint_options *o)
{
    struct err e = {0};
    int rc = o->json ? show_json(s, p, o, &e) : show_text(s, p, o, &e);

    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- the words --- */

/* All but the code: whoever reads what was said must not be able to pass for who said it. */
static void say(const struct complaint_options *o, const struct opening_answer *a, const struct json *said)
{
    static const char *const members[] = {"about", "item", "case", "words"};
    struct hallctl_object answer;
    struct buf out;

    if (o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "number", o->number);
        jsonw_int(&answer.w, "opening", a->seq);
        for (size_t i = 0; i < sizeof members / sizeof *members; i++)
            if (json_is_str(json_member(said, members[i])))
                jsonw_str(&answer.w, members[i], json_str(json_member(said, members[i])));
        static const char *const parts[] = {"applicant", "fields"};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            buf_init(&out, LINE_MAX_BYTES);
            if (json_has(said, parts[i]) && json_dump(json_member(said, parts[i]), &out) == 0)
                jsonw_raw(&answer.w, parts[i], buf_str(&out), out.len);
            buf_finish(&out);
        }
        hallctl_object_print(&answer);
        return;
    }
    buf_init(&out, 2 * LINE_MAX_BYTES);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (json_is_str(json_member(said, members[i])))
            buf_addf(&out, "%s: %s\n", members[i], json_str(json_member(said, members[i])));
    case_add_members(&out, "by", json_member(said, "applicant"));
    case_add_members(&out, "to be reached at", json_member(said, "fields"));
    printf("%s, opening %" PRId64 ", for %s, %s: %s\n%s", o->number, a->seq, o->staff, o->post, o->reason, buf_str(&out));
    buf_finish(&out);
}

static int ask(struct store *s, const struct case_options *as, struct opening_answer *a, struct json **ret_doc,
               const struct json **ret_said, struct err *e)
{
    struct opening_request *r = calloc(1, sizeof *r);
    uint8_t id[16];
    int rc = r ? case_open_record(s, as, r, id, e) : err_set(e, ERR_NOMEM, "%s", as->number);

    if (rc == 0)
        rc = case_opener_ask(as, r, a, ret_doc, ret_said, e);
    if (rc == 0)
        rc = case_open_keep(s, as, a, true, e);
    free(r);
    return rc;
}

static int say_sealed(const struct complaint_options *o, const struct opening_answer *a)
{
    fprintf(stderr, "hallctl: %s: not opened: %s. Nothing was shown. %s\n", o->number, opening_what(a->outcome),
            opening_remedy(a->outcome));
    return a->outcome == OPENING_NOT_AUDITED ? EXIT_FAILED : EXIT_REFUSED;
}

int complaint_open(struct store *s, const struct published *p, const struct complaint_options *o)
{
    struct case_options as = {.data = o->data,
                              .staff = o->staff,
                              .post = o->post,
                              .reason = o->reason,
                              .socket = o->socket,
                              .office_n = o->office_n};
    enum complaint_refusal why = COMPLAINT_MAY;
    struct opening_answer a = {0};
    const struct json *said = NULL;
    struct json *doc = NULL;
    struct complaint_file f;
    struct err e = {0};

    secret_harden_process();
    secret_wipe_heap();
    text_copy(as.number, sizeof as.number, o->number);
    int rc = complaint_file_read(s, o->office_n, o->number, NULL, NULL, &f, &e);
    if (rc == 0)
        rc = complaint_judge_reader(s, &f, o->staff, &why, &e);
    if (rc == 0 && why != COMPLAINT_MAY)
        return complaint_say_refused(o, why);
    if (rc == 0)
        rc = ask(s, &as, &a, &doc, &said, &e);
    if (rc == 0 && said)
        say(o, &a, said);
    json_free(doc);
    if (rc < 0) {
        err_wrap(&e, rc, "%s: nothing was shown", o->number);
        return hallctl_fail(&e);
    }
    return a.outcome == OPENING_OPENED ? EXIT_OK : say_sealed(o, &a);
}
