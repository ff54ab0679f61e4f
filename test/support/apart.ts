import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import { pino } from 'pino';
import {
  type GatewayApart,
  type JurisdictionApart,
  openGatewayApart,
  openJurisdictionApart,
} from '../../src/gateway/apart.js';
import { gatewayApp, jurisdictionApp } from '../../src/gateway/cli/apps.js';
import { readOwnKeys } from '../../src/gateway/cli/own-keys.js';
import { apartConfiguration, transportKeys } from '../../src/gateway/demo-apart.js';
import { makeKeys } from '../../src/gateway/demo-seed.js';
import { createDrain } from '../../src/gateway/drain.js';
import { type Installation, readInstallation } from '../../src/gateway/installation.js';
import type { Otkel, OtkelOptions } from '../../src/gateway/otkel.js';
import { createReader } from '../../src/gateway/readers.js';
import { invariant } from '../../src/kernel/result.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';

/** Three nodes or more that share a test's process and nothing else: between them there is HTTP only. */
export interface ApartNodes {
  readonly otkel: Otkel;
  readonly app: Express;
  readonly installation: Installation;
  readonly gateway: GatewayApart;
  readonly jurisdictions: readonly JurisdictionApart[];
}

const parts = () => ({ log: pino({ level: 'silent' }), drain: createDrain() });

/** Opens what `openOtkel` opens, each party apart; `keysFolder` holds the keys of all. */
export async function openApart(options: OtkelOptions, keysFolder: string): Promise<ApartNodes> {
  const { config, clock, keys } = options;
  await makeKeys(keysFolder, transportKeys(config), options.random);
  const servers = await Promise.all(config.jurisdictions.map(() => listening()));
  const described = await apartConfiguration(
    config,
    (_, i) => urlOf(servers[i]!),
    (keyId) => join(keysFolder, `${keyId}.json`),
  );
  const installation = readInstallation(JSON.stringify(described), clock.now());
  const signerOf = async (party: Installation['gateways'][number] | undefined) => {
    invariant(party, 'the configuration names the party');
    return (await readOwnKeys(keysFolder, party.keys, clock.now()))[0];
  };
  const jurisdictions: JurisdictionApart[] = [];
  for (const [i, party] of installation.jurisdictions.entries()) {
    const { code } = party.config;
    const node = await openJurisdictionApart({
      ...options,
      ...{ installation, code, reader: createReader(), transport: await signerOf(party) },
      ledgerPool: options.pool(`ledger-${code.toLowerCase()}`),
      signerPool: options.pool(`signer-${code.toLowerCase()}`),
      ledgerSigner: keys.ledger(code),
      coSigners: [keys.coSigner(code)],
      confirmer: keys.confirmer(code),
      accountKey: keys.accountKey(code),
    });
    servers[i]?.on('request', jurisdictionApp(node, parts()));
    jurisdictions.push(node);
  }
  const gateway = await openGatewayApart({
    ...options,
    ...{ installation, reader: createReader(), transport: await signerOf(installation.gateways[0]) },
    pool: options.pool('gateway'),
    quoteSigner: (provider) => createLocalQuoteSigner(keys.provider(provider)),
  });
  const otkel: Otkel = {
    gateway: gateway.gateway,
    nodes: jurisdictions.map(({ node }) => node),
    start: async () => {
      for (const jurisdiction of jurisdictions) await jurisdiction.start();
      await gateway.gateway.start();
    },
    stop: async () => {
      await gateway.gateway.stop();
      for (const server of servers) await closed(server);
      for (const jurisdiction of jurisdictions) await jurisdiction.stop();
    },
  };
  return { otkel, app: gatewayApp(gateway, installation, parts()), installation, gateway, jurisdictions };
}

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
