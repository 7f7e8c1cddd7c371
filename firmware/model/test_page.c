/* SPDX-License-Identifier: Apache-2.0
 *
 * See test_page.h.
 */
#include "model/test_page.h"

#include <stdio.h>

#include "base/clock.h"
#include "model/strings.h"
#include "model/test_number.h"

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

struct paper *test_page_compose(const struct place *place, bool ticket, int number, int64_t now_ms)
{
    struct paper *p = paper_create();
    char at[CLOCK_RFC3339_LEN + 1], code[80], digits[12];

    clock_format_rfc3339(now_ms, at);
    snprintf(code, sizeof code, "tongban:test:%s", place->terminal);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, place->zone);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, text(STR_test_page_title));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_test_page_is));
    if (number >= 0) {
        paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_tests_page_number));
        paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, test_number_digits(number, digits));
    }
    paper_rule(p, false);
    paper_row(p, 12, text(STR_test_page_printer), text(ticket ? STR_test_page_ticket : STR_test_page_receipt), false);
    paper_row(p, 12, text(STR_test_page_terminal), place->terminal, false);
    paper_row(p, 12, text(STR_test_page_time), at, false);
    paper_rule(p, true);
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, "0123456789");
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_test_page_sample));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz");
    paper_band(p, text(STR_test_page_band));
    paper_qr(p, code);
    paper_cut(p);
    if (paper_ok(p))
        return p;
    paper_destroy(p);
    return NULL;
}
