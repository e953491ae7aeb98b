import { FUNCTIONS } from '../functions/table.ts';

/** What a function of the template language does, for people. */
export interface FunctionHelp {
  readonly name: string;
  /** The call with its arguments; those in brackets may be left out, `…` stands for more of the same. */
  readonly signature: string;
  readonly description: string;
}

/** Lines of `call: description`. The last argument is the one that a pipe fills. */
const TABLE = `
and A B…: The first argument that counts as false, else the last one; later ones are not evaluated.
or A B…: The first argument that counts as true, else the last one; later ones are not evaluated.
not VALUE: True for what counts as false: false, 0, an empty text, list or map, and nothing.
len VALUE: The number of bytes of a text, or of the elements of a list or map.
index MAP KEY…: The element at a key or index, one level deeper for each further key.
print VALUE…: The values as text, with spaces between those that are no texts.
printf FORMAT VALUE…: The format with its verbs (%s, %d, %v, %q …) replaced by the values.
println VALUE…: The values as text, with spaces between them and a line break at the end.
call FUNCTION VALUE…: What a function that is held in a value returns.
html VALUE…: The text with what HTML gives a meaning escaped.
js VALUE…: The text escaped for a string of JavaScript.
urlquery VALUE…: The text escaped for the query of a URL.
eq A B…: Whether A equals any of the others; kinds of numbers that differ do not compare.
ne A B: Whether two values differ.
lt A B: Whether A is less than B.
le A B: Whether A is at most B.
gt A B: Whether A is greater than B.
ge A B: Whether A is at least B.
default FALLBACK VALUE: The value, or the fallback when it is empty: 0, false, "", an empty list or map, or nothing.
empty VALUE: Whether a value is empty: 0, false, "", an empty list or map, or nothing.
coalesce VALUE…: The first value that is not empty.
all VALUE…: Whether no value is empty.
any VALUE…: Whether some value is not empty.
ternary IF-TRUE IF-FALSE CONDITION: One of two values, by a condition that is a boolean.
deepCopy VALUE: A copy that shares nothing with the original.
typeOf VALUE: The Go type of a value, such as string, float64 or map[string]interface {}.
typeIs TYPE VALUE: Whether a value has this Go type.
typeIsLike TYPE VALUE: Whether a value has this Go type or points at one.
kindOf VALUE: The kind of a value: string, bool, int, float64, slice, map or invalid.
kindIs KIND VALUE: Whether a value is of this kind.
deepEqual A B: Whether two values are equal through all their levels.
trim TEXT: The text without white space at both ends.
trimAll CHARACTERS TEXT: The text without any of these characters at both ends.
trimSuffix SUFFIX TEXT: The text without the suffix, when it ends with it.
trimPrefix PREFIX TEXT: The text without the prefix, when it begins with it.
upper TEXT: The text in capital letters.
lower TEXT: The text in small letters.
title TEXT: The text with a capital at the start of each word.
untitle TEXT: The text with a small letter at the start of each word.
swapcase TEXT: The text with capital and small letters exchanged.
substr START END TEXT: The bytes from START up to END; a negative END means the end.
trunc LENGTH TEXT: The first bytes of the text; of a negative length, the last ones.
abbrev LENGTH TEXT: The text cut to a length, with an ellipsis.
abbrevboth LEFT RIGHT TEXT: The text cut at both sides, with ellipses.
initials TEXT: The first letters of the words.
repeat COUNT TEXT: The text so many times.
nospace TEXT: The text without any white space.
wrap WIDTH TEXT: The text broken into lines of at most so many characters.
wrapWith WIDTH SEPARATOR TEXT: The text broken into lines that a separator parts.
contains PART TEXT: Whether the text holds the part.
hasPrefix PREFIX TEXT: Whether the text begins with the prefix.
hasSuffix SUFFIX TEXT: Whether the text ends with the suffix.
quote VALUE…: The values in double quotes, escaped; nothing for what is missing.
squote VALUE…: The values in single quotes, not escaped.
cat VALUE…: The values as text with spaces between them.
indent COUNT TEXT: The text with so many spaces before each line.
nindent COUNT TEXT: As indent, on a new line.
replace OLD NEW TEXT: The text with every OLD replaced by NEW.
plural ONE MANY COUNT: One of two words, by a count.
toString VALUE: The value as text.
splitList SEPARATOR TEXT: A list of the parts of the text.
split SEPARATOR TEXT: A map of the parts of the text, with the keys _0, _1 and so on.
splitn SEPARATOR COUNT TEXT: As split, into at most so many parts.
snakecase TEXT: The words in small letters with underscores between them.
kebabcase TEXT: The words in small letters with hyphens between them.
camelcase TEXT: The words with capitals and nothing between them.
list VALUE…: A list of the values.
append LIST VALUE: The list with a value added at its end.
prepend LIST VALUE: The list with a value added at its start.
first LIST: The first element, or nothing.
last LIST: The last element, or nothing.
rest LIST: All elements but the first.
initial LIST: All elements but the last.
reverse LIST: The elements in the opposite order.
compact LIST: The elements that are not empty.
uniq LIST: The elements, each once.
without LIST VALUE…: The elements that equal none of the values.
has VALUE LIST: Whether an element equals the value.
slice LIST [START] [END]: The elements from START up to END.
chunk SIZE LIST: A list of lists of so many elements each.
concat LIST…: One list of the elements of all.
sortAlpha LIST: The elements as texts, sorted.
toStrings LIST: The elements as texts.
join SEPARATOR LIST: The elements as one text, with a separator between them.
dict KEY VALUE…: A map of keys and values.
get MAP KEY: The value of a key, or an empty text.
set MAP KEY VALUE: The map itself, in which the key has the value from now on.
unset MAP KEY: The map itself, from which the key is gone.
hasKey MAP KEY: Whether the map has the key, whatever its value.
pluck KEY MAP…: A list of what the maps have at a key.
keys MAP…: The keys of all maps, in no certain order: sort them with sortAlpha.
values MAP: The values of a map, in no certain order.
pick MAP KEY…: A new map with these keys alone.
omit MAP KEY…: A new map without these keys.
merge TARGET MAP…: The first map, changed: keys that it lacks, or has empty, come from the others.
mergeOverwrite TARGET MAP…: The first map, changed: the others' keys win, later ones over earlier ones.
dig KEY… FALLBACK MAP: The value under nested keys, or the fallback where one is missing.
int VALUE: The value as an integer; 0 for what is none.
int64 VALUE: The value as an integer of 64 bits; 0 for what is none.
float64 VALUE: The value as a number with a fraction.
atoi TEXT: The text as an integer; 0 for what is none.
toDecimal TEXT: The octal number of a text.
add NUMBER…: The sum, of integers.
add1 NUMBER: The integer that follows.
sub A B: The difference, of integers.
mul A B…: The product, of integers.
div A B: The quotient, of integers.
mod A B: The remainder, of integers.
max A B…: The greatest integer.
min A B…: The least integer.
maxf A B…: The greatest number.
minf A B…: The least number.
addf NUMBER…: The sum, with fractions.
add1f NUMBER: The number and one, with its fraction.
subf A B…: The difference, with fractions.
mulf A B…: The product, with fractions.
divf A B…: The quotient, with fractions.
floor NUMBER: The whole number at or below.
ceil NUMBER: The whole number at or above.
round NUMBER DIGITS [LIMIT]: The number with so many digits behind the point.
until COUNT: A list of the integers from 0 up to, but without, COUNT.
untilStep START STOP STEP: A list of the integers from START on, by STEP, up to, but without, STOP.
seq [START] [STEP] END: The integers from START to END as one text with spaces between them.
toYaml VALUE: The value as YAML, without a line break at its end.
toYamlPretty VALUE: The value as YAML with lists indented below their keys.
fromYaml TEXT: The map that a text of YAML holds; on an error a map with the key Error.
fromYamlArray TEXT: The list that a text of YAML holds; on an error a list of the message.
toJson VALUE: The value as JSON in one line.
toPrettyJson VALUE: The value as JSON in indented lines.
toRawJson VALUE: As toJson, without escaping what HTML gives a meaning.
fromJson TEXT: The map that a text of JSON holds; on an error a map with the key Error.
fromJsonArray TEXT: The list that a text of JSON holds; on an error a list of the message.
toToml VALUE: The map as TOML.
fromToml TEXT: The map that a text of TOML holds; on an error a map with the key Error.
regexMatch PATTERN TEXT: Whether the pattern matches somewhere in the text.
regexFind PATTERN TEXT: The first match, or an empty text.
regexFindAll PATTERN TEXT COUNT: A list of the matches; -1 for all.
regexReplaceAll PATTERN TEXT REPLACEMENT: The text with every match replaced; \${1} stands for a group.
regexReplaceAllLiteral PATTERN TEXT REPLACEMENT: The text with every match replaced by exactly this.
regexSplit PATTERN TEXT COUNT: A list of what stands between the matches; -1 for all.
regexQuoteMeta TEXT: The text escaped, so that a pattern matches exactly it.
semver VERSION: The parts of a version: .Major, .Minor, .Patch, .Prerelease, .Metadata.
semverCompare RANGE VERSION: Whether a version lies in a range such as ">=1.25-0"; without -0 a range holds no pre-releases.
now: The present time.
date LAYOUT TIME: The time in Go's layout, such as "2006-01-02".
htmlDate TIME: The date as a form of HTML takes it.
htmlDateInZone TIME ZONE: As htmlDate, in a time zone.
dateInZone LAYOUT TIME ZONE: The time in Go's layout, in a time zone.
dateModify DURATION TIME: The time, moved by a duration such as "-1.5h".
toDate LAYOUT TEXT: The time that a text in Go's layout tells.
unixEpoch TIME: The seconds since 1970, as text.
ago TIME: How long ago that was.
duration SECONDS: The seconds as a duration such as 1m35s.
durationRound DURATION: The duration in its greatest unit.
urlParse TEXT: The parts of a URL as a map: scheme, host, path, query and so on.
urlJoin MAP: The URL of the parts that urlParse gives.
base PATH: The last part of a path.
dir PATH: The path without its last part.
clean PATH: The shortest path that means the same.
ext PATH: The ending of the last part, with its point.
isAbs PATH: Whether the path begins at the root.
osBase PATH: As base, with the separator of the system.
osDir PATH: As dir, with the separator of the system.
osClean PATH: As clean, with the separator of the system.
osExt PATH: As ext, with the separator of the system.
osIsAbs PATH: As isAbs, with the separator of the system.
sha1sum TEXT: The SHA-1 digest in hexadecimal digits.
sha256sum TEXT: The SHA-256 digest in hexadecimal digits; over an included file it makes pods restart when that changes.
sha512sum TEXT: The SHA-512 digest in hexadecimal digits.
adler32sum TEXT: The Adler-32 checksum as a decimal number.
b64enc TEXT: The text in base 64, as Secrets hold it.
b64dec TEXT: The text that base 64 holds, or the message of an error.
b32enc TEXT: The text in base 32.
b32dec TEXT: The text that base 32 holds, or the message of an error.
derivePassword COUNTER TYPE PASSWORD USER SITE: A password derived from a master password, always the same.
encryptAES KEY TEXT: The text encrypted with AES-256, in base 64.
decryptAES KEY TEXT: The text that encryptAES has encrypted.
randAlphaNum LENGTH: Random letters and digits, new in every rendering.
randAlpha LENGTH: Random letters, new in every rendering.
randNumeric LENGTH: Random digits, new in every rendering.
randAscii LENGTH: Random printable characters, new in every rendering.
randBytes COUNT: Random bytes in base 64, new in every rendering.
randInt LEAST LIMIT: A random integer from LEAST up to, but without, LIMIT.
shuffle TEXT: The characters in random order.
uuidv4: A random UUID, new in every rendering.
bcrypt TEXT: The bcrypt hash of a password, another one in every rendering.
htpasswd USER PASSWORD: A line for a file of passwords, with a bcrypt hash.
genPrivateKey TYPE: A private key in PEM: rsa, dsa, ecdsa or ed25519; new in every rendering.
buildCustomCert CERTIFICATE KEY: A certificate object of a certificate and a key, both in base 64.
genCA NAME DAYS: A certificate authority: .Cert and .Key, new in every rendering.
genCAWithKey NAME DAYS KEY: A certificate authority with a given key.
genSelfSignedCert NAME IPS NAMES DAYS: A self-signed certificate: .Cert and .Key, new in every rendering.
genSelfSignedCertWithKey NAME IPS NAMES DAYS KEY: A self-signed certificate with a given key.
genSignedCert NAME IPS NAMES DAYS CA: A certificate that an authority of genCA has signed.
genSignedCertWithKey NAME IPS NAMES DAYS CA KEY: A signed certificate with a given key.
include NAME DATA: What a named template writes, as a text that can be piped on.
tpl TEXT DATA: What a text writes when it is run as a template.
required MESSAGE VALUE: The value; rendering fails with the message when it is missing or empty.
fail MESSAGE: Makes rendering fail with the message.
lookup VERSION KIND NAMESPACE NAME: An object of the cluster; an empty map when there is no cluster, as in helm template.
getHostByName NAME: The address of a host; an empty text unless Helm may ask for it.
hello: The text "Hello!".
`;

