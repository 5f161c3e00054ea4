import { expect, it } from 'vitest';
import { findTarget } from '../../src/cli/find-hosts.js';

it('refuses a receive path for target hosts in one line, and needs no hosts file for this machine', () => {
  expect(() => findTarget({ hosts: 'my-hosts.yaml', path: 'veth' })).toThrow(/^--path must come without --hosts: [^\n]*$/);
  expect(findTarget({ path: 'veth' })).toBeNull();
});
