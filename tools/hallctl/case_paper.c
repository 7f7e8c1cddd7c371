/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl case paper: the paper of an event that happened, as PDF or as a page to print; hallctl case verify-paper: whether
 * the code on one is this hall's word. The applicant's name is given by the caller and is wiped.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/papers/case_paper_code.h"
#include "tools/hall/papers/case_paper_html.h"
#include "tools/hall/papers/case_paper_pdf.h"
#include "tools/hall/papers/verify_page.h"
#include "tools/hallctl/case.h"
#include "tools/hallctl/hall_word.h"

/* What the events say for a paper. */
struct gathered {
    struct case_paper_facts facts;
    char supplied[CASE_WORDS_MAX + 1];
    bool found;
};

static void gather(void *ctx, const struct case_event *ev)
{
    struct gathered *g = ctx;

    if (g->found)
        return;
    case_apply(&g->facts.state, ev);
    if (ev->kind == CASE_EVENT_RECEIVE)
        g->facts.received = *ev;
    if (ev->kind == CASE_EVENT_SUPPLIED)
        case_paper_supplied(ev, g->supplied);
    if (!case_paper_is_of(g->facts.kind, ev->kind))
        return;
    g->facts.event = *ev;
    g->found = true;
}

static int sign(const char *data, struct case_paper_claim *c, struct err *e)
{
    struct private_key *k = NULL;
    int rc = hall_word_key(data, &k, e);

    if (rc == 0)
        rc = case_paper_claim_sign(k, c, e);
    key_free(k);
    return rc;
}

static int code_of(const struct case_paper_facts *f, const struct case_paper *p, const char *data, struct buf *code,
                   struct err *e)
{
    struct case_paper_claim c = {.kind = p->kind, .seq = f->event.seq, .day = p->day};

    text_copy(c.number, sizeof c.number, f->event.number);
    c.result = p->kind == PAPER_decision ? f->state.result : CASE_RESULT_NONE;
    memcpy(c.check, p->check, sizeof c.check);
    int rc = sign(data, &c, e);
    if (rc == 0 && case_paper_claim_encode(&c, code) < 0)
        rc = err_set(e, ERR_TOOLONG, "the code of the paper");
    return rc;
}

/* "-" and "-.html": standard output, which then says nothing else. */
static bool to_output(const char *path)
{
    return strcmp(path, "-") == 0 || strcmp(path, "-.html") == 0;
}

static int put_out(const char *path, const struct buf *out, struct err *e)
{
    if (!to_output(path))
        return fs_write_given(path, out->data, out->len, 0600, e);
    if (fwrite(out->data, 1, out->len, stdout) != out->len || fflush(stdout) != 0)
        return err_errno(e, "write the paper to standard output");
    return 0;
}

static bool is_page(const char *path)
{
    size_t len = strlen(path);

    return len > 5 && strcmp(path + len - 5, ".html") == 0;
}

static int make(const struct case_paper_facts *f, const struct case_options *o, struct buf *code, struct err *e)
{
    struct case_paper p;
    struct buf out;
    int rc = case_paper_compose(f, &p, e);

    buf_init(&out, PAPER_PDF_MAX);
    if (rc == 0)
        rc = code_of(f, &p, o->data, code, e);
    if (rc == 0)
        rc = is_page(o->out) ? case_paper_html(&p, buf_str(code), &out, e) : case_paper_pdf(&p, buf_str(code), &out, e);
    if (rc == 0)
        rc = put_out(o->out, &out, e);
    buf_finish(&out);
    case_paper_finish(&p);
    return rc;
}

/* What the item says of who is responsible; without it no paper is made. */
static int with_item(struct gathered *g, const struct published *p, const struct case_options *o, struct buf *code,
                     struct err *e)
{
    const char *item_code = g->facts.state.limits.item;
    const struct item *item = p->catalog ? catalog_item(p->catalog, item_code, NULL) : NULL;
    int rc;

    if (!item) {
        rc = err_set(e, ERR_NOTFOUND,
                     "no published catalogue has item %s: who is responsible is not known, no paper was made; publish it "
                     "again",
                     item_code);
    } else {
        g->facts.item_name = item->task_name;
        g->facts.agency = item->dept_name;
        g->facts.phone = item->link_way ? item->link_way : "";
        g->facts.address = item->transact_addr ? item->transact_addr : "";
        g->facts.supplied = g->supplied;
        g->facts.calendar = p->calendar;
        rc = make(&g->facts, o, code, e);
    }
    if (p->catalog)
        catalog_release_items(p->catalog);
    return rc;
}

static int no_paper(const struct case_file *f, const struct case_options *o)
{
    struct hallctl_object answer;
    const char *stage = case_stage_word(f->state.stage);

    fprintf(stderr, "hallctl: case %s has no paper \"%s\": it is %s, and that has not happened. Nothing was made\n",
            f->number, o->paper, stage);
    if (o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "number", f->number);
        jsonw_str(&answer.w, "stage", stage);
        jsonw_str(&answer.w, "refused", "no-such-paper");
        hallctl_object_print(&answer);
    }
    return EXIT_REFUSED;
}

static int made(const struct gathered *g, const struct case_options *o, const char *code)
{
    struct hallctl_object answer;

    if (to_output(o->out))
        return EXIT_OK;
    if (!o->json) {
        printf("%s: %s of case %s\n", o->out, case_paper_title(g->facts.kind), g->facts.event.number);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "file", o->out);
    jsonw_str(&answer.w, "paper", o->paper);
    jsonw_str(&answer.w, "number", g->facts.event.number);
    jsonw_int(&answer.w, "version", g->facts.event.seq);
    jsonw_str(&answer.w, "code", code);
    hallctl_object_print(&answer);
    return EXIT_OK;
}

