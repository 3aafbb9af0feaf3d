/** A disk that does not take what is to be written. */
export interface DiskFailure {
  /** What was to be written; empty where the system does not say. */
  readonly path: string;
  readonly reason: string;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the quota is used up',
  EEXIST: 'a file stands in the way of the folder',
  // So says the system in /proc, and of a folder that went away meanwhile.
  ENOENT: 'no folder can be made there',
  ENAMETOOLONG: 'a name is too long for this file system',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a file stands in the way of the folder',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};

/** What an error of `node:fs` says of the disk; `undefined` where the error is another one. */
export function diskFailure(error: unknown): DiskFailure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const reason = REASONS[String(error.code)];
  return reason === undefined ? undefined : { path: 'path' in error ? String(error.path) : '', reason };
}

/** The same as one line, for a program that cannot do without the file; one that is only missing is another matter. */
export function describeDiskFailure(error: unknown): string | undefined {
  if (
    error instanceof Error &&
    'syscall' in error &&
    error.syscall === 'open' &&
    'code' in error &&
    error.code === 'ENOENT'
  )
    return undefined;
  const failure = diskFailure(error);
  return failure === undefined ? undefined : `${failure.path} cannot be used: ${failure.reason}`;
}
