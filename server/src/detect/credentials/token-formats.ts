import type { CredentialKind } from '../types.ts';
import type { FoundCredential } from './found.ts';
import { isFromDocumentation, isNameOfSomething } from './values.ts';

/** A credential that is recognised by its own structure, wherever it stands. */
export interface TokenFormat {
  readonly kind: CredentialKind;
  /** What a person calls it. */
  readonly label: string;
  /** Every token holds one of these texts: the scanner looks for them. */
  readonly anchors: readonly string[];
  /** Sticky: tried at the anchor, or so many characters before it as `before` says. The value is group `value`, or the whole match. */
  readonly pattern: RegExp;
  readonly before: readonly number[];
}

/** Shapes from the providers' documentation and from the rules of gitleaks (MIT licence). */
export const TOKEN_FORMATS: readonly TokenFormat[] = [
  token(
    'AWS access key id',
    'AKIA ASIA ABIA ACCA',
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y,
  ),
  token('GitHub token', 'ghp_ gho_ ghu_ ghs_ ghr_', /(?<!\w)gh[pousr]_[0-9A-Za-z]{36,255}(?!\w)/y),
  token('GitHub token', 'github_pat_', /(?<!\w)github_pat_\w{82}(?!\w)/y),
  token(
    'GitLab token',
    'glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent- glimt-',
    /(?<!\w)gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[\w-]{20,64}(?![\w-])/y,
  ),
  token(
    'Slack token',
    'xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs-',
    /(?<!\w)xox[abeoprs]-(?:\d-)?[0-9A-Za-z]{6,64}(?:-[0-9A-Za-z]{6,64}){1,5}(?![\w-])/y,
  ),
  token('Slack app token', 'xapp-', /(?<!\w)xapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-z0-9]{32,80}(?!\w)/y),
  token(
    'Slack webhook',
    'hooks.slack.com/',
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<value>[A-Z][A-Za-z0-9+/]{40,60})/y,
  ),
  token(
    'Discord webhook',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/',
    /discord(?:app)?\.com\/api\/webhooks\/(?<value>\d{17,20}\/[\w-]{60,80})/y,
  ),
  token(
    'Microsoft Teams webhook',
    'webhook.office.com/',
    /webhook\.office\.com\/webhookb2\/(?<value>[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36})/y,
  ),
  token(
    'Stripe key',
    'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_',
    /(?<!\w)(?:sk|rk)_(?:live|test|prod)_[0-9A-Za-z]{10,99}(?!\w)/y,
  ),
  token('Stripe webhook secret', 'whsec_', /(?<!\w)whsec_[0-9A-Za-z+/=]{24,64}(?!\w)/y),
  token('Google API key', 'AIza', /(?<![\w-])AIza[\w-]{35}(?![\w-])/y),
  token('Google OAuth secret', 'GOCSPX-', /(?<!\w)GOCSPX-[\w-]{28}(?![\w-])/y),
  token('SendGrid key', 'SG.', /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/y),
  token('Twilio key', 'SK', /(?<!\w)SK[0-9a-f]{32}(?!\w)/y),
  token('Mailgun key', 'key-', /(?<![\w-])key-[0-9a-f]{32}(?!\w)/y),
  token('Mailchimp key', '-us', /(?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w)/y, [32]),
  token('npm token', 'npm_', /(?<!\w)npm_[0-9A-Za-z]{36}(?!\w)/y),
  token('PyPI token', 'pypi-AgE', /(?<!\w)pypi-AgE[\w-]{50,250}/y),
  token('RubyGems key', 'rubygems_', /(?<!\w)rubygems_[0-9a-f]{48}(?!\w)/y),
  token('Docker token', 'dckr_pat_ dckr_oat_', /(?<!\w)dckr_(?:pat|oat)_[\w-]{27,64}/y),
  token('Vault token', 'hvs. hvb. hvr.', /(?<!\w)hv[sbr]\.[\w-]{24,220}(?![\w-])/y),
  token('DigitalOcean token', 'doo_v1_ dop_v1_ dor_v1_', /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/y),
  token('Hugging Face token', 'hf_', /(?<!\w)hf_[A-Za-z]{34}(?!\w)/y),
  token(
    'OpenAI key',
    'sk-',
    /(?<![\w-])sk-(?:proj-|svcacct-|admin-)?[\w-]{20,100}T3BlbkFJ[\w-]{20,100}(?![\w-])/y,
  ),
  token('Anthropic key', 'sk-ant-', /(?<![\w-])sk-ant-(?:api|admin)\d\d-[\w-]{80,120}/y),
  token(
    'Grafana token',
    'glsa_ glc_',
    /(?<!\w)gl(?:sa_[0-9A-Za-z]{32}_[0-9a-f]{8}|c_[0-9A-Za-z+/=]{32,400})(?!\w)/y,
  ),
  token(
    'New Relic key',
    'NRAK- NRII- NRJS- NRBR- NRRA- NRAA- NRIQ-',
    /(?<!\w)NR(?:AK|II|JS|BR|RA|AA|IQ)-[0-9A-Za-z-]{19,42}(?!\w)/y,
  ),
  token('Databricks token', 'dapi', /(?<!\w)dapi[0-9a-f]{32}(?:-\d)?(?!\w)/y),
  token('Shopify token', 'shpat_ shpca_ shppa_ shpss_', /(?<!\w)shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?!\w)/y),
  token('Square token', 'sq0atp- sq0csp-', /(?<!\w)sq0(?:atp|csp)-[\w-]{22,43}(?![\w-])/y),
  token('Telegram bot token', ':AA', /(?<!\w)\d{8,10}:AA[\w-]{33}(?![\w-])/y, [8, 9, 10]),
  token(
    'Doppler token',
    'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.',
    /(?<!\w)dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,35}\.)?[0-9A-Za-z]{40,44}(?!\w)/y,
  ),
  token('Linear key', 'lin_api_', /(?<!\w)lin_api_[0-9A-Za-z]{40}(?!\w)/y),
  token('Postman key', 'PMAK-', /(?<!\w)PMAK-[0-9a-f]{24}-[0-9a-f]{34}(?!\w)/y),
  token('Terraform Cloud token', '.atlasv1.', /(?<!\w)[0-9A-Za-z]{14}\.atlasv1\.[\w=-]{60,70}/y, [14]),
  token('Atlassian token', 'ATATT3', /(?<!\w)ATATT3[\w=-]{150,220}/y),
  token('Dynatrace token', 'dt0c01.', /(?<!\w)dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}(?!\w)/y),
  token('Sentry token', 'sntrys_ sntryu_', /(?<!\w)sntry[su]_[\w+/=-]{50,400}/y),
  token('PlanetScale token', 'pscale_', /(?<!\w)pscale_(?:tkn|pw|oauth)_[\w.=-]{32,64}/y),
  token('Fly token', 'fm2_', /(?<!\w)fm2_[0-9A-Za-z+/=]{100,2000}/y),
  token('Azure client secret', 'Q~', /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/y, [4]),
  token('age secret key', 'AGE-SECRET-KEY-1', /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/y),
  token(
    'Azure shared access signature',
    'sig=',
    /(?<=[?&])sig=(?<value>[A-Za-z0-9%+/]{40,80}(?:%3[Dd]|=)?)/y,
  ),
  token(
    'Azure account key',
    'AccountKey=',
    /AccountKey=(?<value>[A-Za-z0-9+/]{40,100}={0,2})/y,
    [0],
    'connection-string',
  ),
  token(
    'Azure shared access key',
    'SharedAccessKey=',
    /SharedAccessKey=(?<value>[A-Za-z0-9+/]{40,60}={0,2})/y,
    [0],
    'connection-string',
  ),
  token(
    'JSON Web Token',
    'eyJ',
    /(?<![\w-])eyJ[\w-]{10,4000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}(?![\w-])/y,
    [0],
    'jwt',
  ),
  token(
    'private key',
    '-----BEGIN',
    /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?<value>(?:[\\\sA-Za-z0-9+/=:,.]|-(?!-)){40,16000})-----END/y,
    [0],
    'private-key',
  ),
  token(
    'PuTTY private key',
    'Private-Lines:',
    /Private-Lines: \d{1,3}\s(?<value>[\sA-Za-z0-9+/=]{40,8000})/y,
    [0],
    'private-key',
  ),
  token(
    'Authorization header',
    'uthorization',
    /uthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:Basic|Bearer|Token|ApiKey)\s{1,3}(?<value>[A-Za-z0-9+/=_.~-]{12,4000})/y,
    [0],
    'authorization-header',
  ),
];

