import { expect, it } from 'vitest';
import { csv } from '../../src/records/csv.js';
import { pseudonyms } from '../../src/records/pseudonyms.js';

it('csv quotes what must be quoted, leaves null empty, and disarms formulas but not numbers', () => {
  const rows = [
    { text: 'plain', number: -1.5, flag: true, none: null },
    { text: '=HYPERLINK("x","y")', number: 0, flag: false, none: null },
    { text: 'two\nlines, "quoted"', number: 1e6, flag: true, none: null },
  ];
  expect(csv(rows)).toBe(
    'text,number,flag,none\r\nplain,-1.5,true,\r\n"\'=HYPERLINK(""x"",""y"")",0,false,\r\n"two\nlines, ""quoted""",1000000,true,\r\n',
  );
});

it('pseudonyms are the same for the same name and tell nothing of it', () => {
  const host = pseudonyms('host', true);
  expect(['b', 'a', 'b'].map(host)).toEqual(['host-1', 'host-2', 'host-1']);
  expect(pseudonyms('host', false)('b')).toBe('b');
});
