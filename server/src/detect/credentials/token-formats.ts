import type { CredentialKind } from '../types.ts';
import type { FoundCredential } from './found.ts';
import { isMadeUp, isNameOfSomething } from './values.ts';

/** A credential that is recognised by its own structure, wherever it stands. */
interface TokenFormat {
  readonly kind: CredentialKind;
  /** What a person calls it. */
  readonly label: string;
  /** Every token holds this text: cheap to look for. */
  readonly anchor: string;
  /** Global; the value is group `value`, or the whole match. */
  readonly pattern: RegExp;
}

/** Shapes from the providers' documentation and from the rules of gitleaks (MIT licence). */
const TOKEN_FORMATS: readonly TokenFormat[] = [
  token('AWS access key id', 'A', /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g),
  token('GitHub token', 'gh', /(?<!\w)gh[pousr]_[0-9A-Za-z]{36,255}(?!\w)/g),
  token('GitHub token', 'github_pat_', /(?<!\w)github_pat_\w{82}(?!\w)/g),
  token('GitLab token', 'gl', /(?<!\w)gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[\w-]{20,64}(?![\w-])/g),
  token(
    'Slack token',
    'xox',
    /(?<!\w)xox[abeoprs]-(?:\d-)?[0-9A-Za-z]{6,}(?:-[0-9A-Za-z]{6,}){1,5}(?![\w-])/g,
  ),
  token('Slack app token', 'xapp-', /(?<!\w)xapp-\d-[A-Z0-9]{8,}-\d{8,}-[a-z0-9]{32,}(?!\w)/g),
  token(
    'Slack webhook',
    'hooks.slack.com',
    /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<value>[A-Z][A-Za-z0-9+/]{40,60})/g,
  ),
  token(
    'Discord webhook',
    '/api/webhooks/',
    /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/(?<value>\d{17,20}\/[\w-]{60,80})/g,
  ),
  token(
    'Microsoft Teams webhook',
    'webhook.office.com',
    /https:\/\/\w+\.webhook\.office\.com\/webhookb2\/(?<value>[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36})/g,
  ),
  token('Stripe key', 'k_', /(?<!\w)(?:sk|rk)_(?:live|test|prod)_[0-9A-Za-z]{10,99}(?!\w)/g),
  token('Stripe webhook secret', 'whsec_', /(?<!\w)whsec_[0-9A-Za-z+/=]{24,64}(?!\w)/g),
  token('Google API key', 'AIza', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g),
  token('Google OAuth secret', 'GOCSPX-', /(?<!\w)GOCSPX-[\w-]{28}(?![\w-])/g),
  token('SendGrid key', 'SG.', /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g),
  token('Twilio key', 'SK', /(?<!\w)SK[0-9a-f]{32}(?!\w)/g),
  token('Mailgun key', 'key-', /(?<![\w-])key-[0-9a-f]{32}(?!\w)/g),
  token('Mailchimp key', '-us', /(?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w)/g),
  token('npm token', 'npm_', /(?<!\w)npm_[0-9A-Za-z]{36}(?!\w)/g),
  token('PyPI token', 'pypi-AgE', /(?<!\w)pypi-AgE[\w-]{50,}/g),
  token('RubyGems key', 'rubygems_', /(?<!\w)rubygems_[0-9a-f]{48}(?!\w)/g),
  token('Docker token', 'dckr_', /(?<!\w)dckr_(?:pat|oat)_[\w-]{27,}/g),
  token('Vault token', 'hv', /(?<!\w)hv[sbr]\.[\w-]{24,220}(?![\w-])/g),
  token('DigitalOcean token', '_v1_', /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/g),
  token('Hugging Face token', 'hf_', /(?<!\w)hf_[A-Za-z]{34}(?!\w)/g),
  token(
    'OpenAI key',
    'sk-',
    /(?<![\w-])sk-(?:proj-|svcacct-|admin-)?[\w-]{20,100}T3BlbkFJ[\w-]{20,100}(?![\w-])/g,
  ),
  token('Anthropic key', 'sk-ant-', /(?<![\w-])sk-ant-(?:api|admin)\d\d-[\w-]{80,120}/g),
  token('Grafana token', 'gl', /(?<!\w)gl(?:sa_[0-9A-Za-z]{32}_[0-9a-f]{8}|c_[0-9A-Za-z+/=]{32,400})(?!\w)/g),
  token('New Relic key', 'NR', /(?<!\w)NR(?:AK|II|JS|BR|RA|AA|IQ)-[0-9A-Za-z-]{19,42}(?!\w)/g),
  token('Databricks token', 'dapi', /(?<!\w)dapi[0-9a-f]{32}(?:-\d)?(?!\w)/g),
  token('Shopify token', 'shp', /(?<!\w)shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?!\w)/g),
  token('Square token', 'sq0', /(?<!\w)sq0(?:atp|csp)-[\w-]{22,43}(?![\w-])/g),
  token('Telegram bot token', ':AA', /(?<!\w)\d{8,10}:AA[\w-]{33}(?![\w-])/g),
  token(
    'Doppler token',
    'dp.',
    /(?<!\w)dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,35}\.)?[0-9A-Za-z]{40,44}(?!\w)/g,
  ),
  token('Linear key', 'lin_api_', /(?<!\w)lin_api_[0-9A-Za-z]{40}(?!\w)/g),
  token('Postman key', 'PMAK-', /(?<!\w)PMAK-[0-9a-f]{24}-[0-9a-f]{34}(?!\w)/g),
  token('Terraform Cloud token', '.atlasv1.', /(?<!\w)[0-9A-Za-z]{14}\.atlasv1\.[\w=-]{60,70}/g),
  token('Atlassian token', 'ATATT3', /(?<!\w)ATATT3[\w=-]{150,220}/g),
  token('Dynatrace token', 'dt0c01.', /(?<!\w)dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}(?!\w)/g),
  token('Sentry token', 'sntry', /(?<!\w)sntry[su]_[\w+/=-]{50,}/g),
  token('PlanetScale token', 'pscale_', /(?<!\w)pscale_(?:tkn|pw|oauth)_[\w.=-]{32,64}/g),
  token('Fly token', 'fm2_', /(?<!\w)fm2_[0-9A-Za-z+/=]{100,}/g),
  token('Azure client secret', 'Q~', /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g),
  token('Age secret key', 'AGE-SECRET-KEY-1', /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/g),
  {
    kind: 'connection-string',
    label: 'Azure account key',
    anchor: 'AccountKey=',
    pattern: /AccountKey=(?<value>[A-Za-z0-9+/]{40,100}={0,2})/g,
  },
  {
    kind: 'connection-string',
    label: 'Azure shared access key',
    anchor: 'SharedAccessKey=',
    pattern: /SharedAccessKey=(?<value>[A-Za-z0-9+/]{40,60}={0,2})/g,
  },
  {
    kind: 'provider-token',
    label: 'Azure shared access signature',
    anchor: 'sig=',
    pattern: /[?&]sig=(?<value>[A-Za-z0-9%+/]{40,80}(?:%3[Dd]|=)?)/g,
  },
  {
    kind: 'jwt',
    label: 'JSON Web Token',
    anchor: 'eyJ',
    pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}(?![\w-])/g,
  },
  {
    kind: 'private-key',
    label: 'private key',
    anchor: 'PRIVATE KEY',
    pattern:
      /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?<value>[\\\sA-Za-z0-9+/=:,.-]{40,16000}?)-----END/g,
  },
  {
    kind: 'private-key',
    label: 'PuTTY private key',
    anchor: 'PuTTY-User-Key-File',
    pattern: /Private-Lines: \d{1,3}\s(?<value>[\sA-Za-z0-9+/=]{40,8000})/g,
  },
  {
    kind: 'authorization-header',
    label: 'Authorization header',
    anchor: 'uthorization',
    pattern:
      /uthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:Basic|Bearer|Token|ApiKey)\s{1,3}(?<value>[A-Za-z0-9+/=_.~-]{12,4000})/g,
  },
];

function token(label: string, anchor: string, pattern: RegExp): TokenFormat {
  return { kind: 'provider-token', label, anchor, pattern };
}

export function* tokensIn(text: string): Generator<FoundCredential> {
  for (const { kind, label, anchor, pattern } of TOKEN_FORMATS) {
    if (!text.includes(anchor)) continue;
    for (const match of text.matchAll(pattern)) {
      const value = match.groups?.value ?? match[0];
      if (isMadeUp(value) || (kind === 'authorization-header' && isNoHeader(value))) continue;
      const start = match.index + match[0].indexOf(value);
      const evidence = [`the structure of a ${label}`];
      yield { kind, label, confidence: 'high', start, end: start + value.length, value, evidence };
    }
  }
}

/** In a header there may stand the name of a variable, or a word for the token. */
function isNoHeader(value: string): boolean {
  return isNameOfSomething(value) || /^[A-Za-z]+$/.test(value);
}
