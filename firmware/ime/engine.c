/* SPDX-License-Identifier: Apache-2.0
 *
 * See engine.h. A session a schema; each question types its letters anew, which costs less than a millisecond and leaves
 * nothing to go out of step. The process ends by SIGKILL or _exit(), so librime is never taken down.
 */
#include "ime/engine.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <rime_api.h>

#include "base/text.h"

#define ROUNDS_MAX COMPOSING_LETTERS_MAX
#define EXACT_FIRST 5

static RimeApi *rime;
static RimeSessionId sessions[2]; /* by scheme */

static void type(RimeSessionId s, const char *letters)
{
    rime->clear_composition(s);
    for (; *letters; letters++)
        rime->process_key(s, *letters, 0);
}

/* librime mixes what is spelt as typed with what southern tongues do not tell apart from it, by weight alone: who types
 * zheng would find 真 before 郑. So the first EXACT_FIRST that are spelt as typed come first, the rest as librime has them.
 * It says of the others how they are spelt (spelling_hints of the schema). */
static bool comes_first(const RimeCandidate *c, int *exact)
{
    return !(c->comment && c->comment[0]) && (*exact)++ < EXACT_FIRST;
}

static void list(RimeSessionId s, struct composing_answer *a)
{
    static struct composing_answer others;
    RimeCandidateListIterator it = {0};
    int exact = 0;

    others.n = 0;
    if (!rime->candidate_list_begin(s, &it))
        return;
    for (int n = 0; n < CANDIDATES_MAX && rime->candidate_list_next(&it); n++)
        if (it.candidate.text && !composing_answer_add(comes_first(&it.candidate, &exact) ? a : &others, it.candidate.text))
            break;
    rime->candidate_list_end(&it);
    for (int i = 0; i < others.n; i++)
        if (!composing_answer_add(a, others.candidates + others.at[i]))
            break;
}

/* What is shown as the i-th, in librime's order; -1 when there are not so many. */
static int shown_as(RimeSessionId s, int i)
{
    RimeCandidateListIterator it = {0};
    int exact = 0, other = 0, at = -1, firsts[EXACT_FIRST], others[CANDIDATES_MAX];

    if (!rime->candidate_list_begin(s, &it))
        return -1;
    for (int n = 0; n < CANDIDATES_MAX && rime->candidate_list_next(&it); n++) {
        if (comes_first(&it.candidate, &exact))
            firsts[exact - 1] = n;
        else
            others[other++] = n;
    }
    rime->candidate_list_end(&it);
    exact = exact < EXACT_FIRST ? exact : EXACT_FIRST;
    if (i < exact)
        at = firsts[i];
    else if (i - exact < other)
        at = others[i - exact];
    return at;
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
    int at;

    text_copy(a->rest, sizeof a->rest, q->letters);
    for (int round = 0; round < ROUNDS_MAX && a->rest[0]; round++) {
        at = shown_as(s, q->op == COMPOSE_TAKE ? q->index : 0);
        if (at < 0 || !rime->select_candidate(s, (size_t)at))
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
