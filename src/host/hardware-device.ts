import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The hardware behind a network interface. */
export interface HardwareDevice {
  /** As the names of its interrupts may begin, such as `virtio1` or `0000:3b:00.0`. */
  id: string;
  /** Folder of sysfs that knows its node and its interrupts. */
  busFolder: string;
  /** Numbers of its interrupts. */
  irqs: number[];
}

/** Finds the hardware behind an interface; null for interfaces of software, and where sysfs shows another network namespace. */
export function hardwareDevice(interfaceName: string, sys = '/sys'): HardwareDevice | null {
  try {
    const device = realpathSync(path.join(sys, 'class/net', interfaceName, 'device'));
    const id = path.basename(device);
    // Node and interrupts of a virtio device belong to the bus device it sits on.
    const busFolder = id.startsWith('virtio') ? path.dirname(device) : device;
    return { id, busFolder, irqs: interruptsBelow(busFolder) };
  } catch {
    return null;
  }
}

function interruptsBelow(busFolder: string): number[] {
  try {
    return readdirSync(path.join(busFolder, 'msi_irqs')).map(Number);
  } catch {
    return [];
  }
}
