/** Migrations of the gateway's own tables (messages, payments, inbox, instances). Times are milliseconds. */
export const gatewayMigrations: readonly { id: number; name: string; sql: string }[] = [
  {
    id: 1,
    name: 'messages, payments, inbox',
    sql: `
      CREATE TABLE gateway_instance (
        instance_id text PRIMARY KEY,
        lease_until bigint NOT NULL
      );

      CREATE TABLE message (
        sender text NOT NULL,
        msg_id text NOT NULL,
        message_id text NOT NULL,
        body_hash bytea NOT NULL,
        body bytea NOT NULL,
        authorisation bytea NOT NULL,
        received_at bigint NOT NULL,
        open_count integer NOT NULL,
        PRIMARY KEY (sender, msg_id)
      );

      CREATE TABLE payment (
        sender text NOT NULL,
        msg_id text NOT NULL,
        tx_index integer NOT NULL,
        uetr text NOT NULL,
        owns_uetr boolean NOT NULL,
        claimed_by text,
        state text NOT NULL CHECK (state IN ('PREPARING', 'DECIDED', 'CLOSED')),
        status text NOT NULL,
        reason text,
        detail text,
        creditor_agent text,
        provider text,
        facts json NOT NULL,
        differences json NOT NULL,
        terms bytea,
        destination bytea,
        accepted_at bigint NOT NULL,
        decided_at bigint,
        closed_at bigint,
        PRIMARY KEY (sender, msg_id, tx_index)
      );
      CREATE UNIQUE INDEX payment_uetr ON payment (uetr) WHERE owns_uetr;
      CREATE INDEX payment_refused_uetr ON payment (uetr, sender) WHERE NOT owns_uetr;
      CREATE INDEX payment_open ON payment (claimed_by, uetr) WHERE state <> 'CLOSED';

      CREATE TABLE inbox (
        recipient text NOT NULL,
        position bigint GENERATED ALWAYS AS IDENTITY,
        message_id text NOT NULL,
        msg_id text NOT NULL,
        uetr text,
        -- NULL: the onward message of the payment with this UETR, which is kept there.
        body bytea,
        created_at bigint NOT NULL,
        acknowledged_at bigint,
        PRIMARY KEY (recipient, position)
      );
      CREATE INDEX inbox_waiting ON inbox (recipient, position) WHERE acknowledged_at IS NULL;

      CREATE TABLE refused_message (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sender text NOT NULL,
        code text NOT NULL,
        body_hash bytea NOT NULL,
        received_at bigint NOT NULL
      );
    `,
  },
  {
    id: 2,
    name: 'payments in doubt',
    sql: `
      ALTER TABLE payment ADD COLUMN doubted_at bigint, ADD COLUMN waiting_for text[];
    `,
  },
  {
    id: 3,
    name: 'lists of payments, newest first',
    sql: `
      CREATE INDEX payment_newest ON payment (accepted_at);
      CREATE INDEX payment_newest_of_sender ON payment (sender, accepted_at);
      CREATE INDEX payment_newest_of_creditor_agent ON payment (creditor_agent, accepted_at)
        WHERE creditor_agent IS NOT NULL;
    `,
  },
  {
    id: 4,
    name: 'payments that wait for an event',
    sql: `
      ALTER TABLE payment DROP CONSTRAINT payment_state_check;
      ALTER TABLE payment ADD CONSTRAINT payment_state_check
        CHECK (state IN ('WAITING', 'PREPARING', 'DECIDED', 'CLOSED'));
      CREATE TABLE event_payment (
        uetr text PRIMARY KEY,
        claimed_by text NOT NULL
      );
      CREATE INDEX event_payment_claimed ON event_payment (claimed_by, uetr);
    `,
  },
  {
    id: 5,
    name: 'messages are kept as they are',
    // Compressing them was a sixth of the server's work. Rows of the inbox are changed once: theirs stay in them.
    sql: `
      ALTER TABLE message ALTER COLUMN body SET STORAGE EXTERNAL;
      ALTER TABLE payment ALTER COLUMN destination SET STORAGE EXTERNAL;
      ALTER TABLE payment ALTER COLUMN differences SET STORAGE EXTERNAL;
      ALTER TABLE inbox ALTER COLUMN body SET STORAGE EXTERNAL;
      ALTER TABLE inbox SET (toast_tuple_target = 8160);
    `,
  },
];
