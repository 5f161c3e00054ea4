import type { Cost } from '../../experiment/cost.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';

/**
 * The host with a price for what an experiment's firewall does beyond the article's: its own, or where it has none, that of the literature.
 *
 * @returns the host itself for every experiment that leaves its firewall out
 */
export function firewallHost({ receiver }: Pick<Experiment, 'receiver'>, host: Host): Host {
  return receiver.firewall ? { ...host, costs: { ruleNs, conntrackNs, ...host.costs } } : host;
}

const ruleNs: Cost = {
  value: 40,
  low: 10,
  high: 110,
  origin: 'literature',
  source:
    'between a rule whose memory is warm and 200 cycles for each of 4500 iptables rules (Linux 4.15, a guest); 720 against 1820 kpps behind some 30 rules of firewalld (XDP paper, bench02, 3.6 GHz)',
};

const conntrackNs: Cost = {
  value: 350,
  low: 200,
  high: 600,
  origin: 'literature',
  source: '550 ns a packet with and 301 ns without (XDP paper, bench02, 3.6 GHz, 4.17), which is 450 ns at 2 GHz',
};
