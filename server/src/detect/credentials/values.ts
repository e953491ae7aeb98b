import { isPlaceholder } from '../placeholders.ts';

/** Bits per character, by the frequencies of the characters in the value itself. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    entropy -= share * Math.log2(share);
  }
  return entropy;
}

/** Whether a machine may have made the value: long enough, of mixed characters, no words. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || value.length > 4096 || /\s/.test(value)) return false;
  if (isNameOfSomething(value)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((pattern) => pattern.test(value)).length;
  const entropy = entropyOf(value);
  if (/^[0-9a-f]+$/i.test(value)) return value.length >= 16 && entropy > 2.5 && /\d/.test(value);
  return classes >= 2 && /\d/.test(value) ? entropy > 3 : classes >= 2 && entropy > 3.7;
}

/** A DNS name, path, URL without a password, host and port, image, environment variable, or dotted or dashed words. */
export function isNameOfSomething(value: string): boolean {
  return (
    /^[a-z][a-z]*(?:[-._/:][a-z]+)+$/i.test(value) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
    /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)/.test(value) ||
    /^\w+:\/\/[^@\s]*$/.test(value) ||
    /^[\w.-]+\.(?:svc|local|com|org|net|io|internal|key|pem|crt|json|ya?ml|txt|conf)(?::\d+)?(?:\/\S*)?$/i.test(
      value,
    )
  );
}

const NO_PASSWORDS = new Set(
  (
    'changeme|change-me|change_me|changeit|password|passwd|secret|yourpassword|your-password|your_password|mypassword|my-password|<password>|example|test|none|null|true|false|yes|no|required|optional|string|' +
    'prompt|ask|file|env|plain|plaintext|scram-sha-256|scram-sha-512|md5|sha256|bcrypt|basic|bearer|token|ldap|internal|external|enabled|disabled|default|insecure|credentials|client_credentials|refresh_token|authorization_code'
  ).split('|'),
);

/** Whether a literal under a password's key is one that somebody may have set. */
export function looksLikePassword(value: string): boolean {
  const text = value.trim();
  if (text.length < 4 || text.length > 256 || /\s/.test(text)) return false;
  if (isPlaceholder(text) || NO_PASSWORDS.has(text.toLowerCase())) return false;
  if (
    /change.?(?:me|it|this)|replace|placeholder|your[-_ ]|(?:insert|enter|put).{0,12}here|redacted|example/i.test(
      text,
    )
  )
    return false;
  if (/^(?:\/|\.\/|~\/|https?:\/\/)/.test(text) || /^\w+\(.*\)$/.test(text)) return false;
  return !/^(?:\d{1,4}|\d+(?:\.\d+)?(?:ms|s|m|h|d)?)$/.test(text) || text.length >= 6;
}
