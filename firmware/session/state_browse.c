/* SPDX-License-Identifier: Apache-2.0
 *
 * Browsing: the themes or the departments, then the items of one of them, page by page.
 */
#include <string.h>

#include "base/must.h"
#include "session/effects.h"
#include "session/guide.h"
#include "session/internal.h"
#include "session/searching.h"
#include "session/visit.h"

static void enter(struct session *s)
{
    s->guide.asked = false;
}

static void back(struct session *s)
{
    if (s->view.browse.theme >= 0)
        effects_browse(s, -1, 0);
    else if (s->view.reading)
        visit_leave(s);
    else
        session_go(s, SCREEN_HOME);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK) {
        back(s);
    } else if (i.kind == INTENT_SEARCH) {
        searching_open(s);
    } else if (i.kind == INTENT_GROUP && s->view.browse.theme < 0) {
        s->view.browse.by_dept = i.a == 1;
        effects_browse(s, -1, 0);
    } else if (i.kind == INTENT_FILTER && s->view.browse.theme < 0 && i.a > FOUND_ALL && i.a < FOUND_KINDS) {
        searching_all(s, (enum search_kind)i.a);
    } else if (i.kind == INTENT_THEME && i.a >= 0 && i.a < s->view.browse.n_themes) {
        effects_browse(s, i.a, 0);
    } else if (i.kind == INTENT_PAGE && i.a >= 0 && i.a < s->view.browse.pages) {
        effects_browse(s, s->view.browse.theme, i.a);
    } else if (i.kind == INTENT_ITEM && i.a >= 0 && i.a < s->view.browse.n_rows) {
        s->guide.asked = true;
        effects_item(s, s->view.browse.rows[i.a].task_code);
    }
}

static int clamp(int n, int max)
{
    return n < 0 ? 0 : n < max ? n : max;
}

static void take_list(struct session *s, const struct listing *l)
{
    must(l, "a list without rows");
    s->view.browse.n_themes = clamp(l->n_themes, VIEW_THEMES_MAX);
    s->view.browse.n_rows = clamp(l->n_rows, VIEW_ROWS_MAX);
    memcpy(s->view.browse.themes, l->themes, sizeof l->themes);
    memcpy(s->view.browse.rows, l->rows, sizeof l->rows);
    s->view.browse.theme = l->theme;
    s->view.browse.total = l->total;
    s->view.browse.page = l->page;
    s->view.browse.pages = l->pages;
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_BROWSE)
        take_list(s, in->listing);
    else if (in->kind == INPUT_HALTS) /* the tiles count anew */
        effects_browse(s, s->view.browse.theme, s->view.browse.page);
    else if (in->kind == INPUT_ITEM && s->guide.asked)
        guide_answer(s, in);
}

const struct state state_BROWSE = {
    .enter = enter, .intent = intent, .input = input, .rest = REST_HOME, .can_back = true, .looks_up = true};
