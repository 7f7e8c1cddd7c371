/* SPDX-License-Identifier: Apache-2.0
 *
 * A scenario file as steps: one a line, a verb and words; text with spaces in double quotes; # begins a comment. The whole
 * file is checked before anything runs.
 */
#ifndef SCENARIO_SCRIPT_H
#define SCENARIO_SCRIPT_H

#include <stdbool.h>

#include "base/err.h"

enum verb {
#define VERB(name, word, least, most) VERB_##name,
#include "tools/scenario/verb.def"
#undef VERB
};

#define STEP_WORDS_MAX 25

struct step {
    enum verb verb;
    int line;
    int n; /* words after the verb */
    const char *words[STEP_WORDS_MAX];
    bool quoted[STEP_WORDS_MAX];
};

struct script; /* opaque: owns the words */

/* -ERR_INVALID names line and word. */
int script_load(const char *path, struct script **ret, struct err *e);
void script_free(struct script *s); /* takes NULL */
int script_steps(const struct script *s);
const struct step *script_step(const struct script *s, int i);
/* Index of the step `at the end`, or the number of steps. */
int script_end(const struct script *s);
/* Whether any step begins with these words; word2 may be NULL. */
bool script_uses(const struct script *s, enum verb v, const char *word1, const char *word2);

#endif
