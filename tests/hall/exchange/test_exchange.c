/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of the national tables, codes of a place, and what the data centre sends back: what is there is written, what is not
 * or does not fit is empty and counted, and files that are none are refused with their line.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/exchange/exchange_table.h"
#include "tools/hall/exchange/feedback.h"
#include "tools/hall/exchange/item_rows.h"

#define NUMBER "1103003260105000279"
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

static struct err e;
static struct exchange_codes codes;

static const struct exchange_table *table(const char *name)
{
    const struct exchange_table *t;
    for (size_t i = 0; (t = exchange_table(i)); i++)
        if (strcmp(t->name, name) == 0)
            return t;
    return NULL;
}

static int field(const struct exchange_table *t, const char *name)
{
    for (int i = 0; i < t->n_fields; i++)
        if (strcmp(t->fields[i].name, name) == 0)
            return i;
    return -1;
}

static struct exchange_out out;
static struct exchange_row row;

static void begin(const char *name)
{
    exchange_out_init(&out, table(name), &codes);
    exchange_row_init(&row, NULL, NULL);
}

static void end(void)
{
    exchange_row_finish(&row);
    exchange_out_finish(&out);
}

TEST(a_row)
{
    codes = (struct exchange_codes){.n = 1, .list = {{"data_source", "051"}}};
    begin("up_pro_material");
    exchange_row_put(&row, "row-guid", "g-1");
    exchange_row_put(&row, "number", "it's \"1\", \\ 2");
    exchange_row_put(&row, "number", "the first one counts");
    exchange_row_put_time(&row, "exported", NINE + 1000);
    exchange_out_add(&out, &row);
    CHECK_INT(out.rows, 1);
    CHECK(strstr(buf_str(&out.csv), "\r\n") != NULL);
    CHECK(strstr(buf_str(&out.csv), ",,,2026-01-05 09:00:01,051,,,,,\"it's \"\"1\"\", \\ 2\",,g-1\r\n") != NULL);
    CHECK(strstr(buf_str(&out.sql), "INSERT INTO up_pro_material (id,cd_batch,") == buf_str(&out.sql));
    CHECK(strstr(buf_str(&out.sql),
                 ",'','','2026-01-05 09:00:01','051',NULL,NULL,NULL,'','it''s \"1\", \\\\ 2',NULL,'g-1');\n"));
    CHECK_INT(out.empty[field(out.table, "cd_batch")], 1);
    CHECK_INT(out.empty[field(out.table, "project_no")], 0);
    end();
}

TEST(the_same_row_has_the_same_id)
{
    char first[400];
    begin("up_pro_result");
    exchange_row_put(&row, "row-guid", "g-1");
    exchange_out_add(&out, &row);
    text_copy(first, sizeof first, strstr(buf_str(&out.csv), "\r\n") + 2);
    end();
    begin("up_pro_result");
    exchange_row_put(&row, "row-guid", "g-1");
    exchange_out_add(&out, &row);
    CHECK_STR(strstr(buf_str(&out.csv), "\r\n") + 2, first);
    CHECK(first[0] >= '1' && first[0] <= '9');
    end();
    begin("up_pro_process");
    exchange_row_put(&row, "row-guid", "g-1");
    exchange_out_add(&out, &row);
    CHECK(strncmp(strstr(buf_str(&out.csv), "\r\n") + 2, first, 10) != 0);
    end();
}

TEST(what_does_not_fit_is_empty)
{
    char fifty_one[160] = "";
    for (int i = 0; i < 51; i++)
        strcat(fifty_one, "号");
    begin("up_pro_material");
    exchange_row_put(&row, "number", fifty_one);
    exchange_out_add(&out, &row);
    CHECK_INT(out.unfit[field(out.table, "project_no")], 1);
    CHECK_INT(out.empty[field(out.table, "project_no")], 1);
    CHECK(!strstr(buf_str(&out.csv), "号") && !strstr(buf_str(&out.sql), "号"));
    end();
    begin("up_pro_material");
    exchange_row_put(&row, "number", fifty_one + 3); /* fifty characters, whatever their bytes */
    exchange_out_add(&out, &row);
    CHECK_INT(out.unfit[field(out.table, "project_no")], 0);
    end();
}

static struct case_event event(enum case_event_kind kind)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    ev.seq = 4;
    ev.at = NINE;
    text_copy(ev.staff, sizeof ev.staff, "张三");
    return ev;
}

static const char *last_line(void)
{
    return strchr(buf_str(&out.csv), '\n') + 1;
}

