/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing a region: province, prefecture, county, a touch each. It begins in the department's own prefecture, which most
 * residents mean; 返回 goes up the way one came, at last to the form.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/fields.h"
#include "session/internal.h"
#include "session/region.h"

static void ask(struct session *s)
{
    must(s->region.depth >= 0 && s->region.depth < REGION_DEPTH, "a region below all regions");
    effects_region(s, s->region.codes[s->region.depth]);
}

void region_open(struct session *s, int field)
{
    must(s->fields.item->form.fields[field].type == FIELD_REGION, "a region for a field that is none");
    const char *task = s->fields.item->task_code;

    memset(&s->view.region, 0, sizeof s->view.region);
    memset(s->region.codes, 0, sizeof s->region.codes);
    s->view.region.field = field;
    s->region.depth = 0;
    /* an implementing code begins with the department's credit code, whose digits 3 to 8 are its division (GB 32100) */
    if (task && strlen(task) > 10)
        memcpy(s->region.codes[0], task + 2, 4);
    session_go(s, SCREEN_REGION);
    ask(s);
}

static void leave(struct session *s)
{
    memset(&s->view.region, 0, sizeof s->view.region);
    session_go(s, SCREEN_FORM);
}

static void back(struct session *s)
{
    must(s->region.depth >= 0, "a region above all regions");
    if (s->region.depth == 0) {
        leave(s);
        return;
    }
    s->region.depth--;
    ask(s);
}

static void down(struct session *s, const char *code)
{
    if (s->region.depth + 1 >= REGION_DEPTH)
        return;
    text_copy(s->region.codes[++s->region.depth], sizeof s->region.codes[0], code);
    ask(s);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK)
        back(s);
    else if (i.kind == INTENT_REGION_ALL && s->view.region.name[0])
        down(s, "");
    else if (i.kind == INTENT_REGION && i.a >= 0 && i.a < s->view.region.n)
        down(s, s->view.region.rows[i.a].code);
}

/* Nothing lies below: this is the answer. */
static void input(struct session *s, const struct input *in)
{
    if (in->kind != INPUT_REGION)
        return;
    const struct regions *r = in->regions;
    if (r->n == 0 && s->region.depth > 0) {
        int field = s->view.region.field;
        leave(s);
        fields_set(s, field, r->name);
        return;
    }
    if (r->n == 0 && s->region.codes[0][0]) { /* the department's own is not in the list: from the top */
        s->region.codes[0][0] = '\0';
        ask(s);
        return;
    }
    s->view.region.turn++;
    s->view.region.n = r->n;
    memcpy(s->view.region.rows, r->list, sizeof s->view.region.rows);
    text_copy(s->view.region.name, sizeof s->view.region.name, r->name);
}

const struct state state_REGION = {.intent = intent, .input = input, .rest = REST_FORM, .can_back = true};
