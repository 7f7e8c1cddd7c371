/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of the board and the voice.
 */
#include "tools/hall/calling/queue_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

static const char *const texts[QUEUE_WORD_COUNT] = {
#define STR(id, zh, en) [QUEUE_WORD_##id] = zh,
#include "queue_words.inc"
#undef STR
};

const char *queue_word(enum queue_word id)
{
    return (unsigned)id < QUEUE_WORD_COUNT ? texts[id] : "";
}

const char *queue_words_reason(const char *word)
{
#define QUEUE_REASON(id)                                                                                                    \
    if (strcmp(word, #id) == 0)                                                                                             \
        return queue_word(QUEUE_WORD_reason_##id);
#include "tools/hall/calling/queue_reason.def"
#undef QUEUE_REASON
    return NULL;
}

const char *queue_words_reasons(void)
{
#define QUEUE_REASON(id) " " #id
    static const char all[] =
#include "tools/hall/calling/queue_reason.def"
        ;
#undef QUEUE_REASON
    return all + 1;
}

static const char *digit(int d)
{
    return queue_word((enum queue_word)(QUEUE_WORD_digit_0 + d));
}

/* "A 零三二", "A 零三 零零一": what stands between the digits becomes a pause. */
static void say_number(struct buf *out, const char *number)
{
    bool before = false; /* a digit */

    for (const char *p = number; *p; p++) {
        bool is_digit = *p >= '0' && *p <= '9', is_letter = *p >= 'A' && *p <= 'Z';
        if (out->len && ((is_digit && !before) || is_letter))
            buf_adds(out, " ");
        if (is_digit)
            buf_adds(out, digit(*p - '0'));
        else if (is_letter)
            buf_add(out, p, 1);
        before = is_digit;
    }
}

/* 1 to 999, as it is counted: 三, 十二, 二十, 一百零五, 一百一十. */
static void say_window(struct buf *out, int n)
{
    int hundreds = n / 100, tens = n / 10 % 10, ones = n % 10;

    if (hundreds) {
        buf_adds(out, digit(hundreds));
        buf_adds(out, queue_word(QUEUE_WORD_hundred));
    }
    if (tens > 1 || (tens && hundreds))
        buf_adds(out, digit(tens));
    if (tens)
        buf_adds(out, queue_word(QUEUE_WORD_ten));
    else if (hundreds && ones)
        buf_adds(out, digit(0));
    if (ones)
        buf_adds(out, digit(ones));
}

void queue_words_call(const char *number, int window, bool again, char out[QUEUE_WORDS_CALL_MAX])
{
    struct buf spoken, place;

    buf_init(&spoken, 80);
    buf_init(&place, 80);
    say_number(&spoken, number);
    say_window(&place, window);
    const char *const args[] = {buf_str(&spoken), buf_str(&place)};
    text_fill(out, QUEUE_WORDS_CALL_MAX, queue_word(again ? QUEUE_WORD_call_again : QUEUE_WORD_call), args, 2);
    buf_finish(&spoken);
    buf_finish(&place);
}
