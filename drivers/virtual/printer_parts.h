/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the virtual printer share. Nobody else includes it.
 *   printer.c            buffer, time, what happens at a cut         printer_usb.c        descriptors and control requests
 *   printer_real_time.c  what is obeyed on arrival                    printer_status.c     what is answered
 *   printer_decode.c     what is a command (_length.c: how long)      printer_obey.c       what a short one does
 *   printer_data.c       what one with data does                      printer_text.c       from bytes to characters
 *   printer_present.c    where the cut paper is                       printer_command.c    what a person does to it
 *   printer_profile.c    what it is like
 */
#ifndef DRIVERS_VIRTUAL_PRINTER_PARTS_H
#define DRIVERS_VIRTUAL_PRINTER_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/virtual/printer.h"
#include "drivers/virtual/printer_profile.h"
#include "drivers/virtual/sheet.h"

#define PRINTER_REPLIES_MAX 4096
#define PRINTER_ARGUMENT_MAX (1024 * 1024) /* longest command kept whole: an image */
#define PRINTER_QR_MAX (8 * 1024)
#define TABS_MAX 32
#define PRINTER_PITCH 30       /* from line to line, at power-on */
#define PRINTER_LINE 32        /* dots of what a person calls a line */
#define PRINTER_DESCRIPTORS 80 /* device, configuration, two settings of one interface */

enum printer_control {
    NUL = 0,
    HT = 9,
    LF = 10,
    FF = 12,
    CR = 13,
    DLE = 0x10,
    CAN = 0x18,
    ESC = 0x1B,
    FS = 0x1C,
    GS = 0x1D
};

enum decode_state { DECODE_COMMANDS, DECODE_RASTER, DECODE_COLLECT };

#define GLYPHS_MAX 94 /* FE A1 … FE FE */
struct glyph_cell {
    bool defined;
    uint8_t columns[72]; /* 24 of 3 bytes, top first */
};

struct decoder {
    enum decode_state state;
    /* GS v 0 under way */
    int raster_width, raster_rows, raster_x, raster_scale_x, raster_scale_y;
    uint8_t raster_row[SHEET_STRIDE];
    /* a command whose length is known and which is being collected */
    struct buf argument;
    size_t need, have;
    bool keep;              /* false: only skipped */
    int pieces, piece_rows; /* still to come, of FS q or (rows: bytes a column) ESC & */
    /* modes */
    bool chinese, chinese_next;
    uint8_t page, country; /* ESC t, ESC R */
    bool deselected;       /* ESC =: what comes is for somebody else on the line */
    struct sheet_style style;
    int chinese_wide, chinese_high;
    bool chinese_underline, font_b;
    int chinese_before, chinese_after; /* FS S */
    uint8_t tabs[TABS_MAX];            /* ESC D, in characters; none: every eighth */
    int n_tabs;
    int pitch;
    uint8_t code[4]; /* a code of several bytes begun */
    int n_code;
    uint8_t qr[PRINTER_QR_MAX];
    size_t n_qr; /* 0: nothing is stored */
    int qr_module;
    int code_height, code_module, code_text; /* GS h, GS w, GS H */
    struct buf graphics;                     /* GS ( L function 112: the image until function 50 */
    int graphics_width, graphics_rows, graphics_scale_x, graphics_scale_y;
    struct glyph_cell glyphs[GLYPHS_MAX]; /* FS 2 */
};

/* Faults that can be armed: they happen when so much paper has moved, or at the next cut. */
enum printer_fault { FAULT_NONE, FAULT_PAPER_OUT, FAULT_COVER, FAULT_JAM, FAULT_CUTTER, FAULT_HEAT };

enum ticket_place { TICKET_NONE, TICKET_INSIDE, TICKET_OUT };

struct virtual_printer {
    struct virtual_device device;
    const struct virtual_printer_profile *profile;
    uint8_t descriptors[PRINTER_DESCRIPTORS];
    size_t n_descriptors;
    uint8_t fifo[PRINTER_FIFO_MAX];
    int fifo_len;
    uint8_t replies[PRINTER_REPLIES_MAX];
    int replies_len;
    struct buf received;   /* since the last cut */
    uint8_t real_time[10]; /* the last bytes, for commands that are obeyed on arrival */
    bool no_dc4, no_eot;   /* switched off by GS ( D */
    struct decoder decoder;
    struct sheet sheet;
    virtual_paper_fn *fn;
    void *fn_ctx;

