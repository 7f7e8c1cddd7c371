/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_paper_code.h.
 */
#include "tools/hall/papers/case_paper_code.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tools/hall/papers/case_paper_words.h"

#define WORDS 8

static const enum case_paper_word said[PAPERS] = {
    [PAPER_acceptance] = PAPER_WORD_said_acceptance,
    [PAPER_supplement] = PAPER_WORD_said_supplement,
    [PAPER_refusal] = PAPER_WORD_said_refusal,
};

const char *case_paper_claim_says(const struct case_paper_claim *c)
{
    if (c->kind != PAPER_decision)
        return case_paper_word(said[c->kind]);
    return case_paper_word(c->result == CASE_GRANTED ? PAPER_WORD_said_granted : PAPER_WORD_said_denied);
}

/* The fourth line without its signature. */
int case_paper_claim_message(const struct case_paper_claim *c, struct buf *out)
{
    const char *result = case_result_word(c->result);
    char day[DATE_LEN + 1];

    date_format(c->day, day);
    buf_addf(out, "TBP1 %s %s %" PRId64 " %s %s ", case_paper_kind_word(c->kind), c->number, c->seq, day,
             *result ? result : "-");
    return buf_add_hex(out, c->check, sizeof c->check);
}

int case_paper_claim_encode(const struct case_paper_claim *c, struct buf *out)
{
    char day[PAPER_DAY_MAX], check[PAPER_CHECK_TEXT];

    case_paper_check_text(c->check, check);
    buf_addf(out, "%s %s\n", case_paper_title(c->kind), c->number);
    buf_addf(out, "%s %s\n", case_paper_day(c->day, day), case_paper_claim_says(c));
    buf_addf(out, "%s %s\n", case_paper_word(PAPER_WORD_row_check), check);
    case_paper_claim_message(c, out);
    buf_addc(out, ' ');
    return buf_add_hex(out, c->sig, c->sig_len);
}

int case_paper_claim_sign(const struct private_key *k, struct case_paper_claim *c, struct err *e)
{
    struct buf line;

    buf_init(&line, PAPER_CODE_MAX);
    case_paper_claim_message(c, &line);
    int rc = buf_ok(&line) ? sign_message(k, PAPER_CODE_PREFIX, line.data, line.len, c->sig, &c->sig_len, e)
                           : err_set(e, ERR_TOOLONG, "the code of the paper");
    buf_finish(&line);
    return rc;
}

int case_paper_claim_verify(const struct public_key *k, const struct case_paper_claim *c, struct err *e)
{
    struct buf line;

    buf_init(&line, PAPER_CODE_MAX);
    case_paper_claim_message(c, &line);
    int rc = buf_ok(&line) ? verify_message(k, PAPER_CODE_PREFIX, line.data, line.len, c->sig, c->sig_len, e)
                           : err_set(e, ERR_TOOLONG, "the code of the paper");
    buf_finish(&line);
    return rc;
}

static bool get_number(const char *word, struct case_paper_claim *c)
{
    struct case_number n;

    if (!case_number_parse(word, &n))
        return false;
    case_number_format(&n, c->number);
    return true;
}

static bool get_seq(const char *word, struct case_paper_claim *c)
{
    size_t len = strlen(word);

    return len >= 1 && len <= 3 && strspn(word, "0123456789") == len && sscanf(word, "%" SCNd64, &c->seq) == 1;
}

static bool get_day(const char *word, struct case_paper_claim *c)
{
    char again[DATE_LEN + 1];

    if (sscanf(word, "%4d-%2d-%2d", &c->day.year, &c->day.month, &c->day.day) != 3 || !date_valid(c->day))
        return false;
    date_format(c->day, again);
    return strcmp(word, again) == 0;
}

static bool get_result(const char *word, struct case_paper_claim *c)
{
    if (c->kind != PAPER_decision)
        return strcmp(word, "-") == 0;
    return case_result_by_word(word, &c->result) && c->result != CASE_RESULT_NONE;
}

static bool get_hex(const char *word, uint8_t *out, size_t cap, size_t *ret_len)
{
    return hex_decode(word, strlen(word), out, cap, ret_len) == 0;
}

static bool get_words(char *const word[WORDS], struct case_paper_claim *c)
{
    size_t len;

    return strcmp(word[0], "TBP1") == 0 && case_paper_kind_by_word(word[1], &c->kind) && get_number(word[2], c) &&
           get_seq(word[3], c) && get_day(word[4], c) && get_result(word[5], c) &&
           get_hex(word[6], c->check, sizeof c->check, &len) && len == sizeof c->check &&
           get_hex(word[7], c->sig, sizeof c->sig, &c->sig_len) && c->sig_len > 0;
}

/* One spelling for each value: what was read is what would be written. */
static bool same_again(const struct case_paper_claim *c, const char *text, size_t len, bool alone)
{
    struct buf again;

    buf_init(&again, PAPER_CODE_MAX);
    case_paper_claim_encode(c, &again);
    const char *whole = buf_str(&again), *from = alone ? strstr(whole, "TBP1 ") : whole;
    bool same = buf_ok(&again) && from && strlen(from) == len && memcmp(from, text, len) == 0;
    buf_finish(&again);
    return same;
}

int case_paper_claim_decode(const void *data, size_t len, struct case_paper_claim *ret, struct err *e)
{
    char text[PAPER_CODE_MAX + 1], line[PAPER_CODE_MAX + 1], *word[WORDS];
    struct case_paper_claim c = {.kind = PAPERS};
    int n = 0;

    if (len > 0 && ((const char *)data)[len - 1] == '\n')
        len--;
    if (len > PAPER_CODE_MAX || memchr(data, '\0', len))
        return err_set(e, ERR_INVALID, "this is not the code of a paper");
    memcpy(text, data, len);
    text[len] = '\0';
    const char *last = strrchr(text, '\n');
    strcpy(line, last ? last + 1 : text);
    char *rest = NULL;
    for (char *w = strtok_r(line, " ", &rest); w && n <= WORDS; w = strtok_r(NULL, " ", &rest), n++)
        if (n < WORDS)
            word[n] = w;
    if (n != WORDS || !get_words(word, &c) || !same_again(&c, text, len, last == NULL))
        return err_set(e, ERR_INVALID,
                       "this is not the code of a paper, or not all of it, or its lines contradict each other");
    *ret = c;
    return 0;
}
