import { useCommand } from '../command.js';
import { useSession } from '../session.js';
import { useRequestIds } from './parts.js';
import type { NewCard } from './types.js';

/** Later than the desk's clock, which counts it as now. */
const NOW_OF_THE_DESK = '2999-01-01T00:00:00Z';

/** Sets cards as far as this role may: an officer's wait for another officer, a provider's own stand at once. */
export function useSetCards(done: () => void) {
  const { api, me } = useSession();
  const ids = useRequestIds();
  const command = useCommand(done);
  const set = async (rates: readonly NewCard[]): Promise<boolean> => {
    const isOwn = me.role === 'provider';
    const path = isOwn ? '/v1/fx/rate-imports' : '/v1/fx/rate-proposals';
    const json = isOwn ? { asOf: NOW_OF_THE_DESK, rates } : { rates };
    const isDone = await command.run(() => api.read(`${path}/${ids.of(rates)}`, { method: 'PUT', json }));
    if (isDone) ids.done();
    return isDone;
  };
  return { ...command, set };
}
