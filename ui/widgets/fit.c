/* SPDX-License-Identifier: Apache-2.0
 *
 * See fit.h. A space behind a figure binds (node/wrap.h): "19 November" is one word.
 */
#include "ui/widgets/fit.h"

#include <string.h>

#define SHORT_WORD 6

static size_t word_length(const char *text)
{
    size_t n = strcspn(text, " ");

    while (text[n] && n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9')
        n += 1 + strcspn(text + n + 1, " ");
    return n;
}

bool fit_words(const struct scene *s, int w, struct type t, const char *text)
{
    char word[80];

    for (size_t len; *text; text += len + strspn(text + len, " ")) {
        len = word_length(text);
        if (len >= sizeof word || (unsigned char)*text >= 0x80)
            continue;
        memcpy(word, text, len);
        word[len] = '\0';
        if (scene_width(s, t, word) > w)
            return false;
    }
    return true;
}

bool fit_ends_alone(const struct scene *s, int w, struct type t, const char *text)
{
    const struct span one = {text, t.weight, t.colour};
    struct wrap_line lines[WRAP_LINES_MAX];
    int n = wrap(&s->env.metrics, &one, 1, type_px(t.role, s->env.size), w, lines);
    size_t from = lines[n - 1].from, len = lines[n - 1].to - from;

    return n > 1 && len <= SHORT_WORD && (unsigned char)text[from] < 0x80 && !memchr(text + from, ' ', len);
}
