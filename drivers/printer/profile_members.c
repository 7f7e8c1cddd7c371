/* SPDX-License-Identifier: Apache-2.0
 *
 * The members of a profile file, each checked: assets/printers/README.md says what they mean.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/profile.h"

#define WORD_MAX 20
#define LIST_MAX 8

const char profile_members[] =
    "about inherits match role dots asks_width dots_per_mm mm_per_s chinese code_page separate_size scale_max user_glyphs "
    "qr cut "
    "cut_dots presenter confirm automatic_status status answer_ms port_status usb names_itself column_image band_rows clear "
    "low_mm";

struct word {
    const char *word;
    int value;
};
static const struct word roles[] = {{"receipt", DEVICE_RECEIPT}, {"ticket", DEVICE_TICKET}, {"any", -1}, {NULL, 0}};
static const struct word fonts[] = {{"none", GB_NONE}, {"gb2312", GB_2312}, {"gb18030", GB_18030}, {NULL, 0}};
static const struct word cuts[] = {{"none", PROFILE_CUT_NONE},
                                   {"partial", PROFILE_CUT_PARTIAL},
                                   {"full", PROFILE_CUT_FULL},
                                   {"either", PROFILE_CUT_EITHER},
                                   {NULL, 0}};
static const struct word qrs[] = {{"raster", PROFILE_QR_RASTER}, {"native", PROFILE_QR_NATIVE}, {NULL, 0}};
static const struct word markers[] = {
    {"paper-status", PROFILE_MARKER_PAPER}, {"process-id", PROFILE_MARKER_PROCESS_ID}, {NULL, 0}};
static const struct word clears[] = {{"dle-dc4", PROFILE_CLEAR_DC4}, {"dle-enq", PROFILE_CLEAR_ENQ}, {NULL, 0}};
static const struct word presenters[] = {{"none", PROFILE_PRESENTER_NONE}, {"custom", PROFILE_PRESENTER_CUSTOM}, {NULL, 0}};
static const struct word status_quirks[] = {{"no-fixed-bits", PROFILE_NO_FIXED_BITS},
                                            {"untorn-bit", PROFILE_UNTORN_BIT},
                                            {"in-order", PROFILE_IN_ORDER},
                                            {"jam-bit", PROFILE_JAM_BIT},
                                            {NULL, 0}};
static const struct word usb_quirks[] = {{"vendor-class", PROFILE_VENDOR_CLASS}, {NULL, 0}};

static int find(const char *key, const char *s, const struct word *words, int *ret, struct err *e)
{
    for (const struct word *w = words; w->word; w++)
        if (!strcmp(w->word, s)) {
            *ret = w->value;
            return 0;
        }
    return err_set(e, ERR_INVALID, "%s: unknown word \"%s\"", key, s);
}

static int opt_word(const struct json *o, const char *key, const struct word *words, int *ret, struct err *e)
{
    const char *s = NULL;
    int rc = json_opt_str(o, key, 1, WORD_MAX, &s, e);

    return rc < 0 || !s ? rc : find(key, s, words, ret, e);
}

/* A list of words: their values in order, *ret_n of them; untouched when the member is not there. */
static int opt_words(const struct json *o, const char *key, const struct word *words, int *ret, int max, int *ret_n,
                     struct err *e)
{
    const struct json *arr = NULL;
    const char *s;
    int rc = json_opt_arr(o, key, (size_t)max, &arr, e);

    if (rc < 0 || !arr)
        return rc;
    *ret_n = (int)json_len(arr);
    for (int i = 0; rc == 0 && i < *ret_n; i++) {
        s = json_str(json_at(arr, (size_t)i));
        rc = s ? find(key, s, words, &ret[i], e) : err_set(e, ERR_INVALID, "%s: a list of words", key);
    }
    return rc;
}

