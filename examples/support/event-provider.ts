/**
 * An outside system with a key of its own, whose signed statements the oracle knows. The bytes that it signs are those of
 * docs/ledger.md, "What is signed".
 */
import { generateKeyPairSync, sign } from 'node:crypto';

export interface EventProvider {
  readonly providerId: string;
  /** Its key, as `POST providers` takes it. */
  readonly key: { readonly keyId: string; readonly suite: 'ed25519'; readonly publicKey: string };
  /** A statement about an event, as `POST events/{id}/statements` takes it. */
  states(event: StatedEvent, said: Said): object;
}

/** What of an event goes into a statement. */
export interface StatedEvent {
  readonly eventId: string;
  readonly eventHash: string;
  readonly sequence: number;
}

/** It happened, and so much is to be released; or it is refused, and why. */
export type Said = { readonly happened: string } | { readonly refused: string };

const field = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
};

export function createEventProvider(providerId: string, ledger: { code: string; currency: string }): EventProvider {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = {
    keyId: `${providerId}-1`,
    suite: 'ed25519',
    publicKey: String(publicKey.export({ format: 'jwk' }).x),
  } as const;
  return {
    ...{ providerId, key },
    states({ eventId, eventHash, sequence }, said) {
      const { currency } = ledger;
      const [kind, minor] = 'happened' in said ? ['happened', said.happened.replace('.', '')] : ['refused', '0'];
      const fields = [
        ...['otkel/ledger/event-statement/v1', ledger.code, currency, eventId, Buffer.from(eventHash, 'hex')],
        ...[providerId, String(sequence), kind, minor],
        ...('refused' in said ? ['1', said.refused] : ['0']),
      ];
      const signature = sign(null, Buffer.concat(fields.map(field)), privateKey).toString('hex');
      const what = 'happened' in said ? { amount: said.happened, currency } : { reason: said.refused };
      return { providerId, keyId: key.keyId, kind, sequence, ...what, signature };
    },
  };
}
