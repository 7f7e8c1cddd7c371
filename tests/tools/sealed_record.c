/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of the hall: the header and the sealed body of an application, as a terminal would have made them, in
 * hexadecimal; ITEM "-": of a supplement to that case; a word of speak.def: of what somebody said. Usage: sealed-record
 * KEY.pub TERMINAL SEQ NUMBER ITEM ITEM-VERSION TEXT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/seal.h"
#include "model/speak.h"
#include "wire/record.h"

static int make(char **argv, struct buf *header, struct buf *body, struct err *e)
{
    struct record_header h = {.v = 1, .at = 1767546000000, .up = 1, .clock_trusted = true, .kind = RECORD_APPLICATION};
    bool supplement = strcmp(argv[5], "-") == 0;
    enum speak_kind said;
    struct public_key to;
    struct buf plain;

    h.seq = h.id[15] = (uint8_t)atoi(argv[3]);
    h.epoch[0] = 1;
    if (supplement) {
        h.kind = RECORD_SUPPLEMENT;
        snprintf(h.case_number, sizeof h.case_number, "%s", argv[4]);
    } else if (speak_by_word(argv[5], &said)) {
        h.kind = RECORD_FEEDBACK;
        snprintf(h.number, sizeof h.number, "%s", argv[4]);
        snprintf(h.what, sizeof h.what, "%s", argv[5]);
    } else {
        h.item_version = atoi(argv[6]);
        h.form_version = 1;
        snprintf(h.number, sizeof h.number, "%s", argv[4]);
        snprintf(h.item, sizeof h.item, "%s", argv[5]);
    }
    const char *info = record_seal_info(h.kind);
    snprintf(h.terminal, sizeof h.terminal, "%s", argv[2]);
    snprintf(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    buf_init(&plain, 4096);
    buf_adds(&plain, argv[7]);
    int rc = public_key_load(argv[1], &to, e);
    if (rc == 0) {
        public_key_id(&to, h.key);
        rc = record_header_encode(&h, header, e);
    }
    if (rc == 0)
        rc = seal_pad(&plain);
    if (rc == 0)
        rc = seal(&to, info, strlen(info), header->data, header->len, plain.data, plain.len, body, e);
    buf_finish(&plain);
    return rc;
}

int main(int argc, char **argv)
{
    struct buf header, body, out;
    struct err e = {0};

    if (argc != 8)
        return 2;
    buf_init(&header, RECORD_HEADER_MAX);
    buf_init(&body, RECORD_BODY_MAX);
    buf_init(&out, 4 * RECORD_BODY_MAX);
    int rc = make(argv, &header, &body, &e);
    if (rc < 0)
        fprintf(stderr, "sealed-record: %s\n", e.text);
    buf_add_hex(&out, header.data, header.len);
    buf_adds(&out, " ");
    buf_add_hex(&out, body.data, body.len);
    puts(buf_str(&out));
    buf_finish(&header);
    buf_finish(&body);
    buf_finish(&out);
    return rc < 0;
}