static int opt_quirks(const struct json *o, const char *key, const struct word *words, unsigned *ret, struct err *e)
{
    int list[LIST_MAX], n = -1;
    int rc = opt_words(o, key, words, list, LIST_MAX, &n, e);

    if (rc == 0 && n >= 0) {
        *ret = 0;
        for (int i = 0; i < n; i++)
            *ret |= (unsigned)list[i];
    }
    return rc;
}

static int opt_number(const struct json *o, const char *key, int min, int max, int *ret, struct err *e)
{
    int64_t v = *ret;
    int rc = json_opt_int(o, key, min, max, &v, e);

    if (rc == 0)
        *ret = (int)v;
    return rc;
}

/* -1 when it is not there. */
static int usb_id(const struct json *o, const char *key, int *ret, struct err *e)
{
    const char *s = NULL;
    char *end;
    int rc = json_opt_str(o, key, 4, 4, &s, e);

    *ret = -1;
    if (rc < 0 || !s)
        return rc;
    *ret = (int)strtoul(s, &end, 16);
    return *end ? err_set(e, ERR_INVALID, "%s: four hexadecimal digits, not \"%s\"", key, s) : 0;
}

static int read_match(const struct json *o, struct profile_match *m, struct err *e)
{
    const char *model = NULL;
    int vendor = -1;
    int rc = json_known(o, "vendor product model", e);

    if (rc == 0)
        rc = usb_id(o, "vendor", &vendor, e);
    if (rc == 0 && vendor < 0)
        rc = err_set(e, ERR_INVALID, "match: a vendor must be named");
    if (rc == 0)
        rc = usb_id(o, "product", &m->product, e);
    if (rc == 0)
        rc = json_opt_str(o, "model", 1, sizeof m->model - 1, &model, e);
    m->vendor = (uint16_t)vendor;
    text_copy(m->model, sizeof m->model, model ? model : "");
    return rc;
}

static int read_matches(const struct json *o, struct profile *p, struct err *e)
{
    const struct json *arr = NULL;
    int rc = json_opt_arr(o, "match", PROFILE_MATCHES_MAX, &arr, e);

    p->n_matches = 0; /* never inherited: an id belongs to one file */
    for (size_t i = 0; rc == 0 && arr && i < json_len(arr); i++)
        rc = read_match(json_at(arr, i), &p->matches[p->n_matches++], e);
    return rc;
}

static int read_words(const struct json *o, struct profile *p, struct err *e)
{
    int chinese = (int)p->chinese, cut = (int)p->cut, clear = (int)p->clear, qr = (int)p->qr;
    int rc = opt_word(o, "role", roles, &p->role_hint, e);

    if (rc == 0)
        rc = opt_word(o, "chinese", fonts, &chinese, e);
    if (rc == 0)
        rc = opt_word(o, "qr", qrs, &qr, e);
    if (rc == 0)
        rc = opt_word(o, "cut", cuts, &cut, e);
    if (rc == 0)
        rc = opt_word(o, "clear", clears, &clear, e);
    p->chinese = (enum gb_range)chinese;
    p->qr = (enum profile_qr)qr;
    p->cut = (enum profile_cut)cut;
    p->clear = (enum profile_clear)clear;
    if (rc == 0)
        rc = opt_quirks(o, "status", status_quirks, &p->status, e);
    return rc == 0 ? opt_quirks(o, "usb", usb_quirks, &p->usb, e) : rc;
}

static int read_confirm(const struct json *o, struct profile *p, struct err *e)
{
    int list[PROFILE_MARKERS], n = -1;
    int rc = opt_words(o, "confirm", markers, list, PROFILE_MARKERS, &n, e);

    if (rc < 0 || n < 0)
        return rc;
    if (n == 0)
        return err_set(e, ERR_INVALID, "confirm: nothing would ever be known to be printed");
    p->n_confirm = n;
    for (int i = 0; i < n; i++)
        p->confirm[i] = (enum profile_marker)list[i];
    return 0;
}

struct number {
    const char *key;
    int min, max, *value;
};

