/* SPDX-License-Identifier: Apache-2.0
 *
 * Any text as the value of a field of any type: checked, shown and sealed without a fault of ours. What passes the check
 * shows as valid UTF-8 and fits the announced size.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/application.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct form_choice choices[] = {{.id = "a", .label = "甲"}, {.id = "b-1", .label = "乙"}};
static const struct identity card = {.name = "测试甲", .number = "11010519491231002X", .sex = '1', .birth = {1949, 12, 31}};

static void try_value(struct item *item, const struct form_values *v, bool masked)
{
    char shown[2 * FORM_VALUE_MAX];
    struct buf out;
    struct form_fault fault = form_check(&item->form, v, 0, &card, (struct date){2026, 1, 5});
    form_display(&item->form, v, 0, masked, LANGUAGE_EN, shown, sizeof shown);
    if (fault.kind != FORM_OK)
        return;
    buf_init(&out, APPLICATION_MAX);
    if (!utf8_valid(shown, strlen(shown)) || application_encode(item, &card, v, (struct date){2026, 11, 20}, &out, NULL) < 0)
        abort();
    if (out.len > application_size_max(item))
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct form_values v;
    if (len < 2 || len - 2 > FORM_VALUE_MAX)
        return 0;
    struct item item = {.task_code = "x"};
    item.form.n_fields = 1;
    item.form.fields[0] = (struct form_field){
        .id = "f",
        .type = (enum field_type)(data[0] % FIELD_TYPES),
        .mask = true,
        .min = data[1] & 1,
        .max = data[1] >> 1,
        .choices = choices,
        .n_choices = 2,
        .show_if.field = -1,
    };
    if (item.form.fields[0].type == FIELD_SIGNATURE) /* strokes made by the screen, nobody's words */
        return 0;
    memcpy(v.text[0], data + 2, len - 2);
    v.text[0][len - 2] = '\0';
    try_value(&item, &v, data[1] & 2);
    return 0;
}
