/** What keeps a command from running, or from running on: told on standard error, exit status 2. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}

/** Why the system refuses a file, in words. */
export function systemReason(error: unknown): string {
  const { code, message } = error as Error & { code?: string };
  return (code !== undefined && REASONS[code]) || message || String(error);
}

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is no folder",
  ENOSPC: "no space is left on the device",
  EMFILE: "too many files are open",
};
