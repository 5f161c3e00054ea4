import { expect, it } from 'vitest';
import { runCommand } from '../../src/host/index.js';

it('gives arguments as they are: no shell reads them', () => {
  expect(runCommand(['printf', '%s', '$(id); `id` > x'])).toBe('$(id); `id` > x');
});

it('passes standard input', () => expect(runCommand(['cat'], 'text')).toBe('text'));

it('throws what the program said, with code and syscall', () => {
  expect(() => runCommand(['cat', '/no/such/file'])).toThrow(
    expect.objectContaining({ code: 'ECOMMAND', syscall: 'cat', message: expect.stringMatching(/^cat \/no\/such\/file: .*No such file/) }),
  );
  expect(() => runCommand(['no-such-program'])).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});
