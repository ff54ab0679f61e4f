import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.js';

export { createPool, type PoolOptions } from './pool.js';

/** What a database is for: the gateway's own, or one of a jurisdiction's two, by its code in lower case. */
export type DatabaseRole = 'gateway' | `ledger-${string}` | `signer-${string}`;

/** The databases that a process uses, wherever they are. */
export interface Databases {
  /** Connection string; throws for a role that wasn't asked for. */
  url(role: DatabaseRole): string;
  /** Present when at least one database is on the embedded server. */
  readonly embedded: EmbeddedPostgres | undefined;
  /** Stops the embedded server, if there is one. Close the pools first. */
  stop(): Promise<void>;
}

/** The gateway's database and both databases of each jurisdiction. */
export const databaseRoles = (jurisdictions: readonly string[]): DatabaseRole[] => [
  'gateway',
  ...jurisdictions.flatMap((code): DatabaseRole[] => [`ledger-${code.toLowerCase()}`, `signer-${code.toLowerCase()}`]),
];

/** The variable that names a server of one's own: `signer-kz` → `DATABASE_URL_SIGNER_KZ`. */
export const databaseVariable = (role: DatabaseRole): string =>
  `DATABASE_URL_${role.toUpperCase().replaceAll('-', '_')}`;

/**
 * Opens the databases of `roles`: a role whose variable is set is at that URL, the others are databases of the same
 * name on an embedded server, which is started, on `options.folder`, only if there are such.
 */
export async function openDatabases(
  env: Readonly<Record<string, string | undefined>>,
  roles: readonly DatabaseRole[],
  options: EmbeddedPostgresOptions,
): Promise<Databases> {
  const urls = new Map<DatabaseRole, string>();
  const own: DatabaseRole[] = [];
  for (const role of roles) {
    const url = env[databaseVariable(role)];
    if (url) urls.set(role, checkUrl(url, role));
    else own.push(role);
  }
  const embedded = own.length > 0 ? await startWith(own, options) : undefined;
  for (const role of own) if (embedded !== undefined) urls.set(role, embedded.url(role));
  return {
    embedded,
    url: (role) => {
      const url = urls.get(role);
      if (url === undefined) throw new Error(`the database ${role} was not opened`);
      return url;
    },
    stop: async () => embedded?.stop(),
  };
}

/** The value isn't repeated in the message: it holds a password. */
function checkUrl(url: string, role: DatabaseRole): string {
  if (/^postgres(?:ql)?:\/\//.test(url)) return url;
  throw new Error(`${databaseVariable(role)} must be a URL that begins with postgresql://`);
}

async function startWith(roles: readonly DatabaseRole[], options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(options);
  try {
    await server.createDatabases(roles);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
