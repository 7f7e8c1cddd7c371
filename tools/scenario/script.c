/* SPDX-License-Identifier: Apache-2.0
 *
 * See script.h.
 */
#include "tools/scenario/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"

#define SCRIPT_BYTES_MAX (64 * 1024)
#define SCRIPT_STEPS_MAX 400

struct script {
    struct buf text; /* the words point into it */
    struct step steps[SCRIPT_STEPS_MAX];
    int n;
};

static const struct {
    const char *word;
    int least, most;
} verbs[] = {
#define VERB(name, word, least, most) {word, least, most},
#include "tools/scenario/verb.def"
#undef VERB
};

/* Cuts one word off *p in place; NULL at the end of the line. */
static char *next_word(char **p, bool *quoted, bool *bad)
{
    char *s = *p, *end;

    while (*s == ' ' || *s == '\t')
        s++;
    if (!*s)
        return NULL;
    *quoted = *s == '"';
    if (*quoted) {
        end = strchr(++s, '"');
        if (!end) {
            *bad = true;
            return NULL;
        }
    } else {
        end = s + strcspn(s, " \t");
    }
    *p = *end ? end + 1 : end;
    *end = 0;
    return s;
}

static int parse_line(struct script *s, char *line, int number, struct err *e)
{
    struct step *st = &s->steps[s->n];
    bool quoted, bad = false;
    char *word = next_word(&line, &quoted, &bad);
    size_t v = 0;

    if (!word)
        return 0;
    if (s->n == SCRIPT_STEPS_MAX)
        return err_set(e, ERR_TOOLONG, "line %d: more than %d steps", number, SCRIPT_STEPS_MAX);
    while (v < sizeof verbs / sizeof *verbs && strcmp(verbs[v].word, word))
        v++;
    if (v == sizeof verbs / sizeof *verbs)
        return err_set(e, ERR_INVALID, "line %d: there is no step \"%s\"", number, word);
    *st = (struct step){.verb = (enum verb)v, .line = number};
    while (st->n < STEP_WORDS_MAX && (word = next_word(&line, &st->quoted[st->n], &bad)))
        st->words[st->n++] = word;
    if (bad)
        return err_set(e, ERR_INVALID, "line %d: a quote is not closed", number);
    if (st->n < verbs[v].least || st->n > verbs[v].most)
        return err_set(e, ERR_INVALID, "line %d: %s takes %d to %d words", number, verbs[v].word, verbs[v].least,
                       verbs[v].most);
    s->n++;
    return 0;
}

static int parse(struct script *s, struct err *e)
{
    char *at = (char *)s->text.data, *line;
    int rc = 0, number = 0;

    if (!utf8_valid(at ? at : "", s->text.len))
        return err_set(e, ERR_INVALID, "it is not UTF-8");
    while (rc >= 0 && at && *at) {
        line = at;
        at = strchr(at, '\n');
        if (at)
            *at++ = 0;
        number++;
        if (*line != '#')
            rc = parse_line(s, line, number, e);
    }
    return rc;
}

int script_load(const char *path, struct script **ret, struct err *e)
{
    struct script *s = calloc(1, sizeof *s);
    int rc;

    if (!s)
        return err_set(e, ERR_NOMEM, "load a scenario");
    rc = fs_read(path, SCRIPT_BYTES_MAX, &s->text, e);
    if (rc >= 0)
        rc = parse(s, e);
    if (rc < 0)
        script_free(s);
    else
        *ret = s;
    return rc;
}

void script_free(struct script *s)
{
    if (!s)
        return;
    buf_finish(&s->text);
    free(s);
}

int script_steps(const struct script *s)
{
    return s->n;
}

const struct step *script_step(const struct script *s, int i)
{
    return &s->steps[i];
}

int script_end(const struct script *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->steps[i].verb == VERB_AT)
            return i;
    return s->n;
}

bool script_uses(const struct script *s, enum verb v, const char *word1, const char *word2)
{
    for (int i = 0; i < s->n; i++) {
        const struct step *st = &s->steps[i];

        if (st->verb == v && !strcmp(st->words[0], word1) && (!word2 || (st->n > 1 && !strcmp(st->words[1], word2))))
            return true;
    }
    return false;
}
