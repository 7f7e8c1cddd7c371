/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person does to the virtual printer, in words: printer.h lists them.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "drivers/virtual/printer_parts.h"

#define LINES_MAX 1000000

/* --- faults --- */

static const struct {
    const char *word;
    enum printer_fault fault;
} faults[] = {{"paper-out", FAULT_PAPER_OUT},
              {"cover-open", FAULT_COVER},
              {"jam", FAULT_JAM},
              {"cutter", FAULT_CUTTER},
              {"head-hot", FAULT_HEAT}};

void printer_fail(struct virtual_printer *p, enum printer_fault f)
{
    p->paper_out |= f == FAULT_PAPER_OUT;
    p->cover_open |= f == FAULT_COVER;
    p->jam |= f == FAULT_JAM;
    p->cutter |= f == FAULT_CUTTER;
    p->heat |= f == FAULT_HEAT;
    printer_automatic(p, false);
}

void printer_heal(struct virtual_printer *p)
{
    p->jam = p->cutter = p->heat = p->silent = p->gone = p->out_in_line = p->split = p->merge = false;
    p->at_cut = p->after = FAULT_NONE;
    p->slow_ms = p->swallow = 0;
    p->die_after = -1;
}

static void load_paper(struct virtual_printer *p)
{
    p->paper_out = p->paper_low = p->out_in_line = false;
    if (p->after == FAULT_PAPER_OUT)
        p->after = FAULT_NONE;
    if (p->at_cut == FAULT_PAPER_OUT)
        p->at_cut = FAULT_NONE;
}

/* FAULT, FAULT-at-cut, FAULT-after LINES. */
static bool fault(struct virtual_printer *p, const char *words)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        size_t n = strlen(faults[i].word);
        int lines, end = 0;

        if (strncmp(words, faults[i].word, n))
            continue;
        if (!words[n]) {
            printer_fail(p, faults[i].fault);
            return true;
        }
        if (!strcmp(words + n, "-at-cut")) {
            p->at_cut = faults[i].fault;
            return true;
        }
        if (sscanf(words + n, "-after %d%n", &lines, &end) == 1 && !words[n + (size_t)end] && lines >= 0 &&
            lines <= LINES_MAX) {
            p->after = lines ? faults[i].fault : FAULT_NONE;
            p->after_dots = lines * PRINTER_LINE;
            if (!lines)
                printer_fail(p, faults[i].fault);
            return true;
        }
    }
    return false;
}

/* --- the rest --- */

static const char *fault_name(enum printer_fault f)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].fault == f)
            return faults[i].word;
    return "";
}

/* What was ordered and has not happened yet, or goes on. */
static void orders(const struct virtual_printer *p, struct jsonw *w)
{
    jsonw_str(w, "at_cut", fault_name(p->at_cut));
    jsonw_str(w, "after", fault_name(p->after));
    jsonw_int(w, "after_dots", p->after == FAULT_NONE ? 0 : p->after_dots);
    jsonw_bool(w, "paper_out_in_line", p->out_in_line);
    jsonw_int(w, "slow_ms", p->slow_ms);
    jsonw_bool(w, "split", p->split);
    jsonw_bool(w, "merge", p->merge);
    jsonw_int(w, "swallow", p->swallow);
    jsonw_int(w, "die_after", p->die_after);
}

static void status(const struct virtual_printer *p, struct buf *reply)
{
    static const char *const places[] = {"none", "inside", "out"};
    const struct virtual_printer_profile *f = p->profile;
    struct jsonw w;

    jsonw_init(&w, reply);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "profile", f->name);
    jsonw_str(&w, "about", f->meaning);
    jsonw_str(&w, "paper", p->paper_out ? "out" : p->paper_low ? "low" : "ok");
    jsonw_str(&w, "cover", p->cover_open ? "open" : "closed");
    jsonw_bool(&w, "jam", p->jam);
    jsonw_bool(&w, "cutter", p->cutter);
    jsonw_bool(&w, "head_hot", p->heat);
    jsonw_bool(&w, "silent", p->silent);
    jsonw_bool(&w, "gone", p->gone);
    orders(p, &w);
    jsonw_bool(&w, "feeding", printer_feeding(p));
    jsonw_bool(&w, "in_image", p->decoder.state != DECODE_COMMANDS);
    jsonw_str(&w, "piece", places[p->ticket]);
    jsonw_int(&w, "taken", p->taken);
    jsonw_int(&w, "retracted", p->retracted);
    jsonw_int(&w, "fell", p->fell);
    jsonw_int(&w, "unknown_commands", p->unknown);
    jsonw_int(&w, "lost_bytes", p->lost);
    jsonw_int(&w, "waiting_bytes", p->fifo_len);
    jsonw_int(&w, "waiting_replies", p->replies_len);
    jsonw_int(&w, "dots", p->sheet.height);
    jsonw_int(&w, "received_ms", p->received_ms);
    jsonw_int(&w, "full_ms", p->full_ms);
    jsonw_end(&w);
}

static int with_number(struct virtual_printer *p, const char *words)
{
    int n;

    if (sscanf(words, "slow %d", &n) == 1 && n >= 0)
        p->slow_ms = n;
    else if (sscanf(words, "die-after %d", &n) == 1 && n >= 0)
        p->die_after = n;
    else if (sscanf(words, "swallow %d", &n) == 1 && n >= 0)
        p->swallow = n;
    else
        return -ERR_INVALID;
    return 0;
}

static bool set_flag(struct virtual_printer *p, const char *words)
{
    const struct {
        const char *word;
        bool *flag, value;
    } flags[] = {
        {"paper-low", &p->paper_low, true}, {"cover-close", &p->cover_open, false},
        {"silent", &p->silent, true},       {"split", &p->split, true},
        {"merge", &p->merge, true},         {"paper-out-in-line", &p->out_in_line, true},
    };

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (!strcmp(words, flags[i].word)) {
            *flags[i].flag = flags[i].value;
            return true;
        }
    return false;
}

static bool do_it(struct virtual_printer *p, const char *words, struct buf *reply)
{
    static const uint8_t all_well = 0x12;

    if (!strcmp(words, "clear"))
        printer_heal(p);
    else if (!strcmp(words, "paper-load"))
        load_paper(p);
    else if (!strcmp(words, "take"))
        printer_take(p);
    else if (!strcmp(words, "power-loss"))
        printer_lose_power(p);
    else if (!strcmp(words, "stale-reply")) /* to a question of long ago */
        printer_reply(p, &all_well, 1);
    else if (!strcmp(words, "status"))
        status(p, reply);
    else
        return false;
    return true;
}

int printer_command(struct virtual_device *d, const char *words, struct buf *reply)
{
    struct virtual_printer *p = printer_of(d);
    int rc = 0;

    if (!do_it(p, words, reply) && !set_flag(p, words) && !fault(p, words))
        rc = with_number(p, words);
    printer_automatic(p, false);
    return rc;
}