/** Other names of the same function. */
const ALIASES: Readonly<Record<string, string>> = {
  trimall: 'trimAll',
  tuple: 'list',
  push: 'append',
  mustPush: 'append',
  biggest: 'max',
  date_in_zone: 'dateInZone',
  date_modify: 'dateModify',
  must_date_modify: 'dateModify',
};

const HELP = readTable();

function readTable(): ReadonlyMap<string, FunctionHelp> {
  const help = new Map<string, FunctionHelp>();
  for (const line of TABLE.trim().split('\n')) {
    const end = line.indexOf(': ');
    const signature = line.slice(0, end);
    const [name = ''] = signature.split(' ');
    help.set(name, { name, signature, description: line.slice(end + 2) });
  }
  for (const name of FUNCTIONS.keys()) {
    const known = help.get(name) ?? variantOf(name, help);
    if (known !== undefined) help.set(name, known);
  }
  return help;
}

/** Functions whose name begins with `must` fail where the others answer with something empty. */
function variantOf(name: string, help: ReadonlyMap<string, FunctionHelp>): FunctionHelp | undefined {
  const plain = name.startsWith('must') ? name.slice(4).replace(/^_/, '') : name;
  const base = help.get(ALIASES[name] ?? ALIASES[plain] ?? plain[0]?.toLowerCase() + plain.slice(1));
  if (base === undefined) return undefined;
  const failing = name.startsWith('must')
    ? ' Fails where the plain function answers with something empty.'
    : '';
  return {
    name,
    signature: base.signature.replace(base.name, name),
    description: base.description + failing,
  };
}

