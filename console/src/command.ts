/** What the user has the gateway do. */
import { useState } from 'preact/hooks';
import { ApiError } from './api.js';

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('PAGE', 0, String(error), 'later');

/** Runs a command of the user's, with what it came to. `run` answers whether it was done. */
export function useCommand(done: () => void) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (command: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await command();
      done();
      return true;
    } catch (failed) {
      setError(asApiError(failed));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, run };
}
