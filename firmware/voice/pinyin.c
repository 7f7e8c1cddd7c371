/* SPDX-License-Identifier: Apache-2.0
 *
 * See pinyin.h. Both lists are sorted by bytes, which for UTF-8 is the order of code points.
 */
#include "voice/pinyin.h"

#include <string.h>

#include "base/text.h"

struct entry {
    const char *text, *reading;
};
#define READING(text, reading) {text, reading},
static const struct entry readings[] = {
#include "readings.inc"
};
static const struct entry phrases[] = {
#include "phrases.inc"
};
#undef READING
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *look_up(const struct entry *list, size_t n, const char *text, size_t len)
{
    size_t lo = 0, hi = n;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int order = strncmp(list[mid].text, text, len);

        if (order == 0 && !list[mid].text[len])
            return list[mid].reading;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

static size_t longest_phrase(void)
{
    static size_t longest;

    for (size_t i = 0; !longest && i < COUNT(phrases); i++)
        for (size_t k = 0; k < COUNT(phrases); k++)
            longest = strlen(phrases[k].text) > longest ? strlen(phrases[k].text) : longest;
    return longest;
}

/* The longest word that begins here; *ret_len in bytes. */
static const char *find_phrase(const char *text, const char *end, size_t *ret_len)
{
    size_t most = longest_phrase();
    const char *found = NULL;

    for (const char *p = text; p < end && (size_t)(p - text) <= most;) {
        const char *reading;

        utf8_next(&p, end);
        reading = look_up(phrases, COUNT(phrases), text, (size_t)(p - text));
        if (reading) {
            found = reading;
            *ret_len = (size_t)(p - text);
        }
    }
    return found;
}

void pinyin_begin(struct pinyin_walk *w, const char *text)
{
    *w = (struct pinyin_walk){.at = text, .end = text + strlen(text)};
}

/* The next of readings with spaces between. */
static const char *take_word(const char *list, char *out)
{
    size_t n = strcspn(list, " ");

    if (n >= PINYIN_SYLLABLE)
        n = PINYIN_SYLLABLE - 1;
    memcpy(out, list, n);
    out[n] = '\0';
    return list[n] ? list + n + 1 : list + n;
}

bool pinyin_next(struct pinyin_walk *w, struct pinyin_char *ret)
{
    const char *start = w->at;
    size_t len = 0;
    int32_t cp;

    if (w->at >= w->end)
        return false;
    if (!w->left && (w->word = find_phrase(w->at, w->end, &len)))
        for (size_t i = 0; i < len; i++)
            w->left += (start[i] & 0xc0) != 0x80;
    cp = utf8_next(&w->at, w->end);
    *ret = (struct pinyin_char){.cp = cp < 0 ? 0xfffd : (uint32_t)cp};
    ret->all = look_up(readings, COUNT(readings), start, (size_t)(w->at - start));
    ret->all = ret->all ? ret->all : "";
    if (w->left) {
        w->word = take_word(w->word, ret->here);
        w->left--;
    } else {
        take_word(ret->all, ret->here);
    }
    return true;
}
