/** What a driver calls the two things that it counts for every receiver, as `ethtool -S` prints them. */
export interface NicCounterNames {
  /** Packets that found no descriptor in a ring, over all queues. */
  ringDrops: string;
  /** Packets that RX queue N received. */
  queuePackets: (queue: number) => string;
}

const sfc: NicCounterNames = { ringDrops: 'rx_nodesc_drop_cnt', queuePackets: (queue) => `rx-${queue}.rx_packets` };

/** virtio_net and ena count other drops under the same name. */
const namesByDriver: Record<string, NicCounterNames> = {
  sfc,
  sfc_siena: sfc,
  igb: { ringDrops: 'rx_missed_errors', queuePackets: (queue) => `rx_queue_${queue}_packets` },
  ixgbe: { ringDrops: 'rx_missed_errors', queuePackets: (queue) => `rx_queue_${queue}_packets` },
  mlx5_core: { ringDrops: 'rx_out_of_buffer', queuePackets: (queue) => `rx${queue}_packets` },
  virtio_net: { ringDrops: 'rx_drops', queuePackets: (queue) => `rx_queue_${queue}_packets` },
  ena: { ringDrops: 'rx_drops', queuePackets: (queue) => `queue_${queue}_rx_cnt` },
};

/**
 * The names of a driver's counters; those of sfc, the article's driver, where the driver is not known here.
 *
 * @param driver as `ethtool -i` names it
 * Source: ethtool.c or ethtool statistics tables of the drivers (drivers/net/ethernet, drivers/net/virtio_net.c); sfc: the article's own listings.
 * @example
 * nicCounterNames('mlx5_core').ringDrops // => 'rx_out_of_buffer'
 * nicCounterNames().queuePackets(4) // => 'rx-4.rx_packets'
 */
export function nicCounterNames(driver?: string): NicCounterNames {
  return namesByDriver[driver ?? ''] ?? sfc;
}
