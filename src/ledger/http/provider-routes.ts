import type { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { isSuite } from '../../kernel/suites.js';
import { type Provider, type ProviderKey, providerOf } from '../domestic/providers.js';
import { bicOf, bodyOf, type Fields, listOf, objectOf, textOf, timeOf } from './body.js';
import type { RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';

/** Event providers and their keys. They are public: whoever holds money for an event knows whose word it waits for. */
export function providerRoutes(router: Router, { reads, authorise, submit }: RouteParts): void {
  const answered = async (providerId: string) => {
    const [entry] = await reads.entries([{ kind: 'provider', entryId: providerId }]);
    if (!entry) throw new RefusalError(refusal('PROVIDER_UNKNOWN', providerId));
    return providerJson(providerOf(entry));
  };

  router.post(
    '/providers',
    route(async (req, res) => {
      const { bic: by } = authorise(req, 'registerProvider', null);
      const body = bodyOf(req, ['providerId', 'bic', 'name', 'keys']);
      const providerId = textOf(body, 'providerId');
      const keys = listOf(body.keys, 'keys', (key) => keyOf(objectOf(key, 'keys', KEY_FIELDS)));
      const said = { providerId, bic: bicOf(body, 'bic'), name: textOf(body, 'name'), keys };
      await submit({ kind: 'registerProvider', by, ...said });
      res.status(201).json(await answered(providerId));
    }),
  );

  router.get(
    '/providers/:id',
    route(async (req, res) => {
      authorise(req, 'readProvider', null);
      res.json(await answered(String(req.params.id)));
    }),
  );

  router.post(
    '/providers/:id/keys',
    route(async (req, res) => {
      const { bic: by } = authorise(req, 'registerProvider', null);
      const providerId = String(req.params.id);
      await submit({ kind: 'addProviderKey', by, providerId, key: keyOf(bodyOf(req, KEY_FIELDS)) });
      res.status(201).json(await answered(providerId));
    }),
  );

  router.post(
    '/providers/:id/keys/:keyId/end',
    route(async (req, res) => {
      const { bic: by } = authorise(req, 'registerProvider', null);
      bodyOf(req, []);
      const providerId = String(req.params.id);
      await submit({ kind: 'endProviderKey', by, providerId, keyId: String(req.params.keyId) });
      res.json(await answered(providerId));
    }),
  );
}

const KEY_FIELDS = ['keyId', 'suite', 'publicKey', 'validFrom', 'validTo'];

/** A key is good from the start and for ever, where the body doesn't say. */
function keyOf(fields: Fields): ProviderKey {
  const suite = textOf(fields, 'suite');
  if (!isSuite(suite)) return badRequest('suite');
  return {
    keyId: textOf(fields, 'keyId'),
    suite,
    publicKey: Buffer.from(textOf(fields, 'publicKey'), 'base64url'),
    validFrom: fields.validFrom === undefined ? 0 : timeOf(fields, 'validFrom'),
    validTo: fields.validTo === undefined ? null : timeOf(fields, 'validTo'),
  };
}

const providerJson = ({ providerId, ownerBic, bic, name, keys }: Provider) => ({
  providerId,
  ownerBic,
  bic,
  name,
  keys: keys.map(({ keyId, suite, publicKey, validFrom, validTo }) => ({
    keyId,
    suite,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    validFrom: isoTime(validFrom),
    validTo: validTo === null ? null : isoTime(validTo),
  })),
});
