/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the virtual printer share: printer.c (USB side, buffer, time, faults), printer_decode.c (what is a
 * command), printer_obey.c (what it does), printer_status.c (what it answers), printer_command.c (what a person does to it).
 * Nobody else includes it.
 */
#ifndef DRIVERS_VIRTUAL_PRINTER_PARTS_H
#define DRIVERS_VIRTUAL_PRINTER_PARTS_H

#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>

#include "drivers/virtual/printer.h"
#include "drivers/virtual/sheet.h"

#define PRINTER_FIFO_MAX (64 * 1024)
#define PRINTER_REPLIES_MAX 4096
#define PRINTER_ARGUMENT_MAX (8 * 1024) /* longest command kept whole: a QR text of 7089 bytes */
#define PRINTER_PITCH 30                /* from line to line, at power-on */
#define PRINTER_LINE 32                 /* dots of what a person calls a line */

enum virtual_port_status { PORT_HONEST, PORT_CONSTANT, PORT_STALLS };

struct virtual_printer_profile {
    const char *name;
    uint16_t vendor, product;
    const char *maker, *model; /* string descriptors; NULL: none */
    uint8_t out, in;           /* endpoints */
    uint8_t protocol;
    int dots;
    int fifo;       /* receive buffer */
    int dots_per_s; /* print speed */
    bool process_id, automatic_status, clear_dc4, native_qr;
    bool separate_size; /* GS ! does not size Chinese */
    enum virtual_port_status port_status;
};

enum decode_state { DECODE_COMMANDS, DECODE_RASTER, DECODE_COLLECT };

struct decoder {
    enum decode_state state;
    /* GS v 0 under way */
    int raster_width, raster_rows, raster_scale_y;
    /* a command whose length is known and which is being collected */
    uint8_t argument[PRINTER_ARGUMENT_MAX];
    size_t need, have;
    bool keep; /* false: too long, only skipped */
    /* modes */
    bool chinese, chinese_next;
    struct sheet_style style;
    int chinese_wide, chinese_high;
    int pitch, left;
    int lead; /* first byte of a two-byte code, or -1 */
    char qr[PRINTER_ARGUMENT_MAX];
    int qr_module;
};

struct virtual_printer {
    struct virtual_device device;
    const struct virtual_printer_profile *profile;
    uint8_t descriptors[18 + 32];
    uint8_t fifo[PRINTER_FIFO_MAX];
    int fifo_len;
    uint8_t replies[PRINTER_REPLIES_MAX];
    int replies_len;
    struct buf received;   /* since the last cut */
    uint8_t real_time[10]; /* the last bytes, for commands that are obeyed on arrival */
    struct decoder decoder;
    struct sheet sheet;
    virtual_paper_fn *fn;
    void *fn_ctx;
    iconv_t chinese;

    int64_t busy_until_us; /* the paper moves until then */
    int slow_ms;
    bool paper_out, paper_low, cover_open, jam, cutter, silent, gone;
    bool paper_out_at_cut, cutting;
    int paper_out_after; /* dots left on the roll, or -1 */
    int64_t die_after;   /* bytes, or -1 */
    uint8_t automatic_mask, automatic_sent[4];
    int64_t received_ms;            /* when the last bytes of a job came in */
    int64_t full_since_ms, full_ms; /* 0: bytes are taken; how long they were not, in all */
};

/* printer_status.c */
bool printer_offline(const struct virtual_printer *p);
void printer_reply(struct virtual_printer *p, const void *data, int len);
void printer_answer_status(struct virtual_printer *p, int n);   /* DLE EOT n */
void printer_automatic(struct virtual_printer *p, bool always); /* sends automatic status when it changed */
uint8_t printer_paper_byte(const struct virtual_printer *p);    /* GS r 1 */
uint8_t printer_port_status(const struct virtual_printer *p);

/* printer_decode.c: obeys what stands at the front of the buffer. Returns the bytes used up, 0 when more are needed or
 * the printer stopped before it; *ret_dots is how far the paper moved. */
int printer_decode(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots);
void printer_decoder_reset(struct virtual_printer *p); /* ESC @ and power-on */

/* printer_obey.c: whole commands and characters. Each returns how far the paper moved. */
int printer_line(struct virtual_printer *p, int pitch); /* prints the line buffer */
int printer_text(struct virtual_printer *p, uint8_t byte);
int printer_esc(struct virtual_printer *p, const uint8_t *c);
void printer_fs(struct virtual_printer *p, const uint8_t *c);
int printer_gs(struct virtual_printer *p, const uint8_t *c);
int printer_collected(struct virtual_printer *p); /* a command with data, in decoder.argument */

/* printer_command.c */
int printer_command(struct virtual_device *d, const char *words, struct buf *reply);
void printer_heal(struct virtual_printer *p); /* ends every fault but paper and cover */

/* printer.c */
void printer_cut(struct virtual_printer *p);
void printer_clear_buffers(struct virtual_printer *p);

#endif
