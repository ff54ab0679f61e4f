/** Who is signed in: a key in memory, gone with the page. */
import { signal } from '@preact/signals';
import { type Api, ApiError, createApi, type Ledger, type Me, type Participant } from './api.js';
import type { Key } from './key.js';
import { followChanges } from './live.js';

export interface Session {
  readonly api: Api;
  readonly me: Me;
  readonly ledgers: readonly Ledger[];
  /** For the operator: who takes part. */
  readonly participants: readonly Participant[];
}

export const session = signal<Session | null>(null);
let stopFollowing = () => {};

/** Throws {@link ApiError} where the gateway doesn't know the key, or doesn't answer. */
export async function signIn(key: Key): Promise<void> {
  const api = createApi(key);
  const me = await api.read<Me>('/v1/me');
  const { ledgers } = await api.read<{ ledgers: Ledger[] }>('/v1/ledgers');
  const { participants } =
    me.role === 'operator'
      ? await api.read<{ participants: Participant[] }>('/v1/participants')
      : { participants: [] as Participant[] };
  stopFollowing();
  stopFollowing = followChanges(api);
  session.value = { api, me, ledgers, participants };
}

export function signOut(): void {
  stopFollowing();
  session.value = null;
}

/** The session behind a page; there is one wherever pages are shown. */
export function useSession(): Session {
  const current = session.value;
  if (!current) throw new ApiError('PAGE', 0, 'nobody is signed in', 'never');
  return current;
}

/** What a role is shown. Whether it may is the API's answer all the same. */
export const may = {
  listPayments: ({ role }: Me) => ['operator', 'desk', 'bank', 'provider'].includes(role),
  seeDesk: ({ role }: Me) => ['operator', 'desk', 'provider'].includes(role),
  /** An officer proposes, a provider sets its own. */
  setRates: ({ role }: Me) => role === 'desk' || role === 'provider',
  seeProposals: ({ role }: Me) => role === 'operator' || role === 'desk',
  decide: ({ role }: Me) => role === 'desk',
  seeHalts: ({ role }: Me) => role === 'operator' || role === 'desk',
  halt: ({ role }: Me) => role === 'desk',
  seeQueue: ({ role }: Me) => role === 'operator' || role === 'desk',
  seeOffers: ({ role }: Me) => role === 'operator' || role === 'desk',
  seeEvidence: ({ role }: Me) => role === 'operator' || role === 'bank',
  seeDoubts: ({ role }: Me) => role === 'operator',
  seeHealth: ({ role }: Me) => role === 'operator',
  listWallets: ({ role }: Me) => ['operator', 'issuer', 'bank', 'treasury', 'provider'].includes(role),
  listRequests: ({ role }: Me) => role === 'issuer' || role === 'bank',
  requestMoney: ({ role }: Me) => role === 'bank',
  approveRequests: ({ role }: Me) => role === 'issuer',
  /** Those that they registered; the oracle all. */
  listEvents: ({ role }: Me) => ['issuer', 'bank', 'treasury', 'provider', 'oracle'].includes(role),
  readTree: {
    marks: ({ role }: Me) => ['issuer', 'treasury', 'oracle'].includes(role),
    agreements: ({ role }: Me) => ['issuer', 'bank', 'treasury', 'provider', 'oracle'].includes(role),
    tokens: ({ role }: Me) => ['issuer', 'bank', 'treasury', 'provider'].includes(role),
  },
  readTrees: ({ role }: Me) => ['issuer', 'bank', 'treasury', 'provider', 'oracle'].includes(role),
  readEvents: ({ role }: Me) => ['issuer', 'bank', 'treasury', 'provider', 'eventProvider', 'oracle'].includes(role),
};
