/* SPDX-License-Identifier: Apache-2.0
 *
 * The marks close in where heads are known: 384, 420, 432, 512, 576, 640, 832 dots.
 */
#include "model/width_ruler.h"

#include <stdio.h>

#include "model/strings.h"

#define MARK_DOTS 8

static const int marks[] = {32, 36, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 64, 68, 72, 76, 80, 88, 96, 104};
#define N_MARKS (sizeof marks / sizeof *marks)

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

struct paper *width_ruler_compose(bool ticket)
{
    struct paper *p = paper_create();
    char number[12];

    paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, text(ticket ? STR_ruler_ticket : STR_ruler_receipt));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_ruler_read));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_ruler_tell));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, ticket ? "kioskctl width ticket 48" : "kioskctl width receipt 48");
    for (size_t i = 0; i < N_MARKS; i++) {
        paper_space(p, MARK_DOTS);
        snprintf(number, sizeof number, "%d", marks[i]);
        paper_mark(p, marks[i] * MARK_DOTS, number);
    }
    paper_cut(p);
    if (paper_ok(p))
        return p;
    paper_destroy(p);
    return NULL;
}

int width_ruler_dots(int mark)
{
    for (size_t i = 0; i < N_MARKS; i++)
        if (marks[i] == mark)
            return mark * MARK_DOTS;
    return 0;
}
