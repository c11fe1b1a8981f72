import { type Migration, wallOf } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 117,
    statements: [
      // The file and its pictures lie in the store of objects, as long as there is a row here.
      `CREATE TABLE bank_uploads (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        file_name text NOT NULL,
        file_hash text NOT NULL,
        bytes integer NOT NULL,
        hidden boolean NOT NULL,
        state text NOT NULL,
        reason text,
        job_id text NOT NULL,
        said text,
        picture_hashes text[] NOT NULL DEFAULT '{}',
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id))`,
      `CREATE UNIQUE INDEX bank_uploads_by_id ON bank_uploads (id)`,
      `CREATE INDEX bank_uploads_expire ON bank_uploads (expires_at)`,
      // Every row of a file in its order. One with an item and without \`same_as\` is a question of the bank that it may become.
      // \`written_hash\` is of what the file says; \`written\` is what whoever mended it made of that.
      `CREATE TABLE bank_upload_rows (
        tenant_id text NOT NULL,
        upload_id text NOT NULL,
        at integer NOT NULL,
        sheet text NOT NULL,
        row integer NOT NULL,
        outcome text NOT NULL,
        reason text,
        said text NOT NULL,
        stem text NOT NULL,
        left_out boolean NOT NULL,
        elsewhere boolean NOT NULL,
        same_as integer,
        item text,
        question text,
        answer text,
        written text,
        written_hash text,
        settled text,
        PRIMARY KEY (tenant_id, upload_id, at),
        FOREIGN KEY (tenant_id, upload_id) REFERENCES bank_uploads ON DELETE CASCADE)`,
      `CREATE INDEX bank_upload_rows_asking ON bank_upload_rows (tenant_id, upload_id, question)`,
      // How a row was mended, by the hash of what stood in it: uploaded again, it is mended already.
      `CREATE TABLE bank_mends (
        tenant_id text NOT NULL REFERENCES tenants,
        written_hash text NOT NULL,
        written text NOT NULL,
        used_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, written_hash))`,
      `CREATE INDEX bank_mends_used ON bank_mends (used_at)`,
      ...['bank_uploads', 'bank_upload_rows', 'bank_mends'].flatMap((table) => wallOf(table)),
    ],
  },
];
