/* SPDX-License-Identifier: Apache-2.0
 *
 * What an application says of licences, and what it must not: none of that counts, and nothing falls over.
 */
#include "test.h"

#include "tools/hall/rules/licence_choice.h"

static const struct item item = {
    .task_code = "x",
    .materials = {{.name = "身份证", .state = MATERIAL_HAVE, .from_card = true, .licence_kind = "ID"},
                  {.name = "居住证", .state = MATERIAL_BRING, .licence_kind = "R"},
                  {.name = "驾驶证", .state = MATERIAL_OPTIONAL, .licence_kind = "D"},
                  {.name = "照片", .state = MATERIAL_BRING}},
    .n_materials = 4};

static struct licence_choice list[ITEM_LIST_MAX];

static int read_text(const char *text, const struct item *of)
{
    struct json *doc = NULL;

    CHECK_INT(json_parse(text, strlen(text), 65536, &doc, NULL), 0);
    int rc = licence_choices_read(doc, of, list, NULL);

    json_free(doc);
    return rc;
}

#define ONE(kind, choice, at) "{\"licences\":[{\"kind\":\"" kind "\",\"choice\":\"" choice "\",\"at\":\"" at "\"}]}"
#define NINE "2026-01-05T09:00:00+08:00"

TEST(said)
{
    CHECK_INT(read_text(ONE("R", "use", NINE), &item), 1);
    CHECK(list[0].use);
    CHECK_INT(list[0].at, INT64_C(1767574800000));
    CHECK_INT(read_text(ONE("R", "bring", NINE), &item), 1);
    CHECK(!list[0].use);
    CHECK_INT(read_text("{\"v\":1,\"fields\":{}}", &item), 0); /* of a terminal without the page */
    CHECK_INT(read_text("{\"licences\":[]}", &item), 0);
    CHECK_INT(read_text(ONE("D", "use", NINE), NULL), 1); /* nobody knows any more what it asked for */
}

TEST(not_to_be_said)
{
    static const char *const texts[] = {
        ONE("X", "use", NINE),
        ONE("D", "use", NINE),  /* demanded of nobody */
        ONE("ID", "use", NINE), /* the card says it */
        ONE("", "use", NINE),
        ONE("R", "perhaps", NINE),
        ONE("R", "use", "yesterday"),
        ONE("R", "use", ""),
        "{\"licences\":{}}",
        "{\"licences\":7}",
        "{\"licences\":[7]}",
        "{\"licences\":[{}]}",
        "{\"licences\":[{\"kind\":\"R\",\"choice\":\"use\"}]}",
        "{\"licences\":[{\"kind\":\"R\",\"choice\":\"use\",\"at\":\"" NINE "\",\"number\":\"1\"}]}",
        "{\"licences\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]}",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_INT(read_text(texts[i], &item), -ERR_INVALID);
}

TEST_MAIN(T(said), T(not_to_be_said))
