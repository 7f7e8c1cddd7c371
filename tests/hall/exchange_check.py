#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The national tables of a day, as another program reads them: every field by the name, place, type and length that
exchange_tables.txt has, codes from their lists, CSV and SQL the same, and the rows those that the day's lines make.
Usage: exchange_check.py FOLDER SUMMARY LINES DAY ITEMS"""
import csv
import glob
import json
import re
import sys
from datetime import datetime, timedelta, timezone

folder, summary, lines, day, items_folder = sys.argv[1:]
CHINA = timezone(timedelta(hours=8))
YES_NO = {'1', '0'}
LISTS = {  # GB/T 39046 annex A and table 7; yes and no
    'satisfaction': set('12345'), 'special_type': {'1', '2'}, 'event_name': {'通过', '退回', '其他'},
    'project_type': {'1', '2', '9'}, 'applyer_type': set('123456'), 'use_level': set('1234567'), 'dept_type': set('1239'),
    'task_type': {f'{n:02}' for n in [*range(0, 11), 20]}, 'is_fee': YES_NO, 'is_online': YES_NO, 'is_express': YES_NO,
    'is_service_terminals': YES_NO, 'is_need': set('123'), 'cd_operation': {'I'}, 'data_source': {'051'},
    'anticipate_type': {'1'}, 'promise_type': {'1'}, 'result_type': {'1', '2'},
}
failed = False


def ok(name, wrong, n):
    global failed
    for line in wrong[:8]:
        print(f'# {line}')
    good = not wrong and n > 0
    failed |= not good
    print(f'# {n} looked at, {len(wrong)} wrong')
    print(f"{'ok' if good else 'not ok'} year: {name}")


tables = {}
for line in open('tests/hall/exchange_tables.txt', encoding='utf-8'):
    if line.startswith('### '):
        tables[line[4:].strip()] = current = []
    elif '|' in line:
        name, kind, need, _ = (part.strip() for part in line.split('|', 3))
        current.append((name, kind, need == 'required'))


def fits(kind, text):
    size = re.fullmatch(r'(\w+)(?:\((\d+)\))?', kind)
    if size[1] == 'varchar':
        return len(text) <= int(size[2])
    if size[1] in ('bigint', 'int'):
        return re.fullmatch(r'\d+', text) and int(text) < (1 << (63 if size[1] == 'bigint' else 31))
    if size[1] == 'datetime':
        return datetime.strptime(text, '%Y-%m-%d %H:%M:%S')
    return True


def literals(line):
    """The values of an INSERT, as MySQL reads them; None is NULL."""
    values, at = [], line.index(' VALUES (') + 9
    while True:
        if line[at] == "'":
            text, at = '', at + 1
            while line[at] != "'" or line[at + 1] == "'":
                if line[at] in "\\'":
                    at += 1
                text, at = text + line[at], at + 1
            values.append(text)
            at += 1
        else:
            end = min(line.index(',', at) if ',' in line[at:] else len(line), line.index(')', at))
            values.append(None if line[at:end] == 'NULL' else line[at:end])
            at = end
        if line[at] == ')':
            assert line[at:] == ');', line[at:]
            return values
        at += 1


rows, wrong, n = {}, [], 0
told = {t['table']: t for t in json.load(open(summary, encoding='utf-8'))['tables']}
wanted = {name for name in tables if name.startswith(('up_pro_', 'up_task_'))}
if wanted != set(told):
    wrong.append(f'tables: {wanted ^ set(told)}')
for name in sorted(wanted & set(told)):
    data = open(f'{folder}/{name}.csv', 'rb').read()
    assert data.endswith(b'\r\n') and b'\0' not in data, name
    head, *body = csv.reader(data.decode('utf-8').splitlines(keepends=True), strict=True)
    rows[name] = [dict(zip(head, row)) for row in body]
    if head != [field for field, _, _ in tables[name]] or any(len(row) != len(head) for row in body):
        wrong.append(f'{name}: its columns')
    if told[name]['rows'] != len(body):
        wrong.append(f"{name}: {told[name]['rows']} rows are told, {len(body)} are there")
    for field, kind, required in tables[name]:
        values = [row[field] for row in rows[name]]
        n += len(values)
        wrong += [f'{name}.{field}: {v!r} is no {kind}' for v in values if v and not fits(kind, v)]
        if field in LISTS:
            allowed = LISTS[field]
            wrong += [f'{name}.{field}: {v!r} is not in its list' for v in values if v and v not in allowed]
        empty = values.count('')
        if told[name]['empty'].get(field, 0) != empty:
            wrong.append(f"{name}.{field}: {told[name]['empty'].get(field, 0)} are told to be empty, {empty} are")
        if told[name]['required_empty'].get(field, 0) != (empty if required else 0):
            wrong.append(f'{name}.{field}: required and empty, and not told')
    for key in ('id', 'row_guid'):
        if len({row[key] for row in rows[name]}) != len(body):
            wrong.append(f'{name}: {key} stands twice')
    sql = open(f'{folder}/{name}.sql', encoding='utf-8', newline='').read()
    inserts = re.split(r'(?<=\);)\n(?=INSERT INTO |$)', sql)[:-1] if sql else []
    for row, insert in zip(body, inserts):
        if not insert.startswith(f"INSERT INTO {name} ({','.join(head)}) VALUES ("):
            wrong.append(f'{name}: an insert of another kind')
        if [v or '' for v in literals(insert)] != row:
            wrong.append(f'{name}: SQL and CSV differ: {insert[:200]}')
    if len(inserts) != len(body):
        wrong.append(f'{name}: {len(inserts)} inserts, {len(body)} rows')
ok('every field of the national tables', wrong, n)

# --- the rows that the day makes ---

def moment(ms):
    return datetime.fromtimestamp(ms / 1000, CHINA)


scores, cases = {}, []
for line in open(lines, encoding='utf-8'):
    w = line.rstrip('\n').split('\t')
    if w[0] == 'case':
        cases.append((w, []))
    elif w[0] == 'event':
        cases[-1][1].append(w)
    elif w[0] == 'rating' and w[6]:
        scores[w[6]] = int(w[4])
items = {}
for path in glob.glob(f'{items_folder}/*.json'):
    item = json.load(open(path, encoding='utf-8'))
    if isinstance(item, dict) and 'task_code' in item:
        items[item['task_code']] = item

want = {name: {} for name in ('up_pro_accept', 'up_pro_process', 'up_pro_result', 'up_pro_special_procedure')}
for (_, number, code, version, _, applied, *_), events in cases:
    before, stop, complete = int(applied), None, int(applied)
    for seq, (_, kind, ms, *more) in enumerate(events, 1):
        at, when = int(ms), moment(int(ms)).strftime('%Y-%m-%d %H:%M:%S')
        if kind == 'supplied':
            complete = at
        ended = stop if kind in ('resume', 'withdraw') else None
        if moment(at).strftime('%Y-%m-%d') == day:
            back = kind in ('supplement', 'refuse') or (kind.startswith('decide') and more[0] == 'denied')
            passed = kind in ('accept', 'accept-tacit', 'examine', 'decide', 'decide-tacit')
            want['up_pro_process'][f'{number}-{seq}-process'] = {
                'project_no': number, 'event_end_time': when, 'event_name': '退回' if back else '通过' if passed else '其他',
                'event_start_time': moment(before).strftime('%Y-%m-%d %H:%M:%S'), 'handle_explain': '已核', 'remark': '某法第一条'}
            if kind.startswith('accept'):
                accepted = moment(complete).strftime('%Y-%m-%d 00:00:00') if kind == 'accept-tacit' else when
                want['up_pro_accept'][f'{number}-{seq}-accept'] = {
                    'project_no': number, 'accept_date': accepted, 'apply_date': moment(int(applied)).strftime('%Y-%m-%d %H:%M:%S'),
                    'task_code': code, 'task_version': version, 'task_name': items[code]['task_name'],
                    'org_code': items[code]['dept']['dept_code'], 'applyer_name': '', 'applyer_page_code': ''}
            if kind.startswith('decide'):
                want['up_pro_result'][f'{number}-{seq}-result'] = {
                    'project_no': number, 'result_date': when, 'result_type': '1' if more[0] == 'granted' else '2',
                    'satisfaction': str(6 - scores[number]) if number in scores else ''}
            if ended:
                want['up_pro_special_procedure'][f'{number}-{seq}-special'] = {
                    'project_no': number, 'end_time': when, 'special_time': moment(ended).strftime('%Y-%m-%d %H:%M:%S'), 'special_type': '2'}
        stop = at if kind == 'stop' else None if ended else stop
        before = at
wrong, n = [], 0
for name, expected in want.items():
    got = {row['row_guid']: row for row in rows[name]}
    wrong += [f'{name}: {guid} is in one alone' for guid in got.keys() ^ expected.keys()]
    for guid in got.keys() & expected.keys():
        n += 1
        wrong += [f'{guid}: {key} is {got[guid][key]!r}, expected {v!r}' for key, v in expected[guid].items() if got[guid][key] != v]
ok(f'the rows of a full day', wrong, n)
wrong = [f'{code} is missing' for code in items if code not in {r['task_code'] for r in rows['up_task_general_basic'] + rows['up_task_public_basic']}]
materials = sum(len(i.get('materials', [])) for i in items.values())
if len(rows['up_task_general_material']) + len(rows['up_task_public_material']) != materials:
    wrong.append(f'{materials} materials')
ok('the items of the catalogue', wrong, len(items))
sys.exit(failed)