export function functionHelp(name: string): FunctionHelp | undefined {
  return HELP.get(name);
}

/** All functions, by name. */
export function allFunctions(): readonly FunctionHelp[] {
  return [...FUNCTIONS.keys()].sort().flatMap((name) => HELP.get(name) ?? []);
}

/** The words of the language that are no functions. */
export const KEYWORDS: readonly FunctionHelp[] = [
  {
    name: 'if',
    signature: 'if CONDITION',
    description: 'What follows is written when the value counts as true.',
  },
  { name: 'else', signature: 'else', description: 'What follows is written otherwise; else if asks again.' },
  { name: 'end', signature: 'end', description: 'Ends if, with, range, define and block.' },
  {
    name: 'range',
    signature: 'range [$KEY, $VALUE :=] LIST',
    description: 'What follows is written for each element, which is the point.',
  },
  {
    name: 'with',
    signature: 'with VALUE',
    description: 'What follows is written when the value counts as true, which is the point.',
  },
  { name: 'define', signature: 'define NAME', description: 'A named template, for include.' },
  {
    name: 'template',
    signature: 'template NAME DATA',
    description: 'Writes a named template in place; include can be piped on.',
  },
  {
    name: 'block',
    signature: 'block NAME DATA',
    description: 'Defines a named template and writes it in place.',
  },
  { name: 'break', signature: 'break', description: 'Ends a range.' },
  { name: 'continue', signature: 'continue', description: 'Goes on with the next element of a range.' },
];

