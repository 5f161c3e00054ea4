export function clangRelease(): string | null;
export function committedRelease(): string | null;
export function compileBpf(): string;
