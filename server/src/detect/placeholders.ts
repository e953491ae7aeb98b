/**
 * Values that stand for data and are none: template expressions, masks, references to a secret store, words that say "nothing here",
 * and patterns. Nothing of this kind is ever reported, whatever its key.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || text.length > 4000) return text === '';
  return (
    PLACEHOLDER_PATTERNS.some((pattern) => pattern.test(text)) ||
    PLACEHOLDER_WORDS.has(
      text
        .toLowerCase()
        .replace(/[\s_-]+/g, ' ')
        .trim(),
    ) ||
    isOneCharacterRepeated(text)
  );
}

/** `${X}`, `$(X)`, `$X`, `{{ x }}`, `<name>`, `{mrn}`, `%s`, `%(name)s`, `:id`, `?`, `#{x}`, `@x@`, `[NAME]`, `__NAME__`, `%NAME%`. */
const EXPRESSION =
  /\$\{|\$\(|\{\{|\}\}|<%|#\{|^\$\d*\w*$|^<[^<>]*>$|^\{[^{}"':,]*\}$|^%[-\w.()]*$|^%\w+%$|^:\w*$|^\?+$|^@[\w.-]+@$|^\[[^[\]]*\]$|^__\w+__$|^!\w+\b|^\.Values\b|^(?:process\.)?env\./;

/** `***-**-6789`, `xxx-xx-xxxx`, `###-##-####`, `•••`, `YYYY-MM-DD`, `MM/DD/YYYY`, `NNN-NN-NNNN`. */
const MASK =
  /\*\*|x{3,}|X{3,}|##|•|●|…|\.\.\.|_{4,}|[YyMmDd]{2,4}[-/.][YyMmDd]{2,4}|\bN{3,}\b|\bA{3,}-|^9+(?:[-/. ]9+)+$|^0+(?:[-/. ]0+)*$/;

/** In lower case, with blanks for blanks, dashes and underscores. */
export const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set(
  (
    'remove|replace|keep|drop|mask|hash|redact|clear|delete|encrypt|tokenize|pseudonymize|retain|redacted|removed|masked|hidden|null|nil|none|n/a|na|nan|unknown|undefined|empty|blank|true|false|yes|no|on|off|string|str|text|integer|int|number|numeric|float|double|boolean|bool|date|datetime|' +
    'timestamp|object|array|uuid|varchar|char|required|optional|enabled|disabled|default|example|sample|test|dummy|fake|mock|anonymous|anonymized|deidentified|todo|tbd|fixme|xxx|foo|bar|baz|' +
    'changeme|change me|replace me|replaceme|placeholder|secret|password|your password|not set|unset|missing|not applicable|see vault|from secret|from vault|managed externally|auto|generated|random|lorem ipsum|any|all|self|insert here|fill me in|fill in'
  ).split('|'),
);

/** Where the value really is: a secret store, a file, another variable, an encrypted form. */
const REFERENCE =
  /^(?:vault|op|awssm|aws-sm|awsssm|ssm|akv|azkv|gcpsm|gcp-secretmanager|gsm|secret|secretref|secretkeyref|k8s|kubernetes|ref\+\w+|ref|env|envvar|file|keyvault|sops|conjur|bao|openbao|doppler|infisical|secretsmanager|secretmanager|azurekeyvault|arn|sm)(?:kv)?:|^ENC\[|^ENC\(|^\{cipher\}|^\{vault|^@Microsoft\.KeyVault|^!vault|^projects\/[^/]+\/secrets\/|^\$ANSIBLE_VAULT|^-----BEGIN PGP MESSAGE/i;

function isOneCharacterRepeated(text: string): boolean {
  const characters = text.replace(/[^\p{L}\p{N}]/gu, '');
  if (characters.length < 3) return false;
  for (let index = 1; index < characters.length; index++)
    if (characters[index] !== characters[0]) return false;
  return true;
}

/** A regular expression, grok or printf pattern: `^\d{9}$`, `[0-9]{3}`, `(?i)ssn`, `%{DATA:ssn}`, `.*`. */
const PATTERN =
  /\\[dwsbSWD]|\[0-9|\[a-z|\[A-Z|\[\^|\(\?[:=!<i]|\.\*|\.\+|%\{\w|\{\d+,?\d*\}|^\^|^\/.+\/[gimsuy]*$/;

export const PLACEHOLDER_PATTERNS: readonly RegExp[] = [EXPRESSION, MASK, REFERENCE, PATTERN];
