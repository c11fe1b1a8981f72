import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 83,
    statements: [
      // Whoever logs in as themselves. `locked` waits until a new password is set by a recovery.
      `CREATE TABLE accounts (
        id text PRIMARY KEY,
        login text NOT NULL UNIQUE,
        name text NOT NULL,
        password_hash text,
        state text NOT NULL CHECK (state IN ('invited', 'active', 'locked', 'ended')),
        created_at timestamptz NOT NULL,
        seen_at timestamptz,
        totp bytea,
        totp_wish bytea,
        totp_step bigint NOT NULL DEFAULT 0)`,
      `CREATE INDEX accounts_by_name ON accounts (name, id)`,
      `CREATE TABLE account_roles (
        account_id text NOT NULL REFERENCES accounts,
        role text NOT NULL,
        organisation_id text NOT NULL REFERENCES organisations,
        PRIMARY KEY (account_id, role, organisation_id))`,
      `CREATE INDEX account_roles_at ON account_roles (organisation_id)`,
      `CREATE TABLE account_logins (
        secret_hash text PRIMARY KEY,
        id text NOT NULL UNIQUE,
        account_id text NOT NULL REFERENCES accounts,
        address text NOT NULL,
        browser text NOT NULL,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL)`,
      `CREATE INDEX account_logins_of ON account_logins (account_id)`,
      // A step of a log-in that the next one goes on from.
      `CREATE TABLE login_tickets (
        secret_hash text PRIMARY KEY,
        purpose text NOT NULL,
        account_id text REFERENCES accounts,
        address text NOT NULL,
        body text NOT NULL,
        expires_at timestamptz NOT NULL)`,
      // Invitations, and recoveries.
      `CREATE TABLE account_secrets (
        secret_hash text PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts,
        purpose text NOT NULL CHECK (purpose IN ('join', 'recover')),
        given_by text NOT NULL,
        expires_at timestamptz NOT NULL)`,
      `CREATE INDEX account_secrets_of ON account_secrets (account_id)`,
      // The code that an empty center is set up with.
      `CREATE TABLE set_up_code (id integer PRIMARY KEY CHECK (id = 1), code_hash text NOT NULL)`,
    ],
  },
  {
    number: 84,
    statements: [
      `CREATE TABLE recovery_codes (
        account_id text NOT NULL REFERENCES accounts,
        code_hash text NOT NULL,
        PRIMARY KEY (account_id, code_hash))`,
      `CREATE TABLE passkeys (
        id text PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts,
        name text NOT NULL,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text NOT NULL,
        site text NOT NULL,
        created_at timestamptz NOT NULL)`,
      `CREATE INDEX passkeys_of ON passkeys (account_id)`,
    ],
  },
  {
    number: 85,
    statements: [
      `CREATE TABLE program_tokens (
        token_hash text PRIMARY KEY,
        id text NOT NULL UNIQUE,
        account_id text NOT NULL REFERENCES accounts,
        name text NOT NULL,
        role text NOT NULL,
        organisation_id text NOT NULL REFERENCES organisations,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz)`,
      `CREATE INDEX program_tokens_at ON program_tokens (organisation_id)`,
      // Who somebody is at a city's own log-in: one there for one here.
      `CREATE TABLE oidc_links (
        issuer text NOT NULL,
        subject text NOT NULL,
        account_id text NOT NULL REFERENCES accounts,
        PRIMARY KEY (issuer, subject),
        UNIQUE (issuer, account_id))`,
    ],
  },
];
