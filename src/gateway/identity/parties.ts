/** Who may speak for a gateway or a jurisdiction between processes: the configuration says so, and nothing else. */
import { type Bic, bicKey } from '../../kernel/ids.js';
import type { PublicKeyRecord } from '../../kernel/signature.js';
import type { Participant, ParticipantRegister } from './participants.js';

/** A gateway or a jurisdiction as its partners know it. The owner of its keys is its BIC. */
export interface Party {
  readonly bic: Bic;
  readonly role: 'gateway' | 'jurisdiction';
  readonly keys: readonly PublicKeyRecord[];
}

/** A register of these parties alone: no participant's key is good where it is asked, and theirs nowhere else. */
export function partyRegister(parties: readonly Party[]): Pick<ParticipantRegister, 'key' | 'participant'> {
  const keys = new Map(parties.flatMap((party) => party.keys.map((key) => [key.keyId, key] as const)));
  const participants = new Map(parties.map((party) => [bicKey(party.bic), participantOf(party)]));
  return {
    key: async (keyId) => keys.get(keyId) ?? null,
    participant: async (bic) => participants.get(bicKey(bic)) ?? null,
  };
}

/** A party is sent no messages, so how it would like them says nothing. */
const participantOf = ({ bic, role }: Party): Participant => ({
  bic: bicKey(bic),
  name: bic,
  role,
  ledger: null,
  profile: 'agent',
  pacs008Version: 'pacs.008.001.08',
  withHeader: false,
  rules: 'base',
  headerVersion: 'head.001.001.02',
  characters: 'all',
});
