import { describe, expect, test } from 'vitest';
import { contextOf, markCredentials, unmarked } from './support.ts';

// Assembled here, so that the file itself holds nothing that a scanner would take for a credential.
const join = (...parts: string[]) => parts.join('');

const found: [name: string, keys: string, text: string][] = [
  ['an AWS key id', 'data/x', join('id «AK', 'IAQ3EGRZ7XK5JY2LMN»')],
  ['a GitHub token', 'env/X', join('«gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx»')],
  ['a password by key', 'env/DB_PASSWORD', '«S3cure-Horse!»'],
  ['a password in properties', 'data/app.properties', 'spring.datasource.password=«S3cure-Horse!»\nx=1'],
  ['a URL with a password', 'env/DATABASE_URL', 'postgres://app:«S3cureHorse»@db:5432/ehr'],
  ['an ADO connection string', 'env/CONN', 'Server=db;User Id=sa;Password=«S3cureHorse»;Encrypt=true'],
  ['JSON', 'data/config.json', '{"db":{"password":"«S3cureHorse»"}}'],
  ['an API key', 'env/DD_API_KEY', '«8f14e45fceea167a5a36dedd4bea2543»'],
];

describe('credentials are found, and exactly they', () => {
  test.each(found)('%s', (_, keys, text) => {
    expect(markCredentials(unmarked(text).text, contextOf(keys, 'env'))).toBe(text);
  });
});

const quiet: [name: string, keys: string, text: string][] = [
  ['a template expression', 'env/DB_PASSWORD', '{{ .Values.db.password }}'],
  ['a reference', 'env/DB_PASSWORD', 'vault:secret/data/db#password'],
  ['a variable in a URL', 'env/DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db:5432/ehr'],
  ['a path', 'env/DB_PASSWORD_FILE', '/run/secrets/db'],
  ['the name of a secret', 'values/existingSecret', 'ehr-db-credentials'],
  ['a placeholder', 'values/password', 'changeme'],
  ["AWS's documentation key", 'data/x', join('AK', 'IAIOSFODNN7EXAMPLE')],
  ['a token endpoint', 'env/TOKEN_URL', 'https://idp.example.com/oauth2/token'],
];

describe('references and placeholders are quiet', () => {
  test.each(quiet)('%s', (_, keys, text) => {
    expect(markCredentials(text, contextOf(keys, 'env'))).toBe(text);
  });
});
