/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader's side; the printer's is in mask_escpos.c. Frames: preamble AA AA AA 96 69, length (2), SW1 SW2 SW3 or command,
 * data, XOR. A checksum that was wrong stays wrong by the same bits.
 */
#include "drivers/capture/mask.h"

#include <string.h>

#include "drivers/capture/mask_escpos.h"

#define PREAMBLE 5
#define HEAD 7 /* with the length */
#define STATUS_BYTES 3
#define LENGTHS 4 /* of text and photo, in front of a card's text */
#define TEXT 256

/* ID, status, reset: of the reader, not of a card. */
static bool harmless(uint16_t command)
{
    return command == 0x12FF || command == 0x11FF || command == 0x10FF;
}

/* What stands in the place of every card's text: somebody (某某某), in UTF-16LE, filled up with spaces; a resident's field
 * places. */
static const struct {
    int at; /* characters */
    const uint16_t text[19];
} resident[] = {
    {0, {0x67D0, 0x67D0, 0x67D0}},                                          /* 某某某 */
    {15, {0x0032}},                                                         /* 2 */
    {16, {0x0030, 0x0031}},                                                 /* 01 */
    {18, {0x0031, 0x0039, 0x0030, 0x0030, 0x0030, 0x0031, 0x0030, 0x0031}}, /* 19000101 */
    {26, {0x67D0, 0x8DEF, 0x0031, 0x53F7}},                                 /* 某路1号 */
    {61,
     {0x0031, 0x0031, 0x0030, 0x0031, 0x0030, 0x0031, 0x0031, 0x0039, 0x0030, 0x0030, 0x0030, 0x0031, 0x0030, 0x0031, 0x0030,
      0x0030, 0x0031, 0x0034}},                                              /* 110101190001010014 */
    {79, {0x67D0, 0x516C, 0x5B89, 0x5C40}},                                  /* 某公安局 */
    {94, {0x0032, 0x0030, 0x0032, 0x0030, 0x0030, 0x0031, 0x0030, 0x0031}},  /* 20200101 */
    {102, {0x0032, 0x0030, 0x0039, 0x0039, 0x0031, 0x0032, 0x0033, 0x0031}}, /* 20991231 */
};

static uint8_t text_byte(size_t i)
{
    for (size_t f = 0; f < sizeof resident / sizeof *resident; f++) {
        size_t from = (size_t)resident[f].at;
        for (size_t c = 0; resident[f].text[c]; c++) {
            if (from + c == i / 2)
                return (uint8_t)(i % 2 ? resident[f].text[c] >> 8 : resident[f].text[c] & 0xFF);
        }
    }
    return i % 2 ? 0 : ' ';
}

/* Byte i of a reply's data. */
static uint8_t data_byte(const struct mask *m, size_t i, uint8_t was)
{
    if (harmless(m->command))
        return was;
    if (m->command == 0x3003) /* newest address: spaces */
        return i % 2 ? 0 : ' ';
    if (m->command >> 8 != 0x30)
        return 0;
    if (i < LENGTHS)
        return was;
    return i < LENGTHS + TEXT ? text_byte(i - LENGTHS) : 0;
}

/* One byte of the preamble or the length; false: it is neither. */
static bool head_byte(struct mask_frame *f, uint8_t b)
{
    static const uint8_t preamble[PREAMBLE] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};

    if (f->state < PREAMBLE) {
        if (b == preamble[f->state])
            f->state++;
        else if (b != 0xAA || f->state != 3) /* one AA more than there should be */
            f->state = b == 0xAA;
        return b == 0xAA || f->state > 3;
    }
    f->len = f->state == PREAMBLE ? (size_t)b << 8 : f->len | b;
    f->was = f->is = f->state == PREAMBLE ? b : (uint8_t)(f->was ^ b);
    f->at = 0;
    f->state++;
    if (f->state == HEAD && f->len == 0)
        f->state = 0;
    return true;
}

void mask_init(struct mask *m, bool printer)
{
    memset(m, 0, sizeof *m);
    m->printer = printer;
}

static void from_reader(struct mask *m, uint8_t *data, size_t len)
{
    struct mask_frame *f = &m->in;

    for (size_t i = 0; i < len; i++) {
        if (f->state < HEAD) {
            if (!head_byte(f, data[i]))
                data[i] = 0;
            continue;
        }
        uint8_t was = data[i];
        bool last = ++f->at == f->len;
        if (last)
            data[i] = (uint8_t)(was ^ f->was ^ f->is);
        else if (f->at > STATUS_BYTES)
            data[i] = data_byte(m, f->at - STATUS_BYTES - 1, was);
        f->was ^= was;
        f->is ^= data[i];
        if (last)
            f->state = 0;
    }
}

/* Our own commands say nothing of anybody: only read, to know what will be answered. */
static void to_reader(struct mask *m, const uint8_t *data, size_t len)
{
    struct mask_frame *f = &m->out;

    for (size_t i = 0; i < len; i++) {
        if (f->state < HEAD) {
            head_byte(f, data[i]);
            continue;
        }
        f->at++;
        if (f->at <= 2)
            m->command = (uint16_t)(m->command << 8 | data[i]);
        if (f->at == f->len)
            f->state = 0;
    }
}

void mask_to_device(struct mask *m, uint8_t *data, size_t len)
{
    if (m->printer)
        mask_escpos(m, data, len);
    else
        to_reader(m, data, len);
}

/* What a printer answers is about itself. */
void mask_from_device(struct mask *m, uint8_t *data, size_t len)
{
    if (!m->printer)
        from_reader(m, data, len);
}
