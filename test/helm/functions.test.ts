import { describe, it } from 'vitest';
import { hasOracle } from '../support/oracle.ts';
import { expectSameResults } from './support.ts';

const VALUES = `
n: 5
big: 1000000
huge: 10000000000000000000
f: 1234567.5
small: 0.00001
s: hello wORLD-foo
e: ""
nul:
t: true
no: false
l: [a, b, 3, null, true, a]
m: {b: 1, a: {x: 1, y: null}, c: [1, {d: e}]}
multi: |
  line one
    line two

  line four
uni: "héllo wörld ☃ 😀"
y: 1
on: 2
`;

/** Expressions by topic; each is evaluated by both engines. */
const TOPICS: Record<string, readonly string[]> = {
  printing: [
    '{{ .Values.n }} {{ .Values.big }} {{ .Values.f }} {{ .Values.small }} {{ .Values.nul }} {{ .Values.t }}',
    '{{ .Values.l }} {{ .Values.m }} {{ .Values.missing }}|{{ print .Values.missing }}|{{ list nil 1 }}',
    '{{ print "a" 1 2 "b" 3.5 true nil }}',
    '{{ println "a" 1 }}',
    '{{ printf "%d %5d|%-5d|%05d %+d %x %X %o %b %c %U %q" 42 42 42 42 42 255 255 8 5 65 65 65 }}',
    '{{ printf "%s %10s|%-10s|%.2s %q %x %v" "ab" "ab" "ab" "abc" "a\\"b\\n" "hi" "v" }}',
    '{{ printf "%f %.2f %8.3f %e %g %v %G %.3g %06.2f" 3.14159 3.14159 3.14159 1234.5 1e-7 1e21 1e-7 1234.5 3.14159 }}',
    '{{ printf "%t %v %s %d" true false true "x" }}',
    '{{ printf "%T %T %T %T %T %T %T" 1 1.5 "a" true nil (list 1) (dict "a" 1) }}',
    '{{ printf "%v %s %d %q" (list 1 "a" nil) (list 1 "a") (list 1 2) (list "a" "b") }}',
    '{{ printf "%v %s" (dict "b" 1 "a" nil) (dict "a" "x") }}',
    '{{ printf "%[2]s %[1]s" "a" "b" }} {{ printf "%*d|%-*d|" 5 42 5 42 }} {{ printf "%%" }}',
    '{{ printf "%s" }} {{ printf "%d" "x" }} {{ printf "x" 1 "b" }} {{ printf "%!" }} {{ printf "%z" 1 }}',
    '{{ printf "%#v %#v %#v %#x %#q %+q" "a" (list 1 "b") (dict "a" 1) 255 "a`b" "é" }}',
    '{{ printf "%s %v %d" .Values.n .Values.n .Values.n }} {{ printf "%.0f" .Values.big }} {{ printf "%v" nil }}',
    "{{ 1.0 }} {{ 1e6 }} {{ 1e5 }} {{ 0x1F }} {{ 0o17 }} {{ 017 }} {{ 0b11 }} {{ 1_000 }} {{ 'a' }} {{ -3 }} {{ +3 }}",
    '{{ 123456789.0 }} {{ 0.0001 }} {{ 0.00001 }} {{ 1.5e-7 }} {{ 100000.0 }} {{ 1e100 }}',
    '{{ html "<a href=\\"x\\">&\'" }} {{ js "it\'s \\"<x>\\" & =\\n" }} {{ urlquery "a b&c=d/é" }}',
  ],
  'comparison and truth': [
    '{{ eq 1 1 }} {{ eq 1 2 1 }} {{ eq "a" "b" "a" }} {{ ne 1 2 }} {{ lt 1 2 }} {{ le 2 2 }} {{ gt 2.5 1.5 }} {{ ge "b" "a" }}',
    '{{ eq nil nil }} {{ eq .Values.missing nil }} {{ eq .Values.missing "a" }} {{ ne .Values.missing "a" }} {{ eq .Values.n 5.0 }} {{ eq (int .Values.n) 5 }}',
    '{{ not 0 }} {{ not "" }} {{ not "false" }} {{ not .Values.nul }} {{ not (list) }} {{ not (dict "a" 1) }}',
    '{{ and 1 0 2 }} {{ and 1 2 }} {{ or 0 "" "x" }} {{ or 0 "" }} {{ and true }} {{ 1 | and 2 }} {{ 0 | or "" }}',
    '{{ len "héllo" }} {{ len .Values.l }} {{ len .Values.m }} {{ len "" }}',
    '{{ index .Values.l 0 }} {{ index .Values.m "a" "x" }} {{ index .Values.m "zz" }} {{ index .Values.m.c 1 "d" }} {{ index "abc" 1 }}',
    '{{ if .Values.e }}x{{ else if .Values.n }}y{{ else }}z{{ end }} {{ with .Values.missing }}a{{ else with .Values.s }}{{ . }}{{ end }}',
    '{{ range $i, $e := .Values.l }}{{ $i }}={{ $e }},{{ end }} {{ range .Values.m }}[{{ . }}]{{ end }} {{ range $k, $v := .Values.m }}{{ $k }};{{ end }}',
    '{{ range 3 }}{{ . }}{{ end }} {{ range $i := 2 }}{{ $i }}{{ end }} {{ range list }}x{{ else }}none{{ end }} {{ range $x := until 10 }}{{ if eq $x 2 }}{{ continue }}{{ end }}{{ if gt $x 4 }}{{ break }}{{ end }}{{ $x }}{{ end }}',
    '{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ $x := 4 }}{{ end }}{{ $x }} {{ range $i := until 3 }}{{ $x = add $x $i }}{{ end }}{{ $x }}',
    '{{- /* comment */ -}} a {{- " b " -}} c {{ "d" }} {{-3}}|{{ `raw\\n` }}',
    '{{ block "blk" .Values.s }}[{{ . }}]{{ end }} {{ template "blk" "x" }}',
    '{{ (dict "a" (dict "b" 1)).a.b }} {{ (.Values.missing).a }}|{{ $v := .Values.nul }}{{ $v.x.y }}|{{ (index .Values.l 3) }}',
    '{{ .Values.m.a.x | int | add 1 | printf "%d-%s" 7 | quote }}',
  ],
  defaults: [
    '{{ default "d" .Values.e }} {{ default "d" 0 }} {{ default "d" .Values.missing }} {{ default "x" }} {{ "v" | default "d" }} {{ default "d" false }}',
    '{{ empty 0 }} {{ empty "" }} {{ empty .Values.l }} {{ empty (dict) }} {{ empty nil }} {{ empty 0.0 }} {{ empty .Values }}',
    '{{ coalesce 0 "" nil "x" "y" }} {{ coalesce nil }} {{ ternary "a" "b" true }} {{ false | ternary "a" "b" }} {{ all 1 "a" }} {{ any 0 "" }} {{ all }} {{ any }}',
    '{{ typeOf .Values }} {{ typeOf .Values.m }} {{ typeOf .Values.l }} {{ typeOf .Values.n }} {{ typeOf nil }} {{ typeOf 1 }} {{ kindOf nil }} {{ kindOf .Values.l }} {{ kindOf 1.5 }} {{ typeOf (splitList "," "a") }} {{ typeOf (split "," "a") }} {{ typeOf (until 2) }} {{ typeOf .Files }}',
    '{{ typeIs "string" "a" }} {{ kindIs "map" .Values.m }} {{ typeIsLike "string" "a" }} {{ deepEqual (list 1 2) (list 1 2) }} {{ deepEqual 1 1.0 }}',
    '{{ $d := deepCopy .Values.m }}{{ $_ := set $d "b" 99 }}{{ .Values.m.b }} {{ $d.b }}',
  ],
  strings: [
    '{{ trim "  a b \\n" }}|{{ trimAll "$" "$5.00$" }}|{{ trimSuffix "-" "a--" }}|{{ trimPrefix "-" "--a" }}|{{ trimall "xy" "xyaxy" }}',
    '{{ upper "äbc ß" }} {{ lower "ÄBC" }} {{ title "hello wORLD-foo_bar baz" }} {{ untitle "Hello World" }} {{ swapcase "aBc Def" }}',
    '{{ trunc 3 "hello" }} {{ trunc -3 "hello" }} {{ trunc 10 "a" }} {{ trunc 3 "ééé" | quote }} {{ substr 1 3 "hello" }} {{ substr -1 2 "hello" }} {{ substr 2 -1 "hello" }}',
    '{{ abbrev 7 "hello world" }} {{ abbrevboth 5 10 "1234 5678 9123" }} {{ initials "First Try Again" }} {{ repeat 3 "ab" }} {{ nospace "a b\\tc" }}',
    '{{ wrap 10 "the quick brown fox jumps" }}|{{ wrapWith 5 "#" "Hello World and more" }}',
    '{{ contains "a" "cat" }} {{ hasPrefix "c" "cat" }} {{ hasSuffix "t" "cat" }} {{ "cat" | contains "x" }}',
    '{{ quote "a" 1 nil true }} {{ quote "a\\"b" .Values.uni }} {{ squote "it\'s" 1 nil }} {{ quote nil }}|{{ quote .Values.missing }}|{{ .Values.big | quote }}',
    '{{ cat "a" 1 nil "b" }} {{ join "-" (list 1 "a" nil true) }} {{ join "," .Values.l }} {{ join "," "x" }} {{ .Values.missing | join "," }}|',
    '{{ indent 2 "a\\nb\\n\\nc" }}|{{ nindent 2 "a\\nb" }}|{{ .Values.multi | indent 4 }}|{{ indent 0 "a" }}',
    '{{ replace "a" "b" "banana" }} {{ replace "" "-" "abc" }} {{ replace "x" "" "axbx" }} {{ plural "one" "many" 1 }} {{ plural "one" "many" 3 }}',
    '{{ toString 1.5 }} {{ toString (list 1 2) }} {{ toStrings (list 1 "a" nil) }} {{ splitList "," "a,b,,c" }} {{ (split "," "a,b")._1 }} {{ splitList "" "abc" }} {{ (splitn "," 2 "a,b,c")._1 }}',
    '{{ snakecase "HTTPServer" }} {{ snakecase "FirstName" }} {{ snakecase "Bld4Floor 3rd" }} {{ snakecase "HTTP20xOK" }} {{ snakecase "Duration2m3s" }} {{ kebabcase "GoPATH Is-here" }} {{ snakecase "_a__b" }}',
    '{{ camelcase "http_server" }} {{ camelcase "go-path is" }} {{ camelcase "_a__b_" }} {{ camelcase "HTTP_SERVER" }} {{ camelcase "fooBar" }} {{ camelcase "foo_BAR" }}',
    '{{ sortAlpha (list "b" "a" 3 "B") }} {{ sortAlpha "x" }} {{ .Values.uni | upper }} {{ .Values.uni | trunc 8 | len }}',
    '{{ regexMatch "^a.c$" "abc" }} {{ regexFind "[0-9]+" "ab12cd34" }} {{ regexFindAll "[0-9]+" "1a22b333" 2 }} {{ regexFindAll "x" "abc" -1 }} {{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }} {{ regexReplaceAll "a(x*)b" "-ab-axxb-" "$1W" }} {{ regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "${1}" }}',
    '{{ regexSplit "z+" "pizza" -1 }} {{ regexSplit "," "a,b,c" 2 }} {{ regexSplit "a*" "baaac" -1 }} {{ regexQuoteMeta "1.2.3[x]" }} {{ regexReplaceAll "(?i)HELLO" .Values.s "bye" }} {{ regexReplaceAll "" "abc" "-" }} {{ regexFind "(?P<n>[[:alpha:]]+)" "12ab" }} {{ regexReplaceAll "(?P<first>\\\\w+) (?P<second>\\\\w+)" "john smith" "${second} $first" }}',
    '{{ regexMatch "(" "a" }} {{ regexMatch "\\\\Aa\\\\z" "a" }} {{ regexReplaceAll "(?m)^" "a\\nb" "> " }} {{ mustRegexFind "b+" "abbb" }}',
  ],
  lists: [
    '{{ list 1 "a" nil }} {{ tuple 1 2 }} {{ append (list 1) 2 }} {{ prepend (list 1) 0 }} {{ first .Values.l }} {{ last .Values.l }} {{ rest .Values.l }} {{ initial .Values.l }} {{ first list }} {{ rest list | toJson }}',
    '{{ reverse (list 1 2 3) }} {{ uniq (list 1 2 1 1.0 "a" "a") }} {{ without (list 1 2 3) 2 }} {{ has 2 (list 1 2) }} {{ has 2 (list 1.0 2.0) }} {{ has "a" .Values.l }} {{ has 1 nil }} {{ compact (list 0 1 "" "a" nil) }}',
    '{{ slice (list 1 2 3 4) 1 3 }} {{ slice (list 1 2 3) 1 }} {{ chunk 2 (list 1 2 3) }} {{ concat (list 1) (list "a" nil) .Values.l }} {{ concat list | toJson }} {{ until 3 }} {{ untilStep 3 9 2 }} {{ until -2 }} {{ seq 3 }} {{ seq 1 3 }} {{ seq 0 2 7 }} {{ seq 3 1 }}',
    '{{ mustAppend (list 1) 2 }} {{ mustFirst (list 1) }} {{ push (list) "x" }} {{ mustUniq (list 1 1) }} {{ mustHas 1 (list 1) }} {{ mustWithout (list 1 2) 1 }}',
  ],
  dicts: [
    '{{ dict "a" 1 "b" }} {{ dict 1 2 }} {{ get (dict "a" 1) "a" }} {{ get (dict) "x" }}| {{ hasKey (dict "a" nil) "a" }} {{ set (dict "a" 1) "b" 2 }} {{ unset (dict "a" 1 "b" 2) "a" }}',
    '{{ keys (dict "a" 1) }} {{ values (dict "a" 1) }} {{ keys .Values.m | sortAlpha }} {{ pick .Values.m "a" "zz" }} {{ omit .Values.m "a" "c" }} {{ pluck "a" (dict "a" 1) (dict "b" 2) (dict "a" 3) }}',
    '{{ merge (dict "a" 1 "n" (dict "x" 1)) (dict "a" 2 "b" 3 "n" (dict "x" 2 "y" 3)) }} {{ merge (dict "a" 0 "b" "" "c" false "d" list "e" nil) (dict "a" 1 "b" "x" "c" true "d" (list 1) "e" 5 "f" nil) }}',
    '{{ mergeOverwrite (dict "a" 1 "n" (dict "x" 1)) (dict "a" 2 "b" nil "n" (dict "x" "" "y" 3)) }} {{ mergeOverwrite (dict "a" (dict "x" 1)) (dict "a" 5) }} {{ mergeOverwrite (dict "a" 5) (dict "a" (dict "x" 1)) }} {{ merge (dict "a" 5) (dict "a" (dict "x" 1)) }} {{ merge (dict "a" (dict "x" 1)) (dict "a" 5) }} {{ merge (dict "a" (dict)) (dict "a" 5) }}',
    '{{ mergeOverwrite (dict "l" (list 1 2)) (dict "l" list) }} {{ merge (dict "l" list) (dict "l" (list 1)) }} {{ $a := dict "x" 1 }}{{ $b := merge $a (dict "y" 2) }}{{ $a }} {{ $b }}',
    '{{ dig "a" "x" "d" .Values.AsMap }} {{ dig "m" "a" "x" "d" .Values.AsMap }} {{ dig "m" "zz" "q" "d" .Values.AsMap }} {{ dig "m" "a" "y" "d" .Values.AsMap }}|',
    '{{ .Values.AsMap | len }} {{ (.Values.Table "m.a").x }} {{ .Values.PathValue "m.b" }} {{ tuple 1 | first }}',
  ],
  numbers: [
    '{{ add 1 2 3 }} {{ add }} {{ add1 5 }} {{ sub 5 3 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ div -7 2 }} {{ mod 7 3 }} {{ mod -7 3 }} {{ max 1 5 3 }} {{ min 4 2 }} {{ biggest 1 2 }} {{ add "5" 1.9 nil true "x" }} {{ add 9223372036854775807 1 }}',
    '{{ addf 0.1 0.2 }} {{ mulf 0.1 3 }} {{ divf 1 3 }} {{ subf 1 0.9 }} {{ add1f 1.5 }} {{ maxf 1.5 2 }} {{ minf 1 2.5 }} {{ divf 10 4 }} {{ divf -2 3 }} {{ mulf 1.1 1.1 1.1 }}',
    '{{ floor 3.7 }} {{ ceil 3.2 }} {{ round 3.14159 2 }} {{ round 2.5 0 }} {{ round -2.5 0 }} {{ round 123.555 2 }} {{ round 3.3 0 0.2 }}',
    '{{ int "08" }} {{ int "0x10" }} {{ int "3.7" }} {{ int 3.7 }} {{ int true }} {{ int "1e3" }} {{ int64 "1_000" }} {{ int "012" }} {{ int "12.00" }} {{ int nil }} {{ int "-5" }} {{ float64 "1.5" }} {{ float64 "x" }} {{ float64 7 }} {{ atoi "12" }} {{ atoi "x" }} {{ toDecimal "0777" }} {{ int .Values.big }} {{ int64 .Values.f }}',
  ],
  encodings: [
    '{{ b64enc "héllo" }} {{ b64dec "aMOpbGxv" }} {{ b64dec "!!" }} {{ b64dec "YQ=" }} {{ b32enc "hello" }} {{ b32dec "NBSWY3DP" }} {{ b64enc (b64dec "/////w==") }} {{ b64dec "" }}|',
    '{{ sha1sum "a" }} {{ sha256sum "a" }} {{ sha512sum "a" }} {{ adler32sum "hello" }} {{ sha256sum (trunc 4 "ééé") }}',
    '{{ derivePassword 1 "long" "password" "user" "example.com" }} {{ derivePassword 2 "pin" "password" "user" "example.com" }} {{ decryptAES "secretkey" "30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ=" }}',
    '{{ toJson .Values.m }} {{ toJson "<a>&\\u2028" }} {{ toRawJson "<a>&" }} {{ toPrettyJson .Values.m }} {{ toJson 1e21 }} {{ toJson 1e-7 }} {{ toJson .Values.big }} {{ toJson nil }} {{ toJson .Values.f }} {{ toJson (split "," "a,b") }}',
    '{{ fromJson "{\\"a\\": [1, true, null, \\"x\\\\u00e9\\"]}" }} {{ fromJson "[1]" }} {{ fromJson "{" }} {{ fromJson "{a}" }} {{ fromJsonArray "[1,2]" }} {{ fromJsonArray "{}" }} {{ mustFromJson "[1]" }} {{ fromJson "{\\"a\\":1}x" }} {{ fromJson "tru" }}',
    '{{ fromYaml "a: 1\\nb: [x, y]" }} {{ fromYaml "- a" }} {{ fromYamlArray "- a\\n- 1" }} {{ fromYamlArray "a: 1" }} {{ fromYaml "a: [" }} {{ fromYaml "" | toJson }} {{ fromYaml "a: b: c" }} {{ fromYaml "y: yes\\non: 0o17\\nz: 1_000" }} {{ fromYaml "a: &x {k: 1}\\nb: *x\\nc: {<<: *x, d: 2}" }}',
    '{{ toToml .Values.m }}|{{ toToml (dict "a" 1.0 "b" (list 1 2) "c" (dict "d" "x\\"y" "e f" true) "g" (list (dict "h" 1) (dict "h" 2.5))) }}',
    '{{ (fromToml "a = 1\\n[b]\\nc = [1, 2]\\nd = \\"x\\"\\n[[e]]\\nf = 1.5\\n[[e]]\\nf = true") | toJson }}',
    '{{ urlParse "http://user:pw@host:80/p/a?q=1#frag" | toJson }} {{ urlJoin (dict "scheme" "https" "host" "h:1" "path" "/a b" "query" "x=1" "fragment" "f" "userinfo" "u:p") }} {{ urlParse "mailto:a@b" | toJson }} {{ urlJoin (dict "host" "h") }}',
    '{{ base "a/b.txt" }} {{ dir "a/b.txt" }} {{ clean "a/../b//c" }} {{ ext "a.tar.gz" }} {{ isAbs "/a" }} {{ osBase "x/y" }} {{ osDir "/a/b" }} {{ base "" }} {{ dir "" }}',
  ],
  versions: [
    '{{ semverCompare ">=1.19" "v1.30.1-gke.1" }} {{ semverCompare ">=1.19-0" "v1.30.1-gke.1" }} {{ semverCompare "^1.2.3" "1.9.0" }} {{ semverCompare "~1.2" "1.2.9" }} {{ semverCompare "1.x" "1.5.0" }} {{ semverCompare "<2, >=1.5 || 3" "3.1.0" }} {{ semverCompare "1 - 2" "1.5.0" }} {{ semverCompare "!=1.2.3" "1.2.3" }} {{ semverCompare ">1.2" "1.2.5" }} {{ semverCompare "*" "0.1.0" }} {{ semverCompare "^0.2" "0.2.9" }} {{ semverCompare "^0.0.3" "0.0.4" }} {{ semverCompare "<=1.2" "1.2.9" }} {{ semverCompare "2.0" "2.0.0" }} {{ semverCompare "~>1" "1.9" }}',
    '{{ $v := semver "v1.2.3-beta.1+build" }}{{ $v.Major }} {{ $v.Minor }} {{ $v.Patch }} {{ $v.Prerelease }} {{ $v.Metadata }} {{ $v.Original }} {{ $v }} {{ $v.Compare (semver "1.2.3") }} {{ $v.IncMinor }} {{ (semver "1.2") | toString }} {{ $v | toJson }} {{ $v.LessThan (semver "2.0.0") }}',
  ],
  dates: [
    '{{ date "2006-01-02 15:04:05 Mon Jan _2 PM .000 -0700 MST" 1700000000 }} {{ dateInZone "2006-01-02T15:04:05Z07:00" 1700000000 "America/New_York" }} {{ htmlDate 0 }} {{ htmlDateInZone 0 "UTC" }} {{ duration "95" }} {{ duration 3700 }} {{ durationRound "2h10m5s" }} {{ durationRound "2400h" }}',
    '{{ $t := toDate "2006-01-02" "2023-03-15" }}{{ $t }} {{ unixEpoch $t }} {{ $t | date "January 2, 2006" }} {{ dateModify "-1.5h" $t | date "2006-01-02T15:04" }} {{ (dateModify "24h" $t).Unix }} {{ $t.Format "02.01.06" }} {{ $t.Year }} {{ $t.Weekday }} {{ mustToDate "2006-01-02 15:04" "2023-03-15 10:30" | toJson }}',
  ],
  helm: [
    '{{ include "t1" . | len | lt 5 }} {{ tpl "{{ .x }}-{{ .Values.n }}" (dict "x" 1 "Values" .Values) }} {{ tpl "plain" . }} {{ tpl "{{ define \\"inner\\" }}I{{ . }}{{ end }}{{ include \\"inner\\" 3 }}" . }} {{ required "m" "x" }} {{ lookup "v1" "Pod" "a" "b" }} {{ getHostByName "x" }}|{{ hello }}',
    '{{ .Release.Name }} {{ .Release.Service }} {{ .Chart.Name }} {{ .Chart.AppVersion }} {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "apps/v1" }} {{ .Capabilities.APIVersions.Has "apps/v1/Deployment" }} {{ .Capabilities.KubeVersion.GitVersion }} {{ .Template.BasePath }} {{ .Chart.Type }}|{{ .Chart.Unknown }}|{{ .Chart }}',
    '{{ .Files.Get "data/a.txt" }}{{ .Files.Get "none" }}|{{ range $p, $_ := .Files.Glob "data/*" }}{{ $p }} {{ end }}{{ (.Files.Glob "data/*").AsConfig }} {{ (.Files.Glob "data/*.txt").AsSecrets }} {{ (.Files.Glob "zz").AsConfig }} {{ .Files.Lines "data/a.txt" }} {{ len (.Files.Glob "**") }} {{ range $p, $b := .Files.Glob "data/*.json" }}{{ toString $b }}{{ $b }}{{ end }} {{ .Files.GetBytes "data/b.json" | toString }} {{ .Files.Glob "data/{a,b}.*" | len }}',
    '{{ uuidv4 | len }} {{ randAlphaNum 12 | len }} {{ (genCA "x" 3).Cert | trunc 27 }} {{ genPrivateKey "ecdsa" | trunc 30 }} {{ htpasswd "u" "p" | trunc 9 }} {{ bcrypt "x" | len }} {{ randNumeric 5 | len }} {{ randBytes 9 | len }} {{ shuffle "aaa" }} {{ kindOf now }}',
  ],
};

describe.runIf(hasOracle)('functions, compared with helm', () => {
  for (const [topic, templates] of Object.entries(TOPICS)) {
    it(topic, () => expectSameResults(templates, VALUES));
  }
});
