import type { Cost, Costs } from '../../src/experiment/cost.js';

const assumed = (value: number, low: number, high: number): Cost => ({
  value,
  low,
  high,
  origin: 'assumed',
  source: 'a sample, of the order of the article',
});

/** Costs of the machines on which tests try the model: fixed, so that a new fit of the article does not make them other machines. */
export const sampleCosts: Costs = {
  sendNs: assumed(2411.9120787368247, 2360.37835790044, 2464.5709261336838),
  softirqNs: assumed(2019.4700215616513, 1909.4579541267044, 2135.820356333229),
  readNs: assumed(318.2670041320812, 218.12207343474756, 464.3908079734664),
  handOverNs: assumed(211.857990338196, 119.137062597197, 376.740932600391),
  wakeUpNs: assumed(1766.8753158704676, 1273.9108160096866, 2450.601990813638),
  producerContentionNs: assumed(849.4861756559934, 730.4866598408839, 987.8712402329585),
  readerContentionNs: assumed(968.7579934316295, 783.7335898598758, 1197.4630945771646),
  siblingSpeedRatio: assumed(0.5920958098724961, 0.5658648866208063, 0.6195426794585573),
  remoteLineRatio: assumed(2.185280906642281, 1.448308693899631, 3.297261599719605),
  remoteLoadPerMpps: assumed(0.6993137170212725, 0.5636167307754235, 0.8676812594638346),
  bufferRaceNs: assumed(436.28119272575276, 379.9965828981578, 500.9026072669144),
  softirqDropRatio: assumed(0.6, 0.4, 0.8),
  wakeLatencyNs: assumed(3000, 1500, 6000),
};