static int read_numbers(const struct json *o, const struct number *list, size_t n, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = opt_number(o, list[i].key, list[i].min, list[i].max, list[i].value, e);
    return rc;
}
#define READ_NUMBERS(o, list, e) read_numbers(o, list, sizeof(list) / sizeof *(list), e)

static int read_presenter(const struct json *o, struct profile *p, struct err *e)
{
    const struct number numbers[] = {
        {"step_um", 100, 30000, &p->presenter.step_um},
        {"present_mm", 10, 150, &p->presenter.present_mm},
        {"retract_s", 5, 600, &p->presenter.retract_s},
    };
    const struct json *in = NULL;
    int family = (int)p->presenter.family;
    int rc = json_opt_obj(o, "presenter", &in, e);

    if (rc < 0 || !in)
        return rc;
    rc = json_known(in, "family step_um present_mm retract_s", e);
    if (rc == 0)
        rc = opt_word(in, "family", presenters, &family, e);
    if (rc == 0)
        rc = READ_NUMBERS(in, numbers, e);
    p->presenter.family = (enum profile_presenter)family;
    return err_wrap(e, rc, "presenter");
}

static int read_switches(const struct json *o, struct profile *p, struct err *e)
{
    int rc = json_opt_bool(o, "separate_size", &p->separate_size, e);

    if (rc == 0)
        rc = json_opt_bool(o, "asks_width", &p->asks_width, e);
    if (rc == 0)
        rc = json_opt_bool(o, "automatic_status", &p->automatic_status, e);
    if (rc == 0)
        rc = json_opt_bool(o, "port_status", &p->port_status, e);
    if (rc == 0)
        rc = json_opt_bool(o, "names_itself", &p->names_itself, e);
    if (rc == 0)
        rc = json_opt_bool(o, "column_image", &p->column_image, e);
    return rc;
}

int profile_read(const struct json *o, struct profile *p, struct err *e)
{
    const struct number numbers[] = {
        {"dots", PROFILE_DOTS_MIN, PROFILE_DOTS_MAX, &p->dots},
        {"dots_per_mm", 5, 12, &p->dots_per_mm},
        {"mm_per_s", 10, 500, &p->mm_per_s},
        {"code_page", 0, 255, &p->code_page},
        {"scale_max", 1, 8, &p->scale_max},
        {"user_glyphs", 0, 94, &p->user_glyphs},
        {"cut_dots", 0, 255, &p->cut_dots},
        {"answer_ms", 500, 30000, &p->answer_ms},
        {"band_rows", 8, 256, &p->band_rows},
        {"low_mm", 0, 20000, &p->low_mm},
    };
    int rc = read_matches(o, p, e);

    if (rc == 0)
        rc = read_words(o, p, e);
    if (rc == 0)
        rc = READ_NUMBERS(o, numbers, e);
    if (rc == 0 && p->dots % 8)
        rc = err_set(e, ERR_INVALID, "dots: %d is no multiple of 8", p->dots);
    if (rc == 0)
        rc = read_presenter(o, p, e);
    if (rc == 0)
        rc = read_confirm(o, p, e);
    return rc == 0 ? read_switches(o, p, e) : rc;
}

struct profile profile_root(void)
{
    return (struct profile){.role_hint = -1,
                            .dots = 576,
                            .dots_per_mm = 8,
                            .mm_per_s = 50,
                            .chinese = GB_2312,
                            .scale_max = 2,
                            .cut = PROFILE_CUT_PARTIAL,
                            .cut_dots = 24,
                            .presenter = {.step_um = 7000, .present_mm = 80, .retract_s = 60},
                            .confirm = {PROFILE_MARKER_PROCESS_ID, PROFILE_MARKER_PAPER},
                            .n_confirm = 2,
                            .answer_ms = 2000,
                            .port_status = true,
                            .band_rows = 24,
                            .low_mm = 2000};
}