/** What templates are given, besides values: the fields of each object, with what they are. */
export const OBJECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    Values: 'The values: those of values.yaml, of values files and of the command line.',
    Release: 'What is being installed.',
    Chart: 'What Chart.yaml says.',
    Files: 'The files of the chart besides templates.',
    Capabilities: 'What the cluster can do.',
    Template: 'The template at work.',
    Subcharts: 'What subcharts are given.',
  },
  Release: {
    Name: 'The name of the release.',
    Namespace: 'The namespace of the release.',
    Service: 'Always Helm.',
    IsInstall: 'Whether this is an installation.',
    IsUpgrade: 'Whether this is an upgrade or a rollback.',
    Revision: 'The number of the revision, from 1.',
  },
  Chart: {
    Name: 'The name of the chart, or its alias.',
    Version: 'The version of the chart.',
    AppVersion: 'The version of what the chart installs.',
    APIVersion: 'v1 or v2.',
    Description: 'One sentence on the chart.',
    Type: 'application or library.',
    KubeVersion: 'The versions of Kubernetes that the chart is for.',
    Home: 'The address of the project.',
    Icon: 'The address of an icon.',
    Keywords: 'A list of words.',
    Sources: 'A list of addresses.',
    Maintainers: 'A list of people: .Name, .Email, .URL.',
    Dependencies: 'A list of the charts that this one needs.',
    Annotations: 'A map of annotations.',
    Deprecated: 'Whether the chart is no longer kept.',
    IsRoot: 'Whether the chart is installed itself, not as a dependency.',
  },
  Capabilities: {
    KubeVersion: 'The version of Kubernetes.',
    APIVersions: 'The APIs of the cluster: .Has "apps/v1".',
    HelmVersion: 'The version of Helm.',
  },
  'Capabilities.KubeVersion': {
    Version: 'The version, such as v1.35.0.',
    Major: 'The major version.',
    Minor: 'The minor version.',
    GitVersion: 'The version, such as v1.35.0.',
  },
  'Capabilities.APIVersions': { Has: 'Whether the cluster has an API: .Has "apps/v1".' },
  Template: {
    Name: 'The path of the template, from the name of the chart.',
    BasePath: 'The path of the folder of templates.',
  },
  Files: {
    Get: 'The content of a file, or an empty text.',
    GetBytes: 'The content of a file, as bytes.',
    Glob: 'The files that match a pattern, as a map that can be ranged over.',
    Lines: 'The lines of a file.',
    AsConfig: 'The files as data of a ConfigMap.',
    AsSecrets: 'The files as data of a Secret, in base 64.',
  },
};
