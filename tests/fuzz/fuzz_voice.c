/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-voice is given: an order, and the text in it as it is said. What is taken is encoded and taken again,
 * unchanged; what is said is lines of the two languages, without anything an engine would take for its own signs.
 */
#include <stdlib.h>
#include <string.h>

#include "voice/spoken.h"
#include "wire/voice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check_line(const char *line, size_t n)
{
    if (n < 4 || (memcmp(line, "zh ", 3) && memcmp(line, "en ", 3)))
        abort();
    for (size_t i = 3; i < n; i++) {
        char c = line[i];
        bool figure = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!letter && !strchr(" ,.?'", c) && !(figure && line[0] == 'z'))
            abort();
    }
}

static void say(const struct voice_order *o)
{
    struct buf out;

    buf_init(&out, 64 * 1024);
    if (spoken_words(o->language, o->text, &out) < 0)
        abort(); /* no syllable or figure of a text takes more */
    for (const char *p = buf_str(&out); *p;) {
        size_t n = strcspn(p, "\n");

        check_line(p, n);
        p += n + 1;
    }
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct voice_order order, again;
    static uint8_t out[VOICE_ORDER_MAX];

    if (voice_order_decode(data, len, &order) < 0)
        return 0;
    size_t n = voice_order_encode(&order, out);
    if (n != len || memcmp(out, data, n) || voice_order_decode(out, n, &again) < 0 || strcmp(order.text, again.text))
        abort();
    say(&order);
    return 0;
}
