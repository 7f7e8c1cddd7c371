/* SPDX-License-Identifier: Apache-2.0
 *
 * See named.h.
 */
#include "voice/named.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "voice/pinyin.h"

struct named {
    const char *text, *letters; /* syllables with spaces between, some with their tone */
};
#define NAMED(text, letters) {text, letters},
static const struct named places[] = {
#include "voice_places.inc"
};
static const struct named families[] = {
#include "voice_families.inc"
};
#undef NAMED
#define READING(text, letters) {text, letters},
static const struct named toned[] = {
#include "tones.inc"
};
#undef READING
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Of all readings of one character the one of these letters, which may bear their tone already; "": it has none. */
static void with_tone(const char *character, size_t len, const char *letters, size_t n, char ret[PINYIN_SYLLABLE])
{
    char one[8];
    struct pinyin_walk w;
    struct pinyin_char c;

    snprintf(ret, PINYIN_SYLLABLE, "%.*s", (int)n, letters);
    if (n && letters[n - 1] < 'a')
        return;
    memcpy(one, character, len);
    one[len] = '\0';
    ret[0] = '\0';
    pinyin_begin(&w, one);
    if (!pinyin_next(&w, &c))
        return;
    for (const char *p = c.all; *p;) {
        size_t k = strcspn(p, " ");

        if (k == n + 1 && k < PINYIN_SYLLABLE && !strncmp(p, letters, n)) {
            memcpy(ret, p, k);
            ret[k] = '\0';
            return;
        }
        p += k + (p[k] == ' ');
    }
}

/* false: a syllable is not among its character's readings. */
static bool read_all(const struct named *what, char ret[NAMED_READING_MAX])
{
    const char *p = what->text, *end = p + strlen(p), *letters = what->letters;
    size_t used = 0;

    ret[0] = '\0';
    while (p < end && *letters) {
        const char *start = p;
        char syllable[PINYIN_SYLLABLE];
        size_t n = strcspn(letters, " ");

        utf8_next(&p, end);
        with_tone(start, (size_t)(p - start), letters, n, syllable);
        if (!syllable[0])
            return false;
        used += (size_t)snprintf(ret + used, NAMED_READING_MAX - used, "%s%s", used ? " " : "", syllable);
        letters += n + (letters[n] == ' ');
    }
    return p == end && !*letters && used < NAMED_READING_MAX;
}

static size_t longest(const struct named *list, size_t n, const char *text, const char *end, char ret[NAMED_READING_MAX])
{
    const struct named *best = NULL;
    size_t room = (size_t)(end - text), most = 0;

    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(list[i].text);

        if (len > most && len <= room && !memcmp(list[i].text, text, len)) {
            best = &list[i];
            most = len;
        }
    }
    return best && read_all(best, ret) ? most : 0;
}

/* The list is sorted by bytes: what begins with the first character of `text` stands together. */
static size_t longest_toned(const char *text, const char *end, char ret[NAMED_READING_MAX])
{
    const char *behind = text;
    size_t lo = 0, hi = COUNT(toned), most = 0, room = (size_t)(end - text);

    utf8_next(&behind, end);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (strncmp(toned[mid].text, text, (size_t)(behind - text)) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < COUNT(toned) && !strncmp(toned[lo].text, text, (size_t)(behind - text)); lo++) {
        size_t len = strlen(toned[lo].text);

        if (len <= most || len > room || memcmp(toned[lo].text, text, len))
            continue;
        snprintf(ret, NAMED_READING_MAX, "%s", toned[lo].letters);
        most = len;
    }
    return most;
}

size_t named_word(const char *text, const char *end, char ret[NAMED_READING_MAX])
{
    size_t n = longest(places, COUNT(places), text, end, ret);

    return n ? n : longest_toned(text, end, ret);
}

size_t named_family(const char *text, const char *end, char ret[NAMED_READING_MAX])
{
    return longest(families, COUNT(families), text, end, ret);
}
