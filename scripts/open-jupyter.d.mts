export function openJupyter(options: {
  root: string;
  notebook: string;
  browser: boolean;
}): Promise<{ address: string; stop: () => void; stopped: Promise<number> }>;
export function findJupyter(): { command: string; isLab: boolean; isClassic: boolean } | null;