TEST(rows_of_a_case)
{
    struct case_event ev = event(CASE_EVENT_DECIDE), stop = event(CASE_EVENT_STOP), resume = event(CASE_EVENT_RESUME);
    struct case_state state = deadline_untaken(NINE);
    struct exchange_event x = {.number = NUMBER, .item = "item", .event = &ev, .state = &state, .before = NINE, .score = 5};
    ev.result = CASE_DENIED;
    begin("up_pro_result");
    CHECK(!exchange_case_row(&x, EXCHANGE_ACCEPT, &row) && !exchange_case_row(&x, EXCHANGE_SPECIAL, &row));
    CHECK(!exchange_case_row(&x, EXCHANGE_CASE_MATERIAL, &row));
    CHECK(exchange_case_row(&x, EXCHANGE_RESULT, &row));
    exchange_out_add(&out, &row);
    CHECK(strstr(last_line(), ",张三,," NUMBER ",,,,2026-01-05 09:00:00,不予批准,," NUMBER "-4-result,1\r\n"));
    end();
    begin("up_pro_process");
    CHECK(exchange_case_row(&x, EXCHANGE_PROCESS, &row));
    exchange_out_add(&out, &row);
    CHECK(strstr(last_line(), ",2026-01-05 09:00:00,退回,2026-01-05 09:00:00,不予批准,张三,决定," NUMBER ",,"));
    end();
    text_copy(stop.law, sizeof stop.law, "某法");
    stop.procedure = PROCEDURE_hearing;
    stop.at = NINE - 60000;
    x = (struct exchange_event){.number = NUMBER, .item = "item", .event = &resume, .stop = &stop, .state = &state};
    begin("up_pro_special_procedure");
    CHECK(exchange_case_row(&x, EXCHANGE_SPECIAL, &row));
    exchange_out_add(&out, &row);
    CHECK(strstr(last_line(),
                 "2026-01-05 09:00:00,张三," NUMBER ",,特别程序结束," NUMBER "-4-special,,听证,某法,2026-01-05 08:59:00,2"));
    end();
}

TEST(guids)
{
    char number[CASE_NUMBER_LEN + 1];
    int64_t seq = 0;
    static const char *const none[] = {"",
                                       "x",
                                       NUMBER,
                                       NUMBER "-",
                                       NUMBER "-4",
                                       NUMBER "-4-",
                                       NUMBER "-04-result",
                                       NUMBER "-0-result",
                                       NUMBER "-4-results",
                                       NUMBER "-4-nothing",
                                       "1103003260105000278-4-result",
                                       NUMBER "-4-result ",
                                       NUMBER "-999-result",
                                       "1103 003260105000279-4-result"};
    CHECK(exchange_guid_parse(NUMBER "-4-result", number, &seq));
    CHECK_STR(number, NUMBER);
    CHECK_INT(seq, 4);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(!exchange_guid_parse(none[i], number, &seq));
}

static const char *reads_codes(const char *text)
{
    e = (struct err){0};
    return exchange_codes_decode(text, strlen(text), &codes, &e) < 0 ? e.text : "";
}

TEST(codes_of_a_place)
{
    CHECK_STR(reads_codes("# of ours\n\ndata_source\t051\r\nanticipate_type.working-day\t1"), "");
    CHECK_STR(exchange_code(&codes, "data_source", ""), "051");
    CHECK_STR(exchange_code(&codes, "anticipate_type", "working-day"), "1");
    CHECK_STR(exchange_code(&codes, "anticipate_type", "calendar-day"), "");
    CHECK_STR(exchange_code(&codes, "anticipate_type", ""), "");
    CHECK_STR(reads_codes("data_source 051"), "line 1: write field<TAB>code, or field.word<TAB>code");
    CHECK_STR(reads_codes("a\tb\n\t1"), "line 2: write field<TAB>code, or field.word<TAB>code");
    CHECK_STR(reads_codes("a\t"), "line 1: write field<TAB>code, or field.word<TAB>code");
    CHECK_STR(reads_codes("a\tb\tc"), "line 1: write field<TAB>code, or field.word<TAB>code");
    CHECK_STR(reads_codes("a\tb\na\tc"), "line 2: a stands twice");
    CHECK_STR(reads_codes("a\t\xff"), "line 1: it is no text");
}

static struct feedback found;

static const char *reads_feedback(const char *text)
{
    struct feedback_reader r;
    e = (struct err){0};
    int rc = feedback_reader_init(&r, text, strlen(text), &e);
    if (rc == 0)
        rc = feedback_next(&r, &found, &e);
    feedback_reader_finish(&r);
    return rc < 0 ? e.text : rc == 0 ? "nothing" : "";
}

