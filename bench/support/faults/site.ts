/**
 * An installation whose every connection can be interrupted: gateway and two jurisdictions in processes of their own,
 * five database servers, a proxy before each server and on each way between two processes.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDemoApart } from '../../../src/gateway/demo-apart.js';
import { readInstallation } from '../../../src/gateway/installation.js';
import { type DatabaseRole, databaseVariable } from '../../../src/gateway/platform/databases.js';
import { systemClock, systemRandomness } from '../../../src/gateway/platform/runtime.js';
import { createReader } from '../../../src/gateway/readers.js';
import { verifyInstallation } from '../../../src/gateway/verify.js';
import { findingLine } from '../../../src/kernel/finding.js';
import { type EndState, readState } from '../crash-end.pg.js';
import { temporaryFolder } from '../server.js';
import { type HttpProxy, openHttpProxy } from './http-proxy.js';
import { LINKS, type LinkName, PARTIES, type Party, roleOf, type SiteTimes, type Victim, writerOf } from './parties.js';
import { isUnlisted } from './points.js';
import { createProcess, type PartyProcess } from './processes.js';
import {
  copyFolder,
  type DatabaseServer,
  makeServerFolders,
  ROLES,
  type ServerEnd,
  startDatabaseServer,
} from './servers.js';

export interface Site {
  readonly times: SiteTimes;
  /** Where the banks' and the operator's keys are, and the ledgers' public ones. */
  readonly dataFolder: string;
  server(role: DatabaseRole): DatabaseServer;
  link(name: LinkName): HttpProxy;
  kill(victim: Victim, how: ServerEnd): Promise<void>;
  /** Starts again what was killed; resolves when it takes requests. */
  restart(victim: Victim): Promise<void>;
  state(): Promise<EndState>;
  /** What `otkel verify` finds in the five databases. */
  verify(): Promise<readonly string[]>;
  /** Writes that are no kill point and no upkeep: there should be none. */
  unlisted(): readonly string[];
  /** What the processes wrote last. */
  output(): string;
  /** `stop`: in good order, so that its folder may be copied. `abandon`: at once. */
  close(how: 'stop' | 'abandon'): Promise<void>;
}

const partyFolder = (home: string, name: string): string => join(home, 'parties', name);
const folderOf = (party: Party): string => party.toLowerCase();
const argumentsOf = (party: Party): readonly string[] => (party === 'gateway' ? ['gateway'] : ['jurisdiction', party]);
const rolesOf = (party: Party): readonly DatabaseRole[] => ROLES.filter((role) => writerOf(role) === party);

/** Long enough for a slow machine: a template is made once. */
const TEMPLATE_TIMES: SiteTimes = { prepareMs: 4_000, voteMs: 8_000, lapseMs: 4_000 };

/** Makes an installation with the demo's wallets and money in `home`, stopped, for {@link openSite} to copy. */
export async function makeTemplate(home: string): Promise<void> {
  await makeServerFolders(home);
  mkdirSync(join(home, 'parties'), { mode: 0o711 });
  await writeDemoApart(join(home, 'parties'), 8_080, systemRandomness);
  for (const name of ['kz', 'cn'])
    copyFileSync(
      join(partyFolder(home, name), 'keys', `ledger-${name}.pub.json`),
      join(partyFolder(home, 'users'), 'keys', `ledger-${name}.pub.json`),
    );
  await (await startSite(home, TEMPLATE_TIMES)).close('stop');
}

/** Copies a template and starts it; closing removes it. */
export async function openSite(template: string, times: SiteTimes): Promise<Site> {
  const { path, remove } = temporaryFolder('site');
  try {
    for (const part of ['servers', 'parties']) await copyFolder(join(template, part), join(path, part));
    const site = await startSite(path, times);
    return {
      ...site,
      close: async (how) => {
        await site.close(how);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function startSite(home: string, times: SiteTimes): Promise<Site> {
  const links = new Map<LinkName, HttpProxy>();
  for (const name of LINKS) links.set(name, await openHttpProxy());
  const link: Site['link'] = (name) => must(links.get(name), name);
  const servers = new Map<DatabaseRole, DatabaseServer>();
  for (const server of await Promise.all(ROLES.map((role) => startDatabaseServer(home, role))))
    servers.set(server.role, server);
  const server: Site['server'] = (role) => must(servers.get(role), role);
  const processes = new Map<Party, PartyProcess>();
  for (const party of PARTIES) {
    writeConfig(home, party, times, link);
    const urls = rolesOf(party).map((role) => [databaseVariable(role), server(role).url]);
    const env = { OTKEL_DATA: partyFolder(home, folderOf(party)), ...Object.fromEntries(urls) };
    processes.set(party, createProcess(argumentsOf(party), env));
  }
  const process = (party: Party): PartyProcess => must(processes.get(party), party);
  const start = async (party: Party): Promise<void> => {
    const url = await process(party).start();
    for (const name of LINKS)
      if (name === 'bank' ? party === 'gateway' : name.endsWith(`-${party}`)) link(name).aim(url);
  };
  const close: Site['close'] = async (how) => {
    await Promise.all(PARTIES.map((party) => (how === 'stop' ? process(party).stop() : process(party).kill())));
    await Promise.all([...servers.values()].map((one) => one.close(how)));
    await Promise.all([...links.values()].map((one) => one.close()));
  };
  const unlisted = new Set<string>();
  for (const one of servers.values())
    one.proxy.arm((unit) => {
      if (isUnlisted(one.role, unit)) unlisted.add(`${one.role}: ${unit.map(({ name }) => name).join(' + ')}`);
      return false;
    }, 'before');
  try {
    await Promise.all(PARTIES.map(start));
  } catch (error) {
    await close('abandon');
    throw error;
  }
  return {
    times,
    dataFolder: partyFolder(home, 'users'),
    server,
    link,
    kill: async (victim, how) => {
      const role = roleOf(victim);
      await (role ? server(role).end(how) : process(victim as Party).kill());
    },
    restart: async (victim) => {
      const role = roleOf(victim);
      await (role ? server(role).start() : start(victim as Party));
    },
    state: () => readState((role) => server(role).pool),
    output: () => PARTIES.map((party) => `${party}:\n${process(party).output()}`).join('\n'),
    verify: async () => {
      const found: string[] = [];
      const config = readFileSync(join(partyFolder(home, 'gateway'), 'config.json'), 'utf8');
      await verifyInstallation({
        pools: new Map([...servers].map(([role, one]) => [role, one.pool])),
        keys: readInstallation(config, systemClock.now()).keys,
        reader: createReader(),
        openBefore: null,
        report: (finding) => found.push(findingLine(finding)),
        progress: () => undefined,
      });
      return found;
    },
    unlisted: () => [...unlisted],
    close,
  };
}

function must<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`the site has no ${name}`);
  return found;
}

/** Each party reaches the others by its own links. */
function writeConfig(home: string, party: Party, times: SiteTimes, link: Site['link']): void {
  const path = join(partyFolder(home, folderOf(party)), 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as { jurisdictions: { code: string; url: string }[] };
  for (const jurisdiction of config.jurisdictions) {
    const name = LINKS.find((one) => one === `${party}-${jurisdiction.code}`);
    if (name) jurisdiction.url = link(name).url;
  }
  writeFileSync(path, JSON.stringify({ ...config, ...times }));
}
