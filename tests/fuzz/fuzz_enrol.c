/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as each of the messages of enrolment, and as what a terminal knows of itself. What is read must be written and
 * read again the same.
 */
#include "base/json.h"
#include "model/terminal.h"
#include "tests/fuzz/again.h"
#include "wire/enrol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(sheet, struct enrol_sheet, enrol_sheet_decode(bytes, len, value, NULL), enrol_sheet_encode(value, out), JSON_SIZE_MAX)
AGAIN(request, struct enrol_register, enrol_register_decode(bytes, len, value, NULL), enrol_register_encode(value, out),
      JSON_SIZE_MAX)
AGAIN(answer, struct enrol_answer, enrol_answer_decode(bytes, len, value, NULL), enrol_answer_encode(value, out),
      JSON_SIZE_MAX)
AGAIN(place, struct place, enrol_place_decode(bytes, len, value, NULL), enrol_place_encode(value, out), JSON_SIZE_MAX)
AGAIN(terminal, struct terminal_config, terminal_config_decode(bytes, len, value, NULL),
      terminal_config_encode(value, out, NULL), TERMINAL_CONFIG_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sheet(data, size);
    request(data, size);
    answer(data, size);
    place(data, size);
    terminal(data, size);
    return 0;
}
