/* SPDX-License-Identifier: Apache-2.0
 *
 * What the simulated platform answers: by a file of synthetic holders, and as honest as it was told to be. Pure.
 *
 *     {"holders":[{"certificate_holder_code":"1101…","certificates":[{…members of tools/hall/rules/licence_wire.h…}]}],
 *      "failing":[{"kind":"婚姻登记证","failed":"source-away"}]}
 */
#ifndef PLATFORM_ANSWER_H
#define PLATFORM_ANSWER_H

#include "base/json.h"
#include "tools/hall/rules/licence_wire.h"

enum mood {
#define MOOD(name, word, what) MOOD_##name,
#include "tools/platform/mood.def"
#undef MOOD
    MOODS
};
const char *mood_word(enum mood m);
const char *mood_what(enum mood m);
bool mood_by_word(const char *word, enum mood *ret);

/* `holders`: the file as a document, which must have the form above. */
int answer_check(const struct json *holders, struct err *e);
/* Appends the answer, whatever the mood makes of it; SILENT and BROKEN have none. */
void answer_make(const struct json *holders, enum mood mood, const struct licence_question *q, struct buf *out);

#endif
