import { describe, expect, test } from 'vitest';
import { detectCredentials, detectPhi, type TextContext } from '../../server/src/detect/index.ts';

/** Pieces that make scanners and regular expressions go back again and again, when they are repeated. */
const PIECES: Record<string, string> = {
  'one letter': 'a',
  digits: '1',
  'dashed digits': '123-45-',
  'a number in dots': '123.45.',
  blanks: ' ',
  'line ends': '\n',
  'blank lines with a dash': '- \n',
  'words for a person': 'patient ',
  'names of persons': 'Patient Jane ',
  'labels without values': 'MRN: SSN: DOB: ',
  'labels on lines': 'patient mrn\n',
  'open braces': '{',
  'open objects': '{"',
  'open objects in single quotes': "{'a':",
  'nested objects': '{"patient":',
  'nested lists': '[',
  'escapes in a string': '\\"',
  'an open string': '"patient',
  'keys without values': 'patient:\n',
  'deeper and deeper keys': 'ssn: {patient: ',
  'pairs on one line': 'ssn=',
  'flags on one line': '--mrn --',
  'open tags': '<patient ',
  'open attributes': '<patient a="',
  entities: '<a b="&amp;',
  'closing tags': '</patient>',
  'table rows': 'ssn,',
  'rows with quotes': 'ssn,"',
  'SQL inserts': 'INSERT INTO patient VALUES (',
  'SQL tables': 'create table patient (',
  'SQL comparisons': "ssn = '",
  'SQL copies': 'copy patient (ssn) from stdin;\n',
  'HL7 segments': 'PID|',
  'HL7 repetitions': 'PID|1~',
  'X12 segments': 'NM1*IL*1*',
  'X12 terminators': 'NM1*IL*1*~',
  'DICOM tags': '(0010,0010) ',
  'NCPDP fields': '\x1cC2',
  'UDI parts': '(01)12345678901234(21)',
  'base64 of nothing': 'QUJD',
  'base64 with breaks': 'QUJD\n',
  addresses: '123 Main ',
  'e-mail addresses': 'patient a@b.',
  ages: '99 year ',
  schemes: '://a:',
  'schemes with users': 'a://b:c',
  'passwords without a value': 'password=',
  'passwords beside users': 'user=a password=',
  'keys of secrets': 'secret: token: ',
  'web tokens': 'eyJ',
  'web tokens with dots': 'eyJaaaaaaaaaaa.',
  'private keys': '-----BEGIN PRIVATE KEY-----',
  'private keys with a body': '-----BEGIN PRIVATE KEY-----AAAA\n',
  'authorization headers': 'Authorization: Bearer ',
  commands: 'curl -u ',
  'commands with pipes': 'mysql a ',
  placeholders: '${a',
  'indented lines': '  patient:\n    ',
};

const CONTEXT: TextContext = { keys: ['data', 'patients.txt'], place: 'configmap' };

/** CPU time, since other work on the machine must not decide; the best of some runs. */
function secondsFor(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 2; run++) {
    const start = process.cpuUsage();
    detectPhi(text, CONTEXT);
    detectCredentials(text, CONTEXT);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

const SMALL = 8_000;
const FACTOR = 8;
/** Linear time grows by 8, quadratic by 64. */
const MOST_GROWTH = 28;
/** Below this, the clock says nothing. */
const NOTHING = 0.004;

describe('time grows with the text, whatever the text', () => {
  test.each(Object.entries(PIECES))('%s', (_, piece) => {
    const small = secondsFor(piece.repeat(SMALL / piece.length));
    const large = secondsFor(piece.repeat((SMALL * FACTOR) / piece.length));
    expect(large).toBeLessThan(Math.max(small, NOTHING) * MOST_GROWTH);
  });
});