    int64_t now_ms;
    int64_t busy_until_us; /* the paper moves until then */
    int slow_ms;
    bool paper_out, paper_low, cover_open, jam, cutter, heat; /* any of them but paper_low stops it */
    bool silent, gone;
    bool split, merge;    /* replies come byte by byte; not before there are several */
    int64_t merge_due_ms; /* or not before this */
    int swallow;          /* bytes that still vanish on their way in */
    enum printer_fault at_cut, after;
    int after_dots;   /* until `after` happens */
    bool out_in_line; /* the next line runs off the end of the roll */
    bool cutting;
    int64_t die_after; /* bytes, or -1 */
    uint8_t automatic_mask, automatic_sent[4];

    enum ticket_place ticket;
    int64_t retract_due_ms;         /* 0: no time-out */
    int taken, retracted, fell;     /* pieces */
    int unknown, lost;              /* commands nobody documented; bytes that vanished */
    int64_t received_ms;            /* when the last bytes of a job came in */
    int64_t full_since_ms, full_ms; /* 0: bytes are taken; how long they were not, in all */
};

static inline struct virtual_printer *printer_of(struct virtual_device *d)
{
    return (struct virtual_printer *)(void *)d;
}
static inline const struct virtual_printer *printer_of_const(const struct virtual_device *d)
{
    return (const struct virtual_printer *)(const void *)d;
}

/* printer.c */
void printer_cut(struct virtual_printer *p); /* after the command that is being obeyed */
void printer_drop_paper(struct virtual_printer *p);
void printer_clear_buffers(struct virtual_printer *p);
void printer_lose_power(struct virtual_printer *p);
void printer_run(struct virtual_printer *p, int64_t now_ms);
bool printer_feeding(const struct virtual_printer *p);

/* printer_usb.c */
void printer_describe(struct virtual_printer *p);
const uint8_t *printer_descriptors(const struct virtual_device *d, size_t *ret_len);
const char *printer_string(const struct virtual_device *d, int n);
int printer_control(struct virtual_device *d, const struct virtual_setup *setup, uint8_t *data, int64_t now_ms);

/* printer_real_time.c: false when the byte goes no further. */
bool printer_arrives(struct virtual_printer *p, uint8_t b);
/* Steps over a DLE command in the buffer, obeying it where the profile answers in order; 0: not whole yet. */
int printer_dle(struct virtual_printer *p, const uint8_t *c, int len);

/* printer_status.c */
bool printer_offline(const struct virtual_printer *p);
void printer_reply(struct virtual_printer *p, const void *data, int len);
void printer_answer_status(struct virtual_printer *p, int n);   /* DLE EOT n */
void printer_automatic(struct virtual_printer *p, bool always); /* sends automatic status when it changed */
uint8_t printer_paper_byte(const struct virtual_printer *p);    /* GS r 1 */
uint8_t printer_ejector_byte(const struct virtual_printer *p);  /* GS e 6 */
uint8_t printer_port_status(const struct virtual_printer *p);

/* printer_decode.c: obeys what stands at the front of the buffer. Returns the bytes used up, 0 when more are needed or
 * the printer stopped before it; *ret_dots is how far the paper moved. */
int printer_decode(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots);
void printer_decoder_init(struct virtual_printer *p);
void printer_decoder_finish(struct virtual_printer *p);
void printer_decoder_reset(struct virtual_printer *p); /* ESC @ */

/* printer_obey.c: whole commands. Each returns how far the paper moved. */
int printer_line(struct virtual_printer *p, int pitch); /* prints the line buffer */
int printer_esc(struct virtual_printer *p, const uint8_t *c);
void printer_fs(struct virtual_printer *p, const uint8_t *c);
int printer_gs(struct virtual_printer *p, const uint8_t *c);

/* printer_data.c: what was collected, from its first byte on. */
int printer_collected(struct virtual_printer *p, const uint8_t *a, size_t n);

/* printer_text.c */
int printer_text(struct virtual_printer *p, uint8_t byte);

/* printer_present.c */
void printer_was_cut(struct virtual_printer *p);
void printer_present(struct virtual_printer *p, const uint8_t c[3]); /* GS e n m t */
void printer_present_time(struct virtual_printer *p);                /* takes back what nobody took */
void printer_take(struct virtual_printer *p);                        /* a person's hand */

/* printer_command.c */
int printer_command(struct virtual_device *d, const char *words, struct buf *reply);
void printer_heal(struct virtual_printer *p);                       /* ends every fault but paper and cover */
void printer_fail(struct virtual_printer *p, enum printer_fault f); /* now */

#endif
