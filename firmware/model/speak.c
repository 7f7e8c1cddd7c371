/* SPDX-License-Identifier: Apache-2.0
 *
 * See speak.h.
 */
#include "model/speak.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/must.h"

#define REGISTRATION_AT 4
#define SERIAL_AT 7
#define GROUP 6

static const struct {
    const char *word;
    int days;
} kinds[SPEAK_KINDS] = {
#define SPEAK(NAME, word, days) [SPEAK_##NAME] = {word, days},
#include "model/speak.def"
#undef SPEAK
};

const char *speak_word(enum speak_kind k)
{
    return (unsigned)k < SPEAK_KINDS ? kinds[k].word : "";
}

bool speak_by_word(const char *word, enum speak_kind *ret)
{
    for (int i = 0; i < SPEAK_KINDS; i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            *ret = (enum speak_kind)i;
            return true;
        }
    }
    return false;
}

struct item_limit speak_limit(enum speak_kind k)
{
    must((unsigned)k < SPEAK_KINDS, "a limit of nothing that can be said");
    return (struct item_limit){.day = kinds[k].days, .unit = DAY_WORKING};
}

const char *speak_about_word(enum speak_about a)
{
    static const char *const words[SPEAK_ABOUTS] = {
#define SPEAK_ABOUT(NAME, word) [SPEAK_ABOUT_##NAME] = word,
#include "model/speak_about.def"
#undef SPEAK_ABOUT
    };
    return (unsigned)a < SPEAK_ABOUTS ? words[a] : "";
}

/* --- number and code --- */

static bool digits(const char *text, size_t n)
{
    return strlen(text) == n && strspn(text, "0123456789") == n;
}

static int take(const char *text, int width)
{
    int value = 0;

    for (int i = 0; i < width; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

/* The last `width` digits of value at out. */
static void put(char *out, int value, int width)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
}

void speak_number_format(const struct speak_number *n, char out[SPEAK_NUMBER_LEN + 1])
{
    must(n->serial >= 1 && n->serial <= SPEAK_SERIAL_MAX, "a serial no number has room for");
    put(out, n->office, 4);
    put(out + REGISTRATION_AT, n->registration, 3);
    put(out + SERIAL_AT, n->serial, 5);
    out[SPEAK_NUMBER_LEN] = '\0';
}

bool speak_number_parse(const char *text, struct speak_number *ret)
{
    if (!digits(text, SPEAK_NUMBER_LEN))
        return false;
    struct speak_number n = {
        .office = take(text, 4), .registration = take(text + REGISTRATION_AT, 3), .serial = take(text + SERIAL_AT, 5)};
    if (n.serial == 0)
        return false;
    *ret = n;
    return true;
}

void speak_code_make(const struct speak_number *n, int secret, char out[SPEAK_CODE_LEN + 1])
{
    must(secret >= 0 && secret < SPEAK_SECRETS, "a secret of more digits than there is room for");
    speak_number_format(n, out);
    put(out + SPEAK_NUMBER_LEN, secret, SPEAK_CODE_LEN - SPEAK_NUMBER_LEN - 1);
    out[SPEAK_CODE_LEN - 1] = '\0';
    out[SPEAK_CODE_LEN - 1] = damm_check_digit(out);
    out[SPEAK_CODE_LEN] = '\0';
}

bool speak_code_parse(const char *code, char ret_number[SPEAK_NUMBER_LEN + 1])
{
    struct speak_number n;
    char number[SPEAK_NUMBER_LEN + 1] = "";

    if (!digits(code, SPEAK_CODE_LEN) || damm_check_digit(code) != '0')
        return false;
    memcpy(number, code, SPEAK_NUMBER_LEN);
    if (!speak_number_parse(number, &n))
        return false;
    if (ret_number)
        memcpy(ret_number, number, sizeof number);
    return true;
}

void speak_code_group(const char *code, char out[24])
{
    size_t used = 0;

    for (int i = 0; code[i] && used < 22; i++) {
        if (i && i % GROUP == 0)
            out[used++] = ' ';
        out[used++] = code[i];
    }
    out[used] = '\0';
}

/* --- what is said --- */

bool speak_phone_valid(const char *phone)
{
    return digits(phone, SPEAK_PHONE_LEN) && phone[0] == '1' && phone[1] >= '3';
}

static void put_text(struct jsonw *w, const char *key, const char *text)
{
    if (text[0])
        jsonw_str(w, key, text);
}

static void put_applicant(struct jsonw *w, const struct identity *who)
{
    jsonw_obj(w, "applicant");
    put_text(w, "name", who->name);
    put_text(w, "name_latin", who->name_latin);
    put_text(w, "number", who->number);
    jsonw_end(w);
}

static int check(const struct spoken *said, const char *code, struct err *e)
{
    struct case_number n;

    if (!said->words[0] || !speak_code_parse(code, NULL))
        return err_set(e, ERR_STATE, "nothing was said, or it has no code");
    if (said->about == SPEAK_ABOUT_CASE && !case_number_parse(said->case_number, &n))
        return err_set(e, ERR_STATE, "it is about no case");
    if (said->phone[0] && !speak_phone_valid(said->phone))
        return err_set(e, ERR_STATE, "that is no phone number");
    return 0;
}

int speak_encode(const struct spoken *said, const char *code, const struct identity *who, struct buf *out, struct err *e)
{
    struct jsonw w;
    size_t before = out->len;
    int rc = check(said, code, e);

    if (rc < 0)
        return rc;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "code", code);
    jsonw_str(&w, "about", speak_about_word(said->about));
    if (said->about == SPEAK_ABOUT_ITEM)
        put_text(&w, "item", said->item);
    if (said->about == SPEAK_ABOUT_CASE)
        jsonw_str(&w, "case", said->case_number);
    if (who)
        put_applicant(&w, who);
    if (said->phone[0]) {
        jsonw_obj(&w, "fields");
        jsonw_str(&w, "mobile", said->phone);
        jsonw_end(&w);
    }
    jsonw_str(&w, "words", said->words);
    jsonw_end(&w);
    if (!buf_ok(out) || out->len - before > SPEAK_MAX)
        return err_set(e, ERR_TOOLONG, "what was said is longer than %d bytes", SPEAK_MAX);
    return 0;
}
