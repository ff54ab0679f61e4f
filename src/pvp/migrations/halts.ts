/** Officers' orders about halts, in the gateway's database and in each co-signer's. Rows are never deleted. */
export const haltOrderTable = `
      CREATE TABLE fx_halt_order (
        halt_id uuid NOT NULL,
        action text NOT NULL CHECK (action IN ('set', 'lift')),
        key_id text NOT NULL,
        position bigint GENERATED ALWAYS AS IDENTITY,
        scope text,
        name text,
        reason text NOT NULL,
        body bytea NOT NULL,
        authorisation bytea NOT NULL,
        ordered_at bigint NOT NULL,
        PRIMARY KEY (halt_id, action, key_id),
        CHECK ((action = 'set') = (scope IS NOT NULL) AND (action = 'set') = (name IS NOT NULL))
      );
      CREATE UNIQUE INDEX fx_halt_order_set ON fx_halt_order (halt_id) WHERE action = 'set';
`;