/* -1: there it is; else the exit code. */
static int read_name(const struct case_options *o, char name[PAPER_NAME_MAX + 2])
{
    const char *id = o->id ? o->id : "";

    name[0] = '\0';
    if (o->name && strlen(o->name) <= PAPER_NAME_MAX)
        text_copy(name, PAPER_NAME_MAX + 2, o->name);
    if (!o->name && fgets(name, PAPER_NAME_MAX + 2, stdin))
        name[strcspn(name, "\r\n")] = '\0';
    if (strlen(name) > PAPER_NAME_MAX || !text_is_plain_line(name))
        return options_wrong(CASE_COMMAND,
                             "the applicant's name is one line of at most %d bytes, by --name or on standard input",
                             PAPER_NAME_MAX);
    if (*id && (strlen(id) > CASE_NAME_MAX || !text_is_plain_line(id) || !strchr(id, '*')))
        return options_wrong(CASE_COMMAND, "--id is masked: some of it is *");
    return -1;
}

int case_paper(struct store *s, const struct published *p, const struct case_options *o)
{
    struct gathered g = {.found = false};
    char name[PAPER_NAME_MAX + 2];
    struct case_file f;
    struct buf code;
    struct err e = {0};
    int rc, exit_code = EXIT_OK;

    if (!o->paper || !case_paper_kind_by_word(o->paper, &g.facts.kind))
        return options_wrong(CASE_COMMAND, "which paper: acceptance, supplement, refusal or decision");
    if (to_output(o->out) && o->json)
        return options_wrong(CASE_COMMAND, "--out - is the paper itself: --json has no place there");
    exit_code = read_name(o, name);
    if (exit_code >= 0)
        return exit_code;
    g.facts.name = name;
    g.facts.id = o->id ? o->id : "";
    buf_init(&code, PAPER_CODE_MAX);
    rc = case_file_read(s, o->office_n, o->number, gather, &g, &f, &e);
    if (rc == 0 && g.found)
        rc = with_item(&g, p, o, &code, &e);
    secret_wipe(name, sizeof name);
    if (rc < 0)
        exit_code = hallctl_fail(&e);
    else
        exit_code = g.found ? made(&g, o, buf_str(&code)) : no_paper(&f, o);
    buf_finish(&code);
    return exit_code;
}

/* --- verify-paper --- */

static int read_code(const struct case_options *o, struct case_paper_claim *ret)
{
    char text[PAPER_CODE_MAX + 2];
    struct err e = {0};
    size_t len = 0;

    if (o->paper_code) {
        len = strlen(o->paper_code);
        if (len < sizeof text)
            memcpy(text, o->paper_code, len);
    } else {
        len = fread(text, 1, sizeof text, stdin);
    }
    if (len >= sizeof text)
        return options_wrong(CASE_COMMAND, "this is not the code of a paper: it is too long");
    return case_paper_claim_decode(text, len, ret, &e) < 0 ? options_wrong(CASE_COMMAND, "%s", e.text) : -1;
}

static int verify(const char *root_file, const struct case_paper_claim *c, struct err *e)
{
    struct manifest_root root;
    int rc = hall_word_root(root_file, &root, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < root.acknowledgement.n; i++)
        if (case_paper_claim_verify(&root.acknowledgement.keys[i], c, e) == 0)
            return 0;
    *e = (struct err){0};
    return err_set(e, ERR_SIGNATURE,
                   "no key of the hall's word in %s signed this code: the paper is not this hall's, or older than that root",
                   root_file);
}

int case_verify_page(struct store *s, const struct published *p, const struct case_options *o)
{
    struct hallctl_object answer;
    struct manifest_root root;
    struct err e = {0};
    struct buf page;
    int rc = hall_word_root(o->root, &root, &e);

    buf_init(&page, VERIFY_PAGE_MAX);
    if (rc == 0)
        verify_page(root.acknowledgement.keys, root.acknowledgement.n, &page);
    if (rc == 0)
        rc = fs_write_given(o->out, page.data, page.len, 0644, &e);
    buf_finish(&page);
    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        printf("%s verifies papers of this hall, by %zu keys\n", o->out, root.acknowledgement.n);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "page", o->out);
    jsonw_int(&answer.w, "keys", (int64_t)root.acknowledgement.n);
    hallctl_object_print(&answer);
    return EXIT_OK;
}

int case_verify_paper(struct store *s, const struct published *p, const struct case_options *o)
{
    char check[PAPER_CHECK_TEXT], day[DATE_LEN + 1];
    struct hallctl_object answer;
    struct case_paper_claim c;
    struct err e = {0};
    int code = read_code(o, &c);

    if (code >= 0)
        return code;
    if (verify(o->root, &c, &e) < 0)
        return hallctl_fail(&e);
    case_paper_check_text(c.check, check);
    date_format(c.day, day);
    if (!o->json) {
        printf("signed by the hall: %s of case %s, %s%s%s, check code %s\ncompare it with the paper\n",
               case_paper_title(c.kind), c.number, day, c.result == CASE_RESULT_NONE ? "" : ", ", case_result_word(c.result),
               check);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "paper", case_paper_kind_word(c.kind));
    jsonw_str(&answer.w, "number", c.number);
    jsonw_int(&answer.w, "version", c.seq);
    jsonw_str(&answer.w, "day", day);
    jsonw_str(&answer.w, "result", case_result_word(c.result));
    jsonw_str(&answer.w, "check", check);
    jsonw_bool(&answer.w, "signed", true);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
