export const RENDER_HELP = `Renders a Helm chart, and prints what helm template prints.

Usage: kube-safeguards render CHART [options]

CHART is a folder with Chart.yaml, or a packed chart (.tgz). Nothing is fetched, executed or asked of a cluster, and nothing outside of
the chart is read but the files that are named here, and charts that links in charts/ lead to.

Options:
  -f, --values FILE          values for the chart; "-" is standard input. May be repeated: later files win
  --set KEY=VALUE            a value: a.b=1,list={x,y},items[0].name=z. May be repeated, as the four below
  --set-string KEY=VALUE     a value that is a text, whatever it looks like
  --set-file KEY=FILE        a value that is the content of a file
  --set-json KEY=JSON        a value in JSON, or several as one object
  --set-literal KEY=VALUE    a text in which nothing has a meaning
  --name NAME                the name of the release (release-name)
  -n, --namespace NAME       the namespace of the release (default)
  --kube-version VERSION     the version that .Capabilities.KubeVersion tells
  -a, --api-versions API     more APIs for .Capabilities.APIVersions, separated by commas. May be repeated
  --include-crds             print what is in crds/ too
  -s, --show-only TEMPLATE   print this template alone, such as templates/service.yaml. May be repeated
  -h, --help                 show this help

Random values and certificates are stable placeholders, so that two renderings can be compared.

Exit codes: 0 the chart renders, 1 it does not (standard error says why, in Helm's words), 2 wrong usage.
`;
