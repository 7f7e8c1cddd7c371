/* SPDX-License-Identifier: Apache-2.0
 *
 * See engine.h. A session a schema; each question types its letters anew, which costs less than a millisecond and leaves
 * nothing to go out of step. The process ends by SIGKILL or _exit(), so librime is never taken down.
 */
#include "ime/engine.h"

#include <stdint.h>
#include <string.h>

#include <rime_api.h>

#include "base/text.h"

#define ROUNDS_MAX COMPOSING_LETTERS_MAX

static RimeApi *rime;
static RimeSessionId sessions[2]; /* by scheme */

static void type(RimeSessionId s, const char *letters)
{
    rime->clear_composition(s);
    for (; *letters; letters++)
        rime->process_key(s, *letters, 0);
}

static void list(RimeSessionId s, struct composing_answer *a)
{
    RimeCandidateListIterator it = {0};

    if (!rime->candidate_list_begin(s, &it))
        return;
    while (a->n < CANDIDATES_MAX && rime->candidate_list_next(&it))
        if (it.candidate.text && !composing_answer_add(a, it.candidate.text))
            break;
    rime->candidate_list_end(&it);
}

/* What stands behind the text already chosen is still letters, set apart by spaces. */
static void read_rest(const char *preedit, char *rest)
{
    size_t n = 0;

    for (; *preedit && n < COMPOSING_LETTERS_MAX; preedit++)
        if (*preedit >= 'a' && *preedit <= 'z')
            rest[n++] = *preedit;
    rest[n] = '\0';
}

/* The composition as it stands: text chosen so far, letters left. */
static void read_composition(RimeSessionId s, struct composing_answer *a)
{
    RIME_STRUCT(RimeContext, context);
    if (!rime->get_context(s, &context))
        return;
    const char *preedit = context.composition.preedit;
    int chosen = context.composition.sel_start;

    if (preedit && chosen >= 0 && chosen <= (int)strlen(preedit) && chosen <= COMPOSED_TEXT_MAX) {
        memcpy(a->text, preedit, (size_t)chosen);
        a->text[chosen] = '\0';
        read_rest(preedit + chosen, a->rest);
    }
    rime->free_context(&context);
}

static void take(RimeSessionId s, const struct compose_question *q, struct composing_answer *a)
{
    text_copy(a->rest, sizeof a->rest, q->letters);
    for (int round = 0; round < ROUNDS_MAX && a->rest[0]; round++) {
        if (!rime->select_candidate(s, (size_t)(q->op == COMPOSE_TAKE ? q->index : 0)))
            break;
        read_composition(s, a);
        if (q->op == COMPOSE_TAKE)
            break;
    }
}

void engine_answer(const struct compose_question *q, struct composing_answer *ret)
{
    RimeSessionId s = sessions[q->scheme];

    *ret = (struct composing_answer){.serial = q->serial};
    type(s, q->letters);
    if (q->op == COMPOSE_LOOK)
        list(s, ret);
    else
        take(s, q, ret);
    rime->clear_composition(s);
}

static int open_schema(const char *name, const char *letters, RimeSessionId *ret, struct err *e)
{
    const struct compose_question q = {.op = COMPOSE_LOOK};
    static struct composing_answer first;
    RimeSessionId s = rime->create_session();

    if (!s || !rime->select_schema(s, name))
        return err_set(e, ERR_NOTFOUND, "open the lexicon %s", name);
    rime->set_option(s, "_auto_commit", False);
    *ret = s;
    first = (struct composing_answer){.serial = q.serial};
    type(s, letters); /* now its tables are mapped */
    list(s, &first);
    rime->clear_composition(s);
    return first.n ? 0 : err_set(e, ERR_NOTFOUND, "the lexicon %s is empty", name);
}

int engine_open(const char *folder, struct err *e)
{
    static const char *modules[] = {"core", "dict", "gears", NULL}; /* no plug-ins */
    int rc;

    RIME_STRUCT(RimeTraits, traits);
    traits.shared_data_dir = traits.user_data_dir = traits.prebuilt_data_dir = traits.staging_dir = folder;
    traits.app_name = "rime.tongban";
    traits.modules = modules;
    traits.min_log_level = 3;
    traits.log_dir = "";
    rime = rime_get_api();
    rime->setup(&traits);
    rime->initialize(&traits);
    rc = open_schema("tongban", "ni", &sessions[SCHEME_PINYIN], e);
    return rc < 0 ? rc : open_schema("strokes", "h", &sessions[SCHEME_STROKES], e);
}
