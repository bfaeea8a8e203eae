import { describe, expect, it } from 'vitest';
import { readTapeList } from './tape-list.ts';

describe('readTapeList', () => {
  it.each([
    ['plain', 'identifier,format,title\nA-1,umatic,One'],
    ['any order, any case', 'TITLE,Format, Identifier \nOne,U-matic,A-1'],
    ['byte order mark', '\uFEFFidentifier,format,title\r\nA-1,UMATIC,One\r\n'],
    ['semicolons', 'identifier;format;title\nA-1;umatic;One'],
    ['tabs, empty rows', 'identifier\tformat\ttitle\n\nA-1\tumatic\tOne\n\n'],
    ['quotes', '"identifier","format","title"\n"A-1","umatic","One"'],
  ])('reads a list: %s', (_kind, csv) => {
    const { tapes, problems } = readTapeList(csv);
    expect(problems).toEqual([]);
    expect(tapes.map(({ description }) => description)).toMatchObject([
      { identifier: 'A-1', format: 'umatic', title: 'One' },
    ]);
  });

  it.each([
    ['62.5', 62.5],
    ['62,5', 62.5],
    ['62 min', 62],
    ['1:02:30', 62.5],
    ['1:02', undefined],
    ['long', undefined],
  ])('reads a running time %s', (cell, minutes) => {
    const { tapes, problems } = readTapeList(`identifier;format;duration\nA-1;vhs;${cell}`);
    expect([tapes[0]?.description.durationMin, problems.length]).toEqual([
      minutes,
      minutes === undefined ? 1 : 0,
    ]);
  });

  it('names every problem by the row a spreadsheet shows', () => {
    const csv =
      'identifier,format,standard\nA-1,umatic,PAL\n,umatic,PAL\nA-3,wax,PAL\na-1,vhs,pal\n../x,vhs,BAL\nB,vhs,,1';
    const { rows, problems } = readTapeList(csv);
    expect(rows).toBe(6);
    expect(problems.map(({ row, column }) => [row, column])).toEqual([
      [3, 'identifier'],
      [4, 'format'],
      [5, 'identifier'],
      [6, 'standard'],
      [6, 'identifier'],
      [7, ''],
    ]);
  });

  it('takes a map of columns, and says which columns it left out', () => {
    const csv = 'Inv. nr,Carrier,Colour\nA-1,Digibeta,yes';
    const { tapes, ignoredColumns } = readTapeList(csv, { 'inv. nr': 'identifier', Carrier: 'format' });
    expect(tapes[0]?.description).toMatchObject({ identifier: 'A-1', format: 'digitalbetacam' });
    expect(ignoredColumns).toEqual(['Colour']);
  });

  it.each([
    ['', {}],
    ['identifier,title\nA,b', {}],
    ['identifier,format,Format\nA,vhs,vhs', {}],
    ['identifier,format\nA,vhs', { nothere: 'title' }],
    ['identifier,format\nA,vhs', { format: 'colour' }],
    ['identifier,format\n"A,vhs', {}],
  ])('refuses what is no list of tapes: %j', (csv, map) => {
    expect(() => readTapeList(csv, map)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
