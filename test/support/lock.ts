import { type LockOptions, takeLock } from "../../provider/delivery/lock.js";

/** Does something with the lock of a file. */
export async function withLock<T>(file: string, act: () => Promise<T>, options?: LockOptions): Promise<T> {
  const giveBack = await takeLock(file, options);
  try {
    return await act();
  } finally {
    await giveBack();
  }
}
