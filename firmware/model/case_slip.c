/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers of a case, block by block, in the order they are read. None is the agency's own paper, and each says so.
 */
#include "model/case_slip.h"

#include <stdio.h>

#include "model/receipt.h"
#include "model/receipt_parts.h"
#include "model/strings.h"

#define LABEL 8 /* 事　项 and a wide space, in half-width columns */

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

#define FILL(out, id, ...) str_fill(out, sizeof(out), LANGUAGE_ZH_CN, id, STR_ARGS(__VA_ARGS__))

static void row(struct paper *p, enum str_id label, const char *value)
{
    if (value[0])
        paper_row(p, LABEL, text(label), value, false);
}

static void head(struct paper *p, const struct case_slip_facts *f, enum str_id title, enum str_id is)
{
    char grouped[24];

    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, f->place->zone);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, text(title));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(is));
    paper_rule(p, false);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_number));
    case_number_group(f->one->number, grouped);
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, grouped);
    paper_rule(p, true);
}

/* What it is about, and whose it is, where a card has said so. */
static void about(struct paper *p, const struct case_slip_facts *f)
{
    row(p, STR_paper_item, f->one->item_name);
    row(p, STR_paper_department, f->one->dept_name);
    row(p, STR_paper_phone, f->one->phone);
    row(p, STR_paper_applicant, f->masked_name);
    row(p, STR_paper_id, f->masked_id);
}

static void code(struct paper *p, const struct case_slip_facts *f)
{
    char qr[80];

    receipt_qr_text(f->one->number, f->place->terminal, qr);
    paper_qr(p, qr);
}

static void clock(struct paper *p, const struct case_slip_facts *f)
{
    if (f->clock_unsure)
        paper_note(p, 6, text(STR_paper_clock_unsure), text(STR_paper_clock_unsure_why));
}

/* How often it was printed before, and where, nobody here knows: only that this is not the first. */
static void again(struct paper *p, const struct case_slip_facts *f)
{
    char at[40], where[128];

    receipt_time(f->printed_ms, true, at);
    receipt_place(f->place, where);
    paper_row(p, 13, text(STR_paper_again_at), at, false);
    paper_row(p, 13, text(STR_paper_reprint_where), where, false);
}

struct paper *case_slip_receipt(const struct case_slip_facts *f)
{
    struct paper *p = paper_create();
    char at[40];

    paper_band(p, text(STR_paper_again_band));
    paper_space(p, 16);
    head(p, f, STR_paper_receipt_title, STR_paper_receipt_is);
    about(p, f);
    receipt_time(f->one->handed_in_ms, false, at);
    row(p, STR_paper_handed_in, at);
    paper_rule(p, true);
    clock(p, f);
    code(p, f);
    receipt_ask(p, f->place);
    again(p, f);
    paper_cut(p);
    return receipt_whole(p);
}

struct paper *case_slip_supplement(const struct case_slip_facts *f)
{
    struct paper *p = paper_create();
    char at[40], where[128], n[12], what[80];

    receipt_copy_band(p, f->copy);
    head(p, f, STR_paper_supplement_title, STR_paper_supplement_is);
    about(p, f);
    receipt_time(f->at_ms, false, at);
    receipt_place(f->place, where);
    snprintf(n, sizeof n, "%d", f->characters);
    row(p, STR_paper_supplied, at);
    row(p, STR_paper_where, where);
    row(p, STR_paper_supplied_what, FILL(what, STR_paper_supplied_words, n));
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_supplied_sealed));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_supplied_next));
    clock(p, f);
    code(p, f);
    receipt_ask(p, f->place);
    receipt_printed(p, f->place, f->copy, f->printed_ms);
    paper_cut(p);
    return receipt_whole(p);
}

static const char *outcome(const struct my_case *c)
{
    if (!c->decided)
        return text(STR_paper_outcome_refused);
    return c->granted ? text(STR_paper_outcome_granted) : text(STR_paper_outcome_denied);
}

struct paper *case_slip_decision(const struct case_slip_facts *f)
{
    const struct my_case *c = f->one;
    struct paper *p = paper_create();
    char day[60] = "", at[40];

    receipt_copy_band(p, f->copy);
    head(p, f, c->decided ? STR_paper_decision_title : STR_paper_refusal_title, STR_paper_decision_is);
    about(p, f);
    receipt_time(c->handed_in_ms, false, at);
    row(p, STR_paper_handed_in, at);
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_outcome));
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, outcome(c));
    if (c->decided_on.year)
        receipt_date(c->decided_on, day);
    row(p, STR_paper_decided_on, day);
    row(p, c->decided && c->granted ? STR_paper_decided_what : STR_paper_decided_why, c->words);
    if (!c->decided || !c->granted)
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_remedy));
    row(p, STR_paper_check, c->check_code);
    paper_rule(p, true);
    paper_qr(p, c->paper_code);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_scan));
    receipt_ask(p, f->place);
    receipt_printed(p, f->place, f->copy, f->printed_ms);
    paper_cut(p);
    return receipt_whole(p);
}
