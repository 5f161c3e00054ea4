import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experiments, type Firewall, measure, parseExperiment } from '../../src/index.js';
import { firewallRules } from '../../src/lab/firewall-rules.js';
import { Lab, labObstacles } from '../../src/lab/index.js';

/** Rules, as iptables-restore and iptables-save write them. */
const rulesIn = (text: string) => text.split('\n').filter((line) => line.startsWith('-A'));

it.each<[Firewall, number]>([
  [{ rules: 0, conntrack: false }, 0],
  [{ rules: 1, conntrack: false }, 1],
  [{ rules: 2, conntrack: false }, 2],
  [{ rules: 50, conntrack: false }, 50],
  // The rule that asks for tracking is never walked.
  [{ rules: 50, conntrack: true }, 51],
])('%j is as many rules', (firewall, rules) => {
  expect(rulesIn(firewallRules(firewall, 4321))).toHaveLength(rules);
});

const obstacles = [...labObstacles(), ...(spawnSync('iptables', ['--version']).status === 0 ? [] : ['iptables is missing'])];

describe.skipIf(obstacles.length)(`the firewall of a lab${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  let lab: Lab;
  beforeAll(() => {
    lab = Lab.open();
  });
  afterAll(() => lab?.close());

  const saved = () => spawnSync('nsenter', [`--net=${lab.receiver.namespace}`, 'iptables-save'], { encoding: 'utf8' }).stdout;
  const measured = (firewall?: object) =>
    measure(
      parseExperiment({ id: 'walled', sources: [{ offeredPps: 5000 }], receiver: firewall ? { firewall } : {}, durationS: 0.3, warmUpS: 0.1 }),
      { lab, folder: null },
    );

  it("is what an experiment asks for, and the article's for the next one that asks for nothing", async () => {
    const asBefore = rulesIn(saved());
    expect(asBefore).toHaveLength(2);
    for (const [firewall, rules] of [
      [{ rules: 0 }, 0],
      [{ rules: 20 }, 20],
      [{ conntrack: true }, 3],
    ] as const) {
      const { outcome } = await measured(firewall);
      expect(rulesIn(saved())).toHaveLength(rules);
      expect(outcome.unaccountedPackets).toBe(0);
      expect(outcome.lossesPackets?.firewall).toBe(0);
    }
    await measured();
    expect(rulesIn(saved())).toEqual(asBefore);
  });

  it('has no chain either where it has no rule', async () => {
    await measured({ rules: 0 });
    expect(saved()).not.toContain('PREROUTING');
    expect(saved()).not.toContain('INPUT');
  });

  it('is none in million-wire', () => {
    expect(experiments()['million-wire']?.receiver.firewall).toEqual({ rules: 0, conntrack: false });
  });
});