function token(
  label: string,
  anchors: string,
  pattern: RegExp,
  before: readonly number[] = [0],
  kind: CredentialKind = 'provider-token',
): TokenFormat {
  return { kind, label, anchors: anchors.split(' '), pattern, before };
}

/** @param anchors offsets of the anchors that the scanner has found, by the index of the format */
export function* tokensIn(
  text: string,
  anchors: ReadonlyMap<number, readonly number[]>,
): Generator<FoundCredential> {
  for (const [index, offsets] of anchors) {
    const format = TOKEN_FORMATS[index];
    if (format === undefined) continue;
    let end = 0;
    for (const offset of offsets) {
      if (offset < end) continue;
      const found = tokenAt(text, offset, format);
      if (found === undefined) continue;
      end = found.end;
      yield found;
    }
  }
}

function tokenAt(
  text: string,
  anchor: number,
  { kind, label, pattern, before }: TokenFormat,
): FoundCredential | undefined {
  for (const distance of before) {
    if (anchor < distance) continue;
    pattern.lastIndex = anchor - distance;
    const match = pattern.exec(text);
    if (match === null) continue;
    const value = match.groups?.value ?? match[0];
    if (isFromDocumentation(value) || (kind === 'authorization-header' && isNoHeader(value)))
      return undefined;
    const start = match.index + match[0].indexOf(value);
    const evidence = [`the structure of a ${label}`];
    return { kind, label, confidence: 'high', start, end: start + value.length, value, evidence };
  }
  return undefined;
}

/** In a header there may stand the name of a variable, or a word for the token. */
function isNoHeader(value: string): boolean {
  return isNameOfSomething(value) || /^[A-Za-z]+$/.test(value);
}