#define HEAD "id,row_guid,err_type,table_sql_name,table_row_guid,remark\r\n"

TEST(feedback)
{
    CHECK_STR(reads_feedback(HEAD "1,f-1,E01,up_pro_result," NUMBER "-4-result,\"a\r\nb\x1b[31m\"\r\n"), "");
    CHECK(found.of_case);
    CHECK_STR(found.number, NUMBER);
    CHECK_INT(found.office, 1103);
    CHECK_INT(found.seq, 4);
    CHECK_STR(found.remark, "a  b [31m");
    CHECK_STR(found.batch, "");
    CHECK_STR(reads_feedback(HEAD "1,f-1,E01,up_task_general_basic,0123,x\r\n"), "");
    CHECK(!found.of_case);
    CHECK_STR(reads_feedback(HEAD), "nothing");
    CHECK_STR(reads_feedback(""), "line 1 names no column row_guid");
    CHECK_STR(reads_feedback("row_guid,err_type,table_sql_name\r\n"), "line 1 names no column table_row_guid");
    CHECK_STR(reads_feedback("row_guid,row_guid,err_type\r\n"), "line 1: the column row_guid stands twice");
    CHECK_STR(reads_feedback(HEAD "1,f-1\r\n"), "line 2 has 2 fields");
    CHECK_STR(reads_feedback(HEAD "1,,E01,t,g,\r\n"), "line 2: row_guid is empty");
    CHECK_STR(reads_feedback(HEAD "1,123456789012345678901234567890123456789012345678901,E,t,g,\r\n"),
              "line 2: row_guid has more than 50 characters");
    CHECK_STR(reads_feedback(HEAD "1,\"f"), "line 2 is no CSV: a quotation mark is open");
}

static struct json *parse(const char *text)
{
    struct json *doc = NULL;
    CHECK_INT(json_parse(text, strlen(text), JSON_SIZE_MAX, &doc, &e), 0);
    return doc;
}

/* Its members are of the directory, and it is not. */
TEST(a_bundle)
{
    struct json *item = parse("{\"task_code\":\"YJS-1\",\"task_version\":1,\"members\":[\"a\",\"b\"]}");

    CHECK(!exchange_item_belongs(item, EXCHANGE_DIRECTORY));
    CHECK(!exchange_item_belongs(item, EXCHANGE_PUBLIC));
    json_free(item);
}

TEST(an_item)
{
    struct json *item = parse(
        "{\"task_code\":\"c\",\"task_version\":3,\"task_type\":\"07\",\"server_type\":[\"1\",\"2\"],\"four_ways\":"
        "{\"online\":true},\"fees\":[{\"fee_name\":\"工本费\",\"amount_cent\":2050}],\"special_procedures\":[]}");
    CHECK(exchange_item_belongs(item, EXCHANGE_GENERAL) && !exchange_item_belongs(item, EXCHANGE_PUBLIC));
    CHECK(exchange_item_belongs(item, EXCHANGE_DIRECTORY) && !exchange_item_belongs(item, EXCHANGE_PUNISH));
    CHECK_INT(exchange_item_parts(item, EXCHANGE_FEE), 1);
    CHECK_INT(exchange_item_parts(item, EXCHANGE_MATERIAL), 0);
    exchange_out_init(&out, table("up_task_general_fee_project"), &codes);
    exchange_item_row(item, EXCHANGE_FEE, 0, &row);
    exchange_out_add(&out, &row);
    CHECK(strstr(last_line(), ",工本费,20.50元,,1,,"));
    end();
    exchange_out_init(&out, table("up_task_general_extend"), &codes);
    exchange_item_row(item, EXCHANGE_ITEM, 0, &row);
    exchange_out_add(&out, &row);
    CHECK_INT(out.empty[field(out.table, "is_online")], 0);
    CHECK_INT(out.empty[field(out.table, "is_express")], 1); /* no result says how it is handed out */
    end();
    exchange_out_init(&out, table("up_task_general_basic"), &codes);
    exchange_item_row(item, EXCHANGE_ITEM, 0, &row);
    exchange_out_add(&out, &row);
    CHECK(strstr(last_line(), ",1^2,无,"));
    end();
    json_free(item);
}

TEST_MAIN(T(a_row), T(the_same_row_has_the_same_id), T(what_does_not_fit_is_empty), T(rows_of_a_case), T(guids),
          T(codes_of_a_place), T(feedback), T(a_bundle), T(an_item))
