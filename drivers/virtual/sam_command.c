/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person does to the virtual reader: cards and faults, in words.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/sam_parts.h"

static const struct {
    const char *word;
    enum sam_trouble trouble;
} troubles[] = {
    {"silent", TROUBLE_SILENT},       {"stall", TROUBLE_STALL}, {"garbage", TROUBLE_GARBAGE}, {"junk", TROUBLE_JUNK},
    {"junk-body", TROUBLE_JUNK_BODY}, {"short", TROUBLE_SHORT}, {"late", TROUBLE_LATE},
};

static const struct {
    const char *word;
    size_t at; /* a bool in struct sam */
} switches[] = {
    {"no-card-error", offsetof(struct sam, no_card_error)}, {"no-address", offsetof(struct sam, no_address)},
    {"mute-address", offsetof(struct sam, mute_address)},   {"mute-read", offsetof(struct sam, mute_read)},
    {"unauthorised", offsetof(struct sam, unauthorised)},   {"lame", offsetof(struct sam, lame)},
    {"status-bytes", offsetof(struct sam, status_bytes)},
};

static const struct {
    const char *word;
    size_t at; /* an int in struct sam */
    int base, most;
} figures[] = {
    {"slow", offsetof(struct sam, slow_ms), 10, 600000},
    {"babble", offsetof(struct sam, babble), 10, 1000},
    {"chop", offsetof(struct sam, chop), 10, 64},
    {"card-error", offsetof(struct sam, card_error), 16, 255},
};

static bool read_number(const char *text, int base, int most, int *ret)
{
    char *end;
    long n = strtol(text, &end, base);
    if (end == text || *end || n < 0 || n > most)
        return false;
    *ret = (int)n;
    return true;
}

static bool set_trouble(struct sam *s, const char *word, const char *rest)
{
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        int *count = &s->troubles[troubles[i].trouble];
        if (strcmp(word, troubles[i].word))
            continue;
        *count = -1;
        return !rest || read_number(rest, 10, 1000, count);
    }
    return false;
}

static bool set_switch(struct sam *s, const char *word, const char *rest)
{
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        if (rest || strcmp(word, switches[i].word))
            continue;
        *(bool *)((char *)s + switches[i].at) = true;
        return true;
    }
    return false;
}

static bool set_figure(struct sam *s, const char *word, const char *rest)
{
    if (!strcmp(word, "card-error") && !rest)
        rest = "41";
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (!strcmp(word, figures[i].word))
            return rest && read_number(rest, figures[i].base, figures[i].most, (int *)((char *)s + figures[i].at));
    }
    return false;
}

static bool set_cured(enum sam_cure *fault, const char *cure)
{
    static const char *const words[] = {[CURE_RESET] = "reset",
                                        [CURE_CLEAR_HALT] = "clear-halt",
                                        [CURE_RELEASE] = "release",
                                        [CURE_USB_RESET] = "usb-reset",
                                        [CURE_CLEAR] = "clear"};
    for (enum sam_cure c = CURE_RESET; c <= CURE_CLEAR; c++) {
        if (strcmp(cure ? cure : "clear", words[c]))
            continue;
        *fault = c;
        return true;
    }
    return false;
}

static void clear_all(struct sam *s)
{
    memset(s->troubles, 0, sizeof s->troubles);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        *(bool *)((char *)s + switches[i].at) = false;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        *(int *)((char *)s + figures[i].at) = 0;
    s->self_test = s->deaf = CURE_NONE;
}

static bool place_raw(struct virtual_device *d, const char *hex)
{
    struct virtual_card card = {.moved = false};
    size_t first = strcspn(hex, " "), len, more = 0;
    if (hex_decode(hex, first, card.text, sizeof card.text, &len) < 0 || len != sizeof card.text)
        return false;
    if (hex[first])
        card.moved = hex_decode(hex + first + 1, strlen(hex + first + 1), card.address, sizeof card.address, &more) == 0;
    if (hex[first] && more != sizeof card.address)
        return false;
    virtual_sam_place(d, &card);
    return true;
}

static void report(const struct sam *s, struct buf *reply)
{
    buf_addf(reply, "{\"transport\":\"%s\",\"card\":%s", s->kind->name, s->present ? "true" : "false");
    if (s->given_ms)
        buf_addf(reply, ",\"given_ms\":%lld", (long long)s->given_ms);
    buf_addc(reply, '}');
}

static bool obey(struct sam *s, const char *word, const char *rest, struct buf *reply)
{
    if (!strcmp(word, "place"))
        return rest && !strncmp(rest, "raw ", 4) && place_raw(&s->base, rest + 4);
    if (!strcmp(word, "self-test"))
        return set_cured(&s->self_test, rest);
    if (!strcmp(word, "deaf"))
        return set_cured(&s->deaf, rest);
    if (set_trouble(s, word, rest) || set_switch(s, word, rest) || set_figure(s, word, rest))
        return true;
    if (rest)
        return false;
    if (!strcmp(word, "lift"))
        virtual_sam_lift(&s->base);
    else if (!strcmp(word, "stale"))
        sam_leave_stale(s);
    else if (!strcmp(word, "clear"))
        clear_all(s);
    else if (!strcmp(word, "status"))
        report(s, reply);
    else
        return false;
    return true;
}

int sam_command(struct virtual_device *d, const char *words, struct buf *reply)
{
    char word[16] = "";
    size_t n = strcspn(words, " ");
    if (n >= sizeof word)
        return -ERR_INVALID;
    memcpy(word, words, n);
    return obey(sam_of(d), word, words[n] ? words + n + 1 : NULL, reply) ? 0 : -ERR_INVALID;
}
